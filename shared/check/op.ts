/**
 * The ops of a check: what each carries, and its bounds. A body that breaks a bound is refused at the edge and never stored. A body of
 * a kind that this version does not know is kept and passed on, so that registers of two versions can share a log; `fold` says that
 * it has no effect here.
 *
 * What an op creates is named by that op's own id: the check of a `check.open`, the line of a `line.add`, the payment of a
 * `payment.add`. So ids need no further chance and cannot collide.
 */
import { z } from "zod";
import { OpId } from "../ids.ts";
import { Tax, TAXES_MAX } from "../menu.ts";
import { PAYMENT_MAX, PRICE_MAX, QUANTITY_MAX } from "../money.ts";
import type { Op } from "../sync/op.ts";

const LABEL_MAX = 60; // characters of a name, table or reason
const NOTE_MAX = 200; // characters of a note to the kitchen
const GUESTS_MAX = 999;
export const OPAQUE_BODY_MAX = 4_096; // characters of JSON of an op that this version does not know

const label = z.string().trim().min(1).max(LABEL_MAX);
const price = z.number().int().min(0).max(PRICE_MAX);
const quantity = z.number().int().min(1).max(QUANTITY_MAX);
const money = z.number().int().min(0).max(PAYMENT_MAX);

/** `B12`: the twelfth check opened on the register lettered B. */
export const CheckNumber = z.string().regex(/^[A-Z]{1,3}[1-9][0-9]{0,6}$/);

export const TENDERS = ["cash", "card", "other"] as const;
export type Tender = (typeof TENDERS)[number];

/** Facts of a check that a person sets; the latest by stamp stands, field by field. */
const checkFields = {
  name: label.optional(),
  table: label.optional(),
  guests: z.number().int().min(1).max(GUESTS_MAX).optional(),
};
const inCheck = { check: OpId, staff: label.optional() };

export const CheckOpen = z.strictObject({
  kind: z.literal("check.open"),
  number: CheckNumber,
  staff: label.optional(),
  ...checkFields,
});
export const CheckEdit = z.strictObject({ kind: z.literal("check.edit"), ...inCheck, ...checkFields });
export const CheckClose = z.strictObject({
  kind: z.literal("check.close"),
  ...inCheck,
  total: money, // what the closer saw: a later look tells whether something came in between
});
export const LineAdd = z.strictObject({
  kind: z.literal("line.add"),
  ...inCheck,
  sku: z.string().trim().min(1).max(40).optional(),
  name: label,
  price,
  quantity,
  taxes: z.array(Tax).max(TAXES_MAX).optional(),
  note: z.string().trim().min(1).max(NOTE_MAX).optional(),
});
export const LineEdit = z.strictObject({
  kind: z.literal("line.edit"),
  ...inCheck,
  line: OpId,
  price: price.optional(),
  quantity: quantity.optional(),
  note: z.string().trim().max(NOTE_MAX).optional(), // empty: no note any more
});
export const LineVoid = z.strictObject({ kind: z.literal("line.void"), ...inCheck, line: OpId, reason: label });
export const PaymentAdd = z.strictObject({
  kind: z.literal("payment.add"),
  ...inCheck,
  tender: z.enum(TENDERS),
  amount: money.min(1), // what it pays of the check, without tip
  tip: money.optional(),
  tendered: money.optional(), // cash handed over; change is what exceeds amount and tip
  reference: label.optional(),
});

export const KnownBody = z.discriminatedUnion("kind", [
  CheckOpen,
  CheckEdit,
  CheckClose,
  LineAdd,
  LineEdit,
  LineVoid,
  PaymentAdd,
]);
export type KnownBody = z.infer<typeof KnownBody>;

const KNOWN_KINDS: readonly string[] = KnownBody.options.map((option) => option.shape.kind.value);

/** A body of a later version: carried, not understood. */
export const OpaqueBody = z.looseObject({ kind: z.string().regex(/^[a-z]+(\.[a-z]+){1,2}$/).max(40) })
  .refine((body) => !KNOWN_KINDS.includes(body.kind), { message: "not a valid body of its kind" })
  .refine((body) => JSON.stringify(body).length <= OPAQUE_BODY_MAX, { message: "too large" });
export type OpaqueBody = z.infer<typeof OpaqueBody>;

export type CheckBody = KnownBody | OpaqueBody;
export type CheckOp = Op<CheckBody>;

/** Parses a body at the edge: strict for the kinds we know, opaque for the others. */
export const CheckBody: z.ZodType<CheckBody> = z.unknown().transform((value, context) => {
  const kind = (value as { kind?: unknown } | null)?.kind;
  const schema = typeof kind === "string" && KNOWN_KINDS.includes(kind) ? KnownBody : OpaqueBody;
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data as CheckBody;
  for (const issue of parsed.error.issues) {
    context.addIssue({ code: "custom", path: issue.path, message: issue.message });
  }
  return z.NEVER;
});

/** The check that an op speaks of; undefined for one that is not understood and names none. */
export function checkOf(op: CheckOp, id: OpId): OpId | undefined {
  if (op.body.kind === "check.open") return id;
  const check = (op.body as { check?: unknown }).check;
  return typeof check === "string" ? check : undefined;
}

export function isKnown(body: CheckBody): body is KnownBody {
  return KNOWN_KINDS.includes(body.kind);
}
