/// <reference lib="dom" />
/** The register's page in a real browser against a real hub, over a plain-http name as in a shop. */
import assert from "node:assert/strict";
import type { Locator, Page } from "playwright-core";
import { DOUBLE_TAP_MS } from "../web/register/double_tap.ts";
import { eventually } from "./support/eventually.ts";
import { keepApart } from "./support/apart.ts";
import { NO_CHROMIUM, screenshotPath } from "./support/chromium.ts";
import { PHONE, RegisterPage } from "./support/register_page.ts";
import { atHub, inShop } from "./support/shop.ts";
import { accessibilityFaults } from "./support/sound.ts";
import { unless } from "./support/skip.ts";

const BETWEEN_TAPS_MS = 120;

/** Until taken away, storage takes no op, as when the device is full. */
function fillStorage(page: Page): Promise<void> {
  return page.evaluate(() => {
    IDBObjectStore.prototype.add = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
  });
}

interface Cable {
  cut: boolean; // the page is there to be fetched, its session is not
}

/** Loads the page again with a cable to the hub that the test can cut, and no other way to anybody. */
async function onCable({ page }: RegisterPage): Promise<Cable> {
  await keepApart(page.context());
  const cable: Cable = { cut: false };
  await page.routeWebSocket("**/api/link", (socket) => cable.cut ? socket.close() : socket.connectToServer());
  await page.reload();
  return cable;
}

const passed = (ms: number) => new Promise((next) => setTimeout(next, ms));

/** As a finger does that is not sure of the first time: at one place, whatever is there the second time. */
async function tapTwice(thing: Locator): Promise<void> {
  const { x, y, width, height } = (await thing.boundingBox())!;
  const mouse = thing.page().mouse;
  await mouse.click(x + width / 2, y + height / 2, { clickCount: 1 });
  await passed(BETWEEN_TAPS_MS);
  await mouse.click(x + width / 2, y + height / 2, { clickCount: 2 });
  assert.equal(await thing.page().evaluate(() => String(getSelection())), "", "no word is marked");
}

/** Loads the page again without direct links. */
async function alone(page: Page): Promise<void> {
  await keepApart(page.context());
  await page.reload();
}

Deno.test(
  unless(
    NO_CHROMIUM,
    "a register is enrolled by its link, sells, and the hub has every cent",
    () =>
      inShop(async (shop) => {
        const stranger = await shop.register();
        const link = await shop.link();
        await stranger.enrol(`${shop.origin}/register#code=000000`, "Bar");
        await stranger.says(/The hub does not know this code/);
        await stranger.enrol(link, "Bar");
        await stranger.says("No open checks");
        assert.equal(stranger.page.url(), `${shop.origin}/register`, "the code is out of the address bar");
        const second = await shop.register();
        await second.enrol(link, "Till 1");
        await second.says(/used already/);

        const bar = stranger;
        await bar.newCheck("Kitchen: Burger", "Kitchen: Fries", "Bar: Lager");
        await bar.page.getByRole("button", { name: /Table, name and guests/ }).click();
        await bar.page.getByLabel("Table").fill("4");
        await bar.page.getByRole("button", { name: "Guests: one more" }).dblclick();
        await bar.press("Done");
        await bar.says("Table 4 · 2 guests");
        await bar.page.getByRole("button", { name: /^1\s*Lager/ }).click();
        await bar.page.getByRole("button", { name: "How many: one more" }).click();
        await bar.press("Done");
        await bar.page.getByRole("button", { name: /^1\s*Fries/ }).click();
        await bar.press("Take off the check");
        await bar.press("Sold out");
        await bar.says("taken off: Sold out");
        assert.deepEqual(await accessibilityFaults(bar.page), []);
        await bar.page.screenshot({ path: screenshotPath("register-check") });

        // 14.50 + 2 × 6.50 = 27.50, and 8.875 % on it is 2.44
        await bar.page.getByRole("button", { name: "Pay 29.94" }).click();
        await bar.page.getByLabel("Cash given").first().fill("40");
        assert.deepEqual(await accessibilityFaults(bar.page), []);
        await bar.page.screenshot({ path: screenshotPath("register-pay") });
        await tapTwice(bar.page.getByRole("button", { name: "Take 29.94 and close" }));
        await bar.says("Goes back to the guest. The check is closed.");
        assert.equal(await bar.page.getByRole("dialog").getByText("10.06").count(), 1);
        await passed(DOUBLE_TAP_MS); // it is read
        await bar.press("Done");
        const [closed] = await atHub(shop, "closed", 1);
        assert.deepEqual([closed.number, closed.total, closed.paid, closed.due, closed.flags], [
          "A1",
          2994,
          2994,
          0,
          [],
        ]);

        await bar.showTab("Closed today");
        await bar.openCheck("A1");
        await bar.page.getByText("Story of this check").click();
        await bar.says("Bar took 29.94 in cash");
        assert.deepEqual(await accessibilityFaults(bar.page), []);
      }),
  ),
);

