/** Closing and opening again, by registers whose clocks disagree. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Check } from "./check.ts";
import { foldFamily } from "./fold.ts";
import type { CheckBody, CheckOp } from "./op.ts";
import { reopening } from "./reopening.ts";
import { pen, seeded, shuffled } from "./testing.ts";

const AHEAD = 2 * 24 * 60 * 60_000; // ms: a clock that is two days ahead
type Written = CheckOp & { readonly id: string };

/** Check A1 with one line of 10.00, and pens of two registers. */
function bar() {
  const [a, b] = [pen("a"), pen("b", 2_000)];
  const ops: Written[] = [];
  const write = (by: typeof a, body: CheckBody, ms?: number) => {
    const op = by.write(body, ms);
    ops.push(op);
    return op.id;
  };
  const id = write(a, { kind: "check.open", number: "A1" });
  const line = write(a, { kind: "line.add", check: id, name: "Wine", price: 1_000, quantity: 1 });
  const check = (): Check => foldFamily(ops.map((op) => ({ id: op.id, op }))).get(id)!;
  const close = (by: typeof a, ms: number) => write(by, { kind: "check.close", check: id, total: 1_000 }, ms);
  const why = (op: string) => check().story.find((entry) => entry.id === op)?.noEffect;
  return { a, b, id, line, ops, write, check, close, why };
}

test("[CHK22] a close by a clock two days ahead is answered by a normal one: the check is open", () => {
  const { a, b, ops, write, check, close, why } = bar();
  const early = close(b, 3_000 + AHEAD);
  const reopened = write(a, reopening(check()), 4_000);
  assert.deepEqual(ops.at(-1)?.body, { kind: "check.reopen", check: check().id, after: [early] });
  assert.deepEqual([check().state, check().closedAt, why(reopened), why(early)], [
    "open",
    undefined,
    undefined,
    undefined,
  ]);
  const again = close(a, 5_000);
  assert.deepEqual([check().state, check().closedAt?.ms, why(again)], ["closed", 5_000, undefined]);
  write(a, reopening(check()), 6_000);
  assert.equal(check().state, "open");
});

test("[CHK22] a reopening by a clock two days ahead does not open what was closed after it", () => {
  const { a, b, write, check, close, why } = bar();
  close(a, 3_000);
  write(b, reopening(check()), 4_000 + AHEAD);
  assert.equal(check().state, "open");
  const again = close(a, 5_000);
  assert.deepEqual([check().state, check().closedAt?.ms, why(again)], ["closed", 5_000, undefined]);
});

test("[CHK22] it answers every closing that was seen, also those that changed nothing", () => {
  const { a, b, id, write, check, close } = bar();
  const ahead = close(b, 3_000 + AHEAD);
  const normal = close(a, 3_100);
  assert.equal(check().closedAt?.ms, 3_100);
  const body = reopening(check());
  assert.deepEqual(body.after, [normal, ahead]);
  write(a, body, 4_000);
  assert.equal(check().state, "open");
  const struck = write(b, { kind: "check.void", check: id, reason: "Left", total: 1_000 }, 5_000 + AHEAD);
  assert.deepEqual([check().state, reopening(check()).after], ["void", [struck]]);
});

test("[CHK22] a closing that the writer had not seen still stands, and both show in the story", () => {
  const { a, b, write, check, close } = bar();
  close(a, 3_000);
  const body = reopening(check());
  close(b, 3_500); // by a register that was cut off
  write(a, body, 4_000);
  assert.deepEqual([check().state, check().closedBy], ["closed", b.register]);
});

test("[CHK22] a second answer to the same closing changes nothing and says so", () => {
  const { a, b, write, check, close, why } = bar();
  close(a, 3_000);
  const body = reopening(check());
  write(a, body, 4_000);
  const second = write(b, body, 4_001);
  assert.equal(why(second), "the check is open");
  close(a, 4_500);
  const third = write(b, body, 5_000);
  assert.deepEqual([check().state, why(third)], ["closed", "the check was opened again already"]);
});

test("[CHK22] a reopening from a version that names nothing goes by the stamps", () => {
  const { a, id, write, check, close, why } = bar();
  const nothing = write(a, { kind: "check.reopen", check: id }, 2_500);
  close(a, 3_000);
  write(a, { kind: "check.reopen", check: id }, 4_000);
  assert.deepEqual([check().state, why(nothing)], ["open", "the check is open"]);
});

test("[CHK22] what a void check refused stays refused when the void is answered", () => {
  const { a, id, line, write, check, why } = bar();
  const other = write(a, { kind: "check.open", number: "A2" });
  write(a, { kind: "line.move", check: id, lines: [line], to: other });
  write(a, { kind: "check.void", check: id, reason: "Left", total: 0 }, 3_000);
  const moved = write(a, { kind: "line.move", check: other, lines: [line], to: id }, 3_100);
  write(a, reopening(check()), 3_200);
  assert.deepEqual([check().state, check().lines.length, why(moved)], ["open", 0, "A1 was voided"]);
});

const seed = Date.now() % 2 ** 31;
for (const each of [seed, 1, 7]) {
  test(`[CHK22] ended is what has a closing that nobody answered, from any order and by any clock (seed ${each})`, () => {
    const random = seeded(each);
    for (let round = 0; round < 150; round++) ending(random);
  });
}

/** Registers that each have seen some of what was done, with clocks that are off, close, void and open again. */
function ending(random: () => number): void {
  const { a, b, id, ops, write } = bar();
  const pens = [a, b, pen("c", 2_500)];
  const offset = pens.map(() => random() < 0.5 ? 0 : (random() - 0.5) * 2 * AHEAD);
  const [ended, answered] = [new Set<string>(), new Set<string>()];
  for (let i = 0; i < 14; i++) {
    const who = Math.floor(random() * pens.length);
    const ms = Math.max(0, Math.round(AHEAD + 5_000 + i * 100 + offset[who]!));
    const roll = random();
    if (roll < 0.35) ended.add(write(pens[who]!, { kind: "check.close", check: id, total: 1_000 }, ms));
    else if (roll < 0.5) {
      ended.add(write(pens[who]!, { kind: "check.void", check: id, reason: "Left", total: 1_000 }, ms));
    } else {
      const seen = ops.filter((op) => op.id === id || random() < 0.7).map((op) => ({ id: op.id, op }));
      const body = reopening(foldFamily(seen).get(id)!);
      if (!body.after) continue;
      write(pens[who]!, body, ms);
      for (const each of body.after) answered.add(each);
    }
    const told = foldFamily(ops.map((op) => ({ id: op.id, op }))).get(id)!;
    assert.equal(told.closedAt !== undefined, [...ended].some((each) => !answered.has(each)));
    const mixed = shuffled([...ops, ...ops.slice(2, 6)], random).map((op) => ({ id: op.id, op }));
    assert.equal(JSON.stringify(foldFamily(mixed).get(id)), JSON.stringify(told));
  }
}
