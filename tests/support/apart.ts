/// <reference lib="dom" />
/** Pages that cannot link directly, as on a Wi-Fi that keeps its devices apart: with the hub off, each is alone. */
import type { BrowserContext } from "playwright-core";

/** Call before a page of the context is opened. */
export async function keepApart(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => Reflect.deleteProperty(globalThis, "RTCPeerConnection"));
}
