/**
 * A program of the manager's own: everything as JSON. With a key, each request is signed, so that the receiver knows it is from this hub
 * and how old it is: `X-Counterpart-Signature: t=SECONDS,v1=HEX`, the HMAC-SHA256 of "SECONDS.BODY". A notice may come twice, after a
 * restart at the wrong moment; its id is the same then.
 */
import type { Message } from "../../shared/notice_text.ts";
import type { Outcome } from "./channel.ts";
import { post } from "./post.ts";

export const WEBHOOK_VERSION = 1; // of the body: fields may come, none goes

export async function sendWebhook(url: string, key: string | undefined, message: Message): Promise<Outcome> {
  const body = JSON.stringify(webhookBody(message));
  const headers = key === undefined ? undefined : { "x-counterpart-signature": await sign(key, body, message.at) };
  return await post({ url, headers, body });
}

function webhookBody({ venue, mood, title, text, notices, at }: Message) {
  const sent = notices.map(({ since, until, ...told }) => ({
    ...told,
    since: instant(since),
    until: until === undefined ? null : instant(until),
  }));
  return { version: WEBHOOK_VERSION, sentAt: instant(at), venue, mood, title, text, notices: sent };
}

async function sign(key: string, body: string, at: number): Promise<string> {
  const encoder = new TextEncoder();
  const seconds = Math.floor(at / 1_000);
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const imported = await crypto.subtle.importKey("raw", encoder.encode(key), algorithm, false, ["sign"]);
  const signature = await crypto.subtle.sign("HMAC", imported, encoder.encode(`${seconds}.${body}`));
  return `t=${seconds},v1=${new Uint8Array(signature).toHex()}`;
}

function instant(at: number): string {
  return new Date(at).toISOString();
}
