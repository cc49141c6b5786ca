/// <reference lib="dom" />
/** Pages of which files are lost on the way, in a real browser against a real hub. */
import assert from "node:assert/strict";
import type { Browser, Route } from "playwright-core";
import { build } from "../web/build.ts";
import { launchChromium, NO_CHROMIUM } from "./support/chromium.ts";
import { type LabHub, openLabHub } from "./support/lab_hub.ts";
import { unless } from "./support/skip.ts";
import { enrol } from "./support/till_page.ts";
import { assertFitsAll, openVisitor } from "./support/visitor.ts";

const LOST = /ERR_FAILED|ERR_NETWORK_CHANGED/;
const WORDS = "This page is not all here";

Deno.test({
  ...unless(NO_CHROMIUM, "[TLS9] a page that lost its script says so, loads itself again and keeps its code", script),
  sanitizeResources: false, // the browser and esbuild keep their own pipes
  sanitizeOps: false,
});

async function script(): Promise<void> {
  await atHub(async (lab, browser) => {
    const bar = await openVisitor(browser);
    const { code } = (await lab.call("/api/enrollments", { body: {} })).body;
    let away = true; // the network, from when the page's frame has arrived
    const { page } = bar;
    const cut = (route: Route) => away ? route.abort() : route.continue();
    await page.route(/\/assets\/register-.*\.js/, cut);
    await page.route(/\/register$/, (route) => route.request().method() === "HEAD" ? cut(route) : route.continue());
    await page.goto(`${lab.url}/register#code=${code}`);
    await page.getByRole("heading", { name: WORDS }).waitFor();
    await page.getByText("It loads again by itself").waitFor();
    await assertFitsAll(page, "not all here");
    away = false;
    await enrol(page, "Bar"); // the code came with the address
    assert.equal(await page.getByText(WORDS).isVisible(), false);
    assert.equal(await page.evaluate(() => sessionStorage.getItem("loads")), null);
    bar.assertCalm(LOST);
  });
}

Deno.test({
  ...unless(NO_CHROMIUM, "[TLS9] a bare page gets its style; one without even the watch has something to tap", bare),
  sanitizeResources: false,
  sanitizeOps: false,
});

async function bare(): Promise<void> {
  await atHub(async (lab, browser) => {
    const manager = await openVisitor(browser);
    let lost = 0;
    await manager.page.route(/\.css$/, (route) => lost++ === 0 ? route.abort() : route.continue());
    await manager.page.goto(`${lab.url}/`);
    await manager.page.waitForFunction(() => getComputedStyle(document.body).marginTop === "0px"); // its own is 8px

    const other = await openVisitor(browser);
    await other.page.route(/\.js$/, (route) => route.abort());
    await other.page.goto(`${lab.url}/`);
    const again = other.page.getByRole("link", { name: "Load it now" });
    await again.waitFor();
    assert.equal(await other.page.getByText("It loads again by itself").isVisible(), false);
    await other.page.unrouteAll();
    await again.click();
    await other.page.getByRole("button").first().waitFor();
    assert.equal(await again.isVisible(), false);
    for (const each of [manager, other]) each.assertCalm(LOST);
  });
}

async function atHub(work: (lab: LabHub, browser: Browser) => Promise<void>): Promise<void> {
  await build();
  const lab = await openLabHub();
  const browser = await launchChromium();
  try {
    await work(lab, browser);
  } finally {
    await browser.close();
    await lab.stop();
  }
}
