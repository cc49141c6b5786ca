/// <reference lib="dom" />
/** A register's page as a till: split, merge, discount, send, settle, give back, shifts, by touch against a real hub. */
import assert from "node:assert/strict";
import { NO_CHROMIUM, screenshotPath } from "./support/chromium.ts";
import { PHONE, type RegisterPage } from "./support/register_page.ts";
import { atHub, inShop } from "./support/shop.ts";
import { assertSound } from "./support/sound.ts";
import { unless } from "./support/skip.ts";

async function picture({ page }: RegisterPage, name: string): Promise<void> {
  await page.screenshot({ path: screenshotPath(`till-${name}`) });
}

/** Without links of their own, registers are apart whenever the hub is off. */
async function withoutLinks(...registers: readonly RegisterPage[]): Promise<void> {
  for (const { page } of registers) {
    await page.addInitScript(() => Reflect.deleteProperty(globalThis, "RTCPeerConnection"));
    await page.reload();
  }
  for (const register of registers) await register.says("in sync");
}

/** Opens the sheet behind a button of the check's foot. */
async function open(register: RegisterPage, deed: string): Promise<void> {
  await register.page.getByRole("group", { name: "With this check" }).getByRole("button", { name: deed }).click();
  await register.page.getByRole("dialog").waitFor();
}

async function tap(register: RegisterPage, name: string | RegExp): Promise<void> {
  await register.page.getByRole("dialog").getByRole("button", { name }).first().click();
}

Deno.test(
  unless(
    NO_CHROMIUM,
    "[MON6] a check is split evenly in three by touch, and the three are paid to the cent",
    () =>
      inShop(async (shop) => {
        const bar = await shop.register("Bar");
        await bar.newCheck("Kitchen: Burger", "Kitchen: Fries", "Bar: Lager");
        await open(bar, "Split");
        await tap(bar, "Evenly");
        await tap(bar, /^3$/);
        await bar.says("Split into 3 checks");
        await assertSound(bar.page, "till");
        await picture(bar, "split-evenly");
        await tap(bar, "Split into 3 checks");
        await bar.page.getByRole("navigation", { name: "Split with" }).getByRole("link", { name: /Guest 3/ }).waitFor();
        await picture(bar, "after-split");
        await bar.payByCard();
        for (const number of ["A2", "A3"]) {
          await bar.openCheck(number);
          await bar.payByCard();
        }
        const closed = await atHub(shop, "closed", 3);
        const sum = closed.reduce((total: number, { paid }: { paid: number }) => total + paid, 0);
        assert.equal(sum, 2885); // 26.50 and 8.875 % of it, 2.35
        assert.deepEqual(closed.map(({ due, flags }: { due: number; flags: unknown[] }) => [due, flags.length]), [
          [0, 0],
          [0, 0],
          [0, 0],
        ]);
      }),
  ),
);

Deno.test(
  unless(
    NO_CHROMIUM,
    "by item: tap lines, tap a guest; the totals are shown before it is done",
    () =>
      inShop(async (shop) => {
        const bar = await shop.register("Bar", PHONE);
        await bar.press("New check");
        await bar.add("Kitchen: Soup of the day", "Bar: Lager", "Bar: Cola");
        await bar.page.getByRole("button", { name: /^On the check/ }).click();
        await assertSound(bar.page, "till");
        await picture(bar, "check-phone");
        await open(bar, "Split");
        await tap(bar, /^Lager/);
        await tap(bar, /^Cola/);
        await tap(bar, /^Guest 2/);
        await bar.page.getByRole("button", { name: /^Guest 2 10\.89$/ }).waitFor();
        await assertSound(bar.page, "till");
        await picture(bar, "split-item-phone");
        await tap(bar, "Split into 2 checks");
        await bar.page.getByRole("dialog").waitFor({ state: "detached" });
        const checks = await atHub(shop, "open", 2);
        const totals = checks.map(({ number, total }: { number: string; total: number }) => [number, total]).sort();
        assert.deepEqual(totals, [["A1", 816], ["A2", 1089]]);
        await open(bar, "Split");
        await tap(bar, "By amount");
        await bar.page.getByLabel("This guest pays").fill("5");
        await tap(bar, "Take 5.00 of it");
        assert.equal(await bar.page.getByLabel(/^Amount, of/).inputValue(), "5.00");
      }),
  ),
);

