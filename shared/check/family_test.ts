import assert from "node:assert/strict";
import { test } from "node:test";
import type { Check } from "./check.ts";
import { foldFamily } from "./fold.ts";
import type { CheckBody, CheckOp } from "./op.ts";
import { pen, seeded, shuffled } from "./testing.ts";

/** Two registers, A with checks A1 and A2, and one line of 10.00 on A1. */
function house() {
  const [a, b] = [pen("a"), pen("b", 2_000)];
  const ops: (CheckOp & { id: string })[] = [];
  const write = (by: typeof a, body: CheckBody, ms?: number) => {
    const op = by.write(body, ms);
    ops.push(op);
    return op.id;
  };
  const one = write(a, { kind: "check.open", number: "A1" });
  const two = write(a, { kind: "check.open", number: "A2" });
  const line = write(a, { kind: "line.add", check: one, name: "Wine", price: 1_000, quantity: 1 });
  const fold = () => foldFamily(ops.map((op) => ({ id: op.id, op })));
  const check = (id: string): Check => fold().get(id)!;
  const why = (id: string) =>
    [...fold().values()].flatMap(({ story }) => story).find((entry) => entry.id === id)?.noEffect;
  return { a, b, one, two, line, ops, write, fold, check, why };
}

test("[CHK11] a line moved by two registers is on exactly one check, and the second is told where", () => {
  for (const [first, second] of [["a", "b"], ["b", "a"]] as const) {
    const { a, b, one, two, line, write, fold, check, why } = house();
    const three = write(b, { kind: "check.open", number: "B1" });
    const at = { [first]: 3_000, [second]: 3_001 } as Record<"a" | "b", number>;
    const byA = write(a, { kind: "line.move", check: one, lines: [line], to: two }, at.a);
    const byB = write(b, { kind: "line.move", check: one, lines: [line], to: three }, at.b);
    assert.equal([...fold().values()].flatMap(({ lines }) => lines).filter(({ id }) => id === line).length, 1);
    assert.equal(check(first === "a" ? two : three).totals.total, 1_000);
    assert.match(why(first === "a" ? byB : byA) ?? "", /Wine is already on (A2|B1)/);
  }
});

test("[CHK11] a line that is moved on from where it went moves on", () => {
  const { a, one, two, line, write, check } = house();
  write(a, { kind: "line.move", check: one, lines: [line], to: two });
  write(a, { kind: "line.move", check: two, lines: [line], to: one });
  assert.deepEqual([check(one).totals.total, check(two).totals.total], [1_000, 0]);
});

test("[CHK11] of two divisions one stands, and its parts sum to the line", () => {
  const { a, b, one, two, line, write, check, why } = house();
  const inThree = write(a, {
    kind: "line.divide",
    check: one,
    line,
    among: [{ check: one, parts: 1 }, { check: two, parts: 2 }],
  }, 3_000);
  const inTwo = write(b, {
    kind: "line.divide",
    check: one,
    line,
    among: [{ check: one, parts: 1 }, { check: two, parts: 1 }],
  }, 3_001);
  assert.deepEqual([check(one).totals.total, check(two).totals.total], [333, 667]);
  assert.deepEqual(check(two).lines[0]?.share, { parts: 2, of: 3 });
  assert.equal(why(inThree), undefined);
  assert.equal(why(inTwo), "Wine was divided");
});

test("[CHK20] a line is neither moved nor divided onto a void check, and stays whole where it is", () => {
  const { a, one, two, line, write, check, why } = house();
  write(a, { kind: "check.void", check: two, reason: "Left", total: 0 });
  const moved = write(a, { kind: "line.move", check: one, lines: [line], to: two });
  const among = [{ check: one, parts: 1 }, { check: two, parts: 1 }];
  const divided = write(a, { kind: "line.divide", check: one, line, among });
  assert.deepEqual([why(moved), why(divided)], ["A2 was voided", "A2 was voided"]);
  assert.deepEqual([check(one).totals.total, check(one).lines[0]?.share, check(two).lines.length], [
    1_000,
    undefined,
    0,
  ]);
  write(a, { kind: "check.reopen", check: two });
  write(a, { kind: "line.divide", check: one, line, among });
  assert.deepEqual([check(one).totals.total, check(two).totals.total], [500, 500]);
});

