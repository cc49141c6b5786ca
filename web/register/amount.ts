/** Amounts as people type them, what cash is likely handed over, and what goes back. All amounts are minor units. */
import { PAYMENT_MAX } from "../../shared/money.ts";

const UNIT_STEPS = [1, 5, 10, 20, 50, 100]; // whole units that notes come in, in most currencies
const QUICK_MAX = 4; // as many as fit in a row under a thumb

/** `24`, `24.5` or `24,50` as 2400, 2450 and 2450 in a currency of two digits; undefined for what is not an amount. */
export function parseAmount(typed: string, digits: number): number | undefined {
  const found = /^([0-9]*)(?:[.,]([0-9]*))?$/.exec(typed.trim());
  const [whole, part] = [found?.[1] ?? "", found?.[2] ?? ""];
  if (!found || (whole === "" && part === "") || part.length > digits) return undefined;
  const amount = Number(`${whole}${part.padEnd(digits, "0")}`);
  return Number.isSafeInteger(amount) && amount <= PAYMENT_MAX ? amount : undefined;
}

/** What goes back to the guest; undefined while too little was handed over. */
export function changeDue(tendered: number, amount: number, tip: number): number | undefined {
  const change = tendered - amount - tip;
  return change < 0 ? undefined : change;
}

/** What a guest may hand over for `owed`: exactly that, then the next round sums, each once, rising. */
export function quickAmounts(owed: number, digits: number): number[] {
  if (owed <= 0) return [];
  const unit = 10 ** digits;
  const rounds = UNIT_STEPS.map((step) => Math.ceil(owed / (step * unit)) * step * unit);
  return [...new Set([owed, ...rounds])].sort((a, b) => a - b).slice(0, QUICK_MAX);
}
