/// <reference lib="dom" />
/**
 * The hub is killed as by a power cut while two registers work, in real browsers: both go on alone, and when it is back everything is
 * there once, on the hub and on both registers.
 */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { type OpId, replicaOf } from "../shared/ids.ts";
import { covers, mergeVectors, type Vector } from "../shared/sync/vector.ts";
import { launchChromium, NO_CHROMIUM, screenshotPath } from "./support/chromium.ts";
import { Manager } from "./support/hub_client.ts";
import { startHub } from "./support/hub_process.ts";
import {
  acknowledgedTo,
  addItem,
  cardOf,
  enrol,
  inSync,
  journalOf,
  linesOf,
  newCheck,
  openCheck,
  payAll,
  takeOff,
  toBoard,
} from "./support/till_page.ts";
import { keepApart } from "./support/apart.ts";
import { heldByHub, sameEverywhere } from "./support/same_everywhere.ts";
import { unless } from "./support/skip.ts";
import { HUB_IS_OFF, openVisitor, says } from "./support/visitor.ts";

const LAN_NAME = "hub.test";
const TAPS = 18; // on each register; the hub dies after a third of them
const ARGS = ["--host", "127.0.0.1"];

Deno.test({
  ...unless(NO_CHROMIUM, "[SES7] a hub that is killed in the middle of work loses and doubles nothing", suddenDeath),
  sanitizeResources: false, // the browser keeps its own pipes
  sanitizeOps: false,
});

async function suddenDeath(): Promise<void> {
  const data = mkdtempSync(join(tmpdir(), "counterpart-sudden-"));
  let hub = await startHub({ args: ARGS, data });
  const { port } = hub;
  const browser = await launchChromium([`--host-resolver-rules=MAP ${LAN_NAME} 127.0.0.1`]);
  try {
    const http = await Manager.setUp(hub);
    const [bar, till] = [await openVisitor(browser), await openVisitor(browser)];
    for (const { context } of [bar, till]) await keepApart(context);
    const address = { bar: `http://${LAN_NAME}:${port}/register`, till: `${hub.url}/register` };
    await bar.page.goto(`${address.bar}#code=${(await http.offer()).code}`);
    await enrol(bar.page, "Bar");
    await till.page.goto(`${address.till}#code=${(await http.offer()).code}`);
    await enrol(till.page, "Till 1");

    // Both have a check with something on it, which the hub has acknowledged.
    for (const { page } of [bar, till]) {
      await newCheck(page);
      await addItem(page, "Kitchen", "Burger");
      await inSync(page);
    }
    assert.equal((await heldByHub(http)).size, 4);

    // Taps are on their way from both while it dies.
    const taps = [bar, till].map(({ page }) => tapQuickly(page, TAPS));
    await Promise.all([bar, till].map(({ page }) => linesOf(page).nth(TAPS / 3).waitFor()));
    await hub.kill9();
    await Promise.all(taps);
    await Promise.all([bar, till].map(({ page }) => linesOf(page).nth(TAPS).waitFor()));

    // Both go on alone: take off, pay, close, open another.
    await goOnAlone(bar.page, "A2");
    await goOnAlone(till.page, "B2");
    await Promise.all([bar, till].map(({ page }) => says(page, /^offline, \d+ changes kept here$/)));
    await bar.page.screenshot({ path: screenshotPath("offline-board") });
    const before = { bar: await journalOf(bar.page), till: await journalOf(till.page) };

    const promised = mergeVectors(await acknowledgedTo(bar.page), await acknowledgedTo(till.page));
    console.log(`acknowledged when the hub died: ${JSON.stringify(promised)}`);

    // One page is closed with its changes in storage only; the other one stays open.
    await till.page.evaluate("window.sameAsBefore = true");
    await bar.page.close();
    hub = await startHub({ args: ARGS, data, port });
    const atRest = await heldByHub(await Manager.signIn(hub));
    assert.ok(covers(headsOf(atRest), promised), "something that was acknowledged is gone");
    await inSync(till.page);
    assert.equal(await till.page.evaluate("window.sameAsBefore"), true);
    bar.page = await bar.newTab();
    await bar.page.goto(address.bar);
    await inSync(bar.page);
    for (const [{ page }, number] of [[bar, "B2"], [till, "A2"]] as const) await cardOf(page, number).waitFor();

    await sameEverywhere(hub, [bar.page, till.page], [...before.bar, ...before.till]);
    bar.assertCalm(HUB_IS_OFF);
    till.assertCalm(HUB_IS_OFF);

    // The hub is away again, briefly; the page is loaded anew as soon as it is back, with changes only its storage has.
    await openCheck(till.page, "B2");
    await hub.kill9();
    await addItem(till.page, "Coffee", "Latte");
    const unsent = await journalOf(till.page);
    hub = await startHub({ args: ARGS, data, port });
    await till.page.reload();
    await inSync(till.page);
    await sameEverywhere(hub, [bar.page, till.page], unsent);
  } finally {
    await browser.close();
    await hub.stop();
    rmSync(data, { recursive: true, force: true });
  }
}

async function tapQuickly(page: Page, times: number): Promise<void> {
  await page.getByRole("button", { name: "Bar", exact: true }).click();
  for (let tap = 0; tap < times; tap++) await page.locator("button.item").nth(tap % 6).click();
}

async function goOnAlone(page: Page, next: string): Promise<void> {
  await takeOff(page, "Burger");
  await payAll(page);
  assert.equal(await newCheck(page), next);
  await addItem(page, "Dessert", "Cake");
  await toBoard(page);
}

function headsOf(ids: Iterable<OpId>): Vector {
  return [...ids].map((id): Vector => ({ [replicaOf(id)]: Number(id.split("/")[1]) })).reduce(mergeVectors, {});
}