test("[CHK20] merged into a void check counts as void, too", () => {
  const { a, one, two, line, write, why } = house();
  const three = write(a, { kind: "check.open", number: "A3" });
  write(a, { kind: "check.merge", check: three, into: two });
  write(a, { kind: "check.void", check: two, reason: "Left", total: 0 });
  const among = [{ check: one, parts: 1 }, { check: three, parts: 1 }];
  assert.equal(why(write(a, { kind: "line.divide", check: one, line, among })), "A2 was voided");
});

test("[CHK11] a division follows a merge, and shares that meet again are whole", () => {
  const { a, one, two, line, write, check } = house();
  write(a, { kind: "line.divide", check: one, line, among: [{ check: one, parts: 1 }, { check: two, parts: 1 }] });
  write(a, { kind: "check.merge", check: two, into: one });
  assert.deepEqual([check(one).totals.total, check(one).lines.length, check(one).lines[0]?.share], [
    1_000,
    1,
    undefined,
  ]);
});

test("[CHK12] two merges against each other leave one check with every line once", () => {
  const { a, b, one, two, write, fold, check, why } = house();
  write(b, { kind: "line.add", check: two, name: "Beer", price: 500, quantity: 1 });
  const into2 = write(a, { kind: "check.merge", check: one, into: two }, 3_000);
  const into1 = write(b, { kind: "check.merge", check: two, into: one }, 3_001);
  assert.deepEqual([check(one).state, check(one).mergedInto, check(two).state], ["merged", two, "open"]);
  assert.deepEqual([check(two).totals.total, check(one).totals.total], [1_500, 0]);
  assert.equal([...fold().values()].flatMap(({ lines }) => lines).length, 2);
  assert.deepEqual([why(into2), why(into1)], [undefined, "the two checks are one already"]);
});

test("[CHK12] what is added to or paid on a merged check is on the other, its close is without effect", () => {
  const { a, b, one, two, write, check, why } = house();
  write(a, { kind: "check.merge", check: one, into: two }, 3_000);
  write(b, { kind: "line.add", check: one, name: "Beer", price: 500, quantity: 1 }, 3_100);
  write(b, { kind: "payment.add", check: one, tender: "card", amount: 1_500 }, 3_200);
  const close = write(b, { kind: "check.close", check: one, total: 1_500 }, 3_201);
  assert.deepEqual([check(two).totals.total, check(two).paid, check(two).due], [1_500, 1_500, 0]);
  assert.equal(why(close), "the check was merged into A2");
  assert.deepEqual([check(one).paid, check(one).flags], [0, []]);
});

test("[CHK12] a chain of merges ends at its end, and the discounts come along", () => {
  const { a, one, two, write, check } = house();
  const three = write(a, { kind: "check.open", number: "A3" });
  write(a, { kind: "discount.add", check: one, percent: 1_000, reason: "Regulars" });
  write(a, { kind: "check.merge", check: one, into: two });
  write(a, { kind: "check.merge", check: two, into: three });
  assert.deepEqual([check(one).mergedInto, check(three).totals.total, check(three).discounts.length], [three, 900, 1]);
});

test("[CHK13] sent once, whatever moves, divides or merges the line", () => {
  const { a, b, one, two, line, write, check, why } = house();
  write(a, { kind: "line.send", check: one, lines: [line] }, 3_000);
  write(b, { kind: "line.move", check: one, lines: [line], to: two }, 3_001);
  const again = write(b, { kind: "line.send", check: two, lines: [line] }, 3_002);
  assert.equal(check(two).lines[0]?.sent?.by, a.register);
  assert.equal(why(again), "Wine was sent already");
});

test("[CHK14] a payment on a void check is kept and flagged, and counts again once the check is restored", () => {
  const { a, b, one, write, check } = house();
  write(a, { kind: "check.void", check: one, reason: "Left", total: 1_000 }, 3_000);
  write(b, { kind: "payment.add", check: one, tender: "cash", amount: 1_000 }, 3_001);
  assert.deepEqual([check(one).state, check(one).due], ["void", -1_000]);
  assert.deepEqual(check(one).flags.map(({ code, amount }) => [code, amount]), [["payment-on-void", 1_000]]);
  write(a, { kind: "check.reopen", check: one }, 4_000);
  assert.deepEqual([check(one).state, check(one).due, check(one).flags], ["open", 0, []]);
});

test("[CHK14] a void check that came to more than was seen needs attention", () => {
  const { a, b, one, write, check } = house();
  write(a, { kind: "check.void", check: one, reason: "Left", total: 1_000 }, 3_000);
  write(b, { kind: "line.add", check: one, name: "Beer", price: 500, quantity: 1 }, 2_900);
  assert.deepEqual(check(one).flags.map(({ code, amount }) => [code, amount]), [["line-after-payment", 500]]);
});

