import assert from "node:assert/strict";
import { test } from "node:test";
import { pen, settledCheck } from "./check/testing.ts";
import { EMPTY_SHELF, Shelf, SHELF_MAX } from "./shelf.ts";

/** Two checks of A, of which the first was let go. */
function oneGone() {
  const a = pen("a");
  const [one, two] = [settledCheck(a, "A1"), settledCheck(a, "A2")];
  const shelf = new Shelf({ upTo: 5, checks: [one[0]!.id], numbers: { A: 1 } });
  return { a, one, two, shelf, id: one[0]!.id };
}

test("[SYN29] an op of a check that was let go waits, others are shown", () => {
  const { one, two, shelf, id } = oneGone();
  assert.deepEqual(shelf.admit([...one, ...two]), two);
  assert.deepEqual([shelf.wanted(), shelf.waitingFor(new Set([id]))], [[id], one]);
  assert.deepEqual(new Shelf(EMPTY_SHELF).admit(one), one);
});

test("[SYN29] an op that ties a check to one that was let go waits, and only that one is asked for", () => {
  const { a, two, shelf, id } = oneGone();
  const merge = a.write({ kind: "check.merge", check: two[0]!.id, into: id });
  assert.deepEqual(shelf.admit([...two, merge]), two);
  assert.deepEqual(shelf.wanted(), [id]);
  assert.deepEqual(shelf.waitingFor(new Set([two[0]!.id])), [merge]);
});

test("[SYN29] what waits is shown once its check is not among those let go any more, and once only", () => {
  const { one, shelf, id } = oneGone();
  shelf.admit(one);
  assert.deepEqual(shelf.release(), []);
  const without = shelf.without(new Set([id]));
  assert.deepEqual([without.release(), without.release(), without.wanted()], [one, [], []]);
  const less = shelf.without(new Set(), new Set([one[0]!])); // let go while it waited
  assert.deepEqual(less.waitingFor(new Set([id])), one.slice(1));
});

test("[SYN30] numbers and words only rise", () => {
  const { shelf } = oneGone();
  const more = shelf.with({ upTo: 3, checks: ["bbbbbbbb-0000/1"], numbers: { A: 7, B: 2 } });
  assert.deepEqual([more.upTo, more.numberOf("A"), more.numberOf("B"), more.numberOf("C")], [5, 7, 2, 0]);
  const less = more.with({ upTo: 9, checks: [], numbers: { A: 4 } });
  assert.deepEqual([less.upTo, less.numberOf("A"), less.numberOf("B")], [9, 7, 2]);
});

test("[SYN29] a shelf goes into storage and comes back; of very many checks the newest are remembered", () => {
  const { shelf, one } = oneGone();
  assert.deepEqual(new Shelf(shelf.content()).content(), shelf.content());
  assert.deepEqual(new Shelf(shelf.content(), one).wanted(), [one[0]!.id]);
  const ids = Array.from({ length: SHELF_MAX + 1 }, (_, i) => `bbbbbbbb-0000/${i + 1}`);
  const full = shelf.with({ upTo: 6, checks: ids, numbers: {} });
  assert.deepEqual([full.content().checks.length, full.has(ids[0]!), full.has(ids[1]!)], [SHELF_MAX, false, true]);
});
