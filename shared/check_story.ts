/**
 * A check with its whole story, as `GET /api/checks/{id}` answers: the shape of the fold's `Check`, for those who read it from outside.
 * That the two are one shape is held by the type below: a field more or less in `Check` is a type error here.
 */
import { z } from "zod";
import type { Check } from "./check/check.ts";
import { CheckBody, TENDERS } from "./check/op.ts";
import { OpId, RegisterId, ReplicaId } from "./ids.ts";
import { Tax } from "./menu.ts";
import { Stamp } from "./sync/hlc.ts";

const money = () => z.number().int().describe("Minor units");

const Line = z.object({
  id: OpId,
  sku: z.string().optional(),
  name: z.string(),
  price: money(),
  quantity: z.number().int(),
  taxes: z.array(Tax),
  note: z.string().optional(),
  addedBy: RegisterId,
  voided: z.object({ reason: z.string(), by: RegisterId }).optional(),
});

const Payment = z.object({
  id: OpId,
  tender: z.enum(TENDERS),
  amount: money().describe("What it pays of the check, without tip; minor units"),
  tip: money(),
  tendered: money().optional().describe("Cash handed over; minor units"),
  reference: z.string().optional(),
  by: RegisterId,
  at: Stamp,
});

const Flag = z.discriminatedUnion("code", [
  z.object({ code: z.literal("paid-twice"), amount: money(), payments: z.array(OpId) }),
  z.object({ code: z.literal("overpaid"), amount: money() }),
  z.object({ code: z.literal("due-after-close"), amount: money() }),
  z.object({ code: z.literal("line-after-payment"), amount: money(), lines: z.array(OpId) }),
]);

const Totals = z.object({
  subtotal: money().describe("Prices times quantities, inclusive tax inside; minor units"),
  taxes: z.array(Tax.extend({ amount: money() })),
  total: money().describe("What the guest owes; minor units"),
  lines: z.array(money()).describe("Each standing line's share of the total, in their order"),
});

const Entry = z.object({
  id: OpId,
  op: z.object({ replica: ReplicaId, seq: z.number().int(), stamp: Stamp, body: CheckBody }),
  noEffect: z.string().optional().describe("Why it changed nothing; absent when it did"),
});

export const CheckStory = z.object({
  id: OpId,
  state: z.enum(["awaited", "open", "closed"]).describe("awaited: ops of it are here, but not its opening"),
  number: z.string().describe("“B12”; “?” while awaited"),
  name: z.string().optional(),
  table: z.string().optional(),
  guests: z.number().int().optional(),
  openedBy: RegisterId.optional(),
  openedAt: Stamp.optional(),
  changedAt: Stamp,
  closedAt: Stamp.optional(),
  closedBy: RegisterId.optional(),
  lines: z.array(Line).describe("In the order they were added, voided ones too"),
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
