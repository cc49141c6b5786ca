/// <reference lib="dom" />
/** What every page must hold, whatever it shows. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { screenshotPath } from "./chromium.ts";

const AXE = new URL("../../node_modules/axe-core/axe.min.js", import.meta.url);

/** What keeps some people from using this page; only what is serious or critical, the rest is advice. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  await page.evaluate(await Deno.readTextFile(AXE));
  const found = await page.evaluate("axe.run()") as {
    violations: { id: string; impact: string; nodes: { html: string }[] }[];
  };
  return found.violations.filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

/** Nothing sticks out sideways. */
export async function assertFits(page: Page, name: string): Promise<void> {
  const [wide, room] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(wide! <= room!, `${name}: ${wide} px wide in a window of ${room} px`);
}

/** Nothing sticks out sideways, and nothing is out of reach of a reader. */
export async function assertSound(page: Page, name: string): Promise<void> {
  await assertFits(page, name);
  assert.deepEqual(await accessibilityFaults(page), [], name);
}

/** Sound by light and in the dark, with a picture of each. */
export async function assertSoundInBothLights(page: Page, name: string): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await assertSound(page, `${name}, ${colorScheme}`);
    await page.screenshot({ path: screenshotPath(`${name}-${colorScheme}`) });
  }
  await page.emulateMedia({ colorScheme: "light" });
}
