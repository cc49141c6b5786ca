/**
 * What registers may let go: checks that are over, from before this business day, that every register is known to hold, or of which a
 * manager said so. The hub keeps all of it. A look costs a fold of what is old and still kept, so it is taken now and then.
 */
import type { Check } from "../shared/check/check.ts";
import { foldFamily } from "../shared/check/fold.ts";
import { type CheckOp, checksOf } from "../shared/check/op.ts";
import { retirableBefore, spentShiftOps } from "../shared/check/settled.ts";
import { type OpId, opId, type RegisterId } from "../shared/ids.ts";
import { covers, headsOf, mergeVectors, type Vector } from "../shared/sync/vector.ts";
import type { StoredLog } from "./store/ops.ts";
import type { RetiredOps } from "./store/retired.ts";

export const LOOK_EVERY_MS = 10 * 60_000;
const AT_ONCE_MAX = 500; // checks of one word

export interface RetirementDeps {
  readonly log: StoredLog;
  readonly retired: RetiredOps;
  readonly registers: () => readonly RegisterId[];
  readonly heardOf: (register: RegisterId) => Vector | undefined; // what a register last said it holds
  readonly now: () => number;
  readonly dayStart: (now: number) => number; // when the business day of `now` began
  readonly guarded: (write: () => void) => void; // the disk may not take it
  readonly marked: (before: number) => void; // there are words after the word `before`
  readonly isSettled: (family: ReadonlyMap<OpId, Check>) => boolean; // whether all of it is over
}

/** Checks that are over and wait for registers that are not known to hold them. */
export interface HeldUp {
  readonly checks: number; // at most those of one word
  readonly registers: RegisterId[];
}

/** Finds checks by number, whatever became of them. */
export type Numbered = (number: string) => readonly OpId[];

export type Consent = "when all have it" | "a manager says so";

export class Retirement {
  readonly #deps: RetirementDeps;
  #lookedAt = Number.NEGATIVE_INFINITY;
  readonly #recalled = new Map<OpId, number>(); // when the business day began in which somebody asked for it
  #heldUp: (HeldUp & { readonly needed: Vector }) | undefined;

  constructor(deps: RetirementDeps) {
    this.#deps = deps;
  }

