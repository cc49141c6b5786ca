/** What a check is, once its ops are folded. Nothing here is stored: it is derived each time from the ops. */
import type { OpId, RegisterId } from "../ids.ts";
import type { Tax } from "../menu.ts";
import type { Stamp } from "../sync/hlc.ts";
import type { CheckOp, Tender } from "./op.ts";
import type { Totals } from "./totals.ts";

export interface Line {
  readonly id: OpId;
  readonly sku?: string;
  readonly name: string;
  readonly price: number;
  readonly quantity: number;
  readonly taxes: readonly Tax[];
  readonly note?: string;
  readonly addedBy: RegisterId;
  readonly voided?: { readonly reason: string; readonly by: RegisterId };
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
}

/** What cannot be right and a person must settle. */
export type Flag =
  | { readonly code: "paid-twice"; readonly amount: number; readonly payments: readonly OpId[] }
  | { readonly code: "overpaid"; readonly amount: number }
  | { readonly code: "due-after-close"; readonly amount: number }
  | { readonly code: "line-after-payment"; readonly amount: number; readonly lines: readonly OpId[] };

/** One op in a check's story: what it was, and why it had no effect if it had none. */
export interface Entry {
  readonly id: OpId;
  readonly op: CheckOp;
  readonly noEffect?: string;
}

/** `awaited`: ops of it are here, but not the one that opened it. */
export type CheckState = "awaited" | "open" | "closed";

export interface Check {
  readonly id: OpId;
  readonly state: CheckState;
  readonly number: string; // "?" while awaited
  readonly name?: string;
  readonly table?: string;
  readonly guests?: number;
  readonly openedBy?: RegisterId;
  readonly openedAt?: Stamp;
  readonly changedAt: Stamp;
  readonly closedAt?: Stamp;
  readonly closedBy?: RegisterId;
  readonly lines: readonly Line[]; // in the order they were added, voided ones too
  readonly payments: readonly Payment[];
  readonly totals: Totals; // of the lines that stand
  readonly paid: number;
  readonly tips: number;
  readonly due: number; // negative when over-paid
  readonly flags: readonly Flag[];
  readonly story: readonly Entry[];
}