Deno.test(
  unless(
    NO_CHROMIUM,
    "merge, give to somebody, discount and take it back, send: all by touch",
    () =>
      inShop(async (shop) => {
        const bar = await shop.register("Bar");
        const till = await shop.register("Till 1");
        await bar.newCheck("Bar: Lager");
        await bar.toBoard();
        await bar.newCheck("Bar: Cola");
        await bar.press("Send 1 to the kitchen");
        await bar.says(/^sent [0-9]/);
        await open(bar, "Merge");
        await tap(bar, /^A1/);
        await bar.says("This cannot be taken back.");
        await assertSound(bar.page, "till");
        await picture(bar, "merge");
        const merged = await bar.page.evaluate(() => location.hash);
        await tap(bar, "Merge A1 into A2");
        await bar.page.getByRole("button", { name: "Pay 10.89" }).waitFor();

        await open(bar, "Discount");
        await tap(bar, "10 %");
        await bar.says(/Due after it/);
        await assertSound(bar.page, "till");
        await picture(bar, "discount");
        await tap(bar, "Regular guest");
        await bar.page.getByRole("button", { name: "Pay 9.80" }).waitFor();
        await bar.press("Undo");
        await bar.page.getByRole("button", { name: "Pay 10.89" }).waitFor();

        await open(bar, "Move");
        await bar.page.getByLabel("To table").fill("7");
        await bar.page.getByRole("textbox", { name: "To person" }).fill("Ana");
        await assertSound(bar.page, "till");
        await picture(bar, "move");
        await bar.page.getByRole("dialog").getByRole("button", { name: "Move" }).click();
        await bar.says("Table 7 · Ana");
        const [check] = await atHub(shop, "open", 1);
        assert.deepEqual([check.number, check.owner, check.table, check.total], ["A2", "Ana", "7", 1089]);

        const [gone] = await atHub(shop, "merged", 1);
        await till.page.evaluate((id) => (location.hash = `#check/${id}`), gone.id);
        await till.says("Table 7 · Ana");
        assert.equal(
          await till.page.evaluate(() => location.hash),
          merged,
        );
        await till.toBoard();
        await till.press("By table");
        await till.page.getByRole("heading", { name: "Table 7" }).waitFor();
      }),
  ),
);

Deno.test(
  unless(
    NO_CHROMIUM,
    "[CHK4] paid twice on two registers that were apart is settled with one tap",
    () =>
      inShop(async (shop) => {
        const bar = await shop.register("Bar");
        const till = await shop.register("Till 1", PHONE);
        await withoutLinks(bar, till);
        await bar.newCheck("Bar: Lager");
        await bar.toBoard();
        await till.says("A1");
        await shop.hubOff();
        for (const register of [bar, till]) {
          await register.openCheck("A1");
          await register.payByCard();
        }
        await bar.showTab("Closed today");
        await bar.says("on this register only");
        await shop.hubOn();
        for (const register of [bar, till]) {
          await register.showTab("Needs attention");
          await register.says(/^Give 7\.08 back by card \(Till 1\)$/);
          await assertSound(register.page, "till");
        }
        await picture(bar, "attention");
        await picture(till, "attention-phone");
        await till.page.getByRole("button", { name: /^Give 7\.08 back by card \(Till 1\)$/ }).click();
        for (const register of [bar, till]) {
          await register.says("Settled.");
        }
        const [closed] = await atHub(shop, "closed", 1);
        assert.deepEqual([closed.paid, closed.due, closed.flags], [708, 0, []]);
      }),
  ),
);

