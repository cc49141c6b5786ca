/** A real hub in this process, on a real port of loopback, whose clock is turned by hand: nothing waits for a settle time. */
import assert from "node:assert/strict";
import { type EnrolResponse, View } from "../../shared/api.ts";
import { assemble } from "../../server/main.ts";
import type { DhcpFound } from "../../server/probe/dhcp_servers.ts";
import type { WalkPlan } from "../../shared/install/walk.ts";

export const START = Date.parse("2026-11-23T18:00:00.000Z");
const TICK_MS = 1_000;
const PASSPHRASE = "a quiet evening";

export interface LabHub {
  readonly url: string;
  readonly clock: { now: number };
  readonly hub: ReturnType<typeof assemble>["hub"];
  readonly store: ReturnType<typeof assemble>["store"];
  readonly notices: ReturnType<typeof assemble>["notices"];
  readonly air: { dhcp: DhcpFound }; // who answers when the hub asks for an address
  readonly cookie: string;
  call(
    path: string,
    init?: { method?: string; body?: unknown; token?: string; raw?: BodyInit; cookie?: string | null },
  ): Promise<Answer>;
  enrol(name: string): Promise<EnrolResponse>;
  /** Lets `seconds` go by, one tick each; `each` runs before every tick. */
  pass(seconds: number, each?: (second: number) => unknown): Promise<void>;
  view(): Promise<View>;
  /** Codes of what is found now, with the subject's name for registers. */
  found(): Promise<string[]>;
  stop(): Promise<void>;
}

export interface Answer {
  readonly status: number;
  // deno-lint-ignore no-explicit-any -- whatever the hub says; tests look into it
  readonly body: any;
  readonly headers: Headers;
}

/** Opens a hub on `path`, with the venue set up unless it is already. */
export async function openLabHub(path = ":memory:", now = START, walkPlan?: WalkPlan): Promise<LabHub> {
  const clock = { now };
  const air: LabHub["air"] = { dhcp: { kind: "unknown", why: "this hub has no leave to use UDP port 68" } };
  const { hub, venue, app, store, notices, close } = assemble({
    path,
    clock: { now: () => clock.now, steady: () => clock.now, isLate: () => true }, // it runs ahead of real answers: they are no measure
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
    urls: () => ["http://192.168.1.10:8787"],
    baseUrl: () => "http://192.168.1.10:8787",
    walkPlan,
    search: () => Promise.resolve(air.dhcp),
  });
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    (request, info) => app.fetch(request, { remote: info.remoteAddr.hostname }),
  );
  const url = `http://127.0.0.1:${server.addr.port}`;
  let cookie = "";

  const call: LabHub["call"] = async (path, init = {}) => {
    const headers = new Headers({ "content-type": "application/json" });
    if (init.cookie !== null) headers.set("cookie", init.cookie ?? cookie);
    if (init.token) headers.set("authorization", `Bearer ${init.token}`);
    const body = init.raw ?? (init.body === undefined ? undefined : JSON.stringify(init.body));
    const response = await fetch(url + path, {
      method: init.method ?? (body === undefined ? "GET" : "POST"),
      headers,
      body,
    });
    const text = await response.text();
    const json = response.headers.get("content-type")?.includes("json");
    return { status: response.status, body: json ? JSON.parse(text) : text, headers: response.headers };
  };

  const opened = venue.isSetUp
    ? await call("/api/sign-in", { body: { passphrase: PASSPHRASE } })
    : await call("/api/setup", { body: { code: venue.setupCode, venue: "Bar Lola", passphrase: PASSPHRASE } });
  assert.ok(opened.status < 300, JSON.stringify(opened.body));
  cookie = opened.headers.get("set-cookie")!.split(";")[0]!;
  const view = async () => View.parse((await call("/api/view")).body);

  return {
    url,
    clock,
    hub,
    store,
    notices,
    air,
    cookie,
    call,
    view,
    async enrol(name) {
      const { code } = (await call("/api/enrollments", { body: {} })).body;
      const enrolled = await call("/api/registers", { body: { code, name } });
      assert.equal(enrolled.status, 201, JSON.stringify(enrolled.body));
      return enrolled.body;
    },
    async pass(seconds, each) {
      for (let second = 0; second < seconds; second++) {
        await each?.(second);
        clock.now += TICK_MS;
        hub.tick();
      }
    },
    async found() {
      const { findings, registers } = await view();
      const name = (subject: string) => registers.find((register) => register.id === subject)?.name ?? subject;
      return findings.map(({ code, subject }) => `${code} ${name(subject)}`).sort();
    },
    async stop() {
      hub.stop();
      await server.shutdown();
      close();
    },
  };
}
