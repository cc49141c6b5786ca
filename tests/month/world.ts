/**
 * A venue for some evenings: a real hub, registers that send a heartbeat every 5 s while it is open, rounds of probes, and what goes wrong.
 * Everything comes from the seed; no time passes but that which is turned.
 */
import type { EnrolResponse } from "../../shared/api.ts";
import type { RegisterId } from "../../shared/ids.ts";
import { roundAt } from "../../shared/rules/network_fixture.ts";
import type { VerdictKind } from "../../shared/rules/ladder.ts";
import { agree, ROUTER_NOT_PROBED, type RouterMemory } from "../../server/probe/router.ts";
import { type Dice, dice, seedFor } from "../sim/dice.ts";
import { closing, opening, openingHours, type Season } from "./calendar.ts";
import { evening, type Fault, SHARED_FAULTS, verdictOf } from "./faults.ts";
import { type Clock, type MonthHub, openHub } from "./hub.ts";
import { Ledger } from "./ledger.ts";
import { BEAT_S, beatOf, isSending, type Till } from "./till.ts";

const TICK_S = 1;
const PROBE_S = 5;
const ASK_S = 2;
const WAKES_WITHIN_S = 12 * 60; // after the opening
const NAMES = ["Bar", "Till 1", "Till 2", "Terrace"];

export class World {
  readonly path: string;
  readonly clock: Clock;
  readonly began: number;
  readonly ledger: Ledger;
  hub!: MonthHub; // while it runs; after open()
  isUp = true;
  #tills: Till[] = [];
  #fifth: Till | undefined;
  #router: RouterMemory = ROUTER_NOT_PROBED;
  #kind: VerdictKind = "fine";
  #offset = 0; // of the wall clock
  restarts = 0;
  faults = 0;
  ticks = 0;
  readonly #seed: number;
  readonly #season: Season;
  #chance: Dice;

  constructor(path: string, seed: number, season: Season) {
    this.#season = season;
    this.path = path;
    this.#seed = seed;
    this.#chance = dice(seedFor(seed, 0));
    const start = opening(0) - 60 * 60_000;
    this.began = start;
    this.clock = { now: start, steady: start };
    this.ledger = new Ledger(season.days);
  }

  async open(): Promise<void> {
    await this.#start();
    await this.hub.call("PATCH", "/api/settings", { openingHours: openingHours(this.#season) });
    for (const name of NAMES) this.#tills.push(await this.#enrol(name));
  }

  /** Lets the time until the opening go by. */
  async night(day: number): Promise<void> {
    await this.#night(opening(day));
  }

  /** An evening with its faults, until closing. `each` sees every minute of it. */
  async evening(day: number, each: () => void): Promise<void> {
    this.ledger.opened(opening(day));
    this.#chance = dice(seedFor(this.#seed, day + 1));
    const faults = evening(this.#chance, this.#tills.length, this.#season);
    this.faults += faults.length;
    const wakes = this.#tills.map(() => this.#chance.below(WAKES_WITHIN_S));
    const length = (closing(day, this.#season) - opening(day)) / 1_000;
    for (let second = 0; second < length; second += TICK_S) {
      const on = faults.filter(({ from, until }) => from <= second && second < until);
      for (const fault of faults) {
        if (fault.from === second) await this.#begin(fault);
        if (fault.until === second) await this.#end(fault);
      }
      this.#pass(TICK_S);
      if (!this.isUp) continue;
      if (second % PROBE_S === 0) this.#probe(on.flatMap((fault) => verdictOf(fault, second) ?? [])[0] ?? "fine");
      this.#note(on);
      this.#tills.forEach((till, who) => {
        if (second >= wakes[who]!) this.#beat(till, on.filter((fault) => touches(fault, who)), second);
      });
      if (this.#fifth) this.#beat(this.#fifth, on.filter((fault) => touches(fault, NAMES.length)), second);
      if (second % ASK_S === 0) this.#answer();
      this.#tick();
      if (second % 60 === 59) each();
    }
  }

  /** The hub is off for that long, and then runs for a moment. */
  async away(ms: number): Promise<void> {
    this.#stop("clean");
    this.#pass(ms / 1_000);
    await this.#start();
    this.#tick();
  }

  close(): void {
    if (this.isUp) this.#stop("clean");
  }

  async #night(until: number): Promise<void> {
    while (this.clock.steady < until) {
      this.#pass(this.#season.nightTickS);
      this.#probe("fine");
      this.#note([]);
      this.#tick();
    }
    await this.hub.call("GET", "/api/view");
  }

  #pass(seconds: number): void {
    this.clock.steady += seconds * 1_000;
    this.clock.now = this.clock.steady + this.#offset;
  }

  #setClock(offset: number): void {
    const from = this.clock.now;
    this.#offset = offset;
    this.#pass(0);
    if (this.clock.now < from) this.ledger.setBack(from, this.clock.now);
  }

  #tick(): void {
    this.ticks++;
    this.hub.hub.tick();
  }

  async #start(): Promise<void> {
    this.hub = await openHub(this.path, this.clock, {
      seed: this.#seed,
      sampled: (sample) => this.ledger.sampled(sample),
    });
    this.isUp = true;
    this.#router = ROUTER_NOT_PROBED;
  }

