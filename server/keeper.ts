/**
 * What goes to disk at its own pace: samples, last-seen, what checks came to, and forgetting what is old. It is driven by the tick and
 * never in the way of a reply. A failed write is the hub's own fault, and is tried again with the next round.
 */
import type { CheckSummary, Liveness } from "../shared/api.ts";
import type { Check } from "../shared/check/check.ts";
import { foldFamily } from "../shared/check/fold.ts";
import { checkOf } from "../shared/check/op.ts";
import { type OpId, opId, type RegisterId } from "../shared/ids.ts";
import type { RegisterFacts } from "../shared/rules/facts.ts";
import type { Checks } from "./store/checks.ts";
import type { StoredLog } from "./store/ops.ts";
import type { Sample, Samples } from "./store/samples.ts";
import type { VenueStore } from "./store/venue.ts";

export const SAMPLE_EVERY_MS = 5_000; // one sample a register: the raw tier's step
const FACTS_SAVED_EVERY_MS = 15_000; // last-seen survives a sudden end to within this
const PRUNE_EVERY_MS = 60 * 60_000;
const BARS_EVERY_MS = 60_000; // quarters of an hour do not change faster than one can see
const LOOK_EVERY_MS = 24 * 60 * 60_000; // all stored ops are read once a day
const ROWS_PER_TICK = 200; // of them in one second: a millisecond or two
const SUMMARIES_PER_TICK = 200; // checks folded for lists in one second, so that a catch-up never blocks a reply

export interface KeeperDeps {
  readonly store: {
    readonly log: StoredLog;
    readonly checks: Checks;
    readonly samples: Samples;
    readonly venue: VenueStore;
    readonly incidents: { prune(now: number): void };
  };
  readonly registers: () => readonly RegisterFacts[];
  readonly sample: (register: RegisterFacts) => Sample; // as of this round
  readonly summarise: (check: Check) => CheckSummary;
  readonly failed: (message: string) => void; // the disk could not take it
}

type Chore = "sample" | "facts" | "prune" | "bars" | "look";

export class Keeper {
  readonly #deps: KeeperDeps;
  readonly #dirty: Set<OpId>; // checks whose summary is older than their ops
  readonly #doneAt: Record<Chore, number> = { sample: 0, facts: 0, prune: 0, bars: 0, look: 0 };
  #looking = false; // for damage
  #bars: ReadonlyMap<RegisterId, Liveness[]> = new Map();

  constructor(deps: KeeperDeps) {
    this.#deps = deps;
    this.#dirty = new Set(deps.store.checks.stale());
  }

  /** The last 24 h of each register in quarters of an hour. */
  get bars(): ReadonlyMap<RegisterId, Liveness[]> {
    return this.#bars;
  }

  /** Ops of these checks were stored. */
  touched(checks: ReadonlySet<OpId>): void {
    for (const check of checks) this.#dirty.add(check);
  }

  tick(now: number): void {
    const { store, registers, sample } = this.#deps;
    this.guarded(() => this.#summarise(SUMMARIES_PER_TICK));
    if (this.#isDue("sample", now, SAMPLE_EVERY_MS)) {
      for (const register of registers()) store.samples.add(sample(register));
      this.guarded(() => store.samples.flush());
    }
    if (this.#isDue("facts", now, FACTS_SAVED_EVERY_MS)) this.guarded(() => this.#saveFacts());
    if (this.#isDue("prune", now, PRUNE_EVERY_MS)) this.guarded(() => this.#prune(now));
    if (this.#isDue("look", now, LOOK_EVERY_MS)) this.#looking = true;
    if (this.#looking) this.guarded(() => this.#looking = store.log.look(ROWS_PER_TICK));
    if (this.#isDue("bars", now, BARS_EVERY_MS)) this.#bars = store.samples.bars(registers().map(({ id }) => id), now);
  }

  /** Folds all that changed, for somebody who asks for it now. */
  summarise(): void {
    this.#summarise(Infinity);
  }

  /** Writes all that waits. */
  finish(): void {
    this.guarded(() => this.#summarise(Infinity));
    this.guarded(() => this.#saveFacts());
    this.guarded(() => this.#deps.store.samples.flush());
  }

  /** Runs a write; when it fails, says so and goes on. */
  guarded(write: () => void): void {
    try {
      write();
    } catch (failure) {
      this.#deps.failed(failure instanceof Error ? failure.message : String(failure));
    }
  }

  /** Folds what changed, a family at a time, and keeps what each of its checks came to. */
  #summarise(limit: number): void {
    const { store, summarise } = this.#deps;
    for (const id of this.#dirty) {
      if (limit-- <= 0) return;
      const ops = store.log.familyOf(id).map((op) => ({ id: opId(op.replica, op.seq), op }));
      const own = Map.groupBy(ops, (named) => checkOf(named.op, named.id));
      for (const check of foldFamily(ops).values()) {
        const opCount = own.get(check.id)?.length ?? 0;
        store.checks.save({ summary: summarise(check), opCount, changedAtMs: check.changedAt.ms });
        this.#dirty.delete(check.id);
      }
      this.#dirty.delete(id);
    }
  }

  #saveFacts(): void {
    this.#deps.store.venue.saveFacts(
      this.#deps.registers().map((register) => ({
        id: register.id,
        heardAt: register.heardAt,
        facts: { ...register, session: undefined },
      })),
    );
  }

  #prune(now: number): void {
    this.#deps.store.samples.prune(now);
    this.#deps.store.incidents.prune(now);
  }

  #isDue(chore: Chore, now: number, every: number): boolean {
    if (now - this.#doneAt[chore] < every && now >= this.#doneAt[chore]) return false;
    this.#doneAt[chore] = now;
    return true;
  }
}
