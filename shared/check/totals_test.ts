import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { totalsOf } from "./totals.ts";

const sales = { name: "Sales tax", rate: 887.5, mode: "exclusive" } as const;
const vat = { name: "VAT", rate: 2_000, mode: "inclusive" } as const;

test("[MON4] exclusive tax is rounded once per rate, not once per line", () => {
  const line = { price: 5, quantity: 1, taxes: [sales] }; // 0.44 cents each: alone it would round to nothing
  const totals = totalsOf([line, line, line]);
  assert.deepEqual([totals.subtotal, totals.taxes[0]?.amount, totals.total], [15, 1, 16]);
});

test("[MON4] inclusive tax is inside the price", () => {
  const totals = totalsOf([{ price: 1_200, quantity: 1, taxes: [vat] }]);
  assert.deepEqual([totals.total, totals.taxes[0]?.amount], [1_200, 200]);
});

test("[MON4] 10.00 with 8.875 % is 10.89", () => {
  assert.equal(totalsOf([{ price: 1_000, quantity: 1, taxes: [sales] }]).total, 1_089);
});

const seed = Date.now() % 2 ** 31;
test(`[MON3] lines sum to the total to the cent (seed ${seed})`, () => {
  const tax = fc.constantFrom(sales, vat, { name: "City", rate: 123.25, mode: "exclusive" } as const);
  const line = fc.record({
    price: fc.integer({ min: 0, max: 1_000_000_000 }),
    quantity: fc.integer({ min: 1, max: 10_000 }),
    taxes: fc.uniqueArray(tax, { maxLength: 3 }),
  });
  fc.assert(
    fc.property(fc.array(line, { maxLength: 60 }), (lines) => {
      const totals = totalsOf(lines);
      assert.equal(totals.lines.reduce((a, b) => a + b, 0), totals.total);
      assert.ok(Number.isSafeInteger(totals.total));
    }),
    { seed, numRuns: 300 },
  );
});