  #stop(how: "clean" | "sudden"): void {
    if (how === "clean") this.hub.hub.stop();
    this.hub.close();
    this.isUp = false;
    this.restarts++;
  }

  async #enrol(name: string): Promise<Till> {
    const { code } = await this.hub.call("POST", "/api/enrollments", {});
    const enrolled: EnrolResponse = await this.hub.call("POST", "/api/registers", { code, name });
    return {
      enrolled,
      address: `192.168.1.${21 + this.#tills.length}`,
      phase: this.#tills.length % BEAT_S,
    };
  }

  async #begin({ kind, until, who, size, from }: Fault): Promise<void> {
    const jump = Math.round(30 + size * 3_000) * 1_000;
    switch (kind) {
      case "restart":
        return this.#stop("clean");
      case "no-battery":
        this.#stop("sudden");
        return this.#setClock(-jump);
      case "sudden-end":
        return this.#stop("sudden");
      case "clock-ahead":
        return this.#setClock(jump);
      case "clock-behind":
        return this.#setClock(-jump);
      case "fifth":
        this.#fifth = await this.#enrol("Door");
        return;
      case "maintenance": {
        const { now } = this.clock;
        const [startsAt, endsAt] = [now + 60_000, now + (until - from) * 1_000].map((at) => new Date(at).toISOString());
        await this.hub.call("POST", "/api/maintenance", { startsAt, endsAt, words: "A new router" });
        return;
      }
      case "said-hidden":
      case "said-closing": {
        const { registerId, token } = this.#tills[who]!.enrolled;
        const said = kind === "said-hidden" ? "hidden" : "closing";
        const sentAt = new Date(this.clock.steady).toISOString();
        if (this.isUp) this.hub.hub.silences.lastWords(registerId as RegisterId, { token, kind: said, sentAt });
        if (this.isUp) this.ledger.heard(registerId, this.clock.now);
      }
    }
  }

  async #end({ kind }: Fault): Promise<void> {
    switch (kind) {
      case "restart":
      case "no-battery":
      case "sudden-end":
        return await this.#start();
      case "clock-ahead":
      case "clock-behind":
        return this.#setClock(0);
      case "fifth":
        await this.hub.call("DELETE", `/api/registers/${this.#fifth!.enrolled.registerId}`);
        this.#fifth = undefined;
    }
  }

  #probe(kind: VerdictKind): void {
    const { now } = this.clock;
    const round = roundAt(kind);
    this.#kind = kind;
    this.#router = agree(this.#router, { ...round.gateway, alive: round.gateway.ok }, now);
    this.hub.hub.probed({ router: this.#router, network: round, interfaces: [], macs: new Map(), diskFreeBytes: 8e9 });
  }

  /** What is true this second, for the ledger. */
  #note(on: readonly Fault[]): void {
    const { now } = this.clock;
    const second = [now - 1_000, now] as const;
    const { ledger } = this;
    if (on.some(({ kind }) => kind in SHARED_FAULTS && !["maintenance", "fifth"].includes(kind))) {
      ledger.sharedTrouble(now);
    }
    if (["router-down", "lan-down"].includes(this.#kind)) ledger.router.down.paint(...second);
    if (this.#kind === "own-link") { for (const each of [ledger.router, ledger.internet]) each.murky.paint(...second); }
    if (["modem-or-uplink", "provider", "dns"].includes(this.#kind)) ledger.internet.down.paint(...second);
  }

  #beat({ enrolled, address, phase }: Till, faults: readonly Fault[], second: number): void {
    if (second % BEAT_S !== phase || !isSending(faults, second)) return;
    const from = faults.some(({ kind }) => kind === "moved") ? address.replace(".1.", ".1.1") : address;
    this.ledger.heard(enrolled.registerId, this.clock.now);
    const beat = beatOf(faults, this.clock.steady, this.#chance);
    this.hub.hub.heartbeat(enrolled.registerId as RegisterId, beat, from);
  }

  #answer(): void {
    const { silences } = this.hub.hub;
    for (const question of silences.due()) {
      const answers = this.#chance.chance(0.5);
      silences.found(question, { answers, how: answers ? "It answered a ping in 3 ms" : "Nobody has its address now" });
    }
  }
}

function touches({ kind, who }: Fault, till: number): boolean {
  return who === till || (who === -1 && (kind !== "access-point" || till >= 2)); // two hang on the other access point
}
