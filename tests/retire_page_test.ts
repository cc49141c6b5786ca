/// <reference lib="dom" />
/** A day that is over, in real browsers: a register lets go of it and gets a check back by its number; a manager lets go without a register. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { HeadlessRegister } from "../agent/headless.ts";
import { build } from "../web/build.ts";
import { launchChromium, NO_CHROMIUM, screenshotPath } from "./support/chromium.ts";
import { eventually } from "./support/eventually.ts";
import { type LabHub, openLabHub } from "./support/lab_hub.ts";
import { IPAD, PHONE, RegisterPage } from "./support/register_page.ts";
import { accessibilityFaults, assertFits } from "./support/sound.ts";
import { unless } from "./support/skip.ts";
import { assertFitsAll, openVisitor, says } from "./support/visitor.ts";

const DAY_MS = 24 * 60 * 60_000;

/** How many ops the page's storage holds. */
function opsStored(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const open = (name: string) =>
      new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(name);
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    let total = 0;
    for (const { name } of await indexedDB.databases()) {
      const database = await open(name!);
      if (database.objectStoreNames.contains("ops")) {
        const count = database.transaction("ops").objectStore("ops").count();
        total += await new Promise<number>((resolve) => count.onsuccess = () => resolve(count.result));
      }
      database.close();
    }
    return total;
  });
}

/** The next business day begins, and the hub takes its look. */
function nextDay(lab: LabHub): number {
  lab.clock.now += DAY_MS;
  return lab.hub.retirement.letGo("when all have it");
}

Deno.test({
  ...unless(
    NO_CHROMIUM,
    "[SYN27][SYN36] a register lets go of yesterday for good, and gets a check back by its number for money back",
    recall,
  ),
  sanitizeOps: false, // the browser keeps its own pipes
  sanitizeResources: false,
});

async function recall(): Promise<void> {
  await build();
  const lab = await openLabHub(":memory:", Date.now());
  const browser = await launchChromium();
  try {
    const context = await browser.newContext({ viewport: IPAD, hasTouch: true, reducedMotion: "reduce" });
    const bar = new RegisterPage(await context.newPage());
    const { page } = bar;
    const { code } = (await lab.call("/api/enrollments", { body: {} })).body;
    await bar.enrol(`${lab.url}/register#code=${code}`, "Bar");
    await bar.says("in sync");
    await bar.newCheck("Bar: Lager");
    await bar.payByCard();
    await bar.newCheck("Kitchen: Fries");
    await bar.toBoard();
    await bar.says("in sync");
    const before = await opsStored(page);
    assert.equal(await eventually(() => Promise.resolve(nextDay(lab)), (count) => count === 1), 1);
    await page.getByRole("button", { name: "Closed today 0" }).waitFor();
    const after = await eventually(() => opsStored(page), (count) => count < before);
    assert.ok(after >= 2 && after <= before - 4, `${before} ops, then ${after}`);
    await page.reload();
    await page.getByRole("button", { name: "Closed today 0" }).waitFor();
    assert.deepEqual((await bar.cards()).map((card) => card.slice(0, 2)), ["A2"]);
    assert.equal(await opsStored(page), after);
    await bar.says("in sync");

    await bar.showTab("Closed today");
    const find = page.getByLabel("Find a tab, also of earlier days");
    await find.fill("7");
    await bar.press("Ask the hub");
    await bar.says("The hub knows no tab with this number.");
    await find.fill("1");
    await bar.says("No such tab on this register");
    await bar.says("Tabs of earlier days are on the hub.");
    await look(bar, "ask");
    await bar.press("Ask the hub");
    await bar.openCheck("A1");
    await page.getByRole("button", { name: /Paid by card/ }).click();
    await page.getByLabel("Goes back to the guest").fill("2");
    await bar.press("Guest was not content");
    await bar.says("2.00 given back");
    await bar.press("Open it again");
    await page.getByRole("button", { name: "Pay 2.00" }).waitFor();
    const refunded = async () => {
      const { checks } = (await lab.call("/api/checks?state=open")).body;
      return checks.some(({ number, due }: { number: string; due: number }) => number === "A1" && due === 200);
    };
    assert.equal(await eventually(refunded, (held) => held), true);

    await bar.toBoard();
    await bar.showTab("Closed today");
    await lab.stop();
    await find.fill("A9");
    await bar.says("it is away. Ask it once it is back.");
    assert.equal(await page.getByRole("button", { name: "Ask the hub" }).count(), 0);
    await look(bar, "ask-away");
    assert.deepEqual(bar.complaints, []);
  } finally {
    await browser.close();
    await lab.stop().catch(() => {});
  }
}

