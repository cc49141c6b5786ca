/**
 * Counts as bits, for many that are small: exponential Golomb codes. In order k, as many zeros as the count plus 2^k has bits beyond
 * k + 1, then that sum. A count of 0 takes one bit in order 0; a higher order spends a bit more on the small and fewer on the large.
 * The last byte is filled up with zeros, which begin no count that ends: so the end needs no mark.
 */

export const GOLOMB_COUNT_MAX = 2 ** 24; // a shift takes 32 bits; a day has 17,280 samples
export const GOLOMB_ORDERS = 8;

const BITS_MAX = 25; // that GOLOMB_COUNT_MAX takes, with 2^k added to it

/** How many bytes `pushGolomb` appends. */
export function golombLength(counts: readonly number[], order: number): number {
  return Math.ceil(counts.reduce((bits, count) => bits + 2 * bitsOf(count + 2 ** order) - order - 1, 0) / 8);
}

/** Appends the counts, each a whole number below GOLOMB_COUNT_MAX, in an order below GOLOMB_ORDERS. */
export function pushGolomb(bytes: number[], counts: readonly number[], order: number): void {
  let [byte, free] = [0, 8];
  for (const count of counts) {
    const sum = count + 2 ** order;
    for (let bit = 2 * bitsOf(sum) - order - 2; bit >= 0; bit--) { // the zeros before it are its own high bits
      byte |= (bit < 32 ? sum >>> bit & 1 : 0) << --free;
      if (free === 0) {
        bytes.push(byte);
        [byte, free] = [0, 8];
      }
    }
  }
  if (free < 8) bytes.push(byte);
}

/** The opposite, from byte `from` to the end. Throws on bytes that `pushGolomb` cannot have appended. */
export function readGolomb(bytes: Uint8Array, from: number, order: number): number[] {
  const counts: number[] = [];
  const end = bytes.length * 8;
  const bitAt = (at: number) => bytes[at >> 3]! >> (7 - (at & 7)) & 1;
  for (let at = from * 8; at < end;) {
    const began = at;
    while (at < end && bitAt(at) === 0) at++;
    if (at === end && at - began < 8) break; // what fills up the last byte
    const bits = at - began + order + 1;
    if (bits > BITS_MAX) throw new Error("Cannot read counts: one is too large");
    if (at + bits > end) throw new Error("Cannot read counts: they are cut short");
    let sum = 0;
    for (const until = at + bits; at < until; at++) sum = sum * 2 + bitAt(at);
    counts.push(sum - 2 ** order);
  }
  return counts;
}

function bitsOf(value: number): number {
  return 32 - Math.clz32(value);
}
