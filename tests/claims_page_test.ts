/// <reference lib="dom" />
/** Who else is in a check, as two pages in a real browser show it: by a real hub, by a direct link alone, and without moving anything. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { NO_CHROMIUM, screenshotPath } from "./support/chromium.ts";
import { PHONE, type RegisterPage } from "./support/register_page.ts";
import { atHub, inShop, type Shop } from "./support/shop.ts";
import { assertSound } from "./support/sound.ts";
import { unless } from "./support/skip.ts";

const WIDE = { width: 1180, height: 820 };
const PINS = { Ana: "4711", Ben: "4712" } as const;
const GONE_MAX_MS = 15_000; // at once; a loaded machine takes its time

/** A register of the shop with somebody signed in. */
async function staffed(shop: Shop, name: string, person: keyof typeof PINS, size = WIDE): Promise<RegisterPage> {
  const register = await shop.register(undefined, size);
  await register.page.addInitScript(
    "window.shown = 'visible'; Object.defineProperty(document, 'visibilityState', { get: () => window.shown })",
  );
  await register.enrol(await shop.link(), name);
  await signIn(register, person);
  await register.says("in sync");
  return register;
}

async function signIn(register: RegisterPage, person: keyof typeof PINS): Promise<void> {
  await register.press(person);
  for (const digit of PINS[person]) await register.press(digit);
  await register.press("Sign in");
}

async function name(shop: Shop, person: keyof typeof PINS): Promise<void> {
  await shop.call("POST", "/api/staff", { name: person, role: "server", pin: PINS[person] });
}

async function show({ page }: RegisterPage, state: "visible" | "hidden"): Promise<void> {
  await page.evaluate((state) => {
    Object.assign(globalThis, { shown: state });
    document.dispatchEvent(new Event("visibilitychange"));
  }, state);
}

/** Until these words are on the page no more. */
async function saysNoMore({ page }: RegisterPage, words: string | RegExp): Promise<void> {
  await page.getByText(words).first().waitFor({ state: "detached", timeout: GONE_MAX_MS });
}

/** Where everything stands, to the pixel, but for the word itself. */
function places(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll("header, main, footer, h1, button, a, .card *, .check-lines *")]
      .filter((element) => !element.matches(".card-here"))
      .map((element) => {
        const { x, y, width, height } = element.getBoundingClientRect();
        return `${element.tagName} ${[x, y, width, height].map((n) => n.toFixed(1))}`;
      })
  );
}

/** What must hold with the word on the page. */
async function isSound(register: RegisterPage, picture: string): Promise<void> {
  await register.page.screenshot({ path: screenshotPath(`claims-${picture}`) });
  await assertSound(register.page, picture);
}

/** The word on the card is read whole, not cut off. */
function isWhole({ page }: RegisterPage): Promise<boolean> {
  return page.locator(".card-here").first().evaluate((word) => word.scrollWidth <= word.clientWidth);
}

Deno.test(
  unless(
    NO_CHROMIUM,
    "[CLM3][CLM4][CLM11] the other board says who is in a check, nothing moves, nothing is kept from anybody, and it ends",
    () =>
      inShop(async (shop) => {
        await name(shop, "Ana");
        await name(shop, "Ben");
        const bar = await staffed(shop, "Bar", "Ana");
        const till = await staffed(shop, "Till 1", "Ben", PHONE);
        await bar.newCheck("Bar: Lager");
        await bar.page.getByRole("button", { name: /Table, name and guests/ }).click();
        await bar.page.getByLabel("Table").fill("4");
        await bar.page.getByRole("button", { name: "Guests: one more" }).dblclick();
        await bar.press("Done");
        await till.says("Ana is here");
        await till.says("Table 4");
        assert.equal(await bar.page.getByText(/ is here| is in this tab/).count(), 0, "nobody is told of oneself");
        await isSound(till, "board-phone");
        assert.ok(await isWhole(till));

        await bar.toBoard();
        await saysNoMore(till, "Ana is here");
        const before = await places(till.page);
        await bar.openCheck("A1");
        await till.says("Ana is here");
        assert.deepEqual(await places(till.page), before);

        await till.openCheck("A1");
        await till.says("Ana is in this tab on Bar");
        await bar.says("Ben is in this tab on Till 1");
        await isSound(till, "check-phone");
        await isSound(bar, "check-wide");
        const withWord = await places(bar.page);
        await till.toBoard();
        await saysNoMore(bar, "Ben is in this tab on Till 1");
        assert.deepEqual(await places(bar.page), withWord);

        await show(bar, "hidden");
        await saysNoMore(till, "Ana is here");
        await show(bar, "visible");
        await till.says("Ana is here");

        await till.openCheck("A1");
        await till.press("Menu");
        await till.add("Bar: Cola");
        await bar.says("Cola");
        await till.payByCard();
        await bar.says("Paid and closed");
        const [closed] = await atHub(shop, "closed", 1);
        assert.deepEqual([closed.due, closed.paid], [0, 1089]);

        await till.newCheck("Bar: Lager");
        await bar.toBoard();
        await bar.says("Ben is here");
        await isSound(bar, "board-wide");
        await till.page.getByRole("button", { name: "Ben is signed in. Lock" }).click();
        await till.says("Who is here?");
        await saysNoMore(bar, "Ben is here");
        await signIn(till, "Ana");
        await bar.says("Ana is here");
        await till.page.goto("about:blank");
        await saysNoMore(bar, "Ana is here");
      }),
  ),
);

Deno.test(
  unless(
    NO_CHROMIUM,
    "[CLM8] with the hub killed, a direct link brings it; where nobody is signed in it is the register that is here",
    () =>
      inShop(async (shop) => {
        const [bar, till] = [await shop.register("Bar", WIDE), await shop.register("Till 1", PHONE)];
        await bar.newCheck("Bar: Lager");
        await bar.toBoard();
        await till.says("A1");
        for (const { page } of [bar, till]) await page.getByRole("link", { name: /^Diagnostics/ }).click();
        for (const register of [bar, till]) await register.says(/^direct, (under 1|\d+) ms$/);
        for (const register of [bar, till]) await register.toBoard();
        await shop.hubOff();
        for (const register of [bar, till]) await register.says(/^hub away/);
        await bar.openCheck("A1");
        await till.says("Bar is here");
        await till.openCheck("A1");
        await till.says("Bar is in this tab");
        await bar.says("Till 1 is in this tab");
        await isSound(till, "check-phone-offline");
        await till.toBoard();
        await saysNoMore(bar, "Till 1 is in this tab");
        await shop.hubOn();
        for (const register of [bar, till]) await register.says("in sync");
        await till.says("Bar is here");
        await bar.page.close();
        await saysNoMore(till, "Bar is here");
      }),
  ),
);
