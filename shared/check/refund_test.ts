/** Money that was handed back adds up, whatever becomes of the payment, and comes out of the drawer that gave it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Check } from "./check.ts";
import { foldFamily } from "./fold.ts";
import type { CheckBody, CheckOp } from "./op.ts";
import { cashExpected, shiftsOf } from "./shift.ts";
import { pen, seeded, shuffled } from "./testing.ts";

type Written = CheckOp & { readonly id: string };

/** A and B with a shift each, and check A1 of 10.00, paid on A in cash with 1.00 tip. */
function paid() {
  const [a, b] = [pen("a"), pen("b", 1_500)];
  const ops: Written[] = [];
  const write = (by: typeof a, body: CheckBody, ms?: number) => {
    const op = by.write(body, ms);
    ops.push(op);
    return op.id;
  };
  write(a, { kind: "shift.open", float: 10_000 });
  write(b, { kind: "shift.open", float: 5_000 });
  const id = write(a, { kind: "check.open", number: "A1" }, 2_000);
  write(a, { kind: "line.add", check: id, name: "Wine", price: 1_000, quantity: 1 });
  const payment = write(a, { kind: "payment.add", check: id, tender: "cash", amount: 1_000, tip: 100 });
  const refund = (by: typeof a, amount: number, ms: number) =>
    write(by, { kind: "payment.refund", check: id, payment, amount, reason: "Cold" }, ms);
  const strike = (by: typeof a, ms: number) =>
    write(by, { kind: "payment.void", check: id, payment, reason: "Not taken" }, ms);
  const check = (): Check => foldFamily(ops.map((op) => ({ id: op.id, op }))).get(id)!;
  const drawers = () => shiftsOf(ops.map((op) => ({ id: op.id, op }))).map((shift) => cashExpected(shift, [check()]));
  return { a, b, id, payment, ops, write, refund, strike, check, drawers };
}

test("[CHK21] a refund and a void of one payment come to the same in either order: what went back is gone", () => {
  for (const [refundAt, voidAt] of [[3_000, 4_000], [4_000, 3_000]] as const) {
    const { a, refund, strike, check, drawers } = paid();
    refund(a, 400, refundAt);
    assert.deepEqual([check().paid, drawers()], [600, [10_700, 5_000]]);
    strike(a, voidAt);
    assert.deepEqual([check().paid, check().tips, check().due], [-400, 0, 1_400]);
    assert.deepEqual(drawers(), [9_600, 5_000]);
    assert.equal(check().payments[0]?.refunded, 400);
  }
});

test("[CHK21] a refund comes out of the drawer that gave it, in the shift in which it was given", () => {
  const { a, b, write, refund, check, drawers } = paid();
  refund(b, 300, 3_000);
  assert.deepEqual(drawers(), [11_100, 4_700]);
  write(a, { kind: "shift.close", counted: 11_100 }, 4_000);
  write(a, { kind: "shift.open", float: 2_000 }, 4_100);
  refund(a, 200, 4_200);
  assert.deepEqual(drawers(), [11_100, 4_700, 1_800]);
  assert.deepEqual(check().payments[0]?.refunds.map(({ amount, by }) => [amount, by]), [[300, b.register], [
    200,
    a.register,
  ]]);
});

test("[CHK21] a payment that was struck and given back leaves the check due for both", () => {
  const { a, b, id, write, refund, strike, check } = paid();
  write(a, { kind: "check.close", check: id, total: 1_000 }, 2_900);
  refund(a, 1_000, 3_000);
  strike(b, 3_001); // apart: each handed 10.00 over
  assert.deepEqual(check().flags.map(({ code, amount }) => [code, amount]), [["due-after-close", 2_000]]);
});

const seed = Date.now() % 2 ** 31;
for (const each of [seed, 3, 11]) {
  test(`[CHK21] paid and drawers sum what was taken less what was handed back, from any order (seed ${each})`, () => {
    const random = seeded(each);
    for (let round = 0; round < 100; round++) money(random);
  });
}

function money(random: () => number): void {
  const { a, b, id, ops, write } = paid();
  const pick = <T>(items: readonly T[]) => items[Math.floor(random() * items.length)]!;
  for (let i = 0; i < 14; i++) {
    const known = ops.filter(({ body }) => body.kind === "payment.add");
    const about = { check: id, payment: pick(known).id, reason: "No" };
    const bodies: CheckBody[] = [
      { kind: "payment.add", check: id, tender: "cash", amount: 1 + Math.floor(random() * 900), tip: 10 },
      { kind: "payment.refund", ...about, amount: 1 + Math.floor(random() * 500) },
      { kind: "payment.void", ...about },
    ];
    write(random() < 0.5 ? a : b, pick(bodies), 3_000 + Math.floor(random() * 40));
  }
  const mixed = shuffled(ops, random).map((op) => ({ id: op.id, op }));
  const check = foldFamily(mixed).get(id)!;
  const struck = new Set(ops.flatMap(({ body }) => body.kind === "payment.void" ? [String(body.payment)] : []));
  let [left, tips] = [0, 0];
  for (const { id: op, body } of ops as (Written & { body: { amount: number; tip?: number } })[]) {
    if (body.kind === "payment.add" && !struck.has(op)) [left, tips] = [left + body.amount, tips + (body.tip ?? 0)];
    if (body.kind === "payment.refund") left -= body.amount;
  }
  assert.deepEqual([check.paid, check.tips], [left, tips]);
  const drawers = shiftsOf(mixed).reduce((sum, shift) => sum + cashExpected(shift, [check]), 0);
  assert.equal(drawers, 15_000 + left + tips);
}
