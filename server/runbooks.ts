/**
 * The guided runbooks that somebody is at, and those that ended lately. Each round they go on with what is measured; a person begins,
 * answers and stops them. They are written down whenever a step or the end changes, so a restart of the hub loses none.
 */
import { type Random, randomWord } from "../shared/ids.ts";
import type { Facts } from "../shared/rules/facts.ts";
import { advance, answer, begin, stop } from "../shared/runbook/advance.ts";
import type { RunbookKind } from "../shared/runbook/kind.ts";
import type { Run } from "../shared/runbook/run.ts";
import { tell } from "../shared/runbook/told.ts";
import { RUNBOOKS_MAX, type RunbookView } from "../shared/runbook_api.ts";
import type { RunbookStore } from "./store/runbooks.ts";

const ID_LENGTH = 10;
const SHOWN_MS = 15 * 60_000; // how long the end of one stays in the view
const SHOWN_ENDED_MAX = 8; // ended ones in a view: it travels whole, each second
const CREDIT_WITHIN_MS = 10 * 60_000; // a finding resolves some minutes after what it tells of has ended
const PRUNE_EVERY_MS = 60 * 60_000;

export interface RunbooksDeps {
  readonly store: RunbookStore;
  readonly random: Random;
  readonly failed: (message: string) => void; // the disk could not take it
}

export type BeginOutcome =
  | { readonly ok: true; readonly run: RunbookView; readonly isNew: boolean }
  | { readonly ok: false; readonly reason: "not-ready" | "unknown-subject" | "too-many" };

export type AnswerOutcome =
  | { readonly ok: true; readonly run: RunbookView }
  | { readonly ok: false; readonly reason: "unknown" | "ended" | "not-now" };

export class Runbooks {
  readonly #deps: RunbooksDeps;
  readonly #runs: Map<string, Run>; // the oldest first
  #facts: Facts | undefined; // of the last round; absent: there was none
  #prunedAt = 0;

  constructor(deps: RunbooksDeps) {
    this.#deps = deps;
    this.#runs = new Map(deps.store.load().map((run) => [run.id, run]));
  }

  /** One round. */
  tick(facts: Facts): void {
    this.#facts = facts;
    for (const run of this.#runs.values()) this.#keep(advance(run, facts));
    if (Math.abs(facts.now - this.#prunedAt) >= PRUNE_EVERY_MS) this.#prune(facts.now);
  }

  /** Begins one, or gives the one that somebody is at already. */
  begin(kind: RunbookKind, subject: string): BeginOutcome {
    const facts = this.#facts;
    if (!facts) return { ok: false, reason: "not-ready" };
    const going = [...this.#runs.values()].filter(({ end }) => !end);
    const same = going.find((run) => run.kind === kind && run.subject === subject);
    if (same) return { ok: true, run: tell(same, facts), isNew: false };
    if (going.length >= RUNBOOKS_MAX) return { ok: false, reason: "too-many" };
    const run = begin(kind, subject, facts, randomWord(this.#deps.random, ID_LENGTH));
    if (!run) return { ok: false, reason: "unknown-subject" };
    this.#keep(run);
    return { ok: true, run: tell(run, facts), isNew: true };
  }

  /** A person answers the step that is to be done now. */
  answer(id: string, step: string, how: "done" | "skipped"): AnswerOutcome {
    return this.#change(id, (run, facts) => {
      const answered = answer(run, step, how, facts);
      return answered.ok ? answered.run : answered.reason;
    });
  }

  stop(id: string): AnswerOutcome {
    return this.#change(id, (run, facts) => stop(run, facts.now));
  }

  /** Those going on, then those that ended lately, the newest first. */
  view(): RunbookView[] {
    const facts = this.#facts;
    if (!facts) return [];
    const newest = [...this.#runs.values()].reverse();
    const ended = newest.filter(({ end }) => end && facts.now - end.at <= SHOWN_MS).slice(0, SHOWN_ENDED_MAX);
    return [...newest.filter(({ end }) => !end), ...ended].map((run) => tell(run, facts));
  }

  /** What fixed this, by the runbook that was gone through for it. Undefined: nothing that is known. */
  fixedBy({ code, subject, openedAt, resolvedAt }: {
    readonly code: string;
    readonly subject: string;
    readonly openedAt: number;
    readonly resolvedAt?: number;
  }): string | undefined {
    if (resolvedAt === undefined) return undefined;
    for (const { kind, subject: about, end } of this.#runs.values()) {
      if (kind !== code || about !== subject || end?.kind !== "fixed" || end.step === undefined) continue;
      if (end.at >= openedAt && Math.abs(resolvedAt - end.at) <= CREDIT_WITHIN_MS) return end.text;
    }
    return undefined;
  }

  #change(id: string, next: (run: Run, facts: Facts) => Run | "not-now"): AnswerOutcome {
    const run = this.#runs.get(id);
    if (!run || !this.#facts) return { ok: false, reason: "unknown" };
    if (run.end) return { ok: false, reason: "ended" };
    const changed = next(run, this.#facts);
    if (typeof changed === "string") return { ok: false, reason: changed };
    this.#keep(changed);
    return { ok: true, run: tell(changed, this.#facts) };
  }

  #keep(run: Run): void {
    const before = this.#runs.get(run.id);
    if (before === run) return;
    this.#runs.set(run.id, run);
    this.#guarded(() => this.#deps.store.save(run));
  }

  #prune(now: number): void {
    this.#prunedAt = now;
    this.#guarded(() => {
      this.#deps.store.prune(now);
      const kept = new Set(this.#deps.store.load().map(({ id }) => id));
      for (const [id, { end }] of this.#runs) if (end && !kept.has(id)) this.#runs.delete(id);
    });
  }

  #guarded(write: () => void): void {
    try {
      write();
    } catch (failure) {
      this.#deps.failed(failure instanceof Error ? failure.message : String(failure));
    }
  }
}
