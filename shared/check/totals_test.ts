import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Tax } from "../menu.ts";
import { foldFamily } from "./fold.ts";
import type { CheckOp } from "./op.ts";
import { pen } from "./testing.ts";

const sales: Tax = { name: "Sales tax", rate: 887.5, mode: "exclusive" };
const city: Tax = { name: "City", rate: 123.25, mode: "exclusive" };
const vat: Tax = { name: "VAT", rate: 2_000, mode: "inclusive" };

interface Order {
  readonly price: number;
  readonly quantity?: number;
  readonly taxes: readonly Tax[];
}

/** A check with these lines on it, and the pen that wrote it. */
function ordered(orders: readonly Order[]) {
  const a = pen("a");
  const open = a.write({ kind: "check.open", number: "A1" });
  const lines = orders.map(({ price, quantity = 1, taxes }) =>
    a.write({ kind: "line.add", check: open.id, name: "Thing", price, quantity, taxes: [...taxes] })
  );
  const ops: (CheckOp & { id: string })[] = [open, ...lines];
  const checkOf = (id = open.id) => foldFamily(ops.map((op) => ({ id: op.id, op }))).get(id)!;
  return { a, open, lines, ops, checkOf, totals: () => checkOf().totals };
}

test("[MON4] exclusive tax is rounded once per rate, not once per line", () => {
  const line = { price: 5, taxes: [sales] }; // 0.44 cents each: alone it would round to nothing
  const totals = ordered([line, line, line]).totals();
  assert.deepEqual([totals.subtotal, totals.taxes[0]?.amount, totals.total], [15, 1, 16]);
});

test("[MON4] inclusive tax is inside the price", () => {
  const totals = ordered([{ price: 1_200, taxes: [vat] }]).totals();
  assert.deepEqual([totals.total, totals.tax, totals.taxes[0]?.amount], [1_200, 0, 200]);
});

test("[MON4] 10.00 with 8.875 % is 10.89", () => {
  assert.equal(ordered([{ price: 1_000, taxes: [sales] }]).totals().total, 1_089);
});

test("[MON5] modifiers add to the price of each, and tax is on what is left after discounts", () => {
  const { a, open, ops, totals } = ordered([]);
  const modifiers = [{ name: "Cheese", price: 100 }, { name: "Rare", price: 0 }];
  const taxes = [{ ...sales, rate: 1_000 }];
  ops.push(a.write({ kind: "line.add", check: open.id, name: "Burger", price: 900, quantity: 2, modifiers, taxes }));
  ops.push(a.write({ kind: "discount.add", check: open.id, percent: 2_500, reason: "Friends" }));
  const { gross, discount, tax, total } = totals();
  assert.deepEqual([gross, discount, tax, total], [2_000, 500, 150, 1_650]);
});

test("[MON5] a discount takes no more than there is, a removed one takes nothing", () => {
  const { a, open, lines, ops, totals } = ordered([{ price: 500, taxes: [] }, { price: 300, taxes: [] }]);
  const give = (body: object) => {
    const op = a.write({ kind: "discount.add", check: open.id, reason: "Cold", ...body } as never);
    ops.push(op);
    return op;
  };
  const onLine = give({ line: lines[0]!.id, amount: 900 });
  assert.deepEqual([totals().discount, totals().total], [500, 300]);
  give({ percent: 10_000 });
  assert.equal(totals().total, 0);
  ops.push(a.write({ kind: "discount.remove", check: open.id, discount: onLine.id }));
  assert.deepEqual([totals().discount, totals().total], [800, 0]);
});

test("[MON5] a discount on the check covers what is ordered later, too", () => {
  const { a, open, ops, totals } = ordered([{ price: 1_000, taxes: [] }]);
  ops.push(a.write({ kind: "discount.add", check: open.id, percent: 1_000, reason: "Staff" }));
  ops.push(a.write({ kind: "line.add", check: open.id, name: "Beer", price: 500, quantity: 1 }));
  assert.equal(totals().discount, 150);
});

const seed = Date.now() % 2 ** 31;
test(`[MON3] lines sum to the check to the cent, in every column (seed ${seed})`, () => {
  const line = fc.record({
    price: fc.integer({ min: 0, max: 1_000_000_000 }),
    quantity: fc.integer({ min: 1, max: 10_000 }),
    taxes: fc.uniqueArray(fc.constantFrom(sales, vat, city), { maxLength: 3 }),
  });
  fc.assert(
    fc.property(
      fc.array(line, { minLength: 1, maxLength: 60 }),
      fc.integer({ min: 1, max: 10_000 }),
      (lines, percent) => {
        const { a, open, ops, checkOf } = ordered(lines);
        ops.push(a.write({ kind: "discount.add", check: open.id, percent, reason: "Why not" }));
        const { totals, lines: shown } = checkOf();
        for (const column of ["gross", "discount", "tax", "total"] as const) {
          assert.equal(shown.reduce((sum, each) => sum + each.amounts[column], 0), totals[column], column);
          assert.ok(Number.isSafeInteger(totals[column]));
        }
      },
    ),
    { seed, numRuns: 200 },
  );
});
