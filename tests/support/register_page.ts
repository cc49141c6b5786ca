/// <reference lib="dom" />
/** What staff do on a register's page, in their order and by the words they see. */
import type { Page } from "playwright-core";

export const IPAD = { width: 820, height: 1180 };
export const PHONE = { width: 390, height: 844 };

export class RegisterPage {
  readonly complaints: string[] = []; // of the browser: a policy that was broken, an exception

  constructor(readonly page: Page) {
    page.on("pageerror", (failure) => this.complaints.push(failure.message));
    page.on("console", (message) => {
      const noise = /WebSocket|ERR_|Failed to load resource/; // a hub that is off; the page says it in its own words
      if (message.type() === "error" && !noise.test(message.text())) this.complaints.push(message.text());
    });
  }

  async enrol(link: string, name: string): Promise<void> {
    await this.page.goto(link);
    await this.page.getByLabel("Name of this register").fill(name);
    await this.press("Enrol this register");
  }

  async newCheck(...items: readonly string[]): Promise<void> {
    await this.press("New check");
    await this.add(...items);
  }

  /** Taps items of the menu, written "Category: Item". */
  async add(...items: readonly string[]): Promise<void> {
    for (const each of items) {
      const [category, item] = each.split(": ");
      await this.press(category!);
      await this.page.getByRole("button", { name: new RegExp(`^${item} [0-9]`) }).click();
      await this.says(`${item} added.`);
    }
  }

  /** Pays all that is due, by card, which closes the check and leads back to the board. */
  async payByCard(): Promise<void> {
    await this.page.getByRole("button", { name: /^Pay / }).click();
    await this.press("Card");
    await this.page.getByRole("button", { name: /^Take .* and close$/ }).click();
    await this.page.getByRole("button", { name: "New check" }).waitFor();
  }

  async toBoard(): Promise<void> {
    await this.page.getByRole("link", { name: "Checks" }).click();
  }

  async openCheck(number: string): Promise<void> {
    await this.page.getByRole("link", { name: new RegExp(`^${number}\\b`) }).click();
  }

  async showTab(name: string): Promise<void> {
    await this.page.getByRole("button", { name: new RegExp(`^${name} [0-9]`) }).click();
  }

  async press(name: string): Promise<void> {
    await this.page.getByRole("button", { name, exact: true }).click();
  }

  async says(words: string | RegExp): Promise<void> {
    await this.page.getByText(words).first().waitFor({ state: "attached", timeout: 15_000 });
  }

  /** What stands on the cards of the board, one text each. */
  async cards(): Promise<string[]> {
    return (await this.page.locator(".card").allInnerTexts()).map((text) => text.replace(/\s+/g, " ").trim());
  }
}
