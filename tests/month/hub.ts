/** A real hub on a real database file, without a process or a port: its clock is turned by hand, and what it takes as samples is overheard. */
import assert from "node:assert/strict";
import { assemble } from "../../server/main.ts";
import type { Sample } from "../../server/store/samples.ts";
import { dice, seedFor } from "../sim/dice.ts";

const BASE = "http://192.168.1.10:8787";
const PASSPHRASE = "a quiet month";

export interface Clock {
  now: number; // the wall clock, which may jump
  steady: number;
}

/** What the hub is asked as a browser asks it, signed in as the manager. */
// deno-lint-ignore no-explicit-any -- whatever the hub says; who asks looks into it
export type Call = (method: "GET" | "POST" | "PATCH" | "DELETE", path: string, body?: unknown) => Promise<any>;

export type MonthHub = ReturnType<typeof assemble> & { readonly call: Call };

/** Opens the hub on `path`, with the venue set up unless it is already; `sampled` hears each sample on its way to the store. */
export async function openHub(
  path: string,
  clock: Clock,
  { seed, sampled }: { readonly seed: number; readonly sampled: (sample: Sample) => void },
): Promise<MonthHub> {
  const chance = dice(seedFor(seed, clock.steady / 1_000));
  const parts = assemble({
    path,
    clock: { now: () => clock.now, steady: () => clock.steady },
    random: (length) => Uint8Array.from({ length }, () => chance.below(256)),
    urls: () => [BASE],
    baseUrl: () => BASE,
  });
  const { samples } = parts.store;
  const { add } = samples;
  samples.add = (sample) => {
    sampled(sample);
    add(sample);
  };
  let cookie = "";
  const ask = async (method: string, url: string, body?: unknown): Promise<Response> => {
    const headers = { "content-type": "application/json", cookie };
    const request = new Request(BASE + url, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const response = await parts.app.fetch(request, { remote: "192.168.1.2" });
    assert.ok(response.ok, `${method} ${url}: ${response.status}`);
    return response;
  };
  const { isSetUp, setupCode } = parts.venue;
  const signedIn = isSetUp
    ? await ask("POST", "/api/sign-in", { passphrase: PASSPHRASE })
    : await ask("POST", "/api/setup", { code: setupCode, venue: "Bar Lola", passphrase: PASSPHRASE });
  cookie = signedIn.headers.get("set-cookie")!.split(";")[0]!;
  const call: Call = async (...request) => {
    const text = await (await ask(...request)).text();
    return text === "" ? undefined : JSON.parse(text);
  };
  return { ...parts, call };
}
