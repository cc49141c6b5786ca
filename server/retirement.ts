/**
 * What registers may let go: checks that are over, from before this business day, that every register is known to hold, or of which a
 * manager said so. The hub keeps all of it. A look costs a fold of what is old and still kept, so it is taken now and then.
 */
import type { Check } from "../shared/check/check.ts";
import { foldFamily } from "../shared/check/fold.ts";
import { type CheckOp, checksOf } from "../shared/check/op.ts";
import { retirableBefore, spentShiftOps } from "../shared/check/settled.ts";
import { type OpId, opId, type RegisterId } from "../shared/ids.ts";
import { seqOf, type Vector } from "../shared/sync/vector.ts";
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

export type Consent = "when all have it" | "a manager says so";

export class Retirement {
  readonly #deps: RetirementDeps;
  #lookedAt = Number.NEGATIVE_INFINITY;

  constructor(deps: RetirementDeps) {
    this.#deps = deps;
  }

  /** Takes a look when it is time for one. */
  tick(): void {
    const now = this.#deps.now();
    if (now - this.#lookedAt >= LOOK_EVERY_MS || now < this.#lookedAt) this.letGo("when all have it");
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
    const { log, retired, registers, heardOf } = this.#deps;
    const heard = consent === "when all have it" ? registers().map(heardOf) : [];
    if (heard.includes(undefined)) return 0; // somebody has not said what it holds
    const isHeld = (op: CheckOp) => heard.every((vector) => seqOf(vector!, op.replica) >= op.seq);
    const shifts = retired.othersKept();
    const before = retirableBefore(
      this.#deps.dayStart(now),
      shifts.map((op) => ({ id: opId(op.replica, op.seq), op })),
      now,
    );
    const others = spentShiftOps(shifts, before).filter(isHeld);
    const checks: OpId[] = [];
    for (const family of this.#families(before)) {
      if (checks.length >= AT_ONCE_MAX) break;
      const isOld = family.ops.every((op) => op.stamp.ms < before && isHeld(op));
      if (isOld && this.#deps.isSettled(family.fold())) checks.push(...family.checks);
    }
    if (checks.length + others.length === 0) return 0;
    retired.mark(checks, others, Math.max(now, retired.newest() + 1));
    log.refresh();
    return checks.length;
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
      const checks = new Set(ops.flatMap((op) => checksOf(op, opId(op.replica, op.seq))));
      for (const member of checks) seen.add(member);
      yield {
        checks: [...checks],
        ops,
        fold: () => foldFamily(ops.map((op) => ({ id: opId(op.replica, op.seq), op }))),
      };
    }
  }
}

/** What the data plane needs of the store to hand out what registers let go. */
export function historyOf({ log, retired }: Pick<RetirementDeps, "log" | "retired">, retirement: Retirement) {
  return {
    whole: () => log.whole(),
    without: (checks: ReadonlySet<OpId>) => log.without(checks),
    settled: () => retirement.settled(),
    familyOf: (check: OpId) => log.familyOf(check),
    fill: (ops: readonly CheckOp[]) => log.fill(ops),
    retired,
  };
}
