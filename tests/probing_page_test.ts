/// <reference lib="dom" />
/** How the network is measured, set by a manager in a real browser: on a hub whose settings are open, and on a real one that goes by them. */
import assert from "node:assert/strict";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import type { Page } from "playwright-core";
import { build } from "../web/build.ts";
import { launchChromium, NO_CHROMIUM } from "./support/chromium.ts";
import { eventually } from "./support/eventually.ts";
import { startHub } from "./support/hub_process.ts";
import { openLabHub } from "./support/lab_hub.ts";
import { setUpVenue } from "./support/manager_page.ts";
import { unless } from "./support/skip.ts";
import { assertFitsAll, openVisitor, says } from "./support/visitor.ts";

const ROUNDS = 5;
const ROUNDS_WITHIN_MS = 19_000; // at the usual pace they take at least twenty seconds

async function openMeasuring(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Settings" }).click();
  await page.getByRole("button", { name: "Measuring" }).click();
}

Deno.test({
  ...unless(
    NO_CHROMIUM,
    "[PRB24] whom the hub asks and how long it waits: wrong, right, kept, and as usual again",
    set,
  ),
  sanitizeResources: false, // the browser and esbuild keep their own pipes
  sanitizeOps: false,
});

async function set(): Promise<void> {
  await build();
  const lab = await openLabHub();
  await lab.pass(1);
  const browser = await launchChromium();
  try {
    const { page, context, assertCalm } = await openVisitor(browser);
    const [name, value] = lab.cookie.split("=");
    await context.addCookies([{ name: name!, value: value!, url: lab.url }]);
    await page.goto(lab.url);
    await openMeasuring(page);
    assert.equal(await page.getByLabel("On the internet").inputValue(), "1.1.1.1:443, 9.9.9.9:443");
    assert.equal(await page.getByRole("button", { name: "As usual" }).count(), 0);
    await page.getByLabel("A public name server").fill("nine.nine");
    await page.getByLabel("Seconds to wait for the internet").fill("9");
    await page.getByRole("button", { name: "Save" }).click();
    await says(page, "An address and a port, as 9.9.9.9:53, or nothing.");
    await says(page, "Seconds from 0.5 to 5, as 2.5.");
    await assertFitsAll(page, "measuring");

    await page.getByLabel("A public name server").fill("");
    await page.getByLabel("Seconds to wait for the internet").fill("2,5");
    await page.getByRole("button", { name: "Save" }).click();
    await says(page, "It holds from the next round on.");
    const { body } = await lab.call("/api/probes/settings");
    assert.deepEqual(body.set, { ...body.usual, dns: null, waitMs: 2_500 });

    await page.getByRole("button", { name: "Measuring" }).click();
    assert.equal(await page.getByLabel("Seconds to wait for the internet").inputValue(), "2.5");
    await page.getByRole("button", { name: "As usual" }).click();
    await says(page, "The network is measured as usual.");
    assert.equal((await lab.call("/api/probes/settings")).body.set, null);
    assertCalm();
  } finally {
    await browser.close();
    await lab.stop();
  }
}

Deno.test({
  ...unless(
    NO_CHROMIUM,
    "[PRB24] a hub that is told whom to ask when it starts says so, and keeps the pace that is set",
    pace,
  ),
  sanitizeResources: false,
  sanitizeOps: false,
});

async function pace(): Promise<void> {
  let asked = 0;
  const internet = createServer((socket) => (asked++, socket.destroy())).listen(0, "127.0.0.1");
  await new Promise((ready) => internet.once("listening", ready));
  const targets = {
    ...{ internet: [`127.0.0.1:${(internet.address() as AddressInfo).port}`] },
    ...{ dns: null, dnsName: null, portal: null, time: null },
  };
  await using hub = await startHub({ args: ["--probe-targets", JSON.stringify(targets)] });
  const browser = await launchChromium();
  try {
    const { page, assertCalm } = await openVisitor(browser);
    await setUpVenue(page, hub.url, hub.setupCode!);
    await openMeasuring(page);
    await says(page, "Whom this hub asks was named when it was started");
    assert.equal(await page.getByLabel("On the internet").count(), 0);
    await page.getByLabel("Seconds from one round to the next").fill("2");
    await page.getByRole("button", { name: "Save" }).click();
    await says(page, "It holds from the next round on.");
    const before = asked;
    const since = await eventually(() => Promise.resolve(asked - before), (n) => n >= ROUNDS, ROUNDS_WITHIN_MS);
    assert.ok(since >= ROUNDS, `${since} rounds in ${ROUNDS_WITHIN_MS} ms`);
    assertCalm();
  } finally {
    await browser.close();
    internet.close();
  }
}
