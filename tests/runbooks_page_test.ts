/// <reference lib="dom" />
/** Guided runbooks in a real browser, live over a real hub: what is measured ticks the step on the screen, and the end says what fixed it. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import type { EnrolResponse } from "../shared/api.ts";
import { build } from "../web/build.ts";
import { launchChromium, NO_CHROMIUM } from "./support/chromium.ts";
import { type LabHub, openLabHub } from "./support/lab_hub.ts";
import { unless } from "./support/skip.ts";
import { assertFitsAll, openVisitor, REFUSED, says, type Visitor } from "./support/visitor.ts";

type Beat = Record<string, unknown>;
const NETWORK = { ssid: "Shop", bssid: "a4:2b:b0:01:02:03", rssiDbm: -52 };
const STATE = { foreground: true, autoLock: "never" };
const GUEST: Beat = { network: { ...NETWORK, ssid: "Guest" } };
const HIDDEN: Beat = { state: { ...STATE, foreground: false } };

interface Shop {
  readonly lab: LabHub;
  readonly visitor: Visitor;
  readonly says: Map<string, Beat | null>; // what a register says otherwise than usual
  pass(seconds: number): Promise<void>;
}

async function atShop(work: (shop: Shop) => Promise<void>): Promise<void> {
  await build();
  const lab = await openLabHub();
  const registers: EnrolResponse[] = [];
  for (const name of ["Bar", "Till 1", "Terrace"]) registers.push(await lab.enrol(name));
  const says = new Map<string, Beat | null>();
  const round = async () => {
    for (const { name, token } of registers) {
      const change = says.get(name);
      const sentAt = new Date(lab.clock.now).toISOString();
      const body = { sentAt, app: { version: "3.2.0" }, network: NETWORK, state: STATE, unsynced: 0, ...change };
      if (change !== null) await lab.call("/api/heartbeats", { body, token });
    }
  };
  const pass = (seconds: number) => lab.pass(seconds, (second) => second % 5 === 0 && round());
  await pass(30);
  const browser = await launchChromium();
  try {
    const visitor = await openVisitor(browser);
    const [name, value] = lab.cookie.split("=");
    await visitor.context.addCookies([{ name: name!, value: value!, url: lab.url }]);
    await work({ lab, visitor, says, pass });
    visitor.assertCalm(REFUSED);
  } finally {
    await browser.close();
    await lab.stop();
  }
}

const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
const answersAt = async (page: Page) => (await page.locator(".guide-answers").boundingBox())!.y;

Deno.test(
  unless(
    NO_CHROMIUM,
    "[RBK18] from a finding to what fixed it: one step at a time, ticked live, nothing moves, all by keyboard",
    () =>
      atShop(async ({ lab, visitor: { page }, says: beats, pass }) => {
        beats.set("Terrace", HIDDEN);
        await pass(45);
        await page.goto(lab.url);
        await page.getByRole("button", { name: "Show me how: App is not on the screen" }).click();
        await says(page, "Go to Terrace and bring the app back to the screen.");
        await says(page, "Step 1 of 2");
        await says(page, "Terrace is in the background.");
        await assertFitsAll(page, "guide-step");

        const before = await answersAt(page);
        await page.getByRole("button", { name: "It is done" }).focus();
        await page.keyboard.press("Enter");
        await says(page, "Somebody says so; it was not measured.");
        await says(page, "Step 2 of 2");
        assert.equal(await answersAt(page), before, "the buttons keep their place");
        await page.keyboard.press("Escape");
        await page.locator("dialog").waitFor({ state: "detached" });
        await page.getByRole("button", { name: "Go on with the guide: App is not on the screen" }).click();
        await says(page, "Close the other apps on Terrace");

        beats.delete("Terrace");
        await pass(6);
        await says(page, "Terrace is back in front.");
        await says(page, "Looking whether it helped.");
        await assertFitsAll(page, "guide-tick");
        await pass(15);
        await page.getByRole("heading", { name: "What fixed it" }).waitFor();
        await says(page, "Terrace is back in front.");
        await assertFitsAll(page, "guide-end");
        await press(page, "Good");
        await page.locator("dialog").waitFor({ state: "detached" });
        await pass(60);
        await says(page, "What fixed it: Close the other apps on Terrace");
      }),
  ),
);

Deno.test(
  unless(
    NO_CHROMIUM,
    "[RBK18] a check is not found: steps that are so are ticked, what is passed over says why, and it hands on",
    () =>
      atShop(async ({ lab, visitor: { page }, says: beats, pass }) => {
        beats.set("Terrace", GUEST);
        await pass(10);
        await page.goto(lab.url);
        await page.getByText("Something else is wrong").click();
        await assertFitsAll(page, "guide-offer");
        await press(page, "A check is not found");
        await says(page, "See that every register is on the same Wi-Fi.");
        await says(page, "Bar, Till 1 and Terrace are in front.");
        await press(page, "Go on without it");
        await says(page, "Force-quit the app on Terrace");
        beats.set("Terrace", null);
        await pass(20);
        await says(page, "Terrace is not heard any more.");
        await says(page, "Once Terrace is on the Wi-Fi");
        beats.set("Terrace", GUEST);
        await pass(6);
        await says(page, "Terrace is heard again.");
        await page.getByText(/done, \d passed over/).click();
        await says(page, "Passed over: Somebody went on without it.");
        await assertFitsAll(page, "guide-past");
        await pass(65);
        await says(page, "Look for the check again. Is it there now?");
        await press(page, "No");
        await pass(65);
        await page.getByRole("heading", { name: "Not fixed yet" }).waitFor();
        await assertFitsAll(page, "guide-handed-on");
        await press(page, "Go on");
        await page.getByRole("heading", { name: "Registers are out of sync" }).waitFor();
        await assertFitsAll(page, "guide-long");
        await press(page, "Stop");
        await page.getByRole("heading", { name: "Stopped" }).waitFor();
      }),
  ),
);
