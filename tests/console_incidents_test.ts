/// <reference lib="dom" />
/** Looking back and planning ahead on the manager's page, in a real browser and against a real hub whose clock is turned by hand. */
import assert from "node:assert/strict";
import type { Browser } from "playwright-core";
import { build } from "../web/build.ts";
import { launchChromium, NO_CHROMIUM } from "./support/chromium.ts";
import { House } from "./support/house.ts";
import { assertFits } from "./support/sound.ts";
import { unless } from "./support/skip.ts";
import { assertFitsAll, openVisitor, PHONE, REFUSED, says, type Visitor } from "./support/visitor.ts";

const FOUR = ["Bar", "Till 1", "Terrace", "Window"];

/** A house, and a manager on a page of its hub whose clock stands where the hub's does. */
async function withManager(
  browser: Browser,
  house: House,
  at: string,
  look: (visitor: Visitor) => Promise<void>,
  size?: typeof PHONE,
): Promise<void> {
  const { lab } = house;
  const visitor = await openVisitor(browser, size);
  try {
    const [name, value] = lab.cookie.split("=");
    await visitor.context.addCookies([{ name: name!, value: value!, url: lab.url }]);
    await visitor.page.clock.setFixedTime(new Date(lab.clock.now));
    await visitor.page.goto(`${lab.url}/${at}`);
    await look(visitor);
    visitor.assertCalm(REFUSED); // the page asked, and told the refusal
  } finally {
    await visitor.context.close();
  }
}

/** An evening with a router that was off for five minutes. */
async function anEvening(): Promise<House> {
  const house = await House.open(FOUR);
  house.router = "up";
  await house.pass(120);
  house.router = "down";
  for (const name of FOUR) house.says(name, null);
  await house.pass(300);
  house.router = "up";
  for (const name of FOUR) house.heal(name);
  await house.pass(120);
  return house;
}

