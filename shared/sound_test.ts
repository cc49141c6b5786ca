import assert from "node:assert/strict";
import { test } from "node:test";
import { parseBody } from "./check/op.ts";
import { pen } from "./check/testing.ts";
import { opId } from "./ids.ts";
import { readRecord, readStored, type StoredOp, sumOf, sumOfOp } from "./sync/sound.ts";

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

const read = (row: StoredOp) => readStored(row, parseBody);
const whyOf = (row: StoredOp) => {
  const reading = read(row);
  return reading.ok ? "sound" : reading.why;
};

test("[SYN40] a stored op is read as it was written, with or without a sum", () => {
  const [, row] = rows(1);
  const { sum: _, ...unsummed } = row!;
  for (const each of [row!, unsummed, { ...unsummed, sum: null }]) {
    const reading = read(each);
    assert.ok(reading.ok);
    assert.equal(JSON.stringify(reading.op.body), row!.body);
  }
});

test("[SYN40] any one character that differs is seen by the sum, wherever it is", () => {
  const [, row] = rows(1);
  for (let i = 0; i < row!.body.length; i++) {
    const other = row!.body[i] === "7" ? "8" : "7";
    assert.equal(whyOf({ ...row!, body: row!.body.slice(0, i) + other + row!.body.slice(i + 1) }), "wrong-sum");
  }
  assert.equal(whyOf({ ...row!, seq: row!.seq + 1 }), "wrong-sum");
  assert.equal(whyOf({ ...row!, ms: row!.ms + 1 }), "wrong-sum");
  assert.equal(whyOf({ ...row!, count: row!.count + 1 }), "wrong-sum");
});

test("[SYN40] without a sum what is no JSON and what no op can say are told apart; nothing throws", () => {
  const [, { sum: _, ...row }] = rows(1) as [StoredOp, StoredOp];
  assert.equal(whyOf({ ...row, body: row.body.slice(0, 20) }), "not-json");
  assert.equal(whyOf({ ...row, body: "" }), "not-json");
  for (const body of ["null", "5", "{}", "[]", '{"kind":"line.add","check":5}']) {
    assert.equal(whyOf({ ...row, body }), "not-an-op", body);
  }
});

test("[SYN43] a journal's damaged records are told apart, whatever they have become", () => {
  const a = pen("a");
  const op = a.write({ kind: "check.open", number: "A1" });
  const read = (record: unknown) => readRecord([op.replica, op.seq], record, parseBody);
  const sound = { ok: true, op: { replica: op.replica, seq: op.seq, stamp: op.stamp, body: op.body } };
  const sum = sumOfOp(op);
  assert.deepEqual(read(op), sound);
  assert.deepEqual(read({ ...op, sum }), sound);
  for (
    const [record, why] of [
      [null, "not-an-op"],
      [5, "not-an-op"],
      [{ ...op, body: undefined }, "not-an-op"],
      [{ ...op, stamp: { ms: "1", count: 0 } }, "not-an-op"],
      [{ ...op, body: { kind: "check.open" } }, "not-an-op"],
      [{ ...op, sum, body: { ...op.body, number: "A2" } }, "wrong-sum"],
      [{ ...op, sum, stamp: { ...op.stamp, count: 7 } }, "wrong-sum"],
    ] as const
  ) assert.deepEqual(read(record), { ok: false, id: opId(a.replica, 1), why });
});