/** Holds for everybody, on an iPad and a phone. */
async function look(register: RegisterPage, name: string): Promise<void> {
  const { page } = register;
  assert.deepEqual(await accessibilityFaults(page), []);
  for (const [size, viewport] of Object.entries({ ipad: IPAD, phone: PHONE })) {
    await page.setViewportSize(viewport);
    await assertFits(page, `${name} on ${size}`);
    await page.screenshot({ path: screenshotPath(`retire-${name}-${size}`) });
  }
  await page.setViewportSize(IPAD);
}

Deno.test({
  ...unless(
    NO_CHROMIUM,
    "[SYN35] a manager reads which register yesterday's checks wait for, and lets them go; and sets when a day begins",
    letThemGo,
  ),
  sanitizeOps: false,
  sanitizeResources: false,
});

async function letThemGo(): Promise<void> {
  await build();
  const lab = await openLabHub();
  const browser = await launchChromium();
  try {
    const start = async (name: string) =>
      HeadlessRegister.start({ hub: lab.url, enrolment: await lab.enrol(name), now: () => lab.clock.now });
    const [bar, terrace] = [await start("Bar"), await start("Terrace")];
    await terrace.until(() => terrace.state === "online");
    terrace.pause();
    const write = async (body: Parameters<typeof bar.replica.write>[0]) => {
      const outcome = await bar.replica.write(body);
      assert.ok(outcome.ok);
      return outcome.id;
    };
    for (const number of ["A1", "A2"]) {
      const check = await write({ kind: "check.open", number });
      await write({ kind: "check.close", check, total: 0 });
    }
    await bar.until(() => bar.replica.unsynced() === 0);
    assert.equal(nextDay(lab), 0);
    await lab.pass(1);

    const manager = await openVisitor(browser);
    const { page } = manager;
    await page.goto(lab.url);
    await page.getByLabel("Passphrase").fill("a quiet evening");
    await page.keyboard.press("Enter");
    await says(page, /^2 closed checks wait for Terrace, not heard since .*\d\d:\d\d\.$/);
    await assertFitsAll(page, "held-up");
    const letGo = page.getByRole("button", { name: "Let them go" });
    for (const [size, viewport] of Object.entries({ phone: PHONE, ipad: IPAD })) {
      await page.setViewportSize(viewport);
      await letGo.scrollIntoViewIfNeeded();
      await page.screenshot({ path: screenshotPath(`held-up-note-${size}`) });
    }
    await letGo.click();
    await says(page, "2 checks let go. The hub keeps them.");
    await lab.pass(1);
    const waits = page.getByText(/closed checks wait for/);
    assert.equal(await eventually(() => waits.count(), (count) => count === 0), 0);
    await bar.until(() => bar.replica.book.all().length === 0);

    await page.getByRole("button", { name: "Settings" }).click();
    const begins = page.getByLabel("A business day begins at");
    assert.equal(await begins.inputValue(), "04:00");
    const form = page.locator("form").filter({ has: begins });
    await begins.fill("25");
    await form.getByRole("button", { name: "Save" }).click();
    await says(page, "A time such as 04:00.");
    await begins.fill("5.30");
    await form.getByRole("button", { name: "Save" }).click();
    await says(page, "Saved.");
    assert.equal((await lab.view()).venue.settings.dayBegins, "05:30");
    await assertFitsAll(page, "day-begins");
    manager.assertCalm();
    bar.pause();
  } finally {
    await browser.close();
    await lab.stop();
  }
}
