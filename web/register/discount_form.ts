/** What a filled-in discount means, or what is to be looked at again. */
import { formatMoney, RATE_MAX } from "../../shared/money.ts";
import { parseAmount } from "./amount.ts";

export const PERCENTS = [10, 20, 50, 100]; // what is given most, one tap each
export const DISCOUNT_REASONS = ["Regular guest", "Staff", "Making good", "On the house"];

export interface DiscountForm {
  readonly kind: "percent" | "amount";
  readonly value: string;
}

export type DiscountReading =
  | { readonly ok: true; readonly percent: number; readonly part: { percent: number } | { amount: number } }
  | { readonly ok: false; readonly message: string };

/** `of`: what the discount is taken from. `percent` is what it comes to, for what a role may give. */
export function readDiscount({ kind, value }: DiscountForm, of: number, digits: number): DiscountReading {
  if (kind === "percent") {
    const points = parseAmount(value.replace(/\s*%$/, ""), 2); // 12.5 % is 1250
    if (points === undefined || points === 0 || points > RATE_MAX) {
      return { ok: false, message: "Write a part from 1 to 100." };
    }
    return { ok: true, percent: points / 100, part: { percent: points } };
  }
  const amount = parseAmount(value, digits);
  if (amount === undefined || amount === 0) {
    return { ok: false, message: `Write an amount, such as ${formatMoney(500, digits)}.` };
  }
  if (amount > of) return { ok: false, message: `There is ${formatMoney(of, digits)} to take it from, not more.` };
  return { ok: true, percent: (amount / of) * 100, part: { amount } };
}
