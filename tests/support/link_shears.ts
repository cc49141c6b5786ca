/// <reference lib="dom" />
/** Cuts direct links of a page from outside, below the app: the end that is cut is told nothing, as when a radio fades. */
import type { BrowserContext, Page } from "playwright-core";

declare global {
  /** Set in the page: the open connections, by the register at the other end. */
  var shears: Map<string, RTCPeerConnection>;
}

/** Call before a page of the context is opened. Which register is at the other end is told by the first frame that comes. */
export async function bringShears(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    globalThis.shears = new Map();
    const listen = (connection: RTCPeerConnection, channel: RTCDataChannel) =>
      channel.addEventListener("message", ({ data }) => {
        if (!String(data).startsWith('{"type":"greet"')) return;
        globalThis.shears.set(JSON.parse(data).register, connection);
      });
    globalThis.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        this.addEventListener("datachannel", ({ channel }) => listen(this, channel));
      }
      override createDataChannel(label: string, options?: RTCDataChannelInit): RTCDataChannel {
        const channel = super.createDataChannel(label, options);
        listen(this, channel);
        return channel;
      }
    };
  });
}

/** Cuts the page's link to `register`, or all of them. Returns how many were cut. */
export async function cutLinks(page: Page, register?: string): Promise<number> {
  return await page.evaluate((register) => {
    const chosen = [...globalThis.shears].filter(([id]) => register === undefined || id === register);
    for (const [id, connection] of chosen) {
      globalThis.shears.delete(id);
      connection.close();
    }
    return chosen.length;
  }, register);
}
