/// <reference lib="dom" />
/**
 * Four registers as they are in a shop: pages of a real browser, linked directly by WebRTC. The hub is killed and comes back, one pair's
 * link is cut, one page sleeps twice. One shop serves all of it, since starting it takes longest.
 */
import assert from "node:assert/strict";
import type { Browser, Page } from "playwright-core";
import { type Cable, layCable } from "./support/cable.ts";
import { launchChromium, NO_CHROMIUM, screenshotPath } from "./support/chromium.ts";
import { eventually } from "./support/eventually.ts";
import { Manager } from "./support/hub_client.ts";
import { type HubProcess, startHub } from "./support/hub_process.ts";
import { canBeHidden, show } from "./support/in_front.ts";
import { bringShears, cutLinks } from "./support/link_shears.ts";
import { sameEverywhere } from "./support/same_everywhere.ts";
import { unless } from "./support/skip.ts";
import { cardOf, enrol, inSync, journalOf, linesOf, newCheck, openCheck, toBoard } from "./support/till_page.ts";
import { HUB_IS_OFF, openVisitor, says, type Visitor } from "./support/visitor.ts";

const LAN_NAME = "hub.test";
const NAMES = ["Bar", "Till 1", "Terrace", "Window"];
const SLEEPER = "Terrace";
const ASLEEP_MS = 45_000; // longer than any patience of the page; its clock is moved on, nobody waits
const ITEMS = [["Bar", "Lager"], ["Bar", "Cola"], ["Kitchen", "Fries"], ["Coffee", "Latte"]] as const; // one for each register
const CUT_OFF = /Connection closed before receiving a handshake response/; // what a browser says of a cable that leads nowhere
const RELAY_WITHIN_MS = 1_000;
const AGAIN_MAX_MS = 30_000; // a back-off, a new channel, and five steady seconds

Deno.test({
  ...unless(
    NO_CHROMIUM,
    "[LNK1, LNK10, LNK15, SES1] four pages with direct links, through an evening's faults",
    fourPages,
  ),
  sanitizeResources: false, // the browser keeps its own pipes
  sanitizeOps: false,
});

/** A page, and the cable between it and the hub. */
interface Till extends Visitor {
  readonly name: string;
  readonly cable: Cable;
}

class Shop {
  readonly tills: Till[] = [];
  hub: HubProcess;
  #check = 0; // lines ordered so far

  constructor(hub: HubProcess) {
    this.hub = hub;
  }

  get pages(): Page[] {
    return this.tills.map(({ page }) => page);
  }

  async enrol(browser: Browser, http: Manager, name: string): Promise<void> {
    const cable = await layCable(this.hub.port);
    const visitor = await openVisitor(browser);
    this.tills.push({ ...visitor, name, cable });
    await bringShears(visitor.context);
    await canBeHidden(visitor.context);
    if (name === SLEEPER) await visitor.page.clock.install();
    await visitor.page.goto(`http://${LAN_NAME}:${cable.port}/register#code=${(await http.offer()).code}`);
    await enrol(visitor.page, name);
  }

  /** Each of these pages orders one thing on the check that all have open. */
  async order(...pages: readonly Page[]): Promise<void> {
    this.#check += pages.length;
    await Promise.all(pages.map(async (page) => {
      const [category, item] = ITEMS[this.pages.indexOf(page)]!;
      await page.getByRole("button", { name: category, exact: true }).click();
      await page.locator("button.item").filter({ hasText: item }).click();
    }));
  }

