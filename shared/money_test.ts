import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { formatMoney, mulDiv, shareOut } from "./money.ts";

const seed = Number(Date.now() % 2 ** 31);
const runs = { seed, numRuns: 500, verbose: 1 as const };

test("[MON1] mulDiv() rounds half away from zero", () => {
  assert.equal(mulDiv(5, 1, 2), 3);
  assert.equal(mulDiv(-5, 1, 2), -3);
  assert.equal(mulDiv(4, 1, 3), 1);
  assert.equal(mulDiv(1000, 88_750, 1_000_000), 89); // 8.875 % of 10.00 is 0.8875
  assert.throws(() => mulDiv(1, 1, 0), /denominator is 0/);
});

test("[MON1] mulDiv() is exact where floating point is not", () => {
  assert.equal(mulDiv(9_007_199_254_740_991, 3, 3), 9_007_199_254_740_991);
  assert.equal(mulDiv(4_500_000_000_000_001, 2, 2), 4_500_000_000_000_001);
});

test(`[MON2] shareOut() sums to the whole, each part within one unit (seed ${seed})`, () => {
  const total = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 });
  const weights = fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(total, weights, (whole, parts) => {
      const shares = shareOut(whole, parts);
      assert.equal(shares.reduce((a, b) => a + b, 0), whole);
      const sum = parts.reduce((a, b) => a + b, 0);
      if (sum > 0) shares.forEach((share, i) => assert.ok(Math.abs(share - (whole * parts[i]!) / sum) < 1 + 1e-6));
    }),
    runs,
  );
});

test("[MON2] shareOut() gives the odd cents to the largest remainders, then to the earlier part", () => {
  assert.deepEqual(shareOut(100, [1, 1, 1]), [34, 33, 33]);
  assert.deepEqual(shareOut(10, [0, 0, 0]), [4, 3, 3]);
  assert.deepEqual(shareOut(-100, [1, 1, 1]), [-34, -33, -33]);
  assert.deepEqual(shareOut(5, []), []);
});

test("formatMoney() shows minor units with the digits of the currency", () => {
  assert.equal(formatMoney(2400), "24.00");
  assert.equal(formatMoney(5), "0.05");
  assert.equal(formatMoney(-105), "−1.05");
  assert.equal(formatMoney(500, 0), "500");
});
