/** A small page of a machine on the own network: bounded in time and length, and from no other machine. */
import type { Fetch } from "./portal.ts";

const PAGE_MAX_BYTES = 64 * 1024; // a router's description of itself is a tenth of it

export type Page =
  | { readonly ok: true; readonly status: number; readonly text: string }
  | { readonly ok: false; readonly why: string };

export async function fetchPage(fetch: Fetch, url: string, ms: number, init: RequestInit = {}): Promise<Page> {
  try {
    const response = await fetch(url, { ...init, redirect: "manual", signal: AbortSignal.timeout(ms) });
    const text = await readUpTo(response, PAGE_MAX_BYTES);
    if (text === undefined) return { ok: false, why: `it sent over ${PAGE_MAX_BYTES} bytes` };
    return { ok: true, status: response.status, text };
  } catch (thrown) {
    if (thrown instanceof Deno.errors.NotCapable) return { ok: false, why: "no leave to use the network" };
    return { ok: false, why: `it did not answer within ${ms} ms` };
  }
}

async function readUpTo(response: Response, bytesMax: number): Promise<string | undefined> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > bytesMax) return undefined;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