Deno.test(
  unless(
    NO_CHROMIUM,
    "[CHK3] a change that did nothing is told once to who made it; a late line is taken or paid",
    () =>
      inShop(async (shop) => {
        const bar = await shop.register("Bar");
        const till = await shop.register("Till 1");
        await withoutLinks(bar, till);
        await bar.newCheck("Bar: Lager", "Bar: Cola");
        await bar.toBoard();
        await till.says("A1");
        await atHub(shop, "open", 1);
        await shop.hubOff();
        await bar.openCheck("A1");
        await bar.page.getByRole("button", { name: /^1\s*Lager/ }).click();
        await bar.press("Take off the check");
        await bar.press("Sold out");
        await bar.payByCard();
        await till.openCheck("A1");
        await till.page.getByRole("button", { name: /^1\s*Lager/ }).click();
        await till.page.getByRole("button", { name: "How many: one more" }).click();
        await till.press("Done");
        await till.add("Bar: Still water");
        await shop.hubOn();
        await till.says("Your change to Lager on A1 did nothing: the line was voided on Bar.");
        await till.press("Got it");
        await till.says("Take Still water off");
        await assertSound(till.page, "till");
        await picture(till, "late-line");
        await till.page.reload();
        await till.says("Take Still water off");
        assert.equal(await till.page.getByText("did nothing").count(), 0);
        await till.press("Take Still water off");
        await till.page.getByText("Paid and closed").waitFor();
        const [closed] = await atHub(shop, "closed", 1);
        assert.deepEqual([closed.due, closed.flags], [0, []]);
      }),
  ),
);

Deno.test(
  unless(
    NO_CHROMIUM,
    "[CHK15] money goes back, a check is opened again, and a shift is closed only with nothing left behind",
    () =>
      inShop(async (shop) => {
        const bar = await shop.register("Bar");
        await bar.page.getByRole("link", { name: "Open a shift" }).click();
        await bar.page.getByLabel("Cash in the drawer now").fill("100");
        await bar.press("Open the shift");
        await bar.says("Should be in the drawer");
        await bar.toBoard();
        await bar.newCheck("Bar: Lager");
        await bar.page.getByRole("button", { name: /^Pay / }).click();
        await bar.page.getByRole("button", { name: "Take 7.08 and close" }).click();
        await bar.showTab("Closed today");
        await bar.openCheck("A1");
        await bar.page.getByRole("button", { name: /Paid in cash/ }).click();
        await bar.page.getByLabel("Goes back to the guest").fill("2");
        await assertSound(bar.page, "till");
        await picture(bar, "refund");
        await bar.press("Guest was not content");
        await bar.says("2.00 given back");
        await bar.says("Take 2.00");
        await bar.press("Open it again");
        await bar.page.getByRole("button", { name: "Pay 2.00" }).waitFor();
        await bar.toBoard();

        await bar.page.getByRole("link", { name: /^Shift since/ }).click();
        await bar.says("105.08");
        await bar.says(/Check A1 was opened here and is still open/);
        await bar.page.getByLabel("Cash counted").fill("105");
        await bar.says("0.08 is missing.");
        await bar.press("Close it all the same");
        await bar.says("A manager's name is needed");
        await assertSound(bar.page, "till");
        await picture(bar, "shift");
        await bar.page.getByLabel("Manager who closes it all the same").fill("Lola");
        await bar.press("Close it all the same");
        await bar.page.getByRole("link", { name: "Open a shift" }).waitFor();
      }),
  ),
);

Deno.test(
  unless(
    NO_CHROMIUM,
    "a check that is not here says who has it, since when, and the one thing to do",
    () =>
      inShop(async (shop) => {
        const bar = await shop.register("Bar");
        const till = await shop.register("Till 1");
        await shop.hubOff();
        await bar.newCheck("Bar: Lager");
        const hash = await bar.page.evaluate(() => location.hash);
        await bar.says("on this register only: 2 changes");
        await bar.page.context().close();
        await shop.hubOn();
        await till.says("in sync");
        await till.page.evaluate((to) => (location.hash = to), hash);
        await till.page.getByRole("heading", { name: "Bar has this check" }).waitFor();
        await till.says(/Open the register's page on Bar|Wake Bar/);
        await assertSound(till.page, "till");
        await picture(till, "not-here");
      }),
  ),
);
