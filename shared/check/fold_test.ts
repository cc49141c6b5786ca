import assert from "node:assert/strict";
import { test } from "node:test";
import { foldCheck } from "./fold.ts";
import type { CheckBody, CheckOp } from "./op.ts";
import { pen, seeded, shuffled } from "./testing.ts";

/** A check opened on A with one burger of 10.00. */
function table() {
  const [a, b] = [pen("a"), pen("b", 2_000)];
  const open = a.write({ kind: "check.open", number: "A1", name: "Bar" });
  const burger = a.write({ kind: "line.add", check: open.id, name: "Burger", price: 1_000, quantity: 1 });
  return { a, b, open, burger, ops: [open, burger] as CheckOp[] };
}

test("[CHK1] a check is open with what was ordered, and closed once it is paid and closed", () => {
  const { b, open, ops } = table();
  const before = foldCheck(open.id, ops);
  assert.deepEqual([before.state, before.number, before.name, before.due], ["open", "A1", "Bar", 1_000]);
  const pay = b.write({
    kind: "payment.add",
    check: open.id,
    tender: "cash",
    amount: 1_000,
    tip: 200,
    tendered: 2_000,
  });
  const close = b.write({ kind: "check.close", check: open.id, total: 1_000 });
  const after = foldCheck(open.id, [...ops, pay, close]);
  assert.deepEqual([after.state, after.paid, after.tips, after.due, after.flags], ["closed", 1_000, 200, 0, []]);
  assert.equal(after.closedBy, b.register);
});

test("[CHK2] lines added on two registers both stand", () => {
  const { a, b, open, ops } = table();
  const fries = a.write({ kind: "line.add", check: open.id, name: "Fries", price: 500, quantity: 1 });
  const beer = b.write({ kind: "line.add", check: open.id, name: "Beer", price: 700, quantity: 2 });
  const check = foldCheck(open.id, [...ops, beer, fries]);
  assert.deepEqual(check.lines.map((line) => line.name).sort(), ["Beer", "Burger", "Fries"]);
  assert.equal(check.totals.total, 2_900);
  assert.deepEqual(check.flags, []);
});

test("[CHK3] a void stands against a change with a later stamp, and the story says so", () => {
  const { a, b, open, burger, ops } = table();
  const gone = a.write({ kind: "line.void", check: open.id, line: burger.id, reason: "Dropped" }, 3_000);
  const more = b.write({ kind: "line.edit", check: open.id, line: burger.id, quantity: 3 }, 4_000);
  const again = b.write({ kind: "line.void", check: open.id, line: burger.id, reason: "Twice" }, 5_000);
  const check = foldCheck(open.id, [...ops, gone, more, again]);
  assert.deepEqual(check.lines[0]?.voided, { reason: "Dropped", by: a.register });
  assert.equal(check.totals.total, 0);
  const why = (id: string) => check.story.find((entry) => entry.id === id)?.noEffect;
  assert.equal(why(more.id), "the line was voided");
  assert.equal(why(again.id), "the line was voided already");
  assert.equal(why(gone.id), undefined);
});

test("[CHK3][CHK15] a void that names what is not of its kind takes no void's place", () => {
  const { a, b, open, burger, ops } = table();
  const paid = b.write({ kind: "payment.add", check: open.id, tender: "cash", amount: 1_000 });
  const wrong = [
    a.write({ kind: "payment.void", check: open.id, payment: burger.id, reason: "Wrong" }),
    a.write({ kind: "line.void", check: open.id, line: paid.id, reason: "Wrong" }),
  ];
  const more = a.write({ kind: "line.edit", check: open.id, line: burger.id, quantity: 2 });
  assert.equal(foldCheck(open.id, [...ops, paid, ...wrong, more]).due, 1_000);
  const right = [
    b.write({ kind: "line.void", check: open.id, line: burger.id, reason: "Cold" }, 9_000),
    b.write({ kind: "payment.void", check: open.id, payment: paid.id, reason: "Wrong card" }, 9_001),
  ];
  const check = foldCheck(open.id, [...ops, paid, ...wrong, ...right]);
  assert.deepEqual([check.lines[0]?.voided?.reason, check.payments[0]?.voided?.reason], ["Cold", "Wrong card"]);
  assert.deepEqual([check.totals.total, check.paid], [0, 0]);
});

test("[CHK4] two full payments from two registers are both kept and flagged with the amount", () => {
  const { a, b, open, ops } = table();
  const pay = (by: ReturnType<typeof pen>, ms: number) => [
    by.write({ kind: "payment.add", check: open.id, tender: "card", amount: 1_000 }, ms),
    by.write({ kind: "check.close", check: open.id, total: 1_000 }, ms + 1),
  ];
  const check = foldCheck(open.id, [...ops, ...pay(a, 3_000), ...pay(b, 3_000)]);
  assert.equal(check.paid, 2_000);
  assert.deepEqual(check.flags.map(({ code, amount }) => [code, amount]), [["paid-twice", 1_000]]);
  assert.deepEqual(new Set(check.payments.map((payment) => payment.by)), new Set([a.register, b.register]));
});

