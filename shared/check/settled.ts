/** Which checks nobody waits for any more. */
import type { OpId } from "../ids.ts";
import { openShift, shiftsOf } from "./shift.ts";
import type { Check } from "./check.ts";
import type { Named } from "./draft.ts";
import type { CheckOp } from "./op.ts";
import { opId, type RegisterId, registerOf } from "../ids.ts";

const SHIFT_FORGOTTEN_MS = 48 * 60 * 60_000; // a shift open for longer was forgotten, and holds nothing back

/** Whether every check of a family is over, and nothing about it is left for a person to settle. */
export function isSettled(family: ReadonlyMap<OpId, Check>): boolean {
  return [...family.values()].every(({ state, due, flags }) => {
    if (flags.length > 0) return false;
    switch (state) {
      case "closed":
      case "merged":
        return due === 0;
      case "void": // it is owed nothing, also when more was handed back than was taken
        return true;
      case "open":
      case "awaited":
        return false;
    }
  });
}

/**
 * The instant before which checks may be let go: `dayStart`, or earlier while a shift is open that began before, since its drawer is counted
 * from the payments since then.
 */
export function retirableBefore(dayStart: number, shifts: readonly Named[], now: number): number {
  const open = shiftsOf(shifts).filter(({ closedAt, openedAt }) =>
    closedAt === undefined && now - openedAt.ms < SHIFT_FORGOTTEN_MS
  );
  return Math.min(dayStart, ...open.map(({ openedAt }) => openedAt.ms));
}

/** Ops of shifts that are over: all of a register's before its open shift, or all, as far as they are older than `before`. */
export function spentShiftOps(ops: readonly CheckOp[], before: number): CheckOp[] {
  const named = ops.map((op) => ({ id: opId(op.replica, op.seq), op }));
  const shifts = shiftsOf(named);
  const openSince = (register: RegisterId) => openShift(shifts, register)?.openedAt;
  return ops.filter((op) => {
    if (op.body.kind !== "shift.open" && op.body.kind !== "shift.close") return false;
    const since = openSince(registerOf(op.replica))?.ms ?? Infinity;
    return op.stamp.ms < before && op.stamp.ms < since;
  });
}

/** The last moment before `now` at which the business day began, in a zone that is `offsetMs` ahead of UTC. `begins`: "04:00". */
export function dayStart(now: number, begins: string, offsetMs: number): number {
  const [hours = 0, minutes = 0] = begins.split(":").map(Number);
  const into = (hours * 60 + minutes) * 60_000;
  const local = now + offsetMs;
  const day = 24 * 60 * 60_000;
  return Math.floor((local - into) / day) * day + into - offsetMs;
}
