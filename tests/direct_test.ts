/// <reference lib="dom" />
/**
 * Direct links as they are in a shop: real WebRTC between headless registers and Chromium pages, negotiated by a real hub, which is
 * then killed. What every step of a link does is proved in shared/link_test.ts and shared/mesh_test.ts; here it is the real thing.
 */
import assert from "node:assert/strict";
import { endDirect, openDirect } from "../agent/direct.ts";
import { HeadlessRegister } from "../agent/headless.ts";
import type { EnrolResponse } from "../shared/api.ts";
import type { Channel, OpenChannel } from "../shared/peering.ts";
import { NO_CHROMIUM, screenshotPath } from "./support/chromium.ts";
import { freePort, type HubProcess, startHub } from "./support/hub_process.ts";
import { inShop } from "./support/shop.ts";
import { unless } from "./support/skip.ts";

const OPEN_MAX_MS = 10_000; // opens in under a second here; a loaded machine takes its time
const AGAIN_MAX_MS = 30_000; // a back-off, a new channel, and five steady seconds
const LINES = 60;
const NO_DIRECT = openDirect ? undefined : "node-datachannel has no build for this machine";

/** A venue with a hub that can be killed and started again on its data, and headless registers with real data channels. */
class Venue {
  readonly registers: HeadlessRegister[] = [];
  readonly channels: Channel[] = [];
  #cookie = "";
  #hub: HubProcess;
  readonly #data: string;

  private constructor(hub: HubProcess, data: string) {
    this.#hub = hub;
    this.#data = data;
  }

