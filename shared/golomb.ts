/**
 * Counts as bits, for many that are small: exponential Golomb codes. In order k, as many zeros as the count plus 2^k has bits beyond
 * k + 1, then that sum. A count of 0 takes one bit in order 0; a higher order spends a bit more on the small and fewer on the large.
 * The last byte is filled up with zeros, which begin no count that ends: so the end needs no mark.
 */

export const GOLOMB_ORDERS = 8;
export const GOLOMB_COUNT_MAX = 2 ** 12; // exclusive; larger ones are few, and gain nothing

const CODE_MAX_BITS = 25; // of the largest count in order 0; with the 7 before it in its byte that is 32, which shifts can hold

/** How many bytes `pushGolomb` appends. */
export function golombLength(counts: readonly number[], order: number): number {
  let bits = 0;
  for (const count of counts) bits += lengthOf(count + 2 ** order, order);
  return Math.ceil(bits / 8);
}

/** Appends the counts, each a whole number below GOLOMB_COUNT_MAX, in an order below GOLOMB_ORDERS. */
export function pushGolomb(bytes: number[], counts: readonly number[], order: number): void {
  let [word, held] = [0, 0]; // the last `held` bits of the word are still to be appended
  for (const count of counts) {
    const sum = count + 2 ** order;
    const length = lengthOf(sum, order);
    word = word << length | sum;
    for (held += length; held >= 8; held -= 8) bytes.push(word >>> held - 8 & 255);
  }
  if (held > 0) bytes.push(word << 8 - held & 255);
}

/** The opposite, from byte `from` to the end, appended to `counts`. Throws on bytes that `pushGolomb` cannot have appended. */
export function readGolomb(bytes: Uint8Array, from: number, order: number, counts: number[]): void {
  const end = bytes.length * 8;
  for (let at = from * 8; at < end;) {
    const i = at >> 3;
    const word = (bytes[i]! << 24 | bytes[i + 1]! << 16 | bytes[i + 2]! << 8 | bytes[i + 3]!) << (at & 7);
    const zeros = Math.clz32(word);
    if (zeros >= end - at && end - at < 8) return; // what fills up the last byte
    const length = 2 * zeros + order + 1;
    if (at + length > end) throw new Error("Cannot read counts: they are cut short");
    if (length > CODE_MAX_BITS) throw new Error("Cannot read counts: one is too large");
    counts.push((word >>> 32 - length) - 2 ** order);
    at += length;
  }
}

/** The bits that the code of a count takes, which is told by the sum of count and 2^order. */
function lengthOf(sum: number, order: number): number {
  return 2 * (32 - Math.clz32(sum)) - order - 1;
}
