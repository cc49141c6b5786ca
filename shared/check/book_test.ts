import assert from "node:assert/strict";
import { test } from "node:test";
import { Book } from "./book.ts";
import { cashExpected, openShift, shiftsOf } from "./shift.ts";
import { pen } from "./testing.ts";

test("[CHK1] a book tells each check as a fold of its own ops, whatever the order they came in", () => {
  const [a, book] = [pen("a"), new Book()];
  const open = a.write({ kind: "check.open", number: "A1" });
  const line = a.write({ kind: "line.add", check: open.id, name: "Beer", price: 500, quantity: 1 });
  assert.deepEqual([...book.add([line])], [open.id]);
  assert.equal(book.get(open.id)?.state, "awaited");
  book.add([open]);
  assert.deepEqual([book.get(open.id)?.state, book.get(open.id)?.due], ["open", 500]);
  assert.equal(book.get("aaaaaaaa-0000/9"), undefined);
});

test("[CHK12] checks that were told apart become one family when an op ties them", () => {
  const [a, book] = [pen("a"), new Book()];
  const [one, two] = [a.write({ kind: "check.open", number: "A1" }), a.write({ kind: "check.open", number: "A2" })];
  const beer = a.write({ kind: "line.add", check: one.id, name: "Beer", price: 500, quantity: 1 });
  book.add([one, two, beer]);
  assert.deepEqual([book.get(one.id)?.due, book.get(two.id)?.due], [500, 0]);
  const touched = book.add([a.write({ kind: "check.merge", check: one.id, into: two.id })]);
  assert.deepEqual([...touched].sort(), [one.id, two.id]);
  assert.deepEqual([book.get(one.id)?.state, book.get(two.id)?.due], ["merged", 500]);
  const touchedLater = book.add([a.write({ kind: "line.add", check: one.id, name: "Wine", price: 700, quantity: 1 })]);
  assert.ok(touchedLater.has(two.id), "what comes to a merged check changes the one it went to");
  assert.equal(book.get(two.id)?.due, 1_200);
});

test("[CHK17] two checks with one number are told apart, the later one by a mark", () => {
  const [a, b, book] = [pen("a"), pen("b", 5_000), new Book()];
  const [early, late] = [a.write({ kind: "check.open", number: "A1" }), b.write({ kind: "check.open", number: "A1" })];
  book.add([late, early]);
  assert.deepEqual([book.get(early.id)?.number, book.get(late.id)?.number], ["A1", "A1·2"]);
});

test("[CHK18] a shift is opened and closed once, and expects its float and the cash taken in it", () => {
  const [a, b, book] = [pen("a"), pen("b"), new Book()];
  const ops = [
    a.write({ kind: "shift.open", float: 10_000, staff: "Ana" }, 2_000),
    a.write({ kind: "shift.open", float: 99 }, 2_100),
  ];
  const open = a.write({ kind: "check.open", number: "A1" }, 2_200);
  const pay = (by: typeof a, tender: "cash" | "card", ms: number) =>
    by.write({ kind: "payment.add", check: open.id, tender, amount: 500, tip: 50 }, ms);
  const taken = [pay(a, "cash", 2_300), pay(a, "card", 2_301), pay(b, "cash", 2_302)];
  const closed = [
    a.write({ kind: "shift.close", counted: 10_550 }, 2_400),
    a.write({ kind: "shift.close", counted: 1 }, 2_500),
  ];
  book.add([...ops, open, ...taken, ...closed]);
  const shifts = shiftsOf(book.others);
  assert.equal(shifts.length, 1);
  assert.deepEqual([shifts[0]?.openedBy, shifts[0]?.float, shifts[0]?.counted], ["Ana", 10_000, 10_550]);
  assert.equal(cashExpected(shifts[0]!, book.all()), 10_550);
  assert.equal(openShift(shifts, a.register), undefined);
  assert.equal(openShift(shiftsOf(book.others.slice(0, 2)), a.register)?.float, 10_000);
});
