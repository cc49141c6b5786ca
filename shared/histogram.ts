/**
 * A histogram of round-trip times that can be added to another, so that the 95th percentile of a day is the day's and not a mean of
 * its minutes'. Four buckets to each doubling: a quantile read back is within 9.1 % of the value that was put in.
 *
 * Stored in the shortest of three ways. Two are of varints, so that no count is too large: in a row, the first bucket used plus ROW and
 * then the count of each from there on; or as pairs, (buckets skipped, count). The third is the row in bits: PACKED plus the order of the
 * codes, the first bucket used, and the codes. One value takes two bytes as a pair, a minute of samples some seven in bits.
 */
import { GOLOMB_COUNT_MAX, GOLOMB_ORDERS, golombLength, pushGolomb, readGolomb } from "./golomb.ts";

/** Counts by bucket; buckets after the last one used are not there. */
export type Histogram = readonly number[];

const FLOOR_MS = 1 / 16; // the first bucket holds all that is faster; no network is
const BUCKETS_PER_DOUBLING = 4;
const BUCKETS = 96; // the last begins at 0.0625 ms × 2^(95/4), about 14 minutes: no heartbeat waits so long

const ROW = 128; // no pair begins so: fewer buckets can be skipped
const PACKED = ROW + BUCKETS; // no row begins so; plus GOLOMB_ORDERS it still is a byte

/** How far a quantile may be from the true value, as a factor either way, above FLOOR_MS. */
export const HISTOGRAM_ERROR_FACTOR = 2 ** (1 / (2 * BUCKETS_PER_DOUBLING));

export const EMPTY_HISTOGRAM: Histogram = [];

/** The histogram of one value, in milliseconds. */
export function histogramOf(ms: number): Histogram {
  const counts = new Array<number>(bucketOf(ms) + 1).fill(0);
  counts[counts.length - 1] = 1;
  return counts;
}

export function mergeHistograms(a: Histogram, b: Histogram): Histogram {
  const [long, short] = a.length >= b.length ? [a, b] : [b, a];
  return long.map((count, bucket) => count + (short[bucket] ?? 0));
}

/** How many values it holds. */
export function histogramCount(histogram: Histogram): number {
  return histogram.reduce((sum, count) => sum + count, 0);
}

/** The value, in milliseconds, that a share `q` (0 to 1) of all values does not exceed; undefined when there are none. */
export function quantile(histogram: Histogram, q: number): number | undefined {
  const rank = Math.max(1, Math.ceil(q * histogramCount(histogram)));
  let seen = 0;
  for (const [bucket, count] of histogram.entries()) {
    seen += count;
    if (seen >= rank) return middleOf(bucket);
  }
  return undefined;
}

export function encodeHistogram(histogram: Histogram): Uint8Array<ArrayBuffer> {
  const ways = [asPairs(histogram), asRow(histogram), asPacked(histogram)];
  return Uint8Array.from(ways.reduce((shortest, way) => way.length < shortest.length ? way : shortest));
}

function asRow(histogram: Histogram): number[] {
  const first = histogram.findIndex((count) => count > 0);
  const bytes = [ROW + first];
  for (const count of histogram.slice(Math.max(0, first))) pushVarint(bytes, count);
  return bytes;
}

/** In the order of codes that takes least; too large a count for a code goes in a row. */
function asPacked(histogram: Histogram): number[] {
  if (histogram.some((count) => count >= GOLOMB_COUNT_MAX)) return asRow(histogram);
  const first = Math.max(0, histogram.findIndex((count) => count > 0));
  const counts = histogram.slice(first);
  let order = 0;
  for (let least = golombLength(counts, 0); order < GOLOMB_ORDERS - 1; order++) {
    const next = golombLength(counts, order + 1);
    if (next > least) break;
    least = next;
  }
  const bytes = [PACKED + order, first];
  pushGolomb(bytes, counts, order);
  return bytes;
}

function asPairs(histogram: Histogram): number[] {
  const bytes: number[] = [];
  let next = 0;
  for (const [bucket, count] of histogram.entries()) {
    if (count === 0) continue;
    pushVarint(bytes, bucket - next);
    pushVarint(bytes, count);
    next = bucket + 1;
  }
  return bytes;
}

/** The opposite of `encodeHistogram`. Throws on bytes that it cannot have made. */
export function decodeHistogram(bytes: Uint8Array): Histogram {
  const lead = bytes[0] ?? 0;
  if (lead >= PACKED) return decodePacked(bytes);
  if (lead >= ROW) return decodeRow(bytes);
  const counts: number[] = [];
  for (let at = 0; at < bytes.length;) {
    const skipped = readVarint(bytes, at);
    const count = readVarint(bytes, skipped.next);
    if (counts.length + skipped.value >= BUCKETS) throw new Error("Cannot read histogram: it has too many buckets");
    for (let i = 0; i < skipped.value; i++) counts.push(0);
    counts.push(count.value);
    at = count.next;
  }
  return counts;
}

function decodeRow(bytes: Uint8Array): Histogram {
  const counts = new Array<number>(bytes[0]! - ROW).fill(0);
  for (let at = 1; at < bytes.length;) {
    const count = readVarint(bytes, at);
    counts.push(count.value);
    at = count.next;
  }
  if (counts.length > BUCKETS) throw new Error("Cannot read histogram: it has too many buckets");
  return counts;
}

function decodePacked(bytes: Uint8Array): Histogram {
  const [order, first] = [bytes[0]! - PACKED, bytes[1]];
  if (order >= GOLOMB_ORDERS) throw new Error("Cannot read histogram: it is stored in a way that is not known");
  if (first === undefined) throw new Error("Cannot read histogram: it is cut short");
  const counts = new Array<number>(first).fill(0);
  readGolomb(bytes, 2, order, counts);
  if (counts.length > BUCKETS) throw new Error("Cannot read histogram: it has too many buckets");
  return counts;
}

function bucketOf(ms: number): number {
  if (!(ms > FLOOR_MS)) return 0;
  return Math.min(BUCKETS - 1, 1 + Math.floor(BUCKETS_PER_DOUBLING * Math.log2(ms / FLOOR_MS)));
}

function middleOf(bucket: number): number {
  return bucket === 0 ? FLOOR_MS : FLOOR_MS * 2 ** ((bucket - 0.5) / BUCKETS_PER_DOUBLING);
}

// Seven bits a byte, the lowest first. By division, because `>>` would cut a count at 32 bits.
function pushVarint(bytes: number[], value: number): void {
  for (; value >= 128; value = Math.floor(value / 128)) bytes.push(128 + value % 128);
  bytes.push(value);
}

function readVarint(bytes: Uint8Array, at: number): { value: number; next: number } {
  let value = 0;
  for (let scale = 1; scale <= Number.MAX_SAFE_INTEGER; scale *= 128) {
    const byte = bytes[at++];
    if (byte === undefined) throw new Error("Cannot read histogram: it is cut short");
    value += (byte & 127) * scale;
    if (byte < 128) return { value, next: at };
  }
  throw new Error("Cannot read histogram: a count is too large");
}
