/** Registers of a venue that send a heartbeat every 5 s over real HTTP to a hub whose clock is turned by hand. */
import assert from "node:assert/strict";
import type { EnrolResponse } from "../../shared/api.ts";
import { type LabHub, openLabHub } from "./lab_hub.ts";

export type Beat = Record<string, unknown>;

export const NETWORK = {
  ssid: "Shop",
  bssid: "a4:2b:b0:01:02:03",
  band: "5GHz",
  utilisationPercent: 20,
  rssiDbm: -52,
  noiseDbm: -92,
  prefixLength: 24,
};
const BEAT: Beat = {
  app: { version: "3.2.0" },
  device: { model: "iPad Air (5th generation)", os: "iPadOS 18.1" },
  network: NETWORK,
  state: { foreground: true, autoLock: "never", shiftOpen: false },
  links: [{ peer: "hub", path: "direct", rttMs: 3, lossPercent: 0 }],
  unsynced: 0,
};

/** Four registers that send a heartbeat every 5 s; `says` changes what one of them says, null silences it. */
export class House {
  readonly lab: LabHub;
  readonly registers: EnrolResponse[] = [];
  readonly #says = new Map<string, Beat | null>();
  #routerWas: "up" | "down" | undefined;
  #routerSince = 0;

  constructor(lab: LabHub) {
    this.lab = lab;
  }

  static async open(names: readonly string[], path?: string): Promise<House> {
    const house = new House(await openLabHub(path));
    for (const name of names) await house.join(name);
    await house.pass(30);
    assert.deepEqual(await house.lab.found(), []);
    return house;
  }

  async join(name: string): Promise<void> {
    this.registers.push(await this.lab.enrol(name));
  }

  says(name: string, change: Beat | null): void {
    this.#says.set(name, change);
  }

  heal(name: string): void {
    this.#says.delete(name);
  }

  pass(seconds: number): Promise<void> {
    return this.lab.pass(seconds, (second) => {
      if (second % 5 !== 0) return;
      this.#probe();
      return this.#beat();
    });
  }

  /** Passes time until `key` is found (or no longer is), and returns how many seconds that took. */
  async until(key: string, isFound: boolean, withinS: number): Promise<number> {
    for (let waited = 0; waited < withinS; waited += 5) {
      await this.pass(5);
      if ((await this.lab.found()).includes(key) === isFound) return waited + 5;
    }
    throw new Error(`${key} is ${isFound ? "not " : "still "}found after ${withinS} s: ${await this.lab.found()}`);
  }

  /** What a round of probes finds from now on; undefined: nothing is probed. */
  router: "up" | "down" | undefined;

  #probe(): void {
    if (this.router === undefined) return;
    const { now } = this.lab.clock;
    if (this.router !== this.#routerWas) this.#routerSince = now;
    this.#routerWas = this.router;
    const alive = this.router === "up";
    const how = alive ? "TCP 443 refused in 1 ms" : "TCP 53, 80 and 443 unreachable";
    const router = { address: "192.168.1.1", alive, how, since: this.#routerSince, checkedAt: now };
    this.lab.hub.probed({ router, interfaces: [], macs: new Map() });
  }

  async textOf(code: string): Promise<string> {
    return (await this.lab.view()).findings.find((finding) => finding.code === code)?.text ?? "";
  }

  async #beat(): Promise<void> {
    for (const { name, token } of this.registers) {
      const change = this.#says.get(name);
      if (change === null) continue;
      const body = { ...BEAT, sentAt: new Date(this.lab.clock.now).toISOString(), ...change };
      const { status } = await this.lab.call("/api/heartbeats", { body, token });
      assert.equal(status, 200);
    }
  }
}
