/// <reference lib="dom" />
/** A shop for tests: a real hub that can be switched off and on, and devices that find it under a plain-http name. */
import assert from "node:assert/strict";
import type { Browser } from "playwright-core";
import { launchChromium } from "./chromium.ts";
import { freePort, type HubProcess, startHub } from "./hub_process.ts";
import { IPAD, RegisterPage } from "./register_page.ts";

const HOST = "counterpart.lan"; // a name, not localhost: there the browser would allow what it refuses in a shop
const PASSPHRASE = "a quiet evening";

export interface Shop {
  readonly browser: Browser;
  readonly origin: string;
  // deno-lint-ignore no-explicit-any -- whatever the hub says; tests look into it
  call(method: string, path: string, body?: unknown): Promise<any>;
  link(): Promise<string>; // to enrol one register
  hubOff(): Promise<void>;
  hubOn(): Promise<void>;
  otherHub(venue: string): Promise<void>; // a new one under the same address
  /** A device of its own. */
  register(name?: string, size?: { width: number; height: number }): Promise<RegisterPage>;
  registers: RegisterPage[];
}

/** A hub with its venue set up, and a browser that finds it by name. */
export async function inShop(work: (shop: Shop) => Promise<void>): Promise<void> {
  const newFolder = () => Deno.makeTempDir({ prefix: "counterpart-register-" });
  let data = await newFolder();
  const port = await freePort();
  const browser = await launchChromium([`--host-resolver-rules=MAP ${HOST} 127.0.0.1`]);
  let hub: HubProcess | undefined = await startHub({ data, port });
  let cookie = "";
  const call = async (method: string, path: string, body?: unknown) => {
    const headers = { "content-type": "application/json", cookie };
    const init = { method, headers, body: body === undefined ? undefined : JSON.stringify(body) };
    const response = await fetch(`http://127.0.0.1:${port}${path}`, init);
    cookie = response.headers.get("set-cookie")?.split(";")[0] ?? cookie;
    const text = await response.text();
    return text === "" ? undefined : JSON.parse(text);
  };
  const setUp = (venue: string) => call("POST", "/api/setup", { code: hub?.setupCode, venue, passphrase: PASSPHRASE });
  await setUp("Bar Lola");
  const origin = `http://${HOST}:${port}`;
  const link = async () => `${origin}/register#code=${(await call("POST", "/api/enrollments")).code}`;
  const registers: RegisterPage[] = [];
  const shop: Shop = {
    browser,
    origin,
    call,
    link,
    registers,
    hubOff: async () => {
      await hub?.kill9();
      hub = undefined;
    },
    hubOn: async () => {
      hub = await startHub({ data, port });
    },
    otherHub: async (venue) => {
      await hub?.kill9();
      await Deno.remove(data, { recursive: true });
      data = await newFolder();
      hub = await startHub({ data, port });
      await setUp(venue);
    },
    register: async (name, size = IPAD) => {
      const context = await browser.newContext({ viewport: size, hasTouch: true, reducedMotion: "reduce" });
      const register = new RegisterPage(await context.newPage());
      registers.push(register);
      if (name === undefined) return register;
      await register.enrol(await link(), name);
      await register.says("in sync");
      return register;
    },
  };
  try {
    await work(shop);
    assert.deepEqual(registers.flatMap(({ complaints }) => complaints), [], "the browser complained");
  } finally {
    await browser.close();
    await hub?.stop();
    await Deno.remove(data, { recursive: true }).catch(() => {});
  }
}

/** Waits until the hub holds `count` checks in `state`, and returns them. */
export async function atHub(shop: Shop, state: string, count: number) {
  for (let tries = 0; tries < 150; tries++) {
    const { checks } = await shop.call("GET", `/api/checks?state=${state}`);
    if (checks.length === count) return checks;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`The hub never held ${count} checks that are ${state}`);
}
