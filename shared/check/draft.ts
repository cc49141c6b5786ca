/** What `fold` works on: the checks, lines, discounts and payments of one family, while its ops take effect one after another. */
import { type OpId, type RegisterId, registerOf } from "../ids.ts";
import type { Tax } from "../menu.ts";
import type { Stamp } from "../sync/hlc.ts";
import type { Payment, Refund } from "./check.ts";
import { type BodyOf, type CheckOp, checksOf, isKnown, type Modifier } from "./op.ts";

const NO_MODIFIERS: readonly Modifier[] = [];
const NO_TAXES: readonly Tax[] = [];
const NO_ENDINGS: readonly Ending[] = [];

/** An op with its id, so that the id is made once. */
export interface Named {
  readonly id: OpId;
  readonly op: CheckOp;
}

/** Why an op has no effect; undefined when it has. */
export type NoEffect = string | undefined;

/** How a check ends, and what the person who ended it saw. */
export type Ending =
  | {
    readonly kind: "closed";
    readonly id: OpId; // of the op
    readonly at: Stamp;
    readonly by: RegisterId;
    readonly total: number;
  }
  | {
    readonly kind: "void";
    readonly id: OpId;
    readonly at: Stamp;
    readonly by: RegisterId;
    readonly total: number;
    readonly reason: string;
  };

export interface CheckDraft {
  readonly id: OpId;
  opened?: { readonly number: string; readonly by: RegisterId; readonly at: Stamp };
  name?: string;
  table?: string;
  guests?: number;
  owner?: string;
  ending?: Ending; // the one of `endings` that counts
  endings: readonly Ending[]; // so far, by order, less those that were answered
  answered?: Set<OpId>; // endings that reopenings name, also ones that come later by order
  reopened?: ReadonlySet<OpId>; // those of them whose reopening has come by now
  mergedInto?: OpId;
}

export function newCheck(id: OpId): CheckDraft {
  return { id, endings: NO_ENDINGS };
}

export interface LineDraft {
  readonly id: OpId;
  readonly home: OpId; // the check it was ordered on; its tax is rounded with the other lines of that check, wherever it goes
  readonly sku?: string;
  readonly name: string;
  price: number;
  quantity: number;
  seat?: number;
  course?: number;
  readonly modifiers: readonly Modifier[];
  readonly taxes: readonly Tax[];
  note?: string;
  readonly addedBy: RegisterId;
  readonly addedAt: Stamp;
  readonly staff?: string;
  at: OpId; // where it stands, before merges are followed
  among?: readonly { readonly check: OpId; readonly parts: number }[]; // divided: `at` counts no more
  sent?: { readonly at: Stamp; readonly by: RegisterId };
  voided?: { readonly reason: string; readonly by: RegisterId };
}

/** What a discount covers: a line wherever it goes, or one check's share of a divided line. */
export interface Cover {
  readonly line: OpId;
  readonly check?: OpId; // absent: all of the line
}

export interface DiscountDraft {
  readonly id: OpId;
  readonly check: OpId;
  readonly line?: OpId;
  readonly percent?: number;
  readonly amount?: number;
  readonly reason: string;
  readonly by: RegisterId;
  readonly staff?: string;
  covers: readonly Cover[];
  removed: boolean;
}

export interface PaymentDraft {
  readonly check: OpId;
  readonly payment: Omit<Payment, "refunded" | "refunds" | "voided">;
  refunded: number;
  readonly refunds: Refund[];
  voided?: { readonly reason: string; readonly by: RegisterId };
}

export interface Draft {
  readonly checks: Map<OpId, CheckDraft>;
  readonly lines: Map<OpId, LineDraft>;
  readonly discounts: Map<OpId, DiscountDraft>;
  readonly payments: Map<OpId, PaymentDraft>;
  readonly lineVoids: Map<OpId, OpId>; // per line, the void that counts: the first by stamp
  readonly paymentVoids: Map<OpId, OpId>; // per payment; apart, since a void may name what is not of its kind
}

/**
 * Everything that the ops create, before any of them takes effect. What an op needs may carry a later stamp than the op itself (a
 * clock was wrong), so things are there from the start and only what happens to them follows the stamps.
 */
export function draftOf(ops: readonly Named[]): Draft {
  const draft: Draft = {
    checks: new Map(),
    lines: new Map(),
    discounts: new Map(),
    payments: new Map(),
    lineVoids: new Map(),
    paymentVoids: new Map(),
  };
  for (const { id, op } of ops) {
    for (const check of checksOf(op, id)) if (!draft.checks.has(check)) draft.checks.set(check, newCheck(check));
    create(draft, id, op);
  }
  return draft;
}

function create(draft: Draft, id: OpId, op: CheckOp): void {
  if (!isKnown(op.body)) return;
  const by = registerOf(op.replica);
  const body = op.body;
  switch (body.kind) {
    case "check.open":
      draft.checks.get(id)!.opened = { number: body.number, by, at: op.stamp };
      return;
    case "line.add":
      draft.lines.set(id, newLine(id, op, body));
      return;
    case "discount.add": {
      const { check, line, percent, amount, reason, staff } = body;
      draft.discounts.set(id, { id, check, line, percent, amount, reason, staff, by, covers: [], removed: false });
      return;
    }
    case "payment.add": {
      const { check, tender, amount, tip = 0, tendered, reference, staff } = body;
      const payment = { id, tender, amount, tip, tendered, reference, staff, by, at: op.stamp };
      draft.payments.set(id, { check, payment, refunded: 0, refunds: [], voided: undefined });
      return;
    }
    case "check.reopen": {
      const check = draft.checks.get(body.check)!;
      for (const ending of body.after ?? []) (check.answered ??= new Set()).add(ending);
      return;
    }
    case "line.void":
      if (!draft.lineVoids.has(body.line)) draft.lineVoids.set(body.line, id);
      return;
    case "payment.void":
      if (!draft.paymentVoids.has(body.payment)) draft.paymentVoids.set(body.payment, id);
      return;
    default:
      return;
  }
}

/** Every field is there from the start, in one order: lines are many, and objects of one shape are quick to read. */
function newLine(id: OpId, op: CheckOp, body: BodyOf<"line.add">): LineDraft {
  return {
    id,
    home: body.check,
    sku: body.sku,
    name: body.name,
    price: body.price,
    quantity: body.quantity,
    seat: body.seat,
    course: body.course,
    modifiers: body.modifiers ?? NO_MODIFIERS,
    taxes: body.taxes ?? NO_TAXES,
    note: body.note,
    addedBy: registerOf(op.replica),
    addedAt: op.stamp,
    staff: body.staff,
    at: body.check,
    among: undefined,
    sent: undefined,
    voided: undefined,
  };
}

/** The check on which what belongs to `id` stands now: merges followed to their end. */
export function standing(draft: Draft, id: OpId): OpId {
  let at = id;
  for (let into = draft.checks.get(at)?.mergedInto; into !== undefined; into = draft.checks.get(at)?.mergedInto) {
    at = into;
  }
  return at;
}

/** How a check is called in a sentence. */
export function numberOf(draft: Draft, id: OpId): string {
  return draft.checks.get(id)?.opened?.number ?? "another check";
}
