import assert from "node:assert/strict";
import { test } from "node:test";
import { MemoryLog } from "./log.ts";
import { said, testLog } from "./log_contract.ts";
import type { Op } from "./op.ts";

testLog("MemoryLog", () => new MemoryLog());

test("MemoryLog find() returns what was appended", () => {
  const log = new MemoryLog<string>();
  const op = { replica: "aaaaaaaa-0000", seq: 1, stamp: { ms: 1, count: 0 }, body: "x" };
  log.append([op]);
  assert.deepEqual(log.find("aaaaaaaa-0000", 1), op);
  assert.equal(log.find("aaaaaaaa-0000", 2), undefined);
});

const A = "aaaaaaaa-0000";
const B = "bbbbbbbb-0000";
const op = (replica: string, seq: number): Op<string> => ({ replica, seq, stamp: { ms: seq, count: 0 }, body: "x" });

/** Five ops of A and one of B. */
function filled() {
  const log = new MemoryLog<string>();
  log.append([op(A, 1), op(A, 2), op(A, 3), op(A, 4), op(A, 5), op(B, 1)]);
  return log;
}

test("[SYN26] ops that are let go keep their place, also at the end; of those not held nothing is let go", () => {
  const log = filled();
  log.retire([op(A, 2), op(A, 5), op(A, 9), op("cccccccc-0000", 1)]);
  log.retire([op(A, 2)]);
  assert.deepEqual(log.vector(), { [A]: 5, [B]: 1 });
  assert.deepEqual(said(log.since({}, 9)), ["a1", "a2-2", "a3", "a4", "a5-5", "b1"]);
  assert.deepEqual([log.find(A, 2), log.between(A, 1, 4).map(({ seq }) => seq)], [undefined, [1, 3, 4]]);
  assert.deepEqual(log.append([op(A, 6)]).gaps, []);
  assert.deepEqual(said(log.since({ [A]: 4 }, 9)), ["a5-5", "a6", "b1"]);
});

test("[SYN26] a writer of whom nothing is left is forgotten, and can begin no more than from its first op", () => {
  const log = filled();
  log.retire([op(B, 1)]);
  assert.deepEqual([log.vector(), log.find(B, 1)], [{ [A]: 5 }, undefined]);
  assert.deepEqual(said(log.since({ [A]: 5 }, 9)), []);
  assert.deepEqual(log.append([op(B, 2)]).gaps, [`${B}/2`]);
});

test("[SYN26] a log is loaded with its holes: below an op that is there and up to where its writer ends", () => {
  const log = new MemoryLog<string>();
  log.load([op(A, 3), op(A, 2), op(B, 1)], { [A]: 5, "cccccccc-0000": 4 });
  assert.deepEqual(log.vector(), { [A]: 5, [B]: 1 }); // of the third nothing is held
  assert.deepEqual(said(log.since({}, 9)).sort(), ["a1-1", "a2", "a3", "a4-5", "b1"]);
  assert.deepEqual(log.heads(), { [A]: 5 });
  log.load([op(B, 1)], {});
  assert.deepEqual([log.vector(), log.heads()], [{ [B]: 1 }, {}]);
});

test("[SYN28] to one who takes only the hub's word a writer is told up to the first place that is empty", () => {
  const log = filled();
  log.retire([op(A, 3)]);
  const solid = log.solid();
  assert.deepEqual(said(solid.since({}, 9)), ["a1", "a2", "b1"]);
  assert.deepEqual(said(solid.since({ [A]: 3 }, 9)), ["a4", "a5", "b1"]);
  assert.deepEqual(solid.vector(), log.vector());
  solid.append([op(B, 2)]);
  assert.deepEqual(log.vector(), { [A]: 5, [B]: 2 });
});

test("[SYN29] what was let go is taken back into its place; what is beyond or is held is not", () => {
  const log = filled();
  log.retire([op(A, 2), op(A, 5)]);
  assert.deepEqual(said(log.restore([op(A, 2), op(A, 3), op(A, 6), op("cccccccc-0000", 1)])), ["a2"]);
  assert.deepEqual([said(log.since({ [B]: 1 }, 9)), log.vector()], [["a1", "a2", "a3", "a4", "a5-5"], {
    [A]: 5,
    [B]: 1,
  }]);
  log.retire([op(A, 1), op(A, 2), op(A, 3), op(A, 4)]); // the one taken back counts as held, and then as let go
  assert.deepEqual(log.vector(), { [B]: 1 });
});

test("[SYN13][SYN26] what was let go is not counted among what nobody else holds", () => {
  const log = filled();
  log.retire([op(A, 2), op(A, 4)]);
  assert.deepEqual([log.countBeyond({}), log.countBeyond({ [A]: 1 }), log.countBeyond({ [A]: 9, [B]: 1 })], [4, 3, 0]);
});

test("[SYN26] a register's log leaves a place empty that was let go, whatever arrives for it; the hub's takes it in again", () => {
  const log = new MemoryLog<{ kind: string }>();
  const at = (seq: number) => ({ replica: "aaaaaaaa-0000", seq, stamp: { ms: seq, count: 0 }, body: { kind: "x.y" } });
  log.append([at(1), { replica: "aaaaaaaa-0000", seq: 2, gone: 1 }, at(3)]);
  log.append([at(2)]);
  assert.equal(log.find("aaaaaaaa-0000", 2), undefined);
});
