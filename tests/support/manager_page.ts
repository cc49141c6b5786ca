/// <reference lib="dom" />
/** What a manager does on the hub's page, by the words on it. */
import type { Page } from "playwright-core";
import { PASSPHRASE } from "./hub_client.ts";

/** The first run: from the code on the hub's screen to the venue. */
export async function setUpVenue(page: Page, hub: string, setupCode: string, venue = "Bar Lola"): Promise<void> {
  await page.goto(hub);
  await page.getByLabel("Setup code").fill(setupCode);
  await page.getByLabel("Name of the venue").fill(venue);
  await page.getByLabel("Passphrase", { exact: true }).fill(PASSPHRASE);
  await page.getByLabel("Passphrase again").fill(PASSPHRASE);
  await page.getByRole("button", { name: "Set up" }).click();
  await page.getByRole("heading", { name: venue }).waitFor();
}

/** Opens the sheet with a new code; it closes by itself once the register is here. */
export async function offerCode(page: Page): Promise<{ code: string; url: string }> {
  await page.getByRole("button", { name: "Add a register" }).click();
  const code = await page.locator(".enrol-code").innerText();
  const url = await page.locator(".enrol-link").innerText();
  return { code, url };
}

/** The row of a register in the list. */
export function rowOf(page: Page, name: string) {
  return page.locator("tr.register").filter({ has: page.getByRole("button", { name: new RegExp(`^${name} `) }) });
}

export async function unEnrol(page: Page, name: string): Promise<void> {
  await rowOf(page, name).getByRole("button").click();
  await page.getByRole("button", { name: "Un-enrol this register" }).click();
  await page.getByRole("button", { name: "Un-enrol", exact: true }).click();
}
