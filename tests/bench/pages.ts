/// <reference lib="dom" />
/**
 * From a tap on one register's page to the line on another's, in a real Chromium, against a real hub: through the hub with no direct
 * link, and over the direct link with the hub's process ended. Both pages are on one machine, so one wall clock times both ends.
 */
import type { Browser, Page } from "playwright-core";
import type { View } from "../../shared/api.ts";
import { keepApart } from "../support/apart.ts";
import { eventually } from "../support/eventually.ts";
import { launchChromium, NO_CHROMIUM } from "../support/chromium.ts";
import { Manager } from "../support/hub_client.ts";
import { startHub } from "../support/hub_process.ts";
import { enrol, linesOf, newCheck, openCheck } from "../support/till_page.ts";
import { says } from "../support/visitor.ts";
import { type Figure, percentile } from "./measure.ts";

const LAN_NAME = "hub.test"; // plain http under a name, as in a shop
const TAPS = 80; // of each way
const WARM_UP = 10; // more, that are not counted
const RELAY_MAX_MS = 150;
const DIRECT_MAX_MS = 100;
const LINE_WITHIN_MS = 10_000;
const LINK_WITHIN_MS = 30_000; // until a heartbeat has told of it

declare global {
  /** Set in the pages: when the last tap was, and when each number of lines was first in a frame. */
  var tapped: number;
  var lineShown: Map<number, number>;
}

type Way = "relay" | "direct";

/** Figures of both ways, or in one line why there are none. */
export async function betweenPages(): Promise<Figure[] | string> {
  if (NO_CHROMIUM !== undefined) return `Taps between pages were not measured: ${NO_CHROMIUM}`;
  return [...await measured("relay"), ...await measured("direct")];
}

async function measured(way: Way): Promise<Figure[]> {
  await using hub = await startHub({ args: ["--host", "127.0.0.1"] });
  const browser = await launchChromium([`--host-resolver-rules=MAP ${LAN_NAME} 127.0.0.1`]);
  try {
    const http = await Manager.setUp(hub);
    const origin = `http://${LAN_NAME}:${hub.port}`;
    const [from, to] = [await page(browser, way, origin, http, "Bar"), await page(browser, way, origin, http, "Till")];
    await openCheck(to, await newCheck(from));
    if (way === "direct") {
      await linked(http);
      await hub.kill9();
      for (const each of [from, to]) await says(each, "hub away, 1 register linked");
    }
    return figures(way, await taps(from, to));
  } finally {
    await browser.close();
  }
}

function figures(way: Way, ms: readonly number[]): Figure[] {
  const name = way === "relay" ? "tap to the other page, through the hub" : "tap to the other page, direct, no hub";
  const bound = way === "relay" ? RELAY_MAX_MS : DIRECT_MAX_MS;
  return [50, 95].map((percent) => ({
    name: `${name}, p${percent}`,
    value: percentile(ms, percent),
    unit: "ms",
    bound,
  }));
}

async function page(browser: Browser, way: Way, origin: string, http: Manager, name: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 820, height: 1180 } });
  if (way === "relay") await keepApart(context);
  const page = await context.newPage();
  await page.goto(`${origin}/register#code=${(await http.offer()).code}`);
  await enrol(page, name);
  return page;
}

/** Waits until both pages have told the hub of their direct link. */
async function linked(http: Manager): Promise<void> {
  const direct = ({ links }: View) =>
    links.filter(({ peer, path }) => peer !== "hub" && path === "direct").length === 2;
  const view = await eventually(() => http.view(), direct, LINK_WITHIN_MS);
  if (!direct(view)) throw new Error(`No direct link between the pages within ${LINK_WITHIN_MS / 1_000} s`);
}

/** Taps one by one; each line is waited for before the next. Returns the times in ms. */
async function taps(from: Page, to: Page): Promise<number[]> {
  await from.getByRole("button", { name: "Bar", exact: true }).click();
  const before = await linesOf(to).count();
  for (const page of [from, to]) await page.evaluate(watch);
  const times: number[] = [];
  for (let tap = 1; tap <= WARM_UP + TAPS; tap++) {
    await from.locator("button.item").nth(tap % 6).click();
    const count = before + tap;
    await to.waitForFunction((count) => globalThis.lineShown.has(count), count, { timeout: LINE_WITHIN_MS });
    const shown = await to.evaluate((count) => globalThis.lineShown.get(count)!, count);
    times.push(shown - await from.evaluate(() => globalThis.tapped));
  }
  return times.slice(WARM_UP);
}

/** In the page: notes taps when they happen, and lines in the frame after they came. */
function watch(): void {
  const now = () => performance.timeOrigin + performance.now();
  globalThis.lineShown = new Map();
  addEventListener("click", () => globalThis.tapped = now(), { capture: true });
  new MutationObserver(() => {
    const count = document.querySelectorAll("button.line").length;
    if (!globalThis.lineShown.has(count)) requestAnimationFrame(() => globalThis.lineShown.set(count, now()));
  }).observe(document.body, { childList: true, subtree: true });
}
