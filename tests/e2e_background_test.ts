/// <reference lib="dom" />
/**
 * What an iPad does to a page: it is hidden, its socket dies with or without a word, it comes back, twice; and it is opened in a second tab
 * by mistake. In a real browser against the real hub.
 */
import assert from "node:assert/strict";
import type { Browser, Page } from "playwright-core";
import { type Cable, layCable } from "./support/cable.ts";
import { launchChromium, NO_CHROMIUM, screenshotPath } from "./support/chromium.ts";
import { Manager, PASSPHRASE } from "./support/hub_client.ts";
import { type HubProcess, startHub } from "./support/hub_process.ts";
import { canBeHidden, show } from "./support/in_front.ts";
import { rowOf } from "./support/manager_page.ts";
import {
  addItem,
  cardOf,
  enrol,
  inSync,
  journalOf,
  linesOf,
  newCheck,
  openCheck,
  toBoard,
} from "./support/till_page.ts";
import { unless } from "./support/skip.ts";
import { HUB_IS_OFF, openVisitor, says } from "./support/visitor.ts";

const LAN_NAME = "hub.test";
const ASLEEP_MS = 45_000; // longer than any patience of the page; its clock is moved on, nobody waits
const ATTEMPT_MS = 2_000; // for how long the last try to connect has led nowhere when the page comes back

interface Shop {
  readonly hub: HubProcess;
  readonly http: Manager;
  readonly browser: Browser;
}

function withShop(name: string, run: (shop: Shop) => Promise<void>): void {
  const test = async () => {
    await using hub = await startHub({ args: ["--host", "127.0.0.1"] });
    const browser = await launchChromium([`--host-resolver-rules=MAP ${LAN_NAME} 127.0.0.1`]);
    try {
      await run({ hub, browser, http: await Manager.setUp(hub) });
    } finally {
      await browser.close();
    }
  };
  Deno.test({ ...unless(NO_CHROMIUM, name, test), sanitizeResources: false, sanitizeOps: false }); // the browser's own pipes
}

withShop("[SES1, SES2] a page that was hidden and cut off is back at once when it is in front, twice", async (shop) => {
  const { hub, http, browser } = shop;
  const cable = await layCable(hub.port);
  const [manager, bar] = [await openVisitor(browser), await openVisitor(browser)];
  try {
    await bar.page.clock.install();
    await canBeHidden(bar.context);
    await bar.page.goto(`http://${LAN_NAME}:${cable.port}/register#code=${(await http.offer()).code}`);
    await enrol(bar.page, "Bar");
    await signIn(manager.page, hub.url);
    await rowOf(manager.page, "Bar").getByText("in front").waitFor();
    await newCheck(bar.page);

    for (const how of ["reset", "silent"] as const) {
      await show(bar.page, "hidden");
      await rowOf(manager.page, "Bar").getByText("hidden").waitFor();
      const comeBack = await sleepThrough(bar.page, cable, how);
      await rowOf(manager.page, "Bar").getByText("in front").waitFor();
      await addItem(bar.page, "Bar", "Lager");
      await inSync(bar.page);
      console.log(`${how}: in sync ${Math.round(comeBack)} ms after the page came to the front`);
    }
    const [check] = await http.checks();
    assert.equal((await http.check(check!.id)).lines.length, 4); // two made while cut off, two after
    bar.assertCalm(HUB_IS_OFF);
    manager.assertCalm();
  } finally {
    await cable.stop();
  }
});

/** Cut off while hidden, something is sold all the same, time passes, and it is shown again. Returns how long it took to be in sync. */
async function sleepThrough(page: Page, cable: Cable, how: "reset" | "silent"): Promise<number> {
  cable.cut(how);
  await addItem(page, "Kitchen", "Fries");
  await page.clock.fastForward(ASLEEP_MS);
  await page.getByRole("link", { name: /^Diagnostics: offline, \d changes? kept here$/ }).waitFor();
  await page.clock.fastForward(ATTEMPT_MS);
  cable.mend();
  const shown = performance.now();
  await show(page, "visible");
  await inSync(page);
  return performance.now() - shown;
}

async function signIn(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.getByLabel("Passphrase").fill(PASSPHRASE);
  await page.getByRole("button", { name: "Sign in" }).click();
}

withShop("[SES3, SYN11] of two tabs of one register one is in touch, and nothing is lost or doubled", async (shop) => {
  const { hub, http, browser } = shop;
  const bar = await openVisitor(browser);
  const older = bar.page;
  const address = `http://${LAN_NAME}:${hub.port}/register`;
  await older.goto(`${address}#code=${(await http.offer()).code}`);
  await enrol(older, "Bar");
  await newCheck(older);
  await addItem(older, "Bar", "Lager");

  const newer = await bar.newTab();
  await newer.goto(address);
  await says(older, "This register is open in another tab");
  await older.screenshot({ path: screenshotPath("open-elsewhere") });
  await openCheck(newer, "A1");
  await addItem(newer, "Bar", "Pale ale");
  await inSync(newer);

  await older.getByRole("button", { name: "Use it here" }).click();
  await says(newer, "This register is open in another tab");
  await linesOf(older).nth(1).waitFor();
  await addItem(older, "Bar", "Cola");
  await inSync(older);

  await newer.getByRole("button", { name: "Use it here" }).click();
  await says(older, "This register is open in another tab");
  await linesOf(newer).nth(2).waitFor();
  await toBoard(newer);
  await newCheck(newer);
  await addItem(newer, "Coffee", "Latte");
  await toBoard(newer);
  await cardOf(newer, "A2").waitFor();
  await inSync(newer);

  const checks = await Promise.all((await http.checks()).map(({ id }) => http.check(id)));
  const names = checks.map(({ number, lines }) => [number, ...lines.map(({ name }) => name)]).sort();
  assert.deepEqual(names, [["A1", "Lager", "Pale ale", "Cola"], ["A2", "Latte"]]);
  const told = checks.flatMap(({ story }) => story.map(({ id }) => id));
  assert.equal(new Set(told).size, 6);
  assert.equal(told.length, 6);
  assert.equal((await journalOf(newer)).length, 6);
  bar.assertCalm();
});
