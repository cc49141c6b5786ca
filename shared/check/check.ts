/** What a check is, once its ops are folded. Nothing here is stored: it is derived each time from the ops. */
import type { OpId, RegisterId } from "../ids.ts";
import type { Tax } from "../menu.ts";
import type { Stamp } from "../sync/hlc.ts";
import type { CheckOp, Modifier, Tender } from "./op.ts";
import type { Amounts, Totals } from "./amounts.ts";

/** A line as it stands on one check: whole, or this check's share of it. */
export interface Line {
  readonly id: OpId;
  readonly sku?: string;
  readonly name: string;
  readonly price: number; // of one, without modifiers
  readonly quantity: number;
  readonly seat?: number;
  readonly course?: number;
  readonly modifiers: readonly Modifier[];
  readonly taxes: readonly Tax[];
  readonly note?: string;
  readonly addedBy: RegisterId;
  readonly addedAt: Stamp;
  readonly staff?: string;
  readonly sent?: { readonly at: Stamp; readonly by: RegisterId };
  readonly voided?: { readonly reason: string; readonly by: RegisterId };
  readonly share?: { readonly parts: number; readonly of: number }; // absent: the whole line
  readonly amounts: Amounts; // of this check's share; all 0 when voided
}

export interface Discount {
  readonly id: OpId;
  readonly line?: OpId; // absent: on the check
  readonly percent?: number; // basis points
  readonly amount?: number;
  readonly reason: string;
  readonly by: RegisterId;
  readonly staff?: string;
  readonly removed: boolean;
}

/** Money handed back: from the drawer of the register that wrote it. */
export interface Refund {
  readonly amount: number;
  readonly by: RegisterId;
  readonly at: Stamp;
}

export interface Payment {
  readonly id: OpId;
  readonly tender: Tender;
  readonly amount: number;
  readonly tip: number;
  readonly tendered?: number;
  readonly reference?: string;
  readonly by: RegisterId;
  readonly at: Stamp;
  readonly staff?: string;
  readonly refunded: number; // handed back so far
  readonly refunds: readonly Refund[]; // what that sums
  readonly voided?: { readonly reason: string; readonly by: RegisterId };
}

/** What a payment leaves here, without its tip. Below 0 when it does not count, or is given back twice: what was handed back is gone. */
export function keptOf({ amount, refunded, voided }: Payment): number {
  return (voided ? 0 : amount) - refunded;
}

/** What was handed back of a check's payments. */
export function givenBack({ payments }: Pick<Check, "payments">): number {
  return payments.reduce((sum, { refunded }) => sum + refunded, 0);
}

/** What cannot be right and a person must settle. */
export type Flag =
  | { readonly code: "paid-twice"; readonly amount: number; readonly payments: readonly OpId[] }
  | { readonly code: "overpaid"; readonly amount: number }
  | { readonly code: "due-after-close"; readonly amount: number }
  | { readonly code: "payment-on-void"; readonly amount: number; readonly payments: readonly OpId[] }
  | { readonly code: "line-after-payment"; readonly amount: number; readonly lines: readonly OpId[] };

/** One op in a check's story: what it was, and why it had no effect if it had none. */
export interface Entry {
  readonly id: OpId;
  readonly op: CheckOp;
  readonly noEffect?: string;
}

/** `awaited`: ops of it are here, but not the one that opened it. `merged`: all of it is on another check now. */
export type CheckState = "awaited" | "open" | "closed" | "void" | "merged";

export interface Check {
  readonly id: OpId;
  readonly state: CheckState;
  readonly mergedInto?: OpId; // where all of it is now
  readonly number: string; // "?" while awaited
  readonly name?: string;
  readonly table?: string;
  readonly guests?: number;
  readonly owner?: string; // staff
  readonly openedBy?: RegisterId;
  readonly openedAt?: Stamp;
  readonly changedAt: Stamp;
  readonly closedAt?: Stamp;
  readonly closedBy?: RegisterId;
  readonly voidReason?: string;
  readonly lines: readonly Line[]; // in the order they were added, voided ones too
  readonly discounts: readonly Discount[];
  readonly payments: readonly Payment[];
  readonly totals: Totals; // of the lines that stand
  readonly paid: number; // without tips, less what was voided or refunded
  readonly tips: number;
  readonly due: number; // negative when over-paid; a void check is owed nothing
  readonly flags: readonly Flag[];
  readonly story: readonly Entry[];
}