test("[CHK4] too much from one register, or after a void, is over-paid and not paid twice", () => {
  const { a, open, burger, ops } = table();
  const half = () => a.write({ kind: "payment.add", check: open.id, tender: "cash", amount: 500 });
  const gone = [half(), half(), a.write({ kind: "line.void", check: open.id, line: burger.id, reason: "Cold" })];
  assert.deepEqual(foldCheck(open.id, [...ops, ...gone]).flags, [{ code: "overpaid", amount: 1_000 }]);
});

test("[CHK5] a line that comes after the close leaves a balance due, whatever its stamp", () => {
  for (const ms of [2_500, 9_000]) {
    const { a, b, open, ops } = table();
    const pay = a.write({ kind: "payment.add", check: open.id, tender: "card", amount: 1_000 }, 3_000);
    const close = a.write({ kind: "check.close", check: open.id, total: 1_000 }, 3_001);
    const beer = b.write({ kind: "line.add", check: open.id, name: "Beer", price: 700, quantity: 1 }, ms);
    const check = foldCheck(open.id, [...ops, pay, close, beer]);
    assert.equal(check.state, "closed");
    assert.equal(check.due, 700);
    assert.deepEqual(check.flags.map(({ code, amount }) => [code, amount]), [["due-after-close", 700], [
      "line-after-payment",
      700,
    ]]);
  }
});

test("[CHK6] fields take the value with the latest stamp, each by itself", () => {
  const { a, b, open, ops } = table();
  const edits = [
    a.write({ kind: "check.edit", check: open.id, name: "Window", guests: 2 }, 5_000),
    b.write({ kind: "check.edit", check: open.id, table: "4", name: "Bar" }, 4_000),
  ];
  const check = foldCheck(open.id, [...ops, ...edits]);
  assert.deepEqual([check.name, check.table, check.guests], ["Window", "4", 2]);
});

test("[CHK7] what comes before the opening is kept and counts once it arrives", () => {
  const { b, open, burger } = table();
  const pay = b.write({ kind: "payment.add", check: open.id, tender: "cash", amount: 1_000 });
  const early = foldCheck(open.id, [pay, burger]);
  assert.deepEqual([early.state, early.number, early.paid], ["awaited", "?", 1_000]);
  const edit = b.write({ kind: "line.edit", check: open.id, line: burger.id, quantity: 2 });
  assert.equal(foldCheck(open.id, [edit]).story[0]?.noEffect, "the line is not here yet");
  assert.deepEqual([foldCheck(open.id, [pay, edit, burger, open]).due], [1_000]);
});

test("[CHK8] an op of an unknown kind is kept and said to have no effect here", () => {
  const { b, open, ops } = table();
  const later = b.write({ kind: "line.flambe", check: open.id } as CheckBody);
  const check = foldCheck(open.id, [...ops, later]);
  assert.match(check.story.at(-1)?.noEffect ?? "", /update the app/);
  assert.equal(check.due, 1_000);
});

const seed = Date.now() % 2 ** 31;
test(`[SYN6] any order, any duplicates: the same check (seed ${seed})`, () => {
  const random = seeded(seed);
  for (let round = 0; round < 200; round++) {
    const { a, b, open, burger, ops } = table();
    for (let i = 0; i < 30; i++) ops.push(anything(random() < 0.5 ? a : b, open.id, [...ops, burger], random));
    const expected = JSON.stringify(foldCheck(open.id, ops));
    const doubled = shuffled([...ops, ...ops.slice(0, 10)], random);
    assert.equal(JSON.stringify(foldCheck(open.id, doubled)), expected);
  }
});

/** Any op of any kind on the check, often on a line that others touch too, with a stamp that may go back. */
function anything(by: ReturnType<typeof pen>, check: string, ops: readonly CheckOp[], random: () => number): CheckOp {
  const pick = <T>(items: readonly T[]) => items[Math.floor(random() * items.length)]!;
  const target = pick(ops);
  const line = `${target.replica}/${target.seq}`;
  const bodies: CheckBody[] = [
    { kind: "line.add", check, name: "Beer", price: Math.floor(random() * 900), quantity: 1 },
    { kind: "line.edit", check, line, quantity: 1 + Math.floor(random() * 5) },
    { kind: "line.void", check, line, reason: "Wrong" },
    { kind: "payment.add", check, tender: "cash", amount: 1 + Math.floor(random() * 900) },
    { kind: "check.edit", check, name: pick(["Bar", "Window", "Ana"]) },
    { kind: "check.close", check, total: 100 },
  ];
  return by.write(pick(bodies), 2_000 + Math.floor(random() * 50));
}
