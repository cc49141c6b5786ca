import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { GOLOMB_COUNT_MAX, GOLOMB_ORDERS, golombLength, pushGolomb, readGolomb } from "./golomb.ts";

const orders = fc.integer({ min: 0, max: GOLOMB_ORDERS - 1 });
const small = fc.integer({ min: 0, max: 40 });
const counts = fc.array(fc.oneof(small, fc.integer({ min: 0, max: GOLOMB_COUNT_MAX - 1 })), { maxLength: 96 });

function read(bytes: readonly number[], order: number, from = 0): number[] {
  const counts: number[] = [];
  readGolomb(Uint8Array.from(bytes), from, order, counts);
  return counts;
}

test("counts that were appended are read back, and take the bytes foretold", () => {
  fc.assert(fc.property(counts, orders, (some, order) => {
    const bytes = [7];
    pushGolomb(bytes, some, order);
    assert.equal(bytes.length - 1, golombLength(some, order));
    assert.deepEqual(read(bytes, order, 1), some);
  }));
});

test("the codes are those of the books", () => {
  const bitsOf = (count: number, order: number) => {
    const bytes: number[] = [];
    pushGolomb(bytes, [count], order);
    return bytes.map((byte) => byte.toString(2).padStart(8, "0")).join("");
  };
  assert.equal(bitsOf(0, 0), "10000000");
  assert.equal(bitsOf(1, 0), "01000000");
  assert.equal(bitsOf(2, 0), "01100000");
  assert.equal(bitsOf(3, 0), "00100000");
  assert.equal(bitsOf(0, 2), "10000000");
  assert.equal(bitsOf(5, 2), "01001000");
});

test("every largest count of every order is read back", () => {
  for (let order = 0; order < GOLOMB_ORDERS; order++) {
    const bytes: number[] = [];
    pushGolomb(bytes, [GOLOMB_COUNT_MAX - 1, 0, GOLOMB_COUNT_MAX - 1], order);
    assert.deepEqual(read(bytes, order), [GOLOMB_COUNT_MAX - 1, 0, GOLOMB_COUNT_MAX - 1]);
  }
});

test("damaged bytes are refused, not guessed at", () => {
  assert.throws(() => read([0b0000_0001], 0), /cut short/);
  assert.throws(() => read([0b1000_0000, 0], 0), /cut short/);
  assert.throws(() => read([0, 0], 0), /cut short/);
  assert.throws(() => read(new Array<number>(12).fill(0), 0), /too large/);
  assert.throws(() => read([0, 0b0000_0111, 255, 255], 0), /too large/);
});
