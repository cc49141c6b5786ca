/** What every log must do, run against each implementation by its own test file. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Log } from "./log.ts";
import { type Op, opsAmong } from "./op.ts";

type Body = { kind: string; check: string; n: number };
const A = "aaaaaaaa-0000";
const B = "bbbbbbbb-0000";

function op(replica: string, seq: number, n = seq): Op<Body> {
  return { replica, seq, stamp: { ms: 1_000 + seq, count: 0 }, body: { kind: "x.y", check: `${A}/1`, n } };
}

// deno-lint-ignore no-explicit-any -- a log of any body
export function testLog(name: string, make: () => Log<any>): void {
  const each = (title: string, run: (log: Log<Body>) => void) => test(`${title} (${name})`, () => run(make()));

  each("[SYN1] an op given twice is stored once", (log) => {
    assert.equal(log.append([op(A, 1), op(A, 1)]).fresh.length, 1);
    const again = log.append([op(A, 1)]);
    assert.deepEqual([again.fresh, again.gaps, again.forks], [[], [], []]);
    assert.deepEqual(log.vector(), { [A]: 1 });
  });

  each("[SYN4] a gap is named and nothing behind it is applied", (log) => {
    const report = log.append([op(A, 1), op(A, 3), op(A, 4), op(B, 2)]);
    assert.deepEqual(report.fresh.map((fresh) => fresh.seq), [1]);
    assert.deepEqual(report.gaps, [`${A}/3`, `${A}/4`, `${B}/2`]);
    assert.deepEqual(log.vector(), { [A]: 1 });
  });

  each("[SYN5] an id with other content is a fork and the op held stands", (log) => {
    log.append([op(A, 1, 7)]);
    assert.deepEqual(log.append([op(A, 1, 8)]).forks, [`${A}/1`]);
    assert.equal(opsAmong(log.since({}, 10))[0]?.body.n, 7);
    assert.deepEqual(log.append([op(B, 1, 1), op(B, 1, 2)]).forks, [`${B}/1`]); // within one batch, too
  });

  each("[SYN5] the order of fields is not content", (log) => {
    log.append([{ ...op(A, 1), body: { kind: "x.y", check: `${A}/1`, n: 1 } }]);
    assert.deepEqual(log.append([{ ...op(A, 1), body: { n: 1, check: `${A}/1`, kind: "x.y" } }]).forks, []);
  });

  each("since() returns what the other lacks, per writer in order, up to the limit", (log) => {
    log.append([op(A, 1), op(A, 2), op(A, 3), op(B, 1)]);
    const ids = (vector: Record<string, number>, limit = 10) =>
      log.since(vector, limit).map(({ replica, seq }) => `${replica[0]}${seq}`);
    assert.deepEqual(ids({}).sort(), ["a1", "a2", "a3", "b1"]);
    assert.deepEqual(ids({ [A]: 2 }).sort(), ["a3", "b1"]);
    assert.deepEqual(ids({ [A]: 9, [B]: 1 }), []);
    assert.deepEqual(ids({ [B]: 1 }, 2), ["a1", "a2"]);
  });
}
