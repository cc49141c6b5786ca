/**
 * A check with its whole story, as `GET /api/checks/{id}` answers: the shape of the fold's `Check`, for those who read it from outside.
 * That the two are one shape is held by the type below: a field more or less in `Check` is a type error here.
 */
import { z } from "zod";
import type { Check } from "./check/check.ts";
import { CheckBody, Modifier, TENDERS } from "./check/op.ts";
import { OpId, RegisterId, ReplicaId } from "./ids.ts";
import { Tax } from "./menu.ts";
import { Stamp } from "./sync/hlc.ts";

const money = () => z.number().int().describe("Minor units");

const who = { by: RegisterId };

const Amounts = z.object({
  gross: money().describe("Price and modifiers, times quantity; minor units"),
  discount: money(),
  tax: money().describe("Tax on top of the price; minor units"),
  total: money().describe("gross − discount + tax; minor units"),
});

const Line = z.object({
  id: OpId,
  sku: z.string().optional(),
  name: z.string(),
  price: money().describe("Of one, without modifiers; minor units"),
  quantity: z.number().int(),
  seat: z.number().int().optional(),
  course: z.number().int().optional(),
  modifiers: z.array(Modifier),
  taxes: z.array(Tax),
  note: z.string().optional(),
  addedBy: RegisterId,
  addedAt: Stamp,
  staff: z.string().optional(),
  sent: z.object({ at: Stamp, ...who }).optional().describe("Sent to the kitchen"),
  voided: z.object({ reason: z.string(), ...who }).optional(),
  share: z.object({ parts: z.number().int(), of: z.number().int() }).optional().describe("Absent: the whole line"),
  amounts: Amounts.describe("Of this check's share; all 0 when voided"),
});

const Discount = z.object({
  id: OpId,
  line: OpId.optional().describe("Absent: on the check"),
  percent: z.number().int().optional().describe("Basis points"),
  amount: money().optional(),
  reason: z.string(),
  ...who,
  staff: z.string().optional(),
  removed: z.boolean(),
});

const Payment = z.object({
  id: OpId,
  tender: z.enum(TENDERS),
  amount: money().describe("What it pays of the check, without tip; minor units"),
  tip: money(),
  tendered: money().optional().describe("Cash handed over; minor units"),
  reference: z.string().optional(),
  ...who,
  at: Stamp,
  staff: z.string().optional(),
  refunded: money().describe("Handed back so far; minor units"),
  refunds: z.array(z.object({ amount: money(), ...who, at: Stamp })).describe("What `refunded` sums; by: whose drawer"),
  voided: z.object({ reason: z.string(), ...who }).optional(),
});

const Flag = z.discriminatedUnion("code", [
  z.object({ code: z.literal("paid-twice"), amount: money(), payments: z.array(OpId) }),
  z.object({ code: z.literal("overpaid"), amount: money() }),
  z.object({ code: z.literal("due-after-close"), amount: money() }),
  z.object({ code: z.literal("payment-on-void"), amount: money(), payments: z.array(OpId) }),
  z.object({ code: z.literal("line-after-payment"), amount: money(), lines: z.array(OpId) }),
]);

const Totals = Amounts.extend({
  subtotal: money().describe("The same as gross; minor units"),
  taxes: z.array(Tax.extend({ amount: money() })),
});

const Entry = z.object({
  id: OpId,
  op: z.object({ replica: ReplicaId, seq: z.number().int(), stamp: Stamp, body: CheckBody }),
  noEffect: z.string().optional().describe("Why it changed nothing; absent when it did"),
});

export const CheckStory = z.object({
  id: OpId,
  state: z.enum(["awaited", "open", "closed", "void", "merged"])
    .describe("awaited: ops of it are here, but not its opening; merged: all of it is on another check"),
  mergedInto: OpId.optional(),
  number: z.string().describe("“B12”; “?” while awaited"),
  name: z.string().optional(),
  table: z.string().optional(),
  guests: z.number().int().optional(),
  owner: z.string().optional().describe("Staff"),
  openedBy: RegisterId.optional(),
  openedAt: Stamp.optional(),
  changedAt: Stamp,
  closedAt: Stamp.optional(),
  closedBy: RegisterId.optional(),
  voidReason: z.string().optional(),
  lines: z.array(Line).describe("In the order they were added, voided ones too"),
  discounts: z.array(Discount),
  payments: z.array(Payment),
  totals: Totals,
  paid: money(),
  tips: money(),
  due: money().describe("Negative when over-paid; minor units"),
  flags: z.array(Flag).describe("What cannot be right and a person must settle"),
  story: z.array(Entry).describe("Every op, in the order in which they take effect"),
});

type Frozen<T> = { readonly [K in keyof T]: Frozen<T[K]> };
type Same<A, B> = [A] extends [B] ? [B] extends [A] ? true : false : false;
true satisfies Same<Frozen<z.infer<typeof CheckStory>>, Frozen<Check>>;
