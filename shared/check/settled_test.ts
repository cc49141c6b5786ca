import assert from "node:assert/strict";
import { test } from "node:test";
import { foldFamily } from "./fold.ts";
import type { CheckOp } from "./op.ts";
import { dayStart, isSettled, retirableBefore, spentShiftOps } from "./settled.ts";
import { pen } from "./testing.ts";

const HOUR = 60 * 60_000;
const named = (ops: readonly (CheckOp & { id: string })[]) => ops.map((op) => ({ id: op.id, op }));
const settled = (ops: readonly (CheckOp & { id: string })[]) => isSettled(foldFamily(named(ops)));

/** A check with a beer on it, and how it goes on. */
function beer() {
  const a = pen("a");
  const open = a.write({ kind: "check.open", number: "A1" });
  const line = a.write({ kind: "line.add", check: open.id, name: "Beer", price: 500, quantity: 1 });
  const pay = (amount: number) => a.write({ kind: "payment.add", check: open.id, tender: "cash", amount });
  const close = () => a.write({ kind: "check.close", check: open.id, total: 500 });
  return { a, open, ops: [open, line], pay, close };
}

test("[SYN27] a check is settled once it is closed and paid, void, or merged into one that is", () => {
  const { a, open, ops, pay, close } = beer();
  assert.equal(settled(ops), false);
  const paid = [...ops, pay(500)];
  assert.equal(settled(paid), false); // still open
  const closed = [...paid, close()];
  assert.equal(settled(closed), true);
  assert.equal(settled([...closed, a.write({ kind: "check.reopen", check: open.id })]), false);

  const b = beer();
  const void_ = b.a.write({ kind: "check.void", check: b.open.id, reason: "Left", total: 500 });
  assert.equal(settled([...b.ops, void_]), true);
});

test("[SYN27] a check that is owed, overpaid, or awaits its opening is not settled", () => {
  const owed = beer();
  assert.equal(settled([...owed.ops, owed.pay(300), owed.close()]), false);
  const over = beer();
  assert.equal(settled([...over.ops, over.pay(500), over.pay(500), over.close()]), false);
  const headless = beer();
  assert.equal(settled([...headless.ops, headless.pay(500), headless.close()].slice(1)), false);
});

test("[CHK24] a check that was closed, given back in full and voided by a person is settled, also when it went back twice", () => {
  for (const times of [1, 2]) {
    const { a, open, ops, pay, close } = beer();
    const payment = pay(500);
    const refund = () =>
      a.write({ kind: "payment.refund", check: open.id, payment: payment.id, amount: 500, reason: "Cold" });
    const back = [...ops, payment, close(), ...Array.from({ length: times }, refund)];
    assert.equal(settled(back), false); // is it to be paid in another way?
    const answered = [...back, a.write({ kind: "check.void", check: open.id, reason: "Given back", total: 500 })];
    assert.equal(settled(answered), true);
    assert.equal(settled([...answered, pay(times * 500 + 1)]), false); // money that comes after all is flagged
  }
});

test("[SYN27] one flag for a person is enough: a check with nothing due is kept", () => {
  const { a, open, ops } = beer();
  const line = ops[1]!;
  const check = foldFamily(named([
    ...ops,
    a.write({ kind: "line.void", check: open.id, line: line.id, reason: "Sent back" }),
    a.write({ kind: "check.close", check: open.id, total: 0 }),
  ])).get(open.id)!;
  assert.equal(isSettled(new Map([[open.id, check]])), true);
  assert.equal(
    isSettled(new Map([[open.id, { ...check, flags: [{ code: "paid-twice", amount: 1, payments: [] }] }]])),
    false,
  );
});

test("[SYN27] a family is settled when each of its checks is", () => {
  const a = pen("a");
  const [one, two] = [a.write({ kind: "check.open", number: "A1" }), a.write({ kind: "check.open", number: "A2" })];
  const merge = a.write({ kind: "check.merge", check: one.id, into: two.id });
  assert.equal(settled([one, two, merge]), false); // the second is open
  assert.equal(settled([one, two, merge, a.write({ kind: "check.close", check: two.id, total: 0 })]), true);
});

test("[SYN27] the business day began at the last time the clock showed its hour, in the shop's own zone", () => {
  const at = (iso: string) => Date.parse(iso);
  const began = (now: string, begins: string, zoneHours: number) =>
    new Date(dayStart(at(now), begins, zoneHours * HOUR)).toISOString().slice(0, 16);
  assert.equal(began("2026-11-20T12:00Z", "04:00", 0), "2026-11-20T04:00");
  assert.equal(began("2026-11-20T03:59Z", "04:00", 0), "2026-11-19T04:00");
  assert.equal(began("2026-11-20T04:00Z", "04:00", 0), "2026-11-20T04:00");
  assert.equal(began("2026-11-20T02:30Z", "04:00", 2), "2026-11-20T02:00"); // 4:30 in the shop
  assert.equal(began("2026-11-20T01:30Z", "04:00", 2), "2026-11-19T02:00"); // 3:30 there
  assert.equal(began("2026-11-20T11:59Z", "04:00", -8), "2026-11-19T12:00"); // 3:59 there
  assert.equal(began("2026-11-20T12:00Z", "04:00", -8), "2026-11-20T12:00");
  assert.equal(began("2026-11-20T00:00Z", "05:30", 5.5), "2026-11-20T00:00"); // half hours
  assert.equal(began("2027-01-01T00:30Z", "23:45", 0), "2026-12-31T23:45"); // over the year's end
});

test("[SYN27] an open shift that began before the day holds back what came since, until it is plainly forgotten", () => {
  const a = pen("a");
  const day = 10 * 24 * HOUR;
  const open = a.write({ kind: "shift.open" }, day - 3 * HOUR);
  assert.equal(retirableBefore(day, [], day + HOUR), day);
  assert.equal(retirableBefore(day, named([open]), day + HOUR), day - 3 * HOUR);
  assert.equal(retirableBefore(day, named([open]), day + 45 * HOUR), day); // 48 hours after it was opened
  const close = a.write({ kind: "shift.close" }, day + HOUR);
  assert.equal(retirableBefore(day, named([open, close]), day + 2 * HOUR), day);
  const later = a.write({ kind: "shift.open" }, day + HOUR);
  assert.equal(retirableBefore(day, named([open, close, later]), day + 2 * HOUR), day);
});

test("[SYN27] shifts that are over are let go of, the open one and what is not of a shift are kept", () => {
  const [a, b] = [pen("a"), pen("b")];
  const ops = [
    a.write({ kind: "shift.open" }, 100),
    a.write({ kind: "shift.close" }, 200),
    a.write({ kind: "shift.open" }, 300), // open
    b.write({ kind: "shift.open" }, 110),
    b.write({ kind: "shift.close" }, 400),
    b.write({ kind: "later.kind" }, 120),
  ];
  const spent = (before: number) => spentShiftOps(ops, before).map((op) => `${op.replica[0]}${op.seq}`);
  assert.deepEqual(spent(1_000), ["a1", "a2", "b1", "b2"]);
  assert.deepEqual(spent(400), ["a1", "a2", "b1"]);
  assert.deepEqual(spent(100), []);
});
