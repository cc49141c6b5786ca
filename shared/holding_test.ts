import assert from "node:assert/strict";
import { test } from "node:test";
import type { CheckOp } from "./check/op.ts";
import { pen, settledCheck } from "./check/testing.ts";
import { Holding } from "./holding.ts";
import type { OpId } from "./ids.ts";
import { NOTHING_KEPT } from "./journal.ts";
import { headsOf } from "./sync/vector.ts";
import type { Retire } from "./wire.ts";

const OWN = "aaaaaaaa";

/** What the hub says of settled checks: it holds of them what is in `ops`. */
function word(checks: readonly OpId[], ops: readonly CheckOp[], more: Partial<Retire> = {}): Retire {
  return { type: "retire", upTo: 9, checks: [...checks], others: [], covers: headsOf(ops), numbers: { A: 1 }, ...more };
}

/** A register that holds one settled check of its own and an open one of B. */
function shop() {
  const [a, b] = [pen("a"), pen("b", 2_000)];
  const over = settledCheck(a, "A1");
  const open = b.write({ kind: "check.open", number: "B1" });
  const holding = new Holding({ ops: [], heard: {}, ...NOTHING_KEPT });
  holding.take([...over, open]);
  const shown = () => holding.book.all().map(({ number, state }) => `${number} ${state}`).sort();
  return { a, b, over, id: over[0]!.id, open, holding, shown };
}

test("[SYN27] what the hub says is settled is let go, and what is not named stays", () => {
  const { holding, over, id, open, shown } = shop();
  const { ops, checks } = holding.retire(word([id], over), OWN);
  assert.deepEqual([ops.length, [...checks]], [4, [id]]);
  assert.deepEqual([shown(), holding.vector()], [["B1 open"], { [open.replica]: 1 }]);
  assert.deepEqual([holding.wanted(), holding.retired], [[], 9]);
});

test("[SYN27] ops of no check are let go by their names", () => {
  const { a, holding } = shop();
  const shift = a.write({ kind: "shift.open" });
  holding.take([shift, a.write({ kind: "shift.close" })]);
  const { ops } = holding.retire(word([], [], { others: [shift.id] }), OWN);
  assert.deepEqual(ops.map(({ body }) => body.kind), ["shift.open"]);
  assert.deepEqual(holding.book.others.map(({ op }) => op.body.kind), ["shift.close"]);
});

test("[SYN27] of what the hub lacks itself nothing is let go, and the others keep no hold on what it has", () => {
  const { holding, over, id, a } = shop();
  const lacks = { [a.replica]: [[1, 2], [90, 99]] as [number, number][] };
  const { ops } = holding.retire(word([id], over, { lacks }), OWN);
  assert.deepEqual([ops, over.every(({ replica, seq }) => holding.log.find(replica, seq))], [[], true]);
  const other = new Holding({ ops: [], heard: {}, ...NOTHING_KEPT });
  other.take([{ replica: a.replica, seq: 1, gone: 2 }, ...over.slice(2)]);
  assert.equal(other.retire(word([id], over, { lacks }), OWN).ops.length, over.length - 2);
});

test("[SYN29] a check with news of this register's own, which the hub had not, is shown on and kept", () => {
  const { a, holding, over, id, shown } = shop();
  holding.take([a.write({ kind: "check.reopen", check: id })]);
  const { ops, checks } = holding.retire(word([id], over), OWN);
  assert.deepEqual([ops, [...checks], holding.wanted()], [[], [], []]);
  assert.deepEqual(shown(), ["A1 open", "B1 open"]);
  assert.equal(holding.family(id)?.ops.length, 5);
});

test("[SYN29] a check with another's news is not shown until the hub has sent all of it", () => {
  const { b, holding, over, id, shown } = shop();
  const news = b.write({ kind: "check.reopen", check: id });
  holding.take([news]);
  const { ops, checks } = holding.retire(word([id], over), OWN);
  assert.deepEqual([ops, [...checks]], [[], [id]]); // nothing is thrown away: this may be the only copy of the news
  assert.deepEqual([shown(), holding.wanted(), holding.family(id)], [["B1 open"], [id], undefined]);
  holding.restore([], [id], 5);
  assert.deepEqual([shown(), holding.wanted()], [["A1 open", "B1 open"], []]);
});

test("[SYN29] what comes of a check that was let go waits, and is shown once all that there is of it has come", () => {
  const { b, holding, over, id, shown } = shop();
  holding.retire(word([id], over), OWN);
  holding.take([b.write({ kind: "check.reopen", check: id })]);
  assert.deepEqual([shown(), holding.wanted()], [["B1 open"], [id]]);
  // A1's writer is forgotten: its ops come by the usual way, as the hub speaks of them again
  assert.deepEqual(holding.lacking(over), []);
  holding.take(over);
  assert.deepEqual(shown(), ["B1 open"]);
  assert.equal(holding.restore([], [id], 6).checks.size, 0); // one more is on its way
  assert.deepEqual(shown(), ["B1 open"]);
  assert.deepEqual([...holding.restore([], [id], 5).checks], [id]);
  assert.deepEqual(shown(), ["A1 open", "B1 open"]);
});

