/**
 * A real Chromium for tests, quiet on the network: what it talks to is what the test made it talk to. A test that needs it is
 * registered with `testUnless(NO_CHROMIUM, …)`.
 */
import { mkdirSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";
import { findChromium } from "./find_chromium.ts";

const FLAGS = [
  "--no-sandbox", // tests run as root on a build machine, where the sandbox cannot start
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const SCREENS = ".tmp/screens"; // git-ignored

/** Why browser tests cannot run here; undefined when they can. */
export const NO_CHROMIUM: string | undefined = reasonWithout();

/**
 * Starts a headless Chromium; `await browser.close()` when done. More flags as `--host-resolver-rules=MAP register.lan 127.0.0.1`.
 * `starter`: a program that starts it elsewhere, with the same arguments.
 */
export function launchChromium(flags: readonly string[] = [], starter?: string): Promise<Browser> {
  const found = findChromium();
  if (found.kind !== "found") throw new Error(`Cannot launch Chromium: ${NO_CHROMIUM}`);
  return chromium.launch({ executablePath: starter ?? found.path, headless: true, args: [...FLAGS, ...flags] });
}

/** Where to put a picture called `name`, for a person to look at afterwards. */
export function screenshotPath(name: string): string {
  mkdirSync(SCREENS, { recursive: true });
  return `${SCREENS}/${name}.png`;
}

function reasonWithout(): string | undefined {
  const found = findChromium();
  switch (found.kind) {
    case "found":
      return undefined;
    case "unwanted":
      return "COUNTERPART_CHROMIUM=none";
    case "missing":
      return found.why;
  }
}
