import assert from "node:assert/strict";
import { test } from "node:test";
import { CheckBody } from "./check/op.ts";
import { pen } from "./check/testing.ts";
import { opId } from "./ids.ts";
import { Holes, readRecord, readStored, soundPrefixes, type StoredOp, sumOf, untilDamage } from "./sync/sound.ts";

const parse = (value: unknown) => {
  const parsed = CheckBody.safeParse(value);
  return parsed.success ? parsed.data : undefined;
};

/** Rows of one writer: a check and `lines` lines on it. */
function rows(lines: number): StoredOp[] {
  const a = pen("a");
  const open = a.write({ kind: "check.open", number: "A1" });
  const beer = { kind: "line.add", check: opId(a.replica, 1), name: "Beer", price: 500, quantity: 1 } as const;
  return [open, ...Array.from({ length: lines }, () => a.write(beer))].map(({ replica, seq, stamp, body }) => {
    const row = { replica, seq, ms: stamp.ms, count: stamp.count, body: JSON.stringify(body) };
    return { ...row, sum: sumOf(row) };
  });
}

const read = (row: StoredOp) => readStored(row, parse);
const whyOf = (row: StoredOp) => {
  const reading = read(row);
  return reading.ok ? "sound" : reading.why;
};

test("[SYN3] a stored op is read as it was written, with or without a sum", () => {
  const [, row] = rows(1);
  const { sum: _, ...unsummed } = row!;
  for (const each of [row!, unsummed, { ...unsummed, sum: null }]) {
    const reading = read(each);
    assert.ok(reading.ok);
    assert.equal(JSON.stringify(reading.op.body), row!.body);
  }
});

test("[SYN3] any one character that differs is seen by the sum, wherever it is", () => {
  const [, row] = rows(1);
  for (let i = 0; i < row!.body.length; i++) {
    const other = row!.body[i] === "7" ? "8" : "7";
    assert.equal(whyOf({ ...row!, body: row!.body.slice(0, i) + other + row!.body.slice(i + 1) }), "wrong-sum");
  }
  assert.equal(whyOf({ ...row!, seq: row!.seq + 1 }), "wrong-sum");
  assert.equal(whyOf({ ...row!, ms: row!.ms + 1 }), "wrong-sum");
  assert.equal(whyOf({ ...row!, count: row!.count + 1 }), "wrong-sum");
});

test("[SYN18] without a sum what is no JSON and what no op can say are told apart; nothing throws", () => {
  const [, { sum: _, ...row }] = rows(1) as [StoredOp, StoredOp];
  assert.equal(whyOf({ ...row, body: row.body.slice(0, 20) }), "not-json");
  assert.equal(whyOf({ ...row, body: "" }), "not-json");
  for (const body of ["null", "5", "{}", "[]", '{"kind":"line.add","check":5}']) {
    assert.equal(whyOf({ ...row, body }), "not-an-op", body);
  }
});

test("[SYN4] what follows a damaged op is not handed on, so that no reader meets a gap", () => {
  const stored = rows(5).map((row) => row.seq === 3 ? { ...row, body: "{" } : row);
  assert.deepEqual(untilDamage(stored.map(read)).map(({ seq }) => seq), [1, 2]);
  assert.deepEqual(untilDamage(rows(5).map(read)).map(({ seq }) => seq), [1, 2, 3, 4, 5, 6]);
});

test("[SYN17] a damaged op is named once, asked for until a peer brings it, and no longer", () => {
  const stored = rows(5);
  const { replica } = stored[0]!;
  const readings = stored.map((row) => row.seq === 3 || row.seq === 5 ? { ...row, body: "{" } : row).map(read);
  const holes = new Holes();
  assert.deepEqual(holes.note(readings), [
    { id: opId(replica, 3), why: "wrong-sum" },
    { id: opId(replica, 5), why: "wrong-sum" },
  ]);
  assert.deepEqual(holes.note(readings), []);
  const vector = { [replica]: 6, "bbbbbbbb-bbbb": 4 };
  assert.deepEqual(holes.asking(vector), { [replica]: 2, "bbbbbbbb-bbbb": 4 });
  assert.deepEqual([holes.askingAnew(vector), holes.askingAnew(vector)], [holes.asking(vector), undefined]);
  const again = untilDamage(stored.map(read));
  const menders = holes.menders(again);
  assert.deepEqual(menders.map(({ seq }) => seq), [3, 5]);
  holes.mended(menders.slice(0, 1));
  assert.deepEqual(holes.askingAnew(vector), holes.asking(vector), "what is left is asked for again");
  assert.deepEqual(holes.asking(vector), { [replica]: 4, "bbbbbbbb-bbbb": 4 });
  holes.mended(menders);
  assert.deepEqual([holes.asking(vector), holes.askingAnew(vector), holes.all], [vector, undefined, []]);
});

test("a disk that is damaged all over fills no memory with holes", () => {
  const holes = new Holes();
  const readings = rows(1_200).map((row) => read({ ...row, body: "{" }));
  assert.equal(holes.note(readings).length, 1_000);
  assert.equal(holes.note(readings).length, 0);
});

test("[SYN13] a journal's damaged records are told apart, and each writer is read up to its first", () => {
  const [a, b] = [pen("a"), pen("b")];
  const ops = [a, a, a, b, b].map((by, i) => by.write({ kind: "check.open", number: `A${i + 1}` }));
  const records: unknown[] = ops.map(({ stamp, body }) => ({ stamp, body }));
  const readings = () => records.map((record, i) => readRecord([ops[i]!.replica, ops[i]!.seq], record, parse));
  assert.deepEqual(soundPrefixes(readings()).ops.map(({ body }) => body), ops.map(({ body }) => body));
  for (
    const [record, why] of [
      [null, "not-an-op"],
      [5, "not-an-op"],
      [{ ...ops[1], body: undefined }, "not-json"],
      [{ ...ops[1], stamp: { ms: "1", count: 0 } }, "not-an-op"],
      [{ ...ops[1], body: { kind: "check.open" } }, "not-an-op"],
      [{ ...ops[1], sum: 1 }, "wrong-sum"],
    ] as const
  ) {
    records[1] = record;
    const { ops: sound, damaged } = soundPrefixes(readings());
    assert.deepEqual(sound.map(({ replica, seq }) => opId(replica, seq)), [
      opId(a.replica, 1),
      opId(b.replica, 1),
      opId(b.replica, 2),
    ]);
    assert.deepEqual(damaged, [{ id: opId(a.replica, 2), why }]);
  }
});
