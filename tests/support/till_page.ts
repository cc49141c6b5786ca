/// <reference lib="dom" />
/** What staff do on a register's page, by the words on it, and what its storage holds. */
import type { Page } from "playwright-core";
import { Book } from "../../shared/check/book.ts";
import type { CheckOp } from "../../shared/check/op.ts";
import type { Vector } from "../../shared/sync/vector.ts";

/** From the enrolment page, with a code typed by hand or brought by the link. */
export async function enrol(page: Page, name: string, code?: string): Promise<void> {
  if (code !== undefined) await page.getByLabel("Code").fill(code);
  await page.getByLabel("Name of this register").fill(name);
  await page.getByRole("button", { name: "Enrol this register" }).click();
  await inSync(page);
}

/** Waits until all that is here is with the hub, too. */
export async function inSync(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Diagnostics: in sync" }).waitFor();
  await page.waitForFunction(() => document.querySelector(".sync-text")?.textContent === "in sync");
}

/** Opens a check from the board and stays on it. Returns its number. */
export async function newCheck(page: Page): Promise<string> {
  await page.getByRole("button", { name: "New check" }).click();
  return await shownNumber(page);
}

export async function shownNumber(page: Page): Promise<string> {
  return (await page.locator(".check h1").innerText()).replace(/^Check\s*/, "");
}

export function cardOf(page: Page, number: string) {
  return page.locator("a.card").filter({ has: page.getByText(number, { exact: true }) });
}

export async function openCheck(page: Page, number: string): Promise<void> {
  await cardOf(page, number).click();
  await page.locator(".check h1").waitFor();
}

export async function toBoard(page: Page): Promise<void> {
  await page.locator("a.back").click();
  await page.locator(".board").waitFor();
}

/** Taps an item of the menu and waits until it stands on the check. */
export async function addItem(page: Page, category: string, item: string): Promise<void> {
  const before = await linesOf(page).count();
  await page.getByRole("button", { name: category, exact: true }).click();
  await page.locator("button.item").filter({ hasText: item }).click();
  await linesOf(page).nth(before).waitFor();
}

export function linesOf(page: Page) {
  return page.locator("button.line");
}

export async function takeOff(page: Page, item: string, reason = "Entered by mistake"): Promise<void> {
  await linesOf(page).filter({ hasText: item }).first().click();
  await page.getByRole("button", { name: "Take off the check" }).click();
  await page.getByRole("button", { name: reason }).click();
  await page.locator("dialog").waitFor({ state: "detached" });
}

/** Takes the whole of what is due, by card, which closes the check and leads back to the board. */
export async function payAll(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^Pay / }).click();
  await page.locator("dialog").getByText("Card", { exact: true }).click();
  await page.getByRole("button", { name: /^Take .* and close$/ }).click();
  await page.locator(".board").waitFor();
}

/** Every op in the page's own storage. */
export async function journalOf(page: Page): Promise<CheckOp[]> {
  const records = await fromStorage(page, "ops") as CheckOp[];
  return records.map(({ replica, seq, stamp, body }) => ({ replica, seq, stamp, body }));
}

/** What the hub has said it stored, by the last `have` that this page keeps. */
export async function acknowledgedTo(page: Page): Promise<Vector> {
  const [vector] = await fromStorage(page, "meta", "heard/hub");
  return vector as Vector ?? {};
}

/** Reads the book in use: the device's own database names it. */
async function fromStorage(page: Page, store: "ops" | "meta", key?: string): Promise<unknown[]> {
  const [book] = await fromDatabase(page, "counterpart", "meta", "book");
  return await fromDatabase(page, String(book), store, key);
}

async function fromDatabase(page: Page, name: string, store: "ops" | "meta", key?: string): Promise<unknown[]> {
  return await page.evaluate(([name, store, key]) =>
    new Promise<unknown[]>((resolve, reject) => {
      const opening = indexedDB.open(name!);
      opening.onerror = () => reject(opening.error);
      opening.onsuccess = () => {
        const all = opening.result.transaction(store!).objectStore(store!).getAll(key);
        all.onerror = () => reject(all.error);
        all.onsuccess = () => {
          opening.result.close();
          resolve(all.result);
        };
      };
    }), [name, store, key]);
}

/** The checks that those ops make. */
export function bookOf(ops: readonly CheckOp[]): Book {
  const book = new Book();
  book.add(ops);
  return book;
}
