/// <reference lib="dom" />
/** What the browser does with a register's storage is said, and a closed tab is found, in a real browser against a real hub. */
import assert from "node:assert/strict";
import { NO_CHROMIUM } from "./support/chromium.ts";
import { PHONE, type RegisterPage } from "./support/register_page.ts";
import { inShop } from "./support/shop.ts";
import { assertSoundInBothLights } from "./support/sound.ts";
import { unless } from "./support/skip.ts";

const LYING = { width: 1180, height: 820 };

/** What a browser does that is short of space: the databases go. The page is left first, as they are in use. */
async function clear({ page }: RegisterPage, origin: string): Promise<void> {
  await page.goto(`${origin}/favicon.svg`);
  await page.evaluate(async () => {
    for (const { name } of await indexedDB.databases()) {
      await new Promise<void>((done, failed) => {
        const deleting = indexedDB.deleteDatabase(name!);
        deleting.onsuccess = () => done();
        deleting.onerror = () => failed(deleting.error);
        deleting.onblocked = () => failed(new Error("in use"));
      });
    }
  });
}

Deno.test(
  unless(
    NO_CHROMIUM,
    "[CFG16] cleared storage is said with what was on it alone; the register goes on as itself and its tabs come back",
    () =>
      inShop(async (shop) => {
        const bar = await shop.register("Bar", LYING);
        const phone = await shop.register("Till 1", PHONE);
        await bar.newCheck("Bar: Lager");
        await bar.toBoard();
        await bar.says("in sync");
        await phone.says("A1");
        const lost = "2 changes of this register may have been on it alone and are lost then";
        for (const register of [bar, phone]) {
          await register.page.addInitScript(() => Reflect.deleteProperty(globalThis, "RTCPeerConnection"));
          await register.page.reload();
          await register.says("in sync");
        }
        await shop.hubOff();
        await bar.newCheck("Bar: Cola");
        await bar.says("on this register only: 2 changes");
        await bar.page.goto("about:blank"); // or it would hand them over as soon as the hub is back
        await shop.hubOn();
        await clear(bar, shop.origin);
        await bar.page.goto(`${shop.origin}/register`);
        await bar.says(lost);
        await bar.says("A1");
        await assertSoundInBothLights(bar.page, "storage-cleared-ipad");
        const cards = await bar.cards();
        assert.equal(cards.length, 1, "what nobody else held cannot come back");
        await bar.page.reload();
        await bar.says(lost); // until somebody has read it
        await bar.press("Got it");
        await bar.page.reload();
        await bar.says("A1");
        assert.equal(await bar.page.getByText(lost).count(), 0);
        const after = await shop.call("GET", "/api/view");
        assert.equal(after.registers.length, 2, "no register was enrolled anew");

        await clear(phone, shop.origin);
        await phone.page.goto(`${shop.origin}/register`);
        await phone.says("A1");
        assert.equal(await phone.page.getByText("cleared this register's storage").count(), 1);
        await phone.says("Nothing of this register is known to be lost");
        await assertSoundInBothLights(phone.page, "storage-cleared-phone");
      }),
  ),
);

Deno.test(
  unless(
    NO_CHROMIUM,
    "[CFG15] Diagnostics says what the browser answered when it was asked to keep storage for good",
    () =>
      inShop(async (shop) => {
        const bar = await shop.register("Bar", PHONE);
        const diagnostics = async () => {
          await bar.page.goto(`${shop.origin}/register#diagnostics`);
          await bar.page.reload();
        };
        await diagnostics();
        await bar.says("it cannot be asked here to keep it for good"); // plain http
        const answer = (granted: boolean) =>
          bar.page.addInitScript((granted) => {
            const storage = { persist: () => Promise.resolve(granted) };
            Object.defineProperty(navigator, "storage", { value: storage, configurable: true });
          }, granted);
        await answer(false);
        await diagnostics();
        await bar.says("it has not promised to keep it");
        await assertSoundInBothLights(bar.page, "storage-refused-phone");
        await answer(true);
        await diagnostics();
        await bar.says("it promised to keep it until a person clears it");
        assert.equal(await bar.page.getByText("The browser has not promised").count(), 0);
      }),
  ),
);

Deno.test(
  unless(
    NO_CHROMIUM,
    "[CHK23] a closed tab is found by its number, read, and opened again",
    () =>
      inShop(async (shop) => {
        const bar = await shop.register("Bar", LYING);
        for (const item of ["Bar: Lager", "Bar: Cola"]) {
          await bar.newCheck(item);
          await bar.payByCard();
        }
        await bar.showTab("Closed today");
        await bar.page.getByLabel("Find a tab, also of earlier days").fill("2");
        await bar.page.getByRole("link", { name: /^A1\b/ }).waitFor({ state: "detached" });
        await assertSoundInBothLights(bar.page, "storage-find-ipad");
        await bar.page.getByLabel("Find a tab, also of earlier days").fill("A9");
        await bar.says("No such tab on this register");
        await bar.page.setViewportSize(PHONE);
        await bar.page.getByLabel("Find a tab, also of earlier days").fill("a1");
        await assertSoundInBothLights(bar.page, "storage-find-phone");
        await bar.openCheck("A1");
        await bar.says("Paid and closed");
        await bar.says("Lager");
        await bar.page.getByRole("button", { name: /Paid by card/ }).waitFor();
        await assertSoundInBothLights(bar.page, "storage-closed-phone");
        await bar.press("Open again");
        await bar.page.getByRole("button", { name: "Close check" }).waitFor();
      }),
  ),
);
