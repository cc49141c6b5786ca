/// <reference lib="dom" />
/** Notices in a real browser: a manager adds channels and tries them, the bell counts, and the page rings when something begins to fail. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { build } from "../web/build.ts";
import { launchChromium, NO_CHROMIUM } from "./support/chromium.ts";
import { type LabHub, openLabHub } from "./support/lab_hub.ts";
import { unless } from "./support/skip.ts";
import { assertFitsAll, openVisitor, says, type Visitor } from "./support/visitor.ts";

/** Counts the tones that the page plays; they are played all the same. */
const COUNT_TONES = () => {
  const counted = globalThis as unknown as { tones: number };
  counted.tones = 0;
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (when) {
    counted.tones += 1;
    return start.call(this, when);
  };
};
const tones = (page: Page) => page.evaluate(() => (globalThis as unknown as { tones: number }).tones);
const bell = (page: Page, words: RegExp) => page.getByRole("button", { name: words }).waitFor();
const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();

async function atVenue(work: (lab: LabHub, visitor: Visitor) => Promise<void>): Promise<void> {
  await build();
  const lab = await openLabHub();
  await lab.pass(1); // the hub has looked around once
  const browser = await launchChromium();
  try {
    const visitor = await openVisitor(browser);
    const [name, value] = lab.cookie.split("=");
    await visitor.context.addCookies([{ name: name!, value: value!, url: lab.url }]);
    await visitor.page.addInitScript(COUNT_TONES);
    await work(lab, visitor);
    visitor.assertCalm();
  } finally {
    await browser.close();
    await lab.stop();
  }
}

async function silence(lab: LabHub, token: string): Promise<void> {
  await lab.call("/api/heartbeats", {
    body: { sentAt: new Date(lab.clock.now).toISOString(), app: { version: "3.2.0" } },
    token,
  });
  await lab.pass(150, () => lab.notices.landed());
  await lab.notices.landed();
}

async function addWebhook(page: Page, name: string, url: string): Promise<void> {
  await press(page, "Add a channel");
  await page.getByLabel("Kind").selectOption("webhook");
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Address").fill(url);
  await page.getByLabel("Signing key").fill("a key of ours");
  await press(page, "Save");
  await says(page, `${name} is saved.`);
}

Deno.test(
  unless(
    NO_CHROMIUM,
    "[NTC17] a manager adds channels, tries them, and sees what became of each notice",
    () =>
      atVenue(async (lab, { page }) => {
        let got = 0;
        const receiver = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, async (request) => {
          await request.text();
          got += 1;
          return new Response("ok");
        });
        try {
          await page.goto(`${lab.url}/#/notices`);
          await says(page, "Nobody is told yet");
          await says(page, "No notice was made yet.");
          await assertFitsAll(page, "notices-empty");

          await press(page, "Add a channel");
          await press(page, "Save");
          await says(page, "A channel needs a name");
          await says(page, "Enter the address to send to.");
          await assertFitsAll(page, "notices-form");
          await page.getByLabel("Kind").selectOption("email");
          await press(page, "Save");
          await says(page, "The name of the mail server is missing");
          await assertFitsAll(page, "notices-email");
          await press(page, "Back");

          await addWebhook(page, "Office", `http://127.0.0.1:${receiver.addr.port}/hook/T0K3N-of-ours`);
          await page.getByRole("button", { name: "Send a test to Office" }).click();
          await says(page, "The test is on its way: 127.0.0.1 took it.");
          assert.equal(got, 1);
          await addWebhook(page, "Old phone", "http://127.0.0.1:9/gone");
          await page.getByRole("button", { name: "Send a test to Old phone" }).click();
          await says(page, /The test did not get through/);
          assert.doesNotMatch(await page.locator("body").innerHTML(), /T0K3N|a key of ours/);

          await silence(lab, (await lab.enrol("Bar")).token);
          await page.reload();
          await says(page, "Bar is silent");
          await says(page, /Waits for the next try\. 127\.0\.0\.1 could not be reached/);
          await assertFitsAll(page, "notices-fates");
          assert.equal(got, 2);

          await page.getByRole("button", { name: /^Act Old phone|Old phone/ }).first().click();
          assert.equal(await page.getByLabel("Address").inputValue(), "");
          await press(page, "Remove");
          await press(page, "Remove Old phone");
          await says(page, "Old phone is removed.");
          assert.equal((await lab.call("/api/notices/channels")).body.channels.length, 1);
        } finally {
          await receiver.shutdown();
        }
      }),
  ),
);

Deno.test(
  unless(
    NO_CHROMIUM,
    "[NTC18] the page rings once when something begins to fail, and not where sound is off",
    () =>
      atVenue(async (lab, visitor) => {
        const { page } = visitor;
        await page.goto(lab.url);
        await bell(page, /nothing fails, tap for sound/);
        await page.getByRole("heading", { name: "Bar Lola" }).click();
        await bell(page, /nothing fails, sound is on/);
        await silence(lab, (await lab.enrol("Bar")).token);
        await bell(page, /1 failure now, sound is on/);
        await page.waitForFunction(() => (globalThis as unknown as { tones: number }).tones > 0);
        const once = await tones(page);
        await lab.pass(30);
        assert.equal(await tones(page), once, "it rings once");
        await assertFitsAll(page, "bell");

        await bell(page, /1 failure now/);
        await page.getByRole("button", { name: /1 failure now/ }).click();
        await page.getByRole("button", { name: "Off", exact: true }).click();
        await says(page, "This page stays silent here.");
        await page.reload();
        await bell(page, /1 failure now, sound is off here/);
        await page.keyboard.press("Escape");
        await page.getByRole("heading", { name: "Bar Lola" }).click();
        await silence(lab, (await lab.enrol("Terrace")).token);
        await bell(page, /2 failures now, sound is off here/);
        assert.equal(await tones(page), 0);
      }),
  ),
);
