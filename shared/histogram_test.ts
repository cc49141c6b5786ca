import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  decodeHistogram,
  EMPTY_HISTOGRAM,
  encodeHistogram,
  type Histogram,
  HISTOGRAM_ERROR_FACTOR,
  histogramCount,
  histogramOf,
  mergeHistograms,
  quantile,
} from "./histogram.ts";

const histogramOfAll = (values: readonly number[]) => values.map(histogramOf).reduce(mergeHistograms, EMPTY_HISTOGRAM);
const times = fc.array(fc.double({ min: 0.0626, max: 600_000, noNaN: true }), { minLength: 1, maxLength: 200 });

/** The value of the nearest rank: what `quantile` stands for. */
function exactQuantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(1, Math.ceil(q * sorted.length)) - 1]!;
}

test("a quantile is within the error of a bucket", () => {
  fc.assert(fc.property(times, fc.constantFrom(0, 0.5, 0.95, 1), (values, q) => {
    const factor = quantile(histogramOfAll(values), q)! / exactQuantile(values, q);
    assert.ok(Math.max(factor, 1 / factor) <= HISTOGRAM_ERROR_FACTOR * (1 + 1e-9), `off by a factor of ${factor}`);
  }));
});

test("merging in any order or grouping gives the same histogram", () => {
  fc.assert(fc.property(times, times, (some, others) => {
    const whole = histogramOfAll([...some, ...others]);
    assert.deepEqual(mergeHistograms(histogramOfAll(others), histogramOfAll(some)), whole);
    assert.equal(histogramCount(whole), some.length + others.length);
  }));
});

test("what is encoded is read back", () => {
  fc.assert(fc.property(times, (values) => {
    const histogram = histogramOfAll(values);
    assert.deepEqual(decodeHistogram(encodeHistogram(histogram)), histogram);
  }));
  assert.deepEqual(decodeHistogram(encodeHistogram(EMPTY_HISTOGRAM)), EMPTY_HISTOGRAM);
});

test("one ordinary value takes two bytes", () => {
  assert.equal(encodeHistogram(histogramOf(3.2)).length, 2);
});

test("a count of ten years and more does not overflow", () => {
  for (const count of [127, 128, 17_280, 2 ** 31, 2 ** 32 + 1, Number.MAX_SAFE_INTEGER]) {
    const histogram: Histogram = [0, 0, count];
    assert.deepEqual(decodeHistogram(encodeHistogram(histogram)), histogram);
  }
});

test("no values have no quantile", () => {
  assert.equal(quantile(EMPTY_HISTOGRAM, 0.5), undefined);
});

test("times outside the range are counted at its ends", () => {
  assert.equal(quantile(histogramOf(0), 0.5), 1 / 16);
  assert.ok(quantile(histogramOf(1e9), 0.5)! > 600_000);
  assert.equal(histogramCount(mergeHistograms(histogramOf(0), histogramOf(1e9))), 2);
});

test("damaged bytes are refused, not guessed at", () => {
  assert.throws(() => decodeHistogram(Uint8Array.of(3)), /cut short/);
  assert.throws(() => decodeHistogram(Uint8Array.of(3, 200)), /cut short/);
  assert.throws(() => decodeHistogram(Uint8Array.of(120, 1)), /too many buckets/);
  assert.throws(() => decodeHistogram(Uint8Array.of(3, ...new Array<number>(11).fill(255))), /too large/);
  assert.throws(() => decodeHistogram(new Uint8Array(12).fill(255)), /not known/);
  assert.throws(() => decodeHistogram(Uint8Array.of(224)), /cut short/);
  assert.throws(() => decodeHistogram(Uint8Array.of(224, 95, 0b1100_0000)), /too many buckets/);
});

test("what lies in a row takes no more than a byte each, and rows from before are read as they were", () => {
  const row: Histogram = [0, 0, 0, 0, 7, 9, 0, 120, 1];
  assert.ok(encodeHistogram(row).length <= 1 + 5);
  assert.deepEqual(decodeHistogram(Uint8Array.of(4, 7, 0, 9, 1, 120, 0, 1)), row);
  assert.deepEqual(decodeHistogram(Uint8Array.of(128 + 4, 7, 9, 0, 120, 1)), row);
  const sparse: Histogram = [1, ...new Array<number>(60).fill(0), 1];
  assert.equal(encodeHistogram(sparse).length, 4);
  assert.throws(() => decodeHistogram(Uint8Array.of(128 + 95, 1, 1)), /too many buckets/);
});

test("the round trips of a minute, and of a quarter of an hour, take fewer bytes than buckets", () => {
  const minute: Histogram = [0, 0, 0, 0, 2, 0, 3, 1, 0, 2, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0, 1];
  const quarter = minute.map((count, bucket) => bucket < 4 ? 0 : 6 + 3 * count);
  assert.deepEqual([minute, quarter].map((each) => encodeHistogram(each).length), [7, 13]);
  for (const each of [minute, quarter]) assert.deepEqual(decodeHistogram(encodeHistogram(each)), each);
});

test("any counts are read back, however they lie", () => {
  const count = fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 0, max: 300 }) }, fc.maxSafeNat());
  fc.assert(fc.property(fc.array(count, { maxLength: 95 }), fc.integer({ min: 1, max: 300 }), (counts, last) => {
    assert.deepEqual(decodeHistogram(encodeHistogram([...counts, last])), [...counts, last]);
  }));
});
