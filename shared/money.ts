/**
 * Money is an integer of minor units (cents). Rates are basis points. Rounding happens in `mulDiv` and nowhere else; sharing
 * happens in `shareOut` and nowhere else, so parts always sum to the whole.
 */

// Chosen so that price × quantity × lines stays exact: 1e9 × 1e4 × 500 = 5e15 < 2^53.
export const PRICE_MAX = 1_000_000_000; // minor units of one item
export const QUANTITY_MAX = 10_000; // items on one line
export const LINES_MAX = 500; // lines that one check shows without a warning
export const PAYMENT_MAX = 1_000_000_000_000; // minor units of one payment
export const RATE_MAX = 10_000; // basis points: 100 %
export const RATE_PARTS = 100; // a rate may be given to a hundredth of a basis point (8.3125 % is 831.25)

/** `amount × numerator ÷ denominator`, rounded once, half away from zero. Exact for all safe integers. Throws on a zero denominator. */
export function mulDiv(amount: number, numerator: number, denominator: number): number {
  if (denominator === 0) throw new RangeError("Cannot divide money: denominator is 0");
  const product = BigInt(amount) * BigInt(numerator);
  const divisor = BigInt(denominator);
  const negative = product < 0n !== divisor < 0n;
  const [p, d] = [product < 0n ? -product : product, divisor < 0n ? -divisor : divisor];
  const rounded = Number((2n * p + d) / (2n * d));
  return negative && rounded !== 0 ? -rounded : rounded;
}

/**
 * Splits `total` in proportion to `weights` (integers, not negative) by largest remainder: the parts are integers and sum to
 * `total` exactly; ties go to the earlier part. When every weight is 0 the parts are as equal as they can be.
 */
export function shareOut(total: number, weights: readonly number[]): number[] {
  if (weights.length === 0) return [];
  const sum = weights.reduce((a, w) => a + BigInt(w), 0n);
  if (sum === 0n) return shareOut(total, weights.map(() => 1));
  const sign = total < 0 ? -1 : 1;
  const whole = BigInt(Math.abs(total));
  const parts = weights.map((w, index) => {
    const product = whole * BigInt(w);
    return { index, floor: product / sum, remainder: product % sum };
  });
  let left = Number(whole - parts.reduce((a, p) => a + p.floor, 0n));
  const shares = parts.map((p) => Number(p.floor));
  const byRemainder = [...parts].sort((a, b) =>
    a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1
  );
  for (const part of byRemainder) {
    if (left-- <= 0) break;
    shares[part.index]! += 1;
  }
  return shares.map((share) => share === 0 ? 0 : sign * share);
}

/** How an amount is shown: `24.00` for 2400 in a currency of two digits. No symbol: registers show one currency only. */
export function formatMoney(amount: number, digits = 2): string {
  const sign = amount < 0 ? "−" : "";
  const text = String(Math.abs(amount)).padStart(digits + 1, "0");
  return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}
