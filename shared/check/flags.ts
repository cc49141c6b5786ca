/** What cannot be right about a check and a person must settle. Derived, so that it goes away by itself once it is right. */
import { compareStamps } from "../sync/hlc.ts";
import type { Flag, Line, Payment } from "./check.ts";
import type { Ending } from "./draft.ts";

export interface Settled {
  readonly lines: readonly Line[];
  readonly payments: readonly Payment[];
  readonly total: number; // of the lines that stand, also on a void check
  readonly paid: number;
  readonly ending?: Ending;
}

export function flagsOf(check: Settled): Flag[] {
  const { ending, paid, total } = check;
  if (ending?.kind === "void") return [...paymentOnVoid(check), ...lateLines(check, ending)];
  if (paid > total) return [overpayment(check, paid - total)];
  if (ending?.kind !== "closed" || paid === total) return [];
  return [{ code: "due-after-close", amount: total - paid }, ...lateLines(check, ending)];
}

/** Lines that the person who ended the check had not seen: it came to less then. */
function lateLines({ lines, total }: Settled, ending: Ending): Flag[] {
  if (total <= ending.total) return [];
  const standing = lines.filter((line) => !line.voided).map((line) => line.id);
  return [{ code: "line-after-payment", amount: total - ending.total, lines: standing }];
}

function paymentOnVoid({ payments, paid }: Settled): Flag[] {
  if (paid <= 0) return [];
  return [{ code: "payment-on-void", amount: paid, payments: standingOf(payments).map((payment) => payment.id) }];
}

/** Paid twice when the last payment was not needed and another register had taken the others; else merely too much. */
function overpayment({ payments, total, paid }: Settled, over: number): Flag {
  const inOrder = standingOf(payments).sort((a, b) => compareStamps(a.at, b.at) || (a.id < b.id ? -1 : 1));
  const last = inOrder.at(-1);
  const needless = last !== undefined && paid - (last.amount - last.refunded) >= total;
  if (!needless || inOrder.every((payment) => payment.by === last.by)) return { code: "overpaid", amount: over };
  return { code: "paid-twice", amount: over, payments: inOrder.map((payment) => payment.id) };
}

/** Payments whose money is still here. */
function standingOf(payments: readonly Payment[]): Payment[] {
  return payments.filter((payment) => !payment.voided && payment.refunded < payment.amount);
}