Deno.test({
  ...unless(NO_CHROMIUM, "the manager's page looks back and plans ahead", async (t) => {
    await build();
    const browser = await launchChromium();
    const house = await anEvening();
    try {
      await t.step(
        "[INC31] uptime stands on the page, and an incident with its effects is one line",
        () =>
          withManager(browser, house, "", async ({ page }) => {
            await says(page, "Was it there?");
            await says(page, /down for \d min, 1 time/);
            await says(page, /behind the router/);
            await page.getByRole("button", { name: "Week" }).click();
            await says(page, /down for \d min, 1 time/);
            assert.equal(await page.locator(".incident").count(), 1);
            await says(page, "With it: Bar, Till 1, Terrace and Window.");
            await assertFitsAll(page, "uptime");
          }),
      );

      await t.step(
        "[INC31] an incident opens as a story, with its chart",
        () =>
          withManager(browser, house, "", async ({ page }) => {
            await page.getByRole("button", { name: "Router does not answer" }).click();
            await says(page, "Not heard because of it: Bar, Till 1, Terrace and Window.");
            await says(page, /It was over, after/);
            const lanes = page.locator(".lane svg");
            assert.equal(await lanes.count(), FOUR.length + 1);
            assert.match(
              await lanes.last().getAttribute("aria-label") ?? "",
              /^Router: there for \d+ min, not there for \d min/,
            );
            await assertFitsAll(page, "story");
            await page.keyboard.press("Escape");
            await page.locator("dialog").waitFor({ state: "detached" });
          }),
      );

      await t.step("[INC31] the story of a register shows its round trip and signal", async () => {
        house.says("Terrace", null);
        await house.pass(120);
        const { incidents } = await house.lab.view();
        const id = incidents.find(({ code, resolvedAt }) => code === "register-silent" && resolvedAt === null)!.id;
        await withManager(browser, house, `#/incident/${id}`, async ({ page }) => {
          await page.getByText("Signal of Terrace").waitFor();
          await page.locator("canvas").first().waitFor();
          await says(page, /Until then Terrace had a round trip of [\d.]+ ms and a signal of −52 dBm\./);
          await says(page, "What to do");
          await assertFitsAll(page, "story-register");
        });
        house.heal("Terrace");
        await house.pass(60);
      });

      await t.step("[INC31] a story that is not there says so", async () => {
        const visitor = await openVisitor(browser);
        const [name, value] = house.lab.cookie.split("=");
        await visitor.context.addCookies([{ name: name!, value: value!, url: house.lab.url }]);
        await visitor.page.goto(`${house.lab.url}/#/incident/nothing`);
        await says(visitor.page, "No incident with this id is known here");
        visitor.assertCalm(/404/);
        await visitor.context.close();
      });

      for (const size of [undefined, PHONE]) {
        const where = size === undefined ? "iPad" : "phone";
        await t.step(
          `[INC32] maintenance is planned, shown and ended, on ${where}`,
          () =>
            withManager(browser, house, "#/settings", async ({ page }) => {
              await page.getByRole("button", { name: "Maintenance" }).click();
              await says(page, "Plan one");
              await page.getByRole("button", { name: "Plan it" }).click();
              await says(page, "Say in a few words what is done");
              await page.getByLabel("What is done").fill(`A new router (${where})`);
              await assertFits(page, "what looks back and plans ahead");
              await page.getByRole("button", { name: "Plan it" }).click();
              await says(page, "on now");
              await house.pass(1);
              await page.keyboard.press("Escape");
              await says(page, /Maintenance until .*: A new router \(.*\)\. Nobody is told/);
              await assertFits(page, "what looks back and plans ahead");
              await page.getByRole("button", { name: "Maintenance" }).click();
              await assertFitsAll(page, `maintenance-${where}`);
              await page.getByRole("button", { name: `End now: A new router (${where})` }).click();
              await says(page, "Maintenance has ended.");
              await house.pass(1);
              assert.equal((await house.lab.view()).maintenance, null);
            }, size),
        );

        await t.step(
          `[INC32] opening hours are set and taken away, on ${where}`,
          () =>
            withManager(browser, house, "#/settings", async ({ page }) => {
              await page.getByRole("button", { name: "Opening hours" }).click();
              await page.getByRole("button", { name: "Add hours on Monday" }).click();
              await page.getByLabel("Opens").fill("09:00");
              await page.getByLabel("Closes").fill("17:00");
              await page.getByRole("button", { name: "Add hours on Friday" }).click();
              assert.equal(await page.getByLabel("Closes").nth(1).inputValue(), "17:00"); // as the last one
              await page.getByLabel("Closes").nth(1).fill("02:00");
              await page.getByLabel("Time zone").fill("Nowhere");
              await page.getByRole("button", { name: "Save hours" }).click();
              await says(page, /The name of a time zone/);
              await page.getByLabel("Time zone").fill("UTC");
              await assertFitsAll(page, `hours-${where}`);
              await page.getByRole("button", { name: "Save hours" }).click();
              await says(page, "Opening hours are saved.");
              await house.pass(1);
              const { settings } = (await house.lab.view()).venue;
              assert.deepEqual(settings.openingHours, {
                timeZone: "UTC",
                week: [{ day: 0, opens: "09:00", closes: "17:00" }, { day: 4, opens: "09:00", closes: "02:00" }],
              });
              await page.keyboard.press("Escape"); // closes the settings behind it
              await says(page, "The venue is closed."); // Monday after 18:00
              await assertFits(page, "what looks back and plans ahead");
              await page.goto(`${house.lab.url}/#/hours`);
              await page.getByRole("button", { name: "Always open" }).click();
              await says(page, "The venue counts as always open.");
              await house.pass(1);
            }, size),
        );
      }
    } finally {
      await browser.close();
      await house.lab.stop();
    }
  }),
  sanitizeResources: false, // the browser and esbuild keep their own pipes
  sanitizeOps: false,
});