  /** Takes a look when it is time for one. */
  tick(): void {
    const now = this.#deps.now();
    const isDue = now - this.#lookedAt >= LOOK_EVERY_MS || now < this.#lookedAt;
    if (isDue || this.#isOtherwise()) this.letGo("when all have it");
  }

  /** What waits, and for which registers; undefined: nothing, as of the last look. */
  get heldUp(): HeldUp | undefined {
    return this.#heldUp && { checks: this.#heldUp.checks, registers: this.#heldUp.registers };
  }

  /** Lets registers go of what is over, and returns how many checks that are. */
  letGo(consent: Consent): number {
    const { retired, guarded, marked } = this.#deps;
    const before = retired.newest();
    let count = 0;
    guarded(() => count = this.#look(consent));
    if (retired.newest() > before) marked(before);
    return count;
  }

  #look(consent: Consent): number {
    const now = this.#deps.now();
    this.#lookedAt = now;
    const { log, retired } = this.#deps;
    const today = this.#deps.dayStart(now);
    for (const [check, day] of this.#recalled) if (day !== today) this.#recalled.delete(check);
    const lack = (needed: Vector) => consent === "when all have it" ? this.#lacking(needed) : [];
    const shifts = retired.othersKept();
    const before = retirableBefore(
      today,
      shifts.map((op) => ({ id: opId(op.replica, op.seq), op })),
      now,
    );
    const others = spentShiftOps(shifts, before).filter((op) => lack(headsOf([op])).length === 0);
    const checks: OpId[] = [];
    const waiting: OpId[] = [];
    let needed: Vector = {};
    for (const family of this.#families(before)) {
      if (checks.length >= AT_ONCE_MAX) break;
      if (family.checks.some((check) => this.#recalled.has(check))) continue;
      const heads = headsOf(family.ops);
      const isHeld = lack(heads).length === 0;
      const isOld = family.ops.every((op) => op.stamp.ms < before);
      if (!isOld || !isHeld && waiting.length >= AT_ONCE_MAX || !this.#deps.isSettled(family.fold())) continue;
      (isHeld ? checks : waiting).push(...family.checks);
      if (!isHeld) needed = mergeVectors(needed, heads);
    }
    this.#heldUp = waiting.length > 0 ? { checks: waiting.length, registers: lack(needed), needed } : undefined;
    if (checks.length + others.length === 0) return 0;
    retired.mark(checks, others, Math.max(now, retired.newest() + 1));
    log.refresh();
    return checks.length;
  }

  /** Has registers keep these again, and all that is told as one with them, for as long as this business day lasts. */
  recall(checks: readonly OpId[]): void {
    const { log, retired, now, dayStart } = this.#deps;
    const families = new Set(checks.flatMap((check) => [...checksNamed(log.familyOf(check))]));
    if (families.size === 0) return;
    const today = dayStart(now());
    for (const check of families) this.#recalled.set(check, today);
    retired.unmark([...families]);
    log.refresh();
  }

  /** Whether other registers hold it up than at the last look. */
  #isOtherwise(): boolean {
    if (!this.#heldUp) return false;
    const { needed, registers } = this.#heldUp;
    return this.#lacking(needed).join() !== registers.join();
  }

  /** Registers that are not known to hold all of this: they lack some, or have not said. */
  #lacking(needed: Vector): RegisterId[] {
    const { registers, heardOf } = this.#deps;
    return registers().filter((register) => !covers(heardOf(register) ?? {}, needed));
  }

  /** Checks that are over, whenever: a register that joins gets the others first. */
  settled(): ReadonlySet<OpId> {
    const settled = new Set<OpId>();
    for (const { checks, fold } of this.#families(Infinity)) {
      if (this.#deps.isSettled(fold())) { for (const check of checks) settled.add(check); }
    }
    return settled;
  }

  *#families(before: number): Generator<{ checks: OpId[]; ops: CheckOp[]; fold: () => ReturnType<typeof foldFamily> }> {
    const { log, retired } = this.#deps;
    const seen = new Set<OpId>();
    for (const check of retired.checksKept(Math.min(before, Number.MAX_SAFE_INTEGER))) {
      if (seen.has(check)) continue;
      const ops = log.familyOf(check);
      const checks = checksNamed(ops);
      for (const member of checks) seen.add(member);
      yield {
        checks: [...checks],
        ops,
        fold: () => foldFamily(ops.map((op) => ({ id: opId(op.replica, op.seq), op }))),
      };
    }
  }
}

function checksNamed(ops: readonly CheckOp[]): Set<OpId> {
  return new Set(ops.flatMap((op) => checksOf(op, opId(op.replica, op.seq))));
}

/**
 * What the data plane needs of the store to hand out what registers let go. `checks` knows from its summaries which are over; without it
 * all are folded, which takes a while.
 */
export function historyOf(
  { log, retired, checks }: Pick<RetirementDeps, "log" | "retired"> & {
    readonly checks?: { over(): ReadonlySet<OpId> };
  },
  retirement: Retirement,
  numbered: Numbered = () => [],
) {
  return {
    recall: (numbers: readonly string[]) => {
      const checks = numbers.flatMap(numbered);
      retirement.recall(checks);
      return checks;
    },
    whole: () => log.whole(),
    without: (checks: ReadonlySet<OpId>) => log.without(checks),
    settled: () => checks?.over() ?? retirement.settled(),
    familyOf: (check: OpId) => log.familyOf(check),
    between: (spans: Parameters<StoredLog["between"]>[0]) => log.between(spans),
    fill: (ops: readonly CheckOp[]) => log.fill(ops),
    retired,
  };
}
