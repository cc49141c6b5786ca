/**
 * The ops of a check: what each carries, and its bounds. A body that breaks a bound is refused at the edge and never stored. A body of
 * a kind that this version does not know is kept and passed on, so that registers of two versions can share a log; `fold` says that
 * it has no effect here.
 *
 * What an op creates is named by that op's own id: the check of a `check.open`, the line of a `line.add`, the payment of a
 * `payment.add`, the discount of a `discount.add`. So ids need no further chance and cannot collide.
 */
import { z } from "zod";
import { OpId } from "../ids.ts";
import { MODIFIERS_MAX, Tax, TAXES_MAX } from "../menu.ts";
import { PAYMENT_MAX, PRICE_MAX, QUANTITY_MAX, RATE_MAX } from "../money.ts";
import type { Op } from "../sync/op.ts";

const LABEL_MAX = 60; // characters of a name, table or reason
const NOTE_MAX = 200; // characters of a note to the kitchen
const GUESTS_MAX = 999;
const SEAT_MAX = 99;
const COURSE_MAX = 9;
const TOGETHER_MAX = 200; // lines moved or sent with one tap
const AMONG_MAX = 50; // checks that one line is divided among
const PARTS_MAX = 1_000; // parts that one check takes of a divided line
export const ANSWERS_MAX = 50; // closings that one reopening answers: one for each register, and again
export const OPAQUE_BODY_MAX = 4_096; // characters of JSON of an op that this version does not know

const label = z.string().trim().min(1).max(LABEL_MAX);
const labelOrNone = z.string().trim().max(LABEL_MAX); // empty: none any more
const price = z.number().int().min(0).max(PRICE_MAX);
const quantity = z.number().int().min(1).max(QUANTITY_MAX);
const money = z.number().int().min(0).max(PAYMENT_MAX);
const seat = z.number().int().min(0).max(SEAT_MAX); // 0: for the table
const course = z.number().int().min(0).max(COURSE_MAX); // 0: as it comes
const lines = z.array(OpId).min(1).max(TOGETHER_MAX);

/** `B12`: the twelfth check opened on the register lettered B. */
export const CheckNumber = z.string().regex(/^[A-Z]{1,3}[1-9][0-9]{0,6}$/);

export const TENDERS = ["cash", "card", "other"] as const;
export type Tender = (typeof TENDERS)[number];

/** What a guest wants otherwise, and what it adds to the price of one item. */
export const Modifier = z.strictObject({ name: label, price });
export type Modifier = z.infer<typeof Modifier>;

/** Facts of a check that a person sets; the latest by stamp stands, field by field. */
const checkFields = {
  name: labelOrNone.optional(),
  table: labelOrNone.optional(),
  guests: z.number().int().min(1).max(GUESTS_MAX).optional(),
};
const staff = { staff: label.optional() };
const inCheck = { check: OpId, ...staff };
const allowed = { allowedBy: label.optional() }; // the manager whose PIN allowed this one act; absent: none was needed

export const CheckOpen = z.strictObject({
  kind: z.literal("check.open"),
  number: CheckNumber,
  owner: label.optional(),
  ...staff,
  ...checkFields,
});
export const CheckEdit = z.strictObject({ kind: z.literal("check.edit"), ...inCheck, ...checkFields });
export const CheckTransfer = z.strictObject({
  kind: z.literal("check.transfer"),
  ...inCheck,
  ...allowed,
  owner: label,
});
export const CheckMerge = z.strictObject({ kind: z.literal("check.merge"), ...inCheck, into: OpId });
export const CheckVoid = z.strictObject({
  kind: z.literal("check.void"),
  ...inCheck,
  ...allowed,
  reason: label,
  total: money, // what the person saw: a later look tells whether something came in between
});
export const CheckClose = z.strictObject({ kind: z.literal("check.close"), ...inCheck, total: money });
export const CheckReopen = z.strictObject({
  kind: z.literal("check.reopen"),
  ...inCheck,
  ...allowed,
  reason: label.optional(),
  after: z.array(OpId).min(1).max(ANSWERS_MAX).optional(), // the closings and voids it answers, and no others; absent: all before it
});

export const LineAdd = z.strictObject({
  kind: z.literal("line.add"),
  ...inCheck,
  sku: z.string().trim().min(1).max(40).optional(),
  name: label,
  price,
  quantity,
  seat: seat.optional(),
  course: course.optional(),
  modifiers: z.array(Modifier).max(MODIFIERS_MAX).optional(),
  taxes: z.array(Tax).max(TAXES_MAX).optional(),
  note: z.string().trim().min(1).max(NOTE_MAX).optional(),
});
export const LineEdit = z.strictObject({
  kind: z.literal("line.edit"),
  ...inCheck,
  line: OpId,
  price: price.optional(),
  quantity: quantity.optional(),
  seat: seat.optional(),
  course: course.optional(),
  note: z.string().trim().max(NOTE_MAX).optional(), // empty: no note any more
});
export const LineVoid = z.strictObject({
  kind: z.literal("line.void"),
  ...inCheck,
  ...allowed,
  line: OpId,
  reason: label,
});
export const LineSend = z.strictObject({ kind: z.literal("line.send"), ...inCheck, lines });
export const LineMove = z.strictObject({ kind: z.literal("line.move"), ...inCheck, lines, to: OpId });
export const LineDivide = z.strictObject({
  kind: z.literal("line.divide"),
  ...inCheck,
  line: OpId,
  among: z.array(z.strictObject({ check: OpId, parts: z.number().int().min(1).max(PARTS_MAX) })).min(2).max(AMONG_MAX),
});

