/**
 * Walk tests under way, in memory only: one in the whole venue at a time, since two would measure each other. A register begins one itself, or
 * a manager asks it to. What it may ask for meanwhile is counted, so that a walk is never a way to load the hub.
 */
import { type Random, randomWord, type RegisterId } from "../shared/ids.ts";
import {
  WALK_BYTES_MAX,
  WALK_PINGS_MAX,
  type WalkPlan,
  type WalkReading,
  type WalkResult,
  type WalkStart,
  weighWalk,
} from "../shared/install/walk.ts";
import type { WalkLost, WalkNow } from "../shared/install_api.ts";
import type { RegisterFacts } from "../shared/rules/facts.ts";
import { nameOf } from "../shared/rules/words.ts";

const ASKED_MS = 15_000; // a register that was asked and has not begun by then does not hear us
const GRACE_MS = 20_000; // beyond its own plan: a bad spot is slow
const LOST_SHOWN_MS = 5 * 60_000;
const BEGUN_MAX = 25; // in the venue within BEGUN_WINDOW_MS: one after another takes that long
const BEGUN_WINDOW_MS = 10 * 60_000;
const ID_LENGTH = 10;

export interface WalksDeps {
  readonly plan: WalkPlan;
  readonly random: Random;
  readonly now: () => number;
  readonly register: (id: RegisterId) => RegisterFacts | undefined;
  readonly ask: (register: RegisterId, spot: string) => "asked" | "away" | "cannot";
  readonly done: (walk: WalkResult) => void;
}

interface Walk {
  readonly id: string;
  readonly register: RegisterId;
  readonly spot: string;
  phase: "asked" | "running";
  since: number;
  pings: number;
  bytes: number;
}

export type Asked = { readonly ok: true } | { readonly ok: false; readonly reason: "busy" | "away" | "cannot" };
export type Begun =
  | { readonly ok: true; readonly start: WalkStart }
  | { readonly ok: false; readonly reason: "busy" | "too-often" };
type Taken = { readonly ok: true } | { readonly ok: false; readonly reason: "unknown" | "too-much" };

export class Walks {
  readonly #deps: WalksDeps;
  #walk: Walk | undefined;
  #begun: readonly number[] = []; // when walks began lately
  #lost: { readonly at: number; readonly walk: WalkLost } | undefined;

  constructor(deps: WalksDeps) {
    this.#deps = deps;
  }

  /** Asks a register to begin. */
  ask(register: RegisterId, spot: string): Asked {
    this.#expire();
    if (this.#walk?.phase === "running") return { ok: false, reason: "busy" };
    const answer = this.#deps.ask(register, spot);
    if (answer !== "asked") return { ok: false, reason: answer };
    this.#open(register, spot, "asked");
    return { ok: true };
  }

  /** A register begins, unless another one is at it. Its own earlier one counts no more. */
  begin(register: RegisterId, spot: string): Begun {
    this.#expire();
    const { now, plan } = this.#deps;
    if (this.#walk?.phase === "running" && this.#walk.register !== register) return { ok: false, reason: "busy" };
    this.#begun = this.#begun.filter((at) => now() - at < BEGUN_WINDOW_MS);
    if (this.#begun.length >= BEGUN_MAX) return { ok: false, reason: "too-often" };
    this.#begun = [...this.#begun, now()];
    const { id } = this.#open(register, spot, "running");
    return { ok: true, start: { id, spot, plan } };
  }

  ping(register: RegisterId, id: string): Taken {
    return this.#count(register, id, { pings: 1, bytes: 0 });
  }

  bytes(register: RegisterId, id: string, bytes: number): Taken {
    return this.#count(register, id, { pings: 0, bytes });
  }

  /** What it came to; undefined when no such walk is under way. */
  finish(register: RegisterId, id: string, reading: WalkReading): WalkResult | undefined {
    const walk = this.#find(register, id);
    if (!walk) return undefined;
    const facts = this.#deps.register(register);
    const signal = facts?.signal.filter(({ at }) => at >= walk.since).map(({ rssiDbm }) => rssiDbm) ?? [];
    const result: WalkResult = {
      ...{ id, register, name: facts ? nameOf(facts) : register, spot: walk.spot },
      at: new Date(this.#deps.now()).toISOString(),
      ...weighWalk(reading, signal),
    };
    this.#walk = undefined;
    this.#deps.done(result);
    return result;
  }

  now(): WalkNow | null {
    this.#expire();
    if (!this.#walk) return null;
    const { id, register, spot, phase, since, pings } = this.#walk;
    const { pingMs, loadMs } = this.#deps.plan;
    const name = this.#nameOf(register);
    return { id, register, name, spot, phase, since: new Date(since).toISOString(), forMs: pingMs + 2 * loadMs, pings };
  }

  lost(): WalkLost | null {
    this.#expire();
    return this.#lost && this.#deps.now() - this.#lost.at < LOST_SHOWN_MS ? this.#lost.walk : null;
  }

  #open(register: RegisterId, spot: string, phase: Walk["phase"]): Walk {
    const { now, random } = this.#deps;
    this.#lost = undefined;
    const id = randomWord(random, ID_LENGTH);
    return this.#walk = { ...{ id, register, spot, phase }, since: now(), pings: 0, bytes: 0 };
  }

  #count(register: RegisterId, id: string, { pings, bytes }: { pings: number; bytes: number }): Taken {
    const walk = this.#find(register, id);
    if (!walk) return { ok: false, reason: "unknown" };
    walk.pings += pings;
    walk.bytes += bytes;
    const isOver = walk.pings > WALK_PINGS_MAX || walk.bytes > 2 * WALK_BYTES_MAX;
    return isOver ? { ok: false, reason: "too-much" } : { ok: true };
  }

  #find(register: RegisterId, id: string): Walk | undefined {
    this.#expire();
    const walk = this.#walk;
    return walk?.phase === "running" && walk.id === id && walk.register === register ? walk : undefined;
  }

  #expire(): void {
    const walk = this.#walk;
    const { now, plan } = this.#deps;
    const patience = walk?.phase === "asked" ? ASKED_MS : plan.pingMs + 2 * plan.loadMs + GRACE_MS;
    if (!walk || now() - walk.since < patience) return;
    const name = this.#nameOf(walk.register);
    const text = walk.phase === "asked"
      ? `${name} did not begin. Bring its page to the front, or open Diagnostics on it and start the walk test there.`
      : `${name} began and was not heard to the end. The Wi-Fi may not reach “${walk.spot}”.`;
    this.#lost = { at: now(), walk: { name, spot: walk.spot, text } };
    this.#walk = undefined;
  }

  #nameOf(register: RegisterId): string {
    const facts = this.#deps.register(register);
    return facts ? nameOf(facts) : register;
  }
}
