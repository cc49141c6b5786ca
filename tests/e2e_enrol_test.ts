/// <reference lib="dom" />
/** Codes that are too old, on the register's page in a real browser; the hub's clock is turned by hand. */
import type { Page } from "playwright-core";
import { build } from "../web/build.ts";
import { launchChromium, NO_CHROMIUM } from "./support/chromium.ts";
import { type LabHub, openLabHub } from "./support/lab_hub.ts";
import { inSync } from "./support/till_page.ts";
import { unless } from "./support/skip.ts";
import { openVisitor, REFUSED, says } from "./support/visitor.ts";

Deno.test({
  ...unless(NO_CHROMIUM, "[API3] a code that is too old says so in plain words, and the next one works", tooOld),
  sanitizeResources: false, // the browser and esbuild keep their own pipes
  sanitizeOps: false,
});

async function tooOld(): Promise<void> {
  await build();
  const lab = await openLabHub();
  const browser = await launchChromium();
  try {
    const bar = await openVisitor(browser);
    const offer = (await lab.call("/api/enrollments", { body: {} })).body;
    await bar.page.goto(`${lab.url}/register#code=${offer.code}`);
    lab.clock.now = Date.parse(offer.expiresAt);
    await tryToEnrol(bar.page);
    await says(bar.page, "This code is too old: it is good for a quarter of an hour. Ask a manager for a new one.");
    await bar.page.getByLabel("Code").fill("12");
    await tryToEnrol(bar.page);
    await says(bar.page, "A code has 6 letters and digits.");
    await bar.page.getByLabel("Code").fill(await newCode(lab));
    await tryToEnrol(bar.page);
    await inSync(bar.page);
    bar.assertCalm(REFUSED);
  } finally {
    await browser.close();
    await lab.stop();
  }
}

async function tryToEnrol(page: Page): Promise<void> {
  await page.getByLabel("Name of this register").fill("Bar");
  await page.getByRole("button", { name: "Enrol this register" }).click();
}

async function newCode(lab: LabHub): Promise<string> {
  return (await lab.call("/api/enrollments", { body: {} })).body.code;
}
