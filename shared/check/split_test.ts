import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Check } from "./check.ts";
import { foldFamily } from "./fold.ts";
import type { CheckBody, CheckOp } from "./op.ts";
import { divideLine, seatsOf, splitByItem, splitBySeat, splitEvenly, type SplitOp } from "./split.ts";
import { pen } from "./testing.ts";

const sales = { name: "Sales tax", rate: 887.5, mode: "exclusive" } as const;
const COLUMNS = ["gross", "discount", "tax", "total"] as const;

/** A party of `guests` checks: the first has everything on it, the others are empty. */
function party(guests: number) {
  const a = pen("a");
  const ops: (CheckOp & { id: string })[] = [];
  const write = (body: CheckBody) => {
    const op = a.write(body);
    ops.push(op);
    return op.id;
  };
  const checks = Array.from({ length: guests }, (_, i) => write({ kind: "check.open", number: `A${i + 1}` }));
  const family = () => foldFamily(ops.map((op) => ({ id: op.id, op })));
  const check = (i = 0): Check => family().get(checks[i]!)!;
  const order = (price: number, more: object = {}) =>
    write({ kind: "line.add", check: checks[0]!, name: "Thing", price, quantity: 1, taxes: [sales], ...more });
  return { checks, write, order, check, take: (plan: readonly SplitOp[]) => plan.forEach(write), family };
}

function sums(family: ReadonlyMap<string, Check>) {
  return COLUMNS.map((column) => [...family.values()].reduce((sum, { totals }) => sum + totals[column], 0));
}

test("[MON6] 10.00 with 8.875 % tax and a 10 % discount, evenly in 3: the children sum to the parent in every column", () => {
  const { checks, write, order, check, take, family } = party(3);
  order(1_000);
  write({ kind: "discount.add", check: checks[0]!, percent: 1_000, reason: "Regulars" });
  const { gross, discount, tax, total } = check().totals;
  assert.deepEqual([gross, discount, tax, total], [1_000, 100, 80, 980]);
  take(splitEvenly(check(), checks.slice(1)));
  assert.deepEqual(sums(family()), [1_000, 100, 80, 980]);
  assert.deepEqual(checks.map((_, i) => check(i).totals.total).sort(), [326, 327, 327]);
});

test("[MON6] splitEvenly() hands the odd cents round", () => {
  const { checks, order, check, take } = party(3);
  for (let i = 0; i < 3; i++) order(100, { taxes: [] });
  take(splitEvenly(check(), checks.slice(1)));
  assert.deepEqual(checks.map((_, i) => check(i).totals.total), [100, 100, 100]);
});

test("[CHK11] splitBySeat() leaves each guest their own, and the table's stays", () => {
  const { checks, order, check, take } = party(3);
  order(500, { seat: 1 });
  order(700, { seat: 2 });
  order(300);
  assert.deepEqual(seatsOf(check()), [0, 1, 2]);
  take(splitBySeat(check(), new Map([[1, checks[1]!], [2, checks[2]!]])));
  assert.deepEqual(checks.map((_, i) => check(i).totals.gross), [300, 500, 700]);
});

test("[CHK11] splitByItem() moves what can be moved and leaves what is voided or divided", () => {
  const { checks, write, order, check, take } = party(2);
  const [whole, gone, shared] = [order(500), order(600), order(700)];
  write({ kind: "line.void", check: checks[0]!, line: gone, reason: "Cold" });
  take(divideLine(check(), shared, checks));
  const plan = splitByItem(check(), [whole, gone, shared], checks[1]!);
  assert.deepEqual(plan, [{ kind: "line.move", check: checks[0], lines: [whole], to: checks[1] }]);
  take(plan);
  assert.deepEqual(checks.map((_, i) => check(i).totals.gross), [350, 850]);
  assert.deepEqual(splitByItem(check(), [], checks[1]!), []);
});

test("[MON6] seed 123821188: dividing a line moves no cent of an earlier discount to another line", () => {
  const { checks, write, order, check, take, family } = party(4);
  const [small] = [order(3), order(1_243)];
  write({ kind: "discount.add", check: checks[0]!, percent: 1_000, reason: "Regulars" });
  take(splitByItem(check(), [small!], checks[1]!));
  write({ kind: "discount.add", check: checks[0]!, percent: 2_177, reason: "More" });
  const whole = sums(family());
  take(splitEvenly(check(), checks.slice(1)));
  assert.deepEqual(sums(family()), whole);
});

const seed = Date.now() % 2 ** 31;
test(`[MON6] any splits of any check sum to it in every column (seed ${seed})`, () => {
  const line = fc.record({ price: fc.integer({ min: 0, max: 100_000 }), seat: fc.integer({ min: 0, max: 3 }) });
  const step = fc.record({
    how: fc.constantFrom("evenly", "item", "one", "merge", "discount", "refund"),
    at: fc.nat(3),
    to: fc.nat(3),
    size: fc.integer({ min: 1, max: 9_999 }),
  });
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 12 }), fc.array(step, { maxLength: 8 }), (lines, steps) => {
      const { checks, write, order, check, take, family } = party(4);
      for (const { price, seat } of lines) order(price, { seat });
      write({ kind: "discount.add", check: checks[0]!, percent: 1_000, reason: "Regulars" });
      let whole = sums(family());
      for (const { how, at, to, size } of steps) {
        const from = check(at);
        const first = from.lines[0]?.id;
        if (how === "evenly") take(splitEvenly(from, checks.filter((id) => id !== from.id)));
        else if (how === "item" && first) take(splitByItem(from, [first], checks[to]!));
        else if (how === "one" && first) take(divideLine(from, first, [checks[to]!, from.id]));
        else if (how === "merge") write({ kind: "check.merge", check: from.id, into: checks[to]! });
        else if (how === "discount") {
          write({ kind: "discount.add", check: from.id, percent: size, reason: "More" });
          whole = sums(family()); // a discount changes what there is; moving it about does not
        }
        assert.deepEqual(sums(family()), whole, how);
      }
      for (const each of family().values()) {
        for (const column of COLUMNS) {
          assert.equal(each.lines.reduce((sum, { amounts }) => sum + amounts[column], 0), each.totals[column]);
          assert.ok(each.totals[column] >= -1, `${column} ${each.totals[column]}`);
        }
      }
    }),
    { seed, numRuns: 300 },
  );
});
