/// <reference lib="dom" />
/** Menu and staff in a real browser: a manager sets them, a register has them, also while the hub is off. */
import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import type { Page } from "playwright-core";
import { NO_CHROMIUM, screenshotPath } from "./support/chromium.ts";
import { IPAD, PHONE, RegisterPage } from "./support/register_page.ts";
import { atHub, inShop, type Shop } from "./support/shop.ts";
import { assertSound } from "./support/sound.ts";
import { unless } from "./support/skip.ts";

const WIDE = { width: 1180, height: 820 };

/** Signs a manager in and opens one of the console's dialogs. A `RegisterPage` for its helpers: the page is the console. */
async function console_(shop: Shop, at: string, size = WIDE, colorScheme: "light" | "dark" = "light") {
  const context = await shop.browser.newContext({ viewport: size, colorScheme, reducedMotion: "reduce" });
  const manager = new RegisterPage(await context.newPage());
  shop.registers.push(manager); // so that what its browser complains of is found
  await manager.page.goto(shop.origin);
  await manager.page.getByLabel("Passphrase").fill("a quiet evening");
  await manager.page.keyboard.press("Enter");
  await manager.page.getByRole("button", { name: "Settings" }).waitFor();
  await manager.page.goto(`${shop.origin}/${at}`);
  await manager.page.locator("dialog[open]").waitFor();
  return manager;
}

async function typePin({ page }: RegisterPage, pin: string): Promise<void> {
  for (const digit of pin) await page.getByRole("button", { name: digit, exact: true }).click();
  await page.getByRole("button", { name: "Sign in" }).click();
}

async function look(on: RegisterPage, name: string): Promise<void> {
  await assertSound(on.page, name);
  await on.page.screenshot({ path: screenshotPath(`config-${name}`) });
}

const upload = (page: Page, csv: string) =>
  page.locator("input[type=file]").setInputFiles({ name: "menu.csv", mimeType: "text/csv", buffer: Buffer.from(csv) });

Deno.test(
  unless(
    NO_CHROMIUM,
    "[CFG4] a manager changes the menu, by hand and by file, and an open register has it at once",
    () =>
      inShop(async (shop) => {
        const bar = await shop.register("Bar");
        await bar.newCheck("Kitchen: Fries");
        const manager = await console_(shop, "#/menu");
        const { page } = manager;
        await manager.says("House salad");
        await look(manager, "menu");

        await manager.press("Add an item");
        await manager.press("Save");
        await manager.says("The price is empty.");
        await page.getByLabel("Name").fill("Crème brûlée");
        await page.getByLabel("Category").fill("Dessert");
        await page.getByLabel("Price").fill("7,50");
        await page.getByLabel("Modifiers").fill("Fruit?: Berries +1,20 | Figs");
        assert.equal(await page.getByLabel("SKU").inputValue(), "creme-brulee");
        await look(manager, "item");
        await manager.press("Save");
        await manager.says("Crème brûlée is saved.");
        await bar.press("Dessert");
        await bar.page.getByRole("button", { name: "Crème brûlée 7.50" }).click();
        await bar.page.getByRole("button", { name: "Berries +1.20" }).click();
        await look(bar, "modifiers");
        await bar.press("Add 8.70");
        await bar.says("Crème brûlée added.");
        const [open] = await atHub(shop, "open", 1);
        const check = await shop.call("GET", `/api/checks/${encodeURIComponent(open.id)}`);
        assert.deepEqual(check.lines[1].modifiers, [{ name: "Berries", price: 120 }]);

        await upload(page, "sku,name,category,price\nfries,Fries,Kitchen,six\n");
        await manager.says("row 2, price");
        await look(manager, "import-refused");
        await manager.press("Back to the menu");
        await upload(page, "sku,name,category,price\nfries,Chips,Kitchen,6.00\nramen,Ramen,Kitchen,12.00\n");
        await manager.says("16 items taken off the menu");
        await manager.says("Chips: name and price");
        await look(manager, "import");
        assert.equal((await shop.call("GET", "/api/menu")).items.length, 17, "a look takes nothing");
        await manager.press("Take this menu");
        await manager.says("The menu is taken.");
        await bar.page.getByRole("button", { name: "Ramen 12.00" }).waitFor();

        await manager.press("Taxes (1)");
        await page.getByLabel("Percent").fill("19 %");
        await page.getByRole("button", { name: "In the price" }).click();
        await look(manager, "taxes");
        await manager.press("Save taxes");
        await manager.says("Taxes are saved.");
        const [tax] = (await shop.call("GET", "/api/menu")).taxes;
        assert.deepEqual([tax.rate, tax.mode], [1900, "inclusive"]);
      }),
  ),
);

Deno.test(
  unless(
    NO_CHROMIUM,
    "[CFG10] a register asks who is there, knows the PIN without the hub, and says what is unsynced before it locks",
    () =>
      inShop(async (shop) => {
        const bar = await shop.register("Bar");
        const manager = await console_(shop, "#/staff", PHONE, "dark");
        await manager.says("Nobody is named");
        await manager.press("Add a person");
        await manager.press("Save");
        await manager.says("A PIN has four to six digits");
        await manager.page.getByLabel("Name").fill("Ana");
        await manager.page.getByLabel("PIN").fill("4711");
        await look(manager, "person-phone-dark");
        await manager.press("Save");
        await manager.says("Ana is saved.");
        await look(manager, "staff-phone-dark");

        await bar.says("Who is here?"); // at once: nobody had to load anything
        await look(bar, "names");
        await shop.hubOff();
        await bar.press("Ana");
        await typePin(bar, "0000");
        await bar.says("That is not Ana's PIN.");
        await look(bar, "pin");
        await typePin(bar, "4711");
        await bar.newCheck("Bar: Lager");
        await look(bar, "signed-in");
        await bar.page.getByRole("button", { name: "Ana is signed in. Lock" }).click();
        await bar.says(/2 changes are on this register only/);
        await look(bar, "guard");
        await bar.press("Stay");
        await shop.hubOn();
        const [open] = await atHub(shop, "open", 1);
        const check = await shop.call("GET", `/api/checks/${encodeURIComponent(open.id)}`);
        assert.equal(check.lines[0].staff, "Ana");
        await bar.says("in sync");
        await bar.page.getByRole("button", { name: "Ana is signed in. Lock" }).click();
        await bar.says("Who is here?");
      }),
  ),
);

Deno.test(
  unless(
    NO_CHROMIUM,
    "[CFG7] five wrong PINs make a phone's page wait, in the dark too, and Diagnostics stays open",
    () =>
      inShop(async (shop) => {
        await shop.call("POST", "/api/staff", { name: "Ana", role: "server", pin: "4711" });
        const bar = await shop.register("Bar", PHONE);
        await bar.page.emulateMedia({ colorScheme: "dark" });
        await bar.press("Ana");
        for (let i = 0; i < 5; i++) {
          await typePin(bar, "0000");
          await bar.page.getByRole("status", { name: "0 digits typed" }).waitFor();
        }
        await bar.says(/Too many wrong PINs. Try again in \d+ s/);
        await look(bar, "pin-phone-dark");
        await bar.page.reload();
        await bar.press("Ana");
        await bar.says(/Too many wrong PINs/);
        await bar.page.goto(`${shop.origin}/register#diagnostics`);
        await bar.says("Get Updates");
        await bar.page.setViewportSize(IPAD);
      }),
  ),
);
