/// <reference lib="dom" />
/**
 * One person's browser in a test: a context of its own, with everything the browser complained of, and what every page must hold whatever
 * it shows. A network that is cut on purpose makes a browser complain; a test names which complaints it expects.
 */
import assert from "node:assert/strict";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { screenshotPath } from "./chromium.ts";
import { accessibilityFaults, assertFits } from "./sound.ts";

export const IPAD = { width: 820, height: 1180 };
export const PHONE = { width: 390, height: 844 };

/** What a browser says of a hub that is switched off. */
export const HUB_IS_OFF =
  /ERR_CONNECTION_REFUSED|ERR_SOCKET_NOT_CONNECTED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|ERR_INCOMPLETE_CHUNKED_ENCODING/;
/** What it says when the hub refuses a request. */
export const REFUSED = /the server responded with a status of 4\d\d/;

export interface Visitor {
  readonly context: BrowserContext;
  page: Page; // the tab in use
  readonly complaints: string[];
  /** Another tab of the same browser, watched as well. */
  newTab(): Promise<Page>;
  /** Fails if the browser complained of anything but what is expected. */
  assertCalm(...expected: RegExp[]): void;
}

export async function openVisitor(browser: Browser, viewport = IPAD): Promise<Visitor> {
  const context = await browser.newContext({ viewport });
  context.setDefaultTimeout(15_000); // on two cores that other tests use
  const complaints: string[] = [];
  const newTab = async () => {
    const page = await context.newPage();
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(String(error)));
    return page;
  };
  return {
    context,
    page: await newTab(),
    complaints,
    newTab,
    assertCalm: (...expected) =>
      assert.deepEqual(complaints.filter((text) => !expected.some((pattern) => pattern.test(text))), []),
  };
}

/** Waits until the page shows these words. */
export async function says(page: Page, words: string | RegExp): Promise<void> {
  await page.getByText(words).first().waitFor();
}

/** The page as it stands holds for everybody: on an iPad in light and dark, and on a phone without scrolling sideways. */
export async function assertFitsAll(page: Page, name: string): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" }); // colours on their way from one to the other prove nothing
    await page.setViewportSize(IPAD);
    assert.deepEqual(await accessibilityFaults(page), [], `${name}, ${colorScheme}`);
    await page.screenshot({ path: screenshotPath(`${name}-ipad-${colorScheme}`) });
    await page.setViewportSize(PHONE);
    await assertFits(page, `${name}, ${colorScheme}`);
    await page.screenshot({ path: screenshotPath(`${name}-phone-${colorScheme}`) });
  }
  await page.emulateMedia({ colorScheme: "light", reducedMotion: null });
  await page.setViewportSize(IPAD);
}
