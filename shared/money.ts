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
  const [whole, part] = divide(Math.abs(amount), Math.abs(numerator), Math.abs(denominator));
  const rounded = 2 * part >= Math.abs(denominator) ? whole + 1 : whole;
  const negative = (amount < 0) !== (numerator < 0) !== (denominator < 0);
  return negative && rounded !== 0 ? -rounded : rounded;
}

/**
 * Splits `total` in proportion to `weights` (integers, not negative) by largest remainder: the parts are integers and sum to
 * `total` exactly; ties go to the earlier part. When every weight is 0 the parts are as equal as they can be.
 */
export function shareOut(total: number, weights: readonly number[]): number[] {
  if (weights.length < 2) return weights.map(() => total);
  const sum = weights.reduce((a, w) => a + w, 0);
  if (sum === 0) return shareOut(total, weights.map(() => 1));
  const whole = Math.abs(total);
  const shares: number[] = [];
  const remainders: number[] = [];
  let left = whole;
  for (const weight of weights) {
    const [share, remainder] = divide(whole, weight, sum);
    shares.push(share);
    remainders.push(remainder);
    left -= share;
  }
  if (left > 0) {
    const byRemainder = weights.map((_, i) => i).sort((a, b) => remainders[b]! - remainders[a]! || a - b);
    for (const i of byRemainder.slice(0, left)) shares[i]! += 1;
  }
  return total < 0 ? shares.map((share) => share === 0 ? 0 : -share) : shares;
}

/** Quotient and remainder of `a × b ÷ c`, none of them negative: in plain numbers where the product is exact, else in big ones. */
function divide(a: number, b: number, c: number): [quotient: number, remainder: number] {
  const product = a * b;
  if (product <= Number.MAX_SAFE_INTEGER) {
    const remainder = product % c;
    return [(product - remainder) / c, remainder];
  }
  const big = BigInt(a) * BigInt(b);
  return [Number(big / BigInt(c)), Number(big % BigInt(c))];
}

/** How an amount is shown: `24.00` for 2400 in a currency of two digits. No symbol: registers show one currency only. */
export function formatMoney(amount: number, digits = 2): string {
  const sign = amount < 0 ? "−" : "";
  const text = String(Math.abs(amount)).padStart(digits + 1, "0");
  return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}
