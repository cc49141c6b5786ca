/** What cannot be right about a check and a person must settle. Derived, so that it goes away by itself once it is right. */
import { compareStamps, type Stamp } from "../sync/hlc.ts";
import type { Flag, Line, Payment } from "./check.ts";

export interface Settled {
  readonly lines: readonly Line[];
  readonly payments: readonly Payment[];
  readonly total: number;
  readonly paid: number;
  readonly closed?: { readonly at: Stamp; readonly total: number };
}

export function flagsOf(check: Settled): Flag[] {
  const flags: Flag[] = [];
  const over = check.paid - check.total;
  if (over > 0) flags.push(overpayment(check, over));
  if (check.closed && over < 0) {
    flags.push({ code: "due-after-close", amount: -over });
    if (check.total > check.closed.total) {
      const lines = check.lines.filter((line) => !line.voided).map((line) => line.id);
      flags.push({ code: "line-after-payment", amount: check.total - check.closed.total, lines });
    }
  }
  return flags;
}

/** Paid twice when the last payment was not needed and another register had taken the others; else merely too much. */
function overpayment({ payments, total, paid }: Settled, over: number): Flag {
  const inOrder = [...payments].sort((a, b) => compareStamps(a.at, b.at));
  const last = inOrder.at(-1);
  const needless = last !== undefined && paid - last.amount >= total;
  if (!needless || inOrder.every((payment) => payment.by === last.by)) return { code: "overpaid", amount: over };
  return { code: "paid-twice", amount: over, payments: inOrder.map((payment) => payment.id) };
}