  /** Until each of these pages shows every line that was ordered; fails if one shows more. */
  async alike(pages: readonly Page[] = this.pages): Promise<void> {
    await Promise.all(pages.map((page) => linesOf(page).nth(this.#check - 1).waitFor()));
    for (const page of pages) assert.equal(await linesOf(page).count(), this.#check);
  }

  async restart(): Promise<void> {
    this.hub = await startHub({ args: ["--host", "127.0.0.1"], data: this.hub.data, port: this.hub.port });
  }
}

async function fourPages(t: Deno.TestContext): Promise<void> {
  const data = await Deno.makeTempDir({ prefix: "counterpart-four-" });
  const shop = new Shop(await startHub({ args: ["--host", "127.0.0.1"], data }));
  const browser = await launchChromium([`--host-resolver-rules=MAP ${LAN_NAME} 127.0.0.1`]);
  try {
    const http = await Manager.setUp(shop.hub);
    for (const name of NAMES) await shop.enrol(browser, http, name);
    let ok = await t.step("all six pairs are direct, and Diagnostics says so", () => allDirect(shop));
    ok &&= await t.step(
      "with the hub killed they sell on together; started again, it has everything",
      () => noHub(shop),
    );
    ok &&= await t.step(
      "one pair cut: relay within a second, nothing lost or twice, direct again",
      () => onePairCut(shop),
    );
    if (ok) {
      await t.step("hidden and cut off twice, a page has everything, and so have the others", () => twoNaps(shop));
    }
    for (const till of shop.tills) till.assertCalm(HUB_IS_OFF, CUT_OFF);
  } finally {
    await browser.close();
    for (const { cable } of shop.tills) await cable.stop();
    await shop.hub.stop();
    await Deno.remove(data, { recursive: true });
  }
}

async function allDirect(shop: Shop): Promise<void> {
  await diagnostics(shop);
  const told = await eventually(() => paths(shop), (rows) => rows.length === 12 && rows.every(isDirect));
  assert.equal(told.length, 12, "six pairs, told by both ends");
  assert.deepEqual(told.filter((row) => !isDirect(row)), []);
  await shop.tills[0]!.page.screenshot({ path: screenshotPath("four-pages-direct"), fullPage: true });
  await Promise.all(shop.pages.map(toBoard));
}

async function noHub(shop: Shop): Promise<void> {
  const [bar, ...others] = shop.pages as [Page, ...Page[]];
  await shop.hub.kill9();
  await Promise.all(shop.pages.map((page) => says(page, "hub away, 3 registers linked")));
  const number = await newCheck(bar);
  await Promise.all(others.map((page) => openCheck(page, number)));
  for (let round = 0; round < 3; round++) {
    await shop.order(...shop.pages); // all at the same time
    await shop.alike();
  }
  const written = await journalOf(bar);
  await shop.restart();
  for (const page of shop.pages) await show(page, "visible"); // somebody looks, so nobody waits out a back-off
  await Promise.all(shop.pages.map(inSync));
  await sameEverywhere(shop.hub, shop.pages, written);
}

async function onePairCut(shop: Shop): Promise<void> {
  const [bar, till] = shop.tills as [Till, Till];
  const ids = new Map((await (await Manager.signIn(shop.hub)).view()).registers.map(({ name, id }) => [name, id]));
  await shop.order(bar.page, till.page);
  await shop.alike();
  assert.equal(await cutLinks(bar.page, ids.get(till.name)), 1);
  for (const [from, to] of [[bar, till], [till, bar]] as const) {
    await shop.order(from.page);
    const tapped = performance.now();
    await shop.alike([to.page]);
    const took = performance.now() - tapped;
    assert.ok(took < RELAY_WITHIN_MS, `${from.name} to ${to.name} took ${Math.round(took)} ms`);
  }
  await shop.order(...shop.pages);
  await shop.alike();
  await Promise.all(shop.pages.map(toBoard));
  await diagnostics(shop);
  const between = async () => (await paths(shop)).filter(({ from, to }) => isPair(from, to, bar, till));
  const cut = await eventually(between, (both) => both.some(({ path }) => path === "through the hub"));
  assert.ok(cut.some(({ path }) => path === "through the hub"), JSON.stringify(cut));
  const healed = await eventually(() => paths(shop), (rows) => rows.every(isDirect), AGAIN_MAX_MS);
  assert.deepEqual(healed.filter((row) => !isDirect(row)), []);
  await Promise.all(shop.pages.map(toBoard));
  await sameEverywhere(shop.hub, shop.pages, []);
}

function isDirect({ path }: { readonly path: string }): boolean {
  return /^direct, (under 1|\d+) ms$/.test(path);
}

function isPair(from: string, to: string, a: Till, b: Till): boolean {
  return from === a.name && to === b.name || from === b.name && to === a.name;
}

async function twoNaps(shop: Shop): Promise<void> {
  const sleeper = shop.tills.find(({ name }) => name === SLEEPER)!;
  const awake = shop.pages.filter((page) => page !== sleeper.page);
  await Promise.all(shop.pages.map((page) => openCheck(page, "A1")));
  for (const how of ["reset", "silent"] as const) {
    await sleeper.page.waitForFunction(() => globalThis.shears.size === 3); // also again, after the first nap
    await show(sleeper.page, "hidden");
    sleeper.cable.cut(how);
    assert.equal(await cutLinks(sleeper.page), 3);
    await shop.order(...awake);
    await shop.alike(awake);
    await shop.order(sleeper.page); // the last tap before the screen went off
    assert.ok(await linesOf(sleeper.page).count() < await linesOf(awake[0]!).count(), "it was cut off");
    await sleeper.page.clock.fastForward(ASLEEP_MS);
    sleeper.cable.mend();
    await show(sleeper.page, "visible");
    await shop.alike();
    await Promise.all(shop.pages.map(inSync));
  }
  await Promise.all(shop.pages.map(toBoard));
  await cardOf(sleeper.page, "A1").waitFor();
  await sameEverywhere(shop.hub, shop.pages, []);
}

/** From the board. */
async function diagnostics(shop: Shop): Promise<void> {
  await Promise.all(shop.pages.map((page) => page.getByRole("link", { name: /^Diagnostics/ }).click()));
}

/** How changes reach each other register, by the Register List of each page. */
async function paths(shop: Shop): Promise<{ from: string; to: string; path: string }[]> {
  const told = await Promise.all(shop.tills.map(async ({ name: from, page }) => {
    const rows = await page.locator(".peers tbody tr:not(.peer-own)").evaluateAll((rows) =>
      rows.map((row) => ({
        to: row.querySelector("th")!.firstChild!.textContent!.trim(),
        path: row.querySelector('[data-name="Changes reach it"]')!.textContent,
      }))
    );
    return rows.map((row) => ({ from, ...row }));
  }));
  return told.flat();
}