Deno.test(
  unless(
    NO_CHROMIUM,
    "[SYN13] with the hub off an open page sells on, and nothing is lost by loading it again",
    () =>
      inShop(async (shop) => {
        const bar = await shop.register("Bar");
        const till = await shop.register("Till 1");
        await bar.newCheck("Bar: Lager");
        await bar.toBoard();
        await till.says("A1");

        const cable = await onCable(bar);
        await bar.says("in sync");
        await shop.hubOff();
        await bar.openCheck("A1");
        await bar.add("Kitchen: Soup of the day");
        await bar.payByCard();
        await bar.newCheck("Bar: Cola");
        await bar.toBoard();
        await bar.says("offline, 5 changes kept here");
        assert.match((await bar.cards()).join(), /A2 3\.81 just now on this register only/);
        await bar.page.screenshot({ path: screenshotPath("register-offline") });

        cable.cut = true;
        await shop.hubOn();
        await bar.page.reload();
        await bar.says("offline, 5 changes kept here");
        assert.match((await bar.cards()).join(), /A2 3\.81/);
        await bar.showTab("Closed today");
        await bar.says("A1");

        cable.cut = false;
        await bar.says("in sync");
        const [closed] = await atHub(shop, "closed", 1);
        assert.deepEqual([closed.number, closed.paid, closed.due], ["A1", 1524, 0]);
        await till.says("A2");
      }),
  ),
);

Deno.test(
  unless(
    NO_CHROMIUM,
    "[CHK4] two registers that are apart both take the money: both payments stay, and both say so",
    () =>
      inShop(async (shop) => {
        const bar = await shop.register("Bar");
        const till = await shop.register("Till 1", PHONE);
        for (const { page } of [bar, till]) await alone(page);
        await bar.newCheck("Bar: Lager");
        await bar.toBoard();
        await till.says("A1");
        await shop.hubOff();
        for (const register of [bar, till]) {
          await register.openCheck("A1");
          await register.payByCard();
        }
        await shop.hubOn();
        for (const register of [bar, till]) {
          await register.showTab("Needs attention");
          await register.says("paid twice");
          await register.openCheck("A1");
          await register.says(/Bar took 7\.08 by card, Till 1 took 7\.08 by card|Till 1 took 7\.08 by card, Bar took/);
          assert.deepEqual(await accessibilityFaults(register.page), []);
        }
      }),
  ),
);

Deno.test(
  unless(
    NO_CHROMIUM,
    "[SYN11] a second tab takes over, both can be used in turn, and no change is lost",
    () =>
      inShop(async (shop) => {
        const first = await shop.register("Bar");
        const second = new RegisterPage(await first.page.context().newPage());
        await second.page.goto(`${shop.origin}/register`);
        await first.says("This register is open in another tab");
        await second.newCheck("Bar: Lager");
        await second.toBoard();
        await first.press("Use it here");
        await first.says("A1");
        await second.says("This register is open in another tab");
        await first.newCheck("Bar: Cola");
        await first.toBoard();
        const numbers = async () => (await first.cards()).map((text) => text.slice(0, 2));
        assert.deepEqual(await eventually(numbers, ({ length }) => length === 2), ["A1", "A2"]);
        await atHub(shop, "open", 2);
      }),
  ),
);