  static async open(names: readonly string[]): Promise<Venue> {
    const data = await Deno.makeTempDir({ prefix: "counterpart-direct-" });
    const hub = await startHub({ data, port: await freePort() });
    const venue = new Venue(hub, data);
    await venue.call("POST", "/api/setup", { code: hub.setupCode, venue: "Lola", passphrase: "a quiet evening" });
    for (const name of names) venue.registers.push(await venue.#enrol(name));
    return venue;
  }

  // deno-lint-ignore no-explicit-any -- whatever the hub says; tests look into it
  async call(method: string, path: string, body?: unknown): Promise<any> {
    const headers = { "content-type": "application/json", cookie: this.#cookie };
    const response = await fetch(this.#hub.url + path, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    this.#cookie = response.headers.get("set-cookie")?.split(";")[0] ?? this.#cookie;
    return await response.json();
  }

  kill(): Promise<void> {
    return this.#hub.kill9();
  }

  async restart(): Promise<void> {
    this.#hub = await startHub({ data: this.#data, port: this.#hub.port });
  }

  /** Cuts the newest channel below the mesh, at one of its ends, which is told nothing. */
  cut(): void {
    this.channels.pop()?.close();
  }

  async close(): Promise<void> {
    for (const register of this.registers) register.pause();
    await this.#hub.stop();
    endDirect();
    await Deno.remove(this.#data, { recursive: true });
  }

  async #enrol(name: string): Promise<HeadlessRegister> {
    const { code } = await this.call("POST", "/api/enrollments", {});
    const enrolment: EnrolResponse = await this.call("POST", "/api/registers", { code, name });
    const direct: OpenChannel = (role, events) => {
      const channel = openDirect!(role, events);
      this.channels.push(channel);
      return channel;
    };
    return await HeadlessRegister.start({ hub: this.#hub.url, enrolment, direct });
  }
}

function directPeers(register: HeadlessRegister): number {
  return register.mesh.reports().filter(({ path }) => path === "direct").length;
}

async function allDirect(registers: readonly HeadlessRegister[], withinMs: number): Promise<void> {
  const peers = registers.length - 1;
  await Promise.all(registers.map((register) => register.until(() => directPeers(register) === peers, withinMs)));
}

async function open(register: HeadlessRegister): Promise<string> {
  const number = register.replica.nextNumber(register.letter);
  const outcome = await register.replica.write({ kind: "check.open", number });
  assert.ok(outcome.ok);
  return outcome.id;
}

async function order(register: HeadlessRegister, check: string, price: number): Promise<void> {
  const line = { kind: "line.add", check, name: "Beer", price, quantity: 1 } as const;
  assert.ok((await register.replica.write(line)).ok);
}

/** Until `register` shows `count` lines of the check; fails at once if it ever shows more. */
function shows(register: HeadlessRegister, check: string, count: number): Promise<void> {
  return register.until(() => {
    const lines = register.replica.book.get(check)?.lines.length ?? 0;
    assert.ok(lines <= count, `${lines} lines, where ${count} were ordered`);
    return lines === count;
  });
}

Deno.test(
  unless(
    NO_DIRECT,
    "[LNK10][LNK15] linked directly, the hub killed: all sell on together; started again, it has everything",
    async () => {
      const venue = await Venue.open(["Bar", "Till 1", "Terrace"]);
      try {
        const [bar, till, terrace] = venue.registers as [HeadlessRegister, HeadlessRegister, HeadlessRegister];
        await allDirect(venue.registers, OPEN_MAX_MS);
        await venue.kill();
        await bar.until(() => bar.state !== "online");
        const check = await open(bar);
        await till.until(() => till.replica.book.get(check) !== undefined);
        for (let i = 0; i < LINES; i++) await order(venue.registers[i % 3]!, check, 100 + i);
        for (const register of venue.registers) await shows(register, check, LINES);
        const before = venue.registers.map(({ mesh }) => mesh.switches.length);
        await bar.until(() => venue.registers.every(({ replica }) => replica.unsynced() === 0));
        await venue.restart();
        await terrace.until(() => venue.registers.every(({ state }) => state === "online"), AGAIN_MAX_MS);
        const told = await atHub(venue, check, LINES);
        assert.equal(told.lines.length, LINES);
        assert.equal(told.totals.total, bar.replica.book.get(check)?.totals.total);
        assert.deepEqual(venue.registers.map(({ mesh }) => mesh.switches.length), before, "the links were not touched");
      } finally {
        await venue.close();
      }
    },
  ),
);

Deno.test(
  unless(
    NO_DIRECT,
    "[LNK6][LNK15] one pair cut in the middle of sales: relay within a second, nothing lost or twice, direct again",
    async () => {
      const venue = await Venue.open(["Bar", "Till 1"]);
      try {
        const [bar, till] = venue.registers as [HeadlessRegister, HeadlessRegister];
        await allDirect(venue.registers, OPEN_MAX_MS);
        const check = await open(bar);
        for (let i = 0; i < LINES; i++) {
          if (i === LINES / 2) venue.cut();
          await order(venue.registers[i % 2]!, check, 100 + i);
          if (i === LINES / 2) {
            await till.until(() => has(till, check, 100 + i), 1_000);
          }
        }
        for (const register of venue.registers) await shows(register, check, LINES);
        assert.equal(new Set(bar.replica.book.get(check)?.lines.map(({ price }) => price)).size, LINES);
        const hadRelay = ({ mesh }: HeadlessRegister) => mesh.switches.some(({ to }) => to === "relay");
        for (const register of venue.registers) await register.until(() => hadRelay(register), AGAIN_MAX_MS);
        await allDirect(venue.registers, AGAIN_MAX_MS);
        const told = venue.registers.flatMap(({ mesh }) =>
          mesh.switches.map(({ from, to, why }) => `${from}>${to} ${why}`)
        );
        assert.deepEqual(told.filter((each) => each === "relay>direct steady").length, 2, told.join());
        const { links } = await viewWith(venue, 2);
        // deno-lint-ignore no-explicit-any -- the view of the hub
        assert.ok(links.every((link: any) => link.path === "direct" && link.since), JSON.stringify(links));
      } finally {
        await venue.close();
      }
    },
  ),
);

function has({ replica }: HeadlessRegister, check: string, price: number): boolean {
  return replica.book.get(check)?.lines.some((line) => line.price === price) ?? false;
}

/** The check at the hub, once it has `lines` lines. */
async function atHub(venue: Venue, check: string, lines: number) {
  for (let tries = 0; tries < 100; tries++) {
    const told = await venue.call("GET", `/api/checks/${encodeURIComponent(check)}`);
    if (told.lines?.length === lines) return told;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`The hub never had ${lines} lines of check ${check}`);
}

/** The manager's view, once registers report `count` direct links between them. */
async function viewWith(venue: Venue, count: number) {
  for (let tries = 0; tries < 150; tries++) {
    const view = await venue.call("GET", "/api/view");
    const links = view.links.filter(({ peer, path }: { peer: string; path: string }) =>
      peer !== "hub" && path === "direct"
    );
    if (links.length === count) return { ...view, links };
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`${count} direct links were never reported`);
}

Deno.test(
  unless(
    NO_CHROMIUM,
    "[LNK10] a page and a register without a screen are linked directly, and go on without the hub",
    () =>
      inShop(async (shop) => {
        const page = await shop.register("Bar");
        const { code } = await shop.call("POST", "/api/enrollments");
        const enrolment = await shop.call("POST", "/api/registers", { code, name: "Till 1" });
        const hub = `http://127.0.0.1:${new URL(shop.origin).port}`;
        const till = await HeadlessRegister.start({ hub, enrolment, direct: openDirect });
        try {
          await till.until(() => directPeers(till) === 1, OPEN_MAX_MS);
          await shop.hubOff();
          await till.until(() => till.state !== "online");
          const number = till.replica.nextNumber(till.letter);
          assert.ok((await till.replica.write({ kind: "check.open", number, table: "7" })).ok);
          await page.says("Table 7");
          await page.newCheck("Bar: Lager");
          await till.until(() => till.replica.book.all().some(({ lines }) => lines[0]?.name === "Lager"));
          await page.says("hub away, 1 register linked");
          await shop.hubOn();
          await page.says("in sync");
        } finally {
          till.pause();
          endDirect();
        }
      }),
  ),
);

Deno.test(
  unless(
    NO_CHROMIUM,
    "[LNK1] two pages show each other as direct, also with the hub killed, and sell on together",
    () =>
      inShop(async (shop) => {
        const bar = await shop.register("Bar");
        const till = await shop.register("Till 1");
        for (const { page } of [bar, till]) await page.getByRole("link", { name: /^Diagnostics/ }).click();
        for (const register of [bar, till]) await register.says(/^direct, (under 1|\d+) ms$/);
        await bar.page.screenshot({ path: screenshotPath("register-direct"), fullPage: true });
        await shop.hubOff();
        await bar.says("hub away, 1 register linked");
        await bar.says(/^direct, (under 1|\d+) ms$/);
        await bar.toBoard();
        await till.toBoard();
        await bar.newCheck("Bar: Lager");
        await till.says("A1");
        await shop.hubOn();
        await bar.says("in sync");
      }),
  ),
);
