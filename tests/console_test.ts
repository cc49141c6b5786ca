/// <reference lib="dom" />
/** The manager's page in a real browser, against a fake hub: what it says, what it refuses to say, and whether all can use it. */
import assert from "node:assert/strict";
import type { Browser, Page } from "playwright-core";
import { build } from "../web/build.ts";
import { forgetPresent } from "../web/console/stale.ts";
import { launchChromium, NO_CHROMIUM } from "./support/chromium.ts";
import { FakeHub } from "./support/fake_hub.ts";
import { type Scene, viewOf } from "./support/scenes.ts";
import { unless } from "./support/skip.ts";
import { accessibilityFaults, assertFits } from "./support/sound.ts";
import { IPAD, PHONE } from "./support/visitor.ts";

const PAST_STALE_MS = 11_000; // the page's own limit is 10 s; its clock is moved on, nobody waits

interface Visit {
  readonly page: Page;
  readonly hub: FakeHub;
  readonly complaints: string[]; // of the browser's console: a policy that was broken, an exception
}
type Shape = { size?: { width: number; height: number }; dark?: "dark" | "light"; at?: string };

async function visit(browser: Browser, scene: Scene, shape: Shape, look: (visit: Visit) => Promise<void>) {
  const hub = new FakeHub(scene);
  const context = await browser.newContext({ viewport: shape.size ?? IPAD, colorScheme: shape.dark ?? "light" });
  try {
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    await page.clock.install();
    await page.goto(`${hub.url}/${shape.at ?? ""}`);
    await look({ page, hub, complaints });
  } finally {
    await context.close();
    await hub.stop();
  }
}

const text = (page: Page) => page.locator("body").innerText();
const says = async (page: Page, words: string | RegExp) =>
  await page.getByText(words).first().waitFor({ timeout: 10_000 });

Deno.test("a view whose hub is away says nothing of the present", () => {
  const view = forgetPresent(viewOf("healthy", Date.now()), "Not connected to the hub since 19:02.");
  assert.equal(view.verdict.level, "unknown");
  assert.equal(view.router.state, "unknown");
  assert.deepEqual(view.links, []);
  assert.ok(view.registers.every((each) => each.state === "unknown" && each.rttMs === null && each.unsynced === null));
  assert.equal(view.registers[0]?.name, "Bar");
});

Deno.test({
  ...unless(NO_CHROMIUM, "the manager's page in Chromium", async (t) => {
    await build();
    const browser = await launchChromium();
    try {
      await t.step(
        "shows verdict, to do, registers and incidents, and nothing breaks the policy",
        () =>
          visit(browser, "evening", {}, async ({ page, complaints }) => {
            await says(page, "Window has been silent for 7 min.");
            const all = await text(page);
            for (
              const words of [
                "Wake the iPad and open the app.",
                "−71 dBm",
                "The router was down",
                "2 changes unsynced",
                "Not measured any more.",
              ]
            ) {
              assert.ok(all.includes(words), words);
            }
            assert.deepEqual(complaints, []);
          }),
      );

      for (const dark of ["light", "dark"] as const) {
        await t.step(`can be used by all, ${dark}`, () =>
          visit(browser, "evening", { dark }, async ({ page }) => {
            await says(page, "Window has been silent for 7 min.");
            assert.deepEqual(await accessibilityFaults(page), []);
          }));
        await t.step(
          `fits a phone without scrolling sideways, ${dark}`,
          () =>
            visit(browser, "evening", { dark, size: PHONE }, async ({ page }) => {
              await says(page, "Window has been silent for 7 min.");
              await assertFits(page, "evening");
            }),
        );
      }

      for (const at of ["#/register/w1nd0w01", "#/add", "#/settings"]) {
        await t.step(
          `what opens over the page can be used by all: ${at}`,
          () =>
            visit(browser, "evening", { at }, async ({ page, complaints }) => {
              await page.locator("dialog[open]").waitFor();
              if (at.includes("register/")) await page.locator("canvas").first().waitFor();
              assert.deepEqual(await accessibilityFaults(page), []);
              assert.deepEqual(complaints, []);
              await page.keyboard.press("Escape");
              await page.locator("dialog").waitFor({ state: "detached" });
            }),
        );
      }

      await t.step(
        "ten quiet seconds take every claim about the present back",
        () =>
          visit(browser, "healthy", {}, async ({ page, hub }) => {
            await says(page, "Everything works.");
            hub.feed = "quiet";
            await page.clock.fastForward(PAST_STALE_MS);
            await says(page, /Not connected to the hub since/);
            assert.ok(!(await text(page)).includes("in front"));
            hub.feed = "speaks";
            await page.clock.fastForward(4_000);
            await says(page, "Everything works.");
          }),
      );

      await t.step(
        "a venue without registers leads to a code, which closes when the register is here",
        () =>
          visit(browser, "empty", {}, async ({ page, hub }) => {
            await page.getByRole("button", { name: "Add a register" }).click();
            await says(page, "7KQ2MX");
            hub.arrived.push("Till 2");
            await page.locator("dialog").waitFor({ state: "detached", timeout: 10_000 });
            await says(page, "Till 2 is enrolled.");
          }),
      );

      await t.step(
        "un-enrolling names what would be lost, and then does it",
        () =>
          visit(browser, "evening", { at: "#/register/w1nd0w01" }, async ({ page, hub }) => {
            await page.getByRole("button", { name: "Un-enrol this register" }).click();
            await says(page, "2 changes on it exist nowhere else");
            await page.getByRole("button", { name: "Un-enrol and lose them" }).click();
            await says(page, "Window is no longer enrolled.");
            assert.ok(hub.asked.includes("DELETE /api/registers/w1nd0w01"));
          }),
      );

      await t.step(
        "a hub that cannot answer is not an empty venue",
        () =>
          visit(browser, "failing", {}, async ({ page }) => {
            await says(page, "Could not load the venue");
            assert.ok(!(await text(page)).includes("No register"));
          }),
      );

      await t.step(
        "the first run asks for code, name and passphrase, and checks them",
        () =>
          visit(browser, "new", {}, async ({ page }) => {
            await page.getByLabel("Setup code").fill("7kq-2mx");
            await page.getByLabel("Name of the venue").fill("Bar Lola");
            await page.getByLabel("Passphrase", { exact: true }).fill("correct horse");
            await page.getByLabel("Passphrase again").fill("correct hors");
            await page.getByRole("button", { name: "Set up" }).click();
            await says(page, "The two passphrases differ.");
            await page.getByLabel("Passphrase again").fill("correct horse");
            await page.getByRole("button", { name: "Set up" }).click();
            await says(page, "Window has been silent for 7 min.");
          }),
      );

      await t.step(
        "a wrong passphrase is told in words, the right one opens",
        () =>
          visit(browser, "signed-out", {}, async ({ page }) => {
            await page.getByLabel("Passphrase").fill("wrong");
            await page.getByRole("button", { name: "Sign in" }).click();
            await says(page, "That is not the passphrase of this venue.");
            await page.getByLabel("Passphrase").fill("correct horse");
            await page.getByRole("button", { name: "Sign in" }).click();
            await says(page, "Window has been silent for 7 min.");
          }),
      );
    } finally {
      await browser.close();
    }
  }),
  sanitizeResources: false, // the browser and esbuild keep their own pipes
  sanitizeOps: false,
});
