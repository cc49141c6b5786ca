/// <reference lib="dom" />
/** Hides a page and shows it again, as far as the page can tell: what a browser under test never does by itself. */
import type { BrowserContext, Page } from "playwright-core";

/** Call before a page of the context is opened. */
export async function canBeHidden(context: BrowserContext): Promise<void> {
  await context.addInitScript(
    "window.shown = 'visible'; Object.defineProperty(document, 'visibilityState', { get: () => window.shown })",
  );
}

export async function show(page: Page, state: "visible" | "hidden"): Promise<void> {
  await page.evaluate((state) => {
    Object.assign(globalThis, { shown: state });
    document.dispatchEvent(new Event("visibilitychange"));
  }, state);
}
