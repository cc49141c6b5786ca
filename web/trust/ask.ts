/** Asks over https whether this device trusts the hub: an answer of any kind comes only over a connection that it trusts. */

const ANSWER_WITHIN_MS = 5_000; // in the same room

export type Trusted = "asking" | "yes" | "no";

export async function asksOverHttps(url: string, send: typeof fetch = fetch): Promise<Trusted> {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), ANSWER_WITHIN_MS);
  try {
    await send(`${url}/healthz`, { mode: "no-cors", cache: "no-store", credentials: "omit", signal: patience.signal });
    return "yes";
  } catch {
    return "no";
  } finally {
    clearTimeout(timer);
  }
}