Deno.test(unless(NO_CHROMIUM, "[SYN9] a full device says so, and nothing else changes", () =>
  inShop(async (shop) => {
    const bar = await shop.register("Bar");
    await bar.newCheck("Bar: Lager");
    await fillStorage(bar.page);
    await bar.page.getByRole("button", { name: /^Cola [0-9]/ }).click();
    await bar.says(/Nothing was changed\. This register's storage is full/);
    await bar.says("cannot keep changes");
    await bar.page.getByRole("button", { name: "Pay 7.08" }).click();
    await bar.page.getByRole("button", { name: "Take 7.08 and close" }).click();
    assert.equal(await bar.page.getByRole("dialog").getByText("Nothing was changed.").count(), 1);
    const [open] = await atHub(shop, "open", 1);
    assert.deepEqual([open.total, open.paid], [708, 0]);
  })));

Deno.test(
  unless(
    NO_CHROMIUM,
    "[SES4] a register that was let go says what it holds, and hands it over once it is enrolled again",
    () =>
      inShop(async (shop) => {
        const bar = await shop.register("Bar");
        const cable = await onCable(bar);
        await bar.says("in sync");
        await shop.hubOff();
        await bar.newCheck("Bar: Lager");
        cable.cut = true;
        await shop.hubOn();
        const { registers } = await shop.call("GET", "/api/view");
        await shop.call("DELETE", `/api/registers/${registers[0].id}?force=true`);
        cable.cut = false;
        await bar.page.reload();
        await bar.says("Bar Lola has let this register go");
        await bar.says(/2 changes made here did not reach the hub/);
        assert.deepEqual(await accessibilityFaults(bar.page), []);
        await bar.press("Enrol again");
        const link = await shop.link();
        await bar.page.getByLabel("Code").fill(link.slice(-6).toLowerCase());
        await bar.press("Enrol this register");
        await bar.says("in sync");
        const [open] = await atHub(shop, "open", 1);
        assert.equal(open.total, 708);
      }),
  ),
);

Deno.test(
  unless(
    NO_CHROMIUM,
    "Diagnostics lists every register, and Get Updates says what it brought",
    () =>
      inShop(async (shop) => {
        const bar = await shop.register("Bar");
        await shop.register("Till 1");
        await bar.page.getByRole("link", { name: /^Diagnostics/ }).click();
        const list = bar.page.getByRole("table", { name: "Register List" });
        await list.getByRole("row", { name: /Till 1 B here in front (through the hub|direct, .+ ms) up to date none/ })
          .waitFor();
        await list.getByRole("row", { name: /Bar A this one here/ }).waitFor();
        await bar.says("It cannot start while the hub is off.");
        await bar.press("Get Updates");
        await bar.says("Menu and settings are current.");
        assert.deepEqual(await accessibilityFaults(bar.page), []);
        await bar.page.screenshot({ path: screenshotPath("register-diagnostics"), fullPage: true });
        await shop.hubOff();
        await bar.press("Get Updates");
        await bar.says("The hub did not answer.");
        await bar.says(/how the others are now is not known/);
      }),
  ),
);

Deno.test(
  unless(
    NO_CHROMIUM,
    "a device that moves to another venue begins an empty book, and the old one waits",
    () =>
      inShop(async (shop) => {
        const bar = await shop.register("Bar");
        await bar.newCheck("Bar: Lager");
        await atHub(shop, "open", 1);
        await shop.hubOff();
        await bar.add("Bar: Cola");
        await shop.otherHub("Cafe Ines");
        await bar.says("Bar Lola has let this register go");
        await bar.press("Enrol again");
        await bar.page.getByLabel("Code").fill((await shop.link()).slice(-6));
        await bar.press("Enrol this register");
        await bar.says("in sync");
        await bar.toBoard();
        await bar.says("No open checks");
        await atHub(shop, "open", 0);
        await bar.page.getByRole("link", { name: /^Diagnostics/ }).click();
        await bar.says("1 change made at Bar Lola reached nobody.");

        await shop.otherHub("Bar Lola"); // its disk died: the registers fill it again
        await bar.says("Cafe Ines has let this register go");
        await bar.press("Enrol again");
        await bar.page.getByLabel("Code").fill((await shop.link()).slice(-6));
        await bar.press("Enrol this register");
        const [open] = await atHub(shop, "open", 1);
        assert.equal(open.total, 1089);
      }),
  ),
);