/** On the check, or on one line of it; by hundredths of a percent, or by an amount. */
export const DiscountAdd = z.strictObject({
  kind: z.literal("discount.add"),
  ...inCheck,
  ...allowed,
  line: OpId.optional(),
  percent: z.number().int().min(1).max(RATE_MAX).optional(), // basis points
  amount: money.min(1).optional(),
  reason: label,
}).refine((body) => (body.percent === undefined) !== (body.amount === undefined), {
  message: "either percent or amount",
});
export const DiscountRemove = z.strictObject({ kind: z.literal("discount.remove"), ...inCheck, discount: OpId });

export const PaymentAdd = z.strictObject({
  kind: z.literal("payment.add"),
  ...inCheck,
  tender: z.enum(TENDERS),
  amount: money.min(1), // what it pays of the check, without tip
  tip: money.optional(),
  tendered: money.optional(), // cash handed over; change is what exceeds amount and tip
  reference: label.optional(),
});
export const PaymentVoid = z.strictObject({
  kind: z.literal("payment.void"),
  ...inCheck,
  ...allowed,
  payment: OpId,
  reason: label,
});
export const PaymentRefund = z.strictObject({
  kind: z.literal("payment.refund"),
  ...inCheck,
  ...allowed,
  payment: OpId,
  amount: money.min(1),
  reason: label,
});

export const ShiftOpen = z.strictObject({ kind: z.literal("shift.open"), ...staff, float: money.optional() });
export const ShiftClose = z.strictObject({
  kind: z.literal("shift.close"),
  ...staff,
  counted: money.optional(), // cash found in the drawer
  despite: label.optional(), // the manager who closed it although changes were on this register only
});

export const KnownBody = z.discriminatedUnion("kind", [
  CheckOpen,
  CheckEdit,
  CheckTransfer,
  CheckMerge,
  CheckVoid,
  CheckClose,
  CheckReopen,
  LineAdd,
  LineEdit,
  LineVoid,
  LineSend,
  LineMove,
  LineDivide,
  DiscountAdd,
  DiscountRemove,
  PaymentAdd,
  PaymentVoid,
  PaymentRefund,
  ShiftOpen,
  ShiftClose,
]);
export type KnownBody = z.infer<typeof KnownBody>;
export type BodyOf<Kind extends KnownBody["kind"]> = Extract<KnownBody, { kind: Kind }>;

const KNOWN_KINDS: ReadonlySet<string> = new Set(KnownBody.options.map((option) => option.shape.kind.value));

/** A body of a later version: carried, not understood. */
export const OpaqueBody = z.looseObject({ kind: z.string().regex(/^[a-z]+(\.[a-z]+){1,2}$/).max(40) })
  .refine((body) => !KNOWN_KINDS.has(body.kind), { message: "not a valid body of its kind" })
  .refine((body) => JSON.stringify(body).length <= OPAQUE_BODY_MAX, { message: "too large" });
export type OpaqueBody = z.infer<typeof OpaqueBody>;

export type CheckBody = KnownBody | OpaqueBody;
export type CheckOp = Op<CheckBody>;

/** Parses a body at the edge: strict for the kinds we know, opaque for the others. */
export const CheckBody: z.ZodType<CheckBody> = z.unknown().transform((value, context) => {
  const kind = (value as { kind?: unknown } | null)?.kind;
  const schema = typeof kind === "string" && KNOWN_KINDS.has(kind) ? KnownBody : OpaqueBody;
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data as CheckBody;
  for (const issue of parsed.error.issues) {
    context.addIssue({ code: "custom", path: issue.path, message: issue.message });
  }
  return z.NEVER;
});

/** The body that a value is, undefined for none. */
export function parseBody(value: unknown): CheckBody | undefined {
  const parsed = CheckBody.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}

export function isKnown(body: CheckBody): body is KnownBody {
  return KNOWN_KINDS.has(body.kind);
}

/** The check that an op is about first; undefined for one that names none (a shift, or an op that is not understood). */
export function checkOf(op: CheckOp, id: OpId): OpId | undefined {
  if (op.body.kind === "check.open") return id;
  const check = (op.body as { check?: unknown }).check;
  return typeof check === "string" ? check : undefined;
}

/** Every check that an op ties together: their money can only be told as one. */
export function checksOf(op: CheckOp, id: OpId): OpId[] {
  const first = checkOf(op, id);
  if (first === undefined) return [];
  if (!isKnown(op.body)) return [first];
  switch (op.body.kind) {
    case "check.merge":
      return [first, op.body.into];
    case "line.move":
      return [first, op.body.to];
    case "line.divide":
      return [first, ...op.body.among.map(({ check }) => check)];
    default:
      return [first];
  }
}
