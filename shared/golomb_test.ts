import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { GOLOMB_COUNT_MAX, GOLOMB_ORDERS, golombLength, pushGolomb, readGolomb } from "./golomb.ts";

const orders = fc.integer({ min: 0, max: GOLOMB_ORDERS - 1 });
const small = fc.integer({ min: 0, max: 40 });
const counts = fc.array(fc.oneof(small, fc.integer({ min: 0, max: GOLOMB_COUNT_MAX - 1 })), { maxLength: 96 });

test("counts that were appended are read back, and take the bytes foretold", () => {
  fc.assert(fc.property(counts, orders, (some, order) => {
    const bytes = [7];
    pushGolomb(bytes, some, order);
    assert.equal(bytes.length - 1, golombLength(some, order));
    assert.deepEqual(readGolomb(Uint8Array.from(bytes), 1, order), some);
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
    const read = readGolomb(Uint8Array.from(bytes), 0, order);
    assert.deepEqual(read, [GOLOMB_COUNT_MAX - 1, 0, GOLOMB_COUNT_MAX - 1]);
  }
});

test("damaged bytes are refused, not guessed at", () => {
  assert.throws(() => readGolomb(Uint8Array.of(0b0000_0001), 0, 0), /cut short/);
  assert.throws(() => readGolomb(Uint8Array.of(0b1000_0000, 0), 0, 0), /cut short/);
  assert.throws(() => readGolomb(new Uint8Array(6), 0, 0), /too large/);
  assert.throws(() => readGolomb(Uint8Array.of(0, 0, 0, 1, 1, 1, 1, 1, 1), 0, 0), /too large/);
});
