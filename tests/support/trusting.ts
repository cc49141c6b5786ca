/** A browser that trusts a hub's authority, as a device does on which it was installed. */
import { createHash, createPublicKey } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Browser } from "playwright-core";
import { launchChromium } from "./chromium.ts";

export const HUB_HOST = "counterpart.local"; // the name in the hub's certificate

/** `data` is the folder of a hub that has run. */
export function launchTrusting(data: string): Promise<Browser> {
  const key = createPublicKey(readFileSync(`${data}/ca.pem`)).export({ type: "spki", format: "der" });
  const pin = createHash("sha256").update(key).digest("base64");
  return launchChromium([
    `--ignore-certificate-errors-spki-list=${pin}`, // what is signed by this key is trusted, service workers included
    `--host-resolver-rules=MAP ${HUB_HOST} 127.0.0.1`,
  ]);
}
