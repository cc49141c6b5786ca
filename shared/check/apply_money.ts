/** What ops do to discounts and payments. A payment is never removed: a void or a refund is an op of its own. */
import type { OpId, RegisterId } from "../ids.ts";
import type { Stamp } from "../sync/hlc.ts";
import { type Cover, type Draft, type NoEffect, standing } from "./draft.ts";
import type { BodyOf } from "./op.ts";

const NOT_HERE = "the payment is not here yet";

/**
 * A discount on the check covers the lines that stand there when it is given and those ordered there later, and goes where they go; of
 * a divided line it covers this check's share. So a check that is split later is split with its discount.
 */
export function applyDiscount(draft: Draft, id: OpId, { check, line: lineId }: BodyOf<"discount.add">): NoEffect {
  const discount = draft.discounts.get(id)!;
  const here = standing(draft, check);
  if (lineId !== undefined) {
    if (!draft.lines.has(lineId)) return "the line is not here yet";
    discount.covers = [{ line: lineId }];
    return undefined;
  }
  const covers: Cover[] = [];
  for (const line of draft.lines.values()) {
    if (!line.among) {
      if (standing(draft, line.at) === here) covers.push({ line: line.id });
      continue;
    }
    for (const share of line.among) {
      if (standing(draft, share.check) === here) covers.push({ line: line.id, check: share.check });
    }
  }
  discount.covers = covers;
  return undefined;
}

export function applyDiscountRemove(draft: Draft, body: BodyOf<"discount.remove">): NoEffect {
  const discount = draft.discounts.get(body.discount);
  if (!discount) return "the discount is not here yet";
  if (discount.removed) return "the discount was removed already";
  discount.removed = true;
  return undefined;
}

export function applyPaymentVoid(draft: Draft, id: OpId, body: BodyOf<"payment.void">, by: RegisterId): NoEffect {
  const payment = draft.payments.get(body.payment);
  if (!payment) return NOT_HERE;
  if (draft.paymentVoids.get(body.payment) !== id) return "the payment was voided already";
  payment.voided = { reason: body.reason, by };
  return undefined;
}

/** Money that was handed back was handed back, even twice, or for a payment that does not count: what is then due is for a person to settle. */
export function applyRefund(
  draft: Draft,
  body: BodyOf<"payment.refund">,
  from: { readonly at: Stamp; readonly by: RegisterId },
): NoEffect {
  const payment = draft.payments.get(body.payment);
  if (!payment) return NOT_HERE;
  payment.refunded += body.amount;
  payment.refunds.push({ amount: body.amount, ...from });
  return undefined;
}
