/** Shifts of registers, folded from their ops: when each was opened and closed, and what the drawer should hold. */
import { type OpId, type RegisterId, registerOf } from "../ids.ts";
import { compareOps } from "../sync/op.ts";
import type { Stamp } from "../sync/hlc.ts";
import type { Check } from "./check.ts";
import type { Named } from "./draft.ts";
import { isKnown } from "./op.ts";

export interface Shift {
  readonly id: OpId; // of the op that opened it
  readonly register: RegisterId;
  readonly openedAt: Stamp;
  readonly openedBy?: string; // staff
  readonly float: number;
  readonly closedAt?: Stamp;
  readonly closedBy?: string;
  readonly counted?: number;
  readonly despite?: string; // the manager who closed it although changes were on that register only
}

/** Every shift, the oldest first. A second opening of an open shift, or a second closing, changes nothing. */
export function shiftsOf(ops: readonly Named[]): Shift[] {
  const shifts: Shift[] = [];
  const open = new Map<RegisterId, number>(); // index of the open shift of each register
  for (const { id, op } of [...ops].sort((a, b) => compareOps(a.op, b.op))) {
    if (!isKnown(op.body)) continue;
    const register = registerOf(op.replica);
    const at = open.get(register);
    if (op.body.kind === "shift.open" && at === undefined) {
      const { staff, float = 0 } = op.body;
      open.set(register, shifts.push({ id, register, openedAt: op.stamp, openedBy: staff, float }) - 1);
    } else if (op.body.kind === "shift.close" && at !== undefined) {
      const { staff, counted, despite } = op.body;
      shifts[at] = { ...shifts[at]!, closedAt: op.stamp, closedBy: staff, counted, despite };
      open.delete(register);
    }
  }
  return shifts;
}

/** The shift that a register is in now. */
export function openShift(shifts: readonly Shift[], register: RegisterId): Shift | undefined {
  return shifts.find((shift) => shift.register === register && shift.closedAt === undefined);
}

/**
 * Cash that a register took during a shift less what it handed back, float included: what should be in its drawer. Tips in cash are in it. A
 * void takes its payment out of the drawer that took it; a refund comes out of the drawer that gave it, whatever becomes of the payment.
 */
export function cashExpected(shift: Shift, checks: readonly Check[]): number {
  const cash = checks.flatMap((check) => check.payments).filter(({ tender }) => tender === "cash");
  const taken = cash.filter((payment) => !payment.voided && isIn(shift, payment));
  const given = cash.flatMap(({ refunds }) => refunds).filter((refund) => isIn(shift, refund));
  return shift.float + taken.reduce((sum, { amount, tip }) => sum + amount + tip, 0) -
    given.reduce((sum, { amount }) => sum + amount, 0);
}

function isIn({ register, openedAt, closedAt }: Shift, { by, at }: { by: RegisterId; at: Stamp }): boolean {
  return by === register && at.ms >= openedAt.ms && (closedAt === undefined || at.ms <= closedAt.ms);
}