test("[CHK15] one tap to refund settles paid-twice; two refunds are two", () => {
  const { a, b, one, write, check } = house();
  write(a, { kind: "payment.add", check: one, tender: "card", amount: 1_000 }, 3_000);
  const second = write(b, { kind: "payment.add", check: one, tender: "cash", amount: 1_000 }, 3_001);
  write(a, { kind: "check.close", check: one, total: 1_000 }, 3_002);
  assert.deepEqual(check(one).flags.map(({ code }) => code), ["paid-twice"]);
  const back = { kind: "payment.refund", check: one, payment: second, amount: 1_000, reason: "Paid twice" } as const;
  write(b, back, 4_000);
  assert.deepEqual([check(one).paid, check(one).flags], [1_000, []]);
  write(a, back, 4_001); // both tills handed it back: that money is gone
  assert.deepEqual(check(one).flags.map(({ code, amount }) => [code, amount]), [["due-after-close", 1_000]]);
});

test("[CHK15] a payment voided by two registers is voided once", () => {
  const { a, b, one, write, check, why } = house();
  const pay = write(a, { kind: "payment.add", check: one, tender: "card", amount: 1_000, tip: 100 });
  write(a, { kind: "payment.void", check: one, payment: pay, reason: "Wrong card" }, 3_000);
  const again = write(b, { kind: "payment.void", check: one, payment: pay, reason: "Declined" }, 3_001);
  assert.deepEqual([check(one).paid, check(one).tips, check(one).due], [0, 0, 1_000]);
  assert.equal(check(one).payments[0]?.voided?.reason, "Wrong card");
  assert.equal(why(again), "the payment was voided already");
});

test("[CHK16] transferred to Ana and to Ben: the later stamp, both in the story", () => {
  const { a, b, one, write, check } = house();
  write(b, { kind: "check.transfer", check: one, owner: "Ben" }, 3_001);
  write(a, { kind: "check.transfer", check: one, owner: "Ana" }, 3_000);
  assert.equal(check(one).owner, "Ben");
  assert.equal(check(one).story.filter(({ op }) => op.body.kind === "check.transfer").length, 2);
});

const seed = Date.now() % 2 ** 31;
test(`[SYN6] a family folds the same from any order (seed ${seed})`, () => {
  const random = seeded(seed);
  for (let round = 0; round < 100; round++) {
    const { a, b, one, two, line, ops, write } = house();
    const three = write(b, { kind: "check.open", number: "B1" });
    for (let i = 0; i < 25; i++) {
      write(random() < 0.5 ? a : b, anything([one, two, three], [line], ops, random), 3_000 + i % 7);
    }
    const told = (list: typeof ops) => JSON.stringify([...foldFamily(list.map((op) => ({ id: op.id, op })))].sort());
    assert.equal(told(shuffled([...ops, ...ops.slice(3, 9)], random)), told(ops));
  }
});

function anything(
  checks: readonly string[],
  lines: string[],
  ops: readonly { id: string }[],
  random: () => number,
): CheckBody {
  const pick = <T>(items: readonly T[]) => items[Math.floor(random() * items.length)]!;
  const [check, to, line] = [pick(checks), pick(checks), random() < 0.2 ? pick(ops).id : pick(lines)];
  const bodies: CheckBody[] = [
    { kind: "line.add", check, name: "Beer", price: Math.floor(random() * 900), quantity: 1 },
    { kind: "line.edit", check, line, quantity: 3 },
    { kind: "line.void", check, line, reason: "Wrong" },
    { kind: "line.move", check, lines: [line], to },
    { kind: "line.divide", check, line, among: [{ check, parts: 1 }, { check: to, parts: 2 }] },
    { kind: "line.send", check, lines: [line] },
    { kind: "check.merge", check, into: to },
    { kind: "check.void", check, reason: "Left", total: 100 },
    { kind: "check.close", check, total: 100 },
    { kind: "check.reopen", check },
    { kind: "check.transfer", check, owner: pick(["Ana", "Ben"]) },
    { kind: "discount.add", check, percent: 1_000, reason: "Staff" },
    { kind: "discount.remove", check, discount: pick(ops).id },
    { kind: "payment.add", check, tender: "cash", amount: 1 + Math.floor(random() * 900) },
    { kind: "payment.void", check, payment: pick(ops).id, reason: "No" },
    { kind: "payment.refund", check, payment: pick(ops).id, amount: 50, reason: "No" },
  ];
  return pick(bodies);
}