test("[SYN29] in the places of a writer who goes on, ops are taken back and the check is shown", () => {
  const { a, holding, over, id, shown } = shop();
  holding.take([a.write({ kind: "check.open", number: "A2" })]);
  holding.retire(word([id], over), OWN);
  assert.deepEqual(holding.lacking(over), over);
  const { fresh, checks } = holding.restore(over, [id], 4);
  assert.deepEqual([fresh.length, [...checks]], [4, [id]]);
  assert.deepEqual(shown(), ["A1 closed", "A2 open", "B1 open"]);
  assert.deepEqual(holding.lacking(over), []);
});

test("[SYN29] another's news that ties an open check to one that was let go waits; the open one is shown without it", () => {
  const { b, holding, over, id, open, shown } = shop();
  const merge = b.write({ kind: "check.merge", check: open.id, into: id });
  holding.take([merge]);
  const { ops } = holding.retire(word([id], over), OWN);
  assert.deepEqual([ops, shown(), holding.wanted()], [[], ["B1 open"], [id]]);
  holding.restore([], [id, open.id], 6);
  assert.deepEqual([shown(), holding.wanted()], [["A1 closed", "B1 merged"], []]);
});

test("[SYN30] the number of a check that was let go is not given again", () => {
  const { holding, over, id } = shop();
  assert.equal(holding.highestNumber("A"), 1);
  holding.retire(word([id], over, { numbers: { A: 40, B: 3 } }), OWN);
  assert.deepEqual(["A", "B", "C"].map((letter) => holding.highestNumber(letter)), [40, 3, 0]);
});

test("[SYN32] a check of which fewer ops are here, and one that should not be, is asked for", () => {
  const { holding, id, open } = shop();
  const digest = (counts: Record<OpId, number>, others = 0, whole = true) =>
    holding.unlike({ type: "digest", counts, others, whole });
  assert.deepEqual(digest({ [id]: 4, [open.id]: 1 }), { checks: [] });
  assert.deepEqual(digest({ [id]: 5, [open.id]: 1 }), { checks: [id] });
  assert.deepEqual(digest({ [id]: 3, [open.id]: 1 }), { checks: [] }); // more is here than there: it is on its way
  assert.deepEqual(digest({ [open.id]: 1 }), { checks: [id] });
  assert.deepEqual(digest({ [open.id]: 1 }, 0, false), { checks: [] }); // another part names it
  assert.deepEqual(digest({ [id]: 4, [open.id]: 1, "cccccccc-0000/1": 2 }, 2), {
    checks: ["cccccccc-0000/1"],
    others: [],
  });
});

test("[SYN32] what waits on the shelf counts as held", () => {
  const { b, holding, over, id, open } = shop();
  holding.take([b.write({ kind: "check.reopen", check: id })]);
  holding.retire(word([id], over), OWN);
  const { checks } = holding.unlike({ type: "digest", counts: { [id]: 5, [open.id]: 1 }, others: 0, whole: true });
  assert.deepEqual(checks, []);
});

test("[SYN29] a check without its opening is asked for, and is handed to nobody", () => {
  const { b, holding, open } = shop();
  const line = b.write({ kind: "line.add", check: "cccccccc-0000/1", name: "Wine", price: 1, quantity: 1 });
  holding.take([line]);
  assert.deepEqual(holding.wanted(), ["cccccccc-0000/1"]);
  assert.equal(holding.family("cccccccc-0000/1"), undefined);
  assert.deepEqual(holding.family(open.id), { checks: [open.id], ops: [open] });
  assert.equal(holding.family("dddddddd-0000/1"), undefined);
});

test("[SYN27] a register that was never told and holds nothing says so; one that holds something says 0", () => {
  assert.equal(new Holding({ ops: [], heard: {}, ...NOTHING_KEPT }).retired, null);
  assert.equal(shop().holding.retired, 0);
});

test("[SYN27] a second tab takes up what the first let go, and what the journal tells is the same again", () => {
  const { a, holding, over, id, open, shown } = shop();
  const other = new Holding({ ops: [...over, open], heard: {}, ...NOTHING_KEPT });
  const next = a.write({ kind: "check.open", number: "A2" });
  for (const each of [holding, other]) each.take([next]);
  holding.retire(word([id], over), OWN);
  const { checks } = other.reload({ ops: [next, open], heard: {}, ...holding.kept() });
  assert.ok(checks.has(id)); // so that the page draws without it
  const numbers = (each: Holding) => each.book.all().map(({ number }) => number).sort();
  assert.deepEqual([numbers(other), other.vector(), other.kept()], [
    numbers(holding),
    holding.vector(),
    holding.kept(),
  ]);
  assert.deepEqual(shown(), ["A2 open", "B1 open"]);
});
