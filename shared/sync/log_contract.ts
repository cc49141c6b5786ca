/** What every log must do, run against each implementation by its own test file. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Log } from "./log.ts";
import { type Gone, isGone, type Item, type Op, opsAmong } from "./op.ts";

type Body = { kind: string; check: string; n: number };
const A = "aaaaaaaa-0000";
const B = "bbbbbbbb-0000";

function op(replica: string, seq: number, n = seq): Op<Body> {
  return { replica, seq, stamp: { ms: 1_000 + seq, count: 0 }, body: { kind: "x.y", check: `${A}/1`, n } };
}

const gone = (replica: string, seq: number, count: number): Gone => ({ replica, seq, gone: count });

/** Items in a few letters: `a1` an op, `a2-3` what was let go. */
export const said = (items: readonly Item[]) =>
  items.map((item) => `${item.replica[0]}${item.seq}${isGone(item) ? `-${item.seq + item.gone - 1}` : ""}`);

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

  each("[SYN26] what was let go keeps its place: what follows it still follows, and is told with it", (log) => {
    const report = log.append([op(A, 1), gone(A, 2, 2), op(A, 4)]);
    assert.deepEqual([said(report.taken), said(report.fresh)], [["a1", "a2-3", "a4"], ["a1", "a4"]]);
    assert.deepEqual([report.gaps, report.forks, log.vector()], [[], [], { [A]: 4 }]);
    assert.deepEqual(said(log.since({}, 10)), ["a1", "a2-3", "a4"]);
    assert.deepEqual(said(log.since({ [A]: 2 }, 10)), ["a3-3", "a4"]);
    assert.deepEqual(log.append([op(A, 5)]).gaps, []);
  });

  each("[SYN26] of what was let go only the part beyond what is held is taken", (log) => {
    log.append([op(A, 1), op(A, 2)]);
    assert.deepEqual(log.append([gone(A, 1, 4)]).taken, [gone(A, 3, 2)]);
    assert.deepEqual(said(log.since({}, 10)), ["a1", "a2", "a3-4"]);
    assert.deepEqual(log.append([gone(A, 1, 3)]).taken, []);
  });

  each("[SYN26] an op for a place that was let go is neither new nor a fork", (log) => {
    log.append([op(A, 1), gone(A, 2, 1), op(A, 3)]);
    const report = log.append([op(A, 2)]);
    assert.deepEqual([report.taken, report.gaps, report.forks], [[], [], []]);
  });

  each("[SYN4][SYN26] what was let go beyond a gap is a gap", (log) => {
    log.append([op(A, 1)]);
    assert.deepEqual(log.append([gone(A, 3, 2), op(A, 5)]).gaps, [`${A}/3`, `${A}/5`]);
    assert.deepEqual(log.vector(), { [A]: 1 });
  });

  each("[SYN26] a writer of whom only what was let go is heard is not taken up", (log) => {
    log.append([gone(A, 1, 3)]);
    assert.deepEqual([log.vector(), log.since({}, 10)], [{}, []]);
    log.append([gone(A, 1, 3), op(A, 4)]);
    assert.deepEqual([log.vector(), said(log.since({}, 10))], [{ [A]: 4 }, ["a1-3", "a4"]]);
  });

  each("[SYN26] a limit cuts between places and never within one, and the next look goes on", (log) => {
    log.append([op(A, 1), gone(A, 2, 5), op(A, 7), gone(A, 8, 1), op(A, 9), op(B, 1)]);
    const seen: string[] = [];
    const reached: Record<string, number> = {};
    for (let look = 0; look < 9; look++) {
      const items = log.since(reached, 3);
      assert.ok(items.length <= 3);
      for (const item of items) reached[item.replica] = isGone(item) ? item.seq + item.gone - 1 : item.seq;
      seen.push(...said(items));
    }
    assert.deepEqual(seen, ["a1", "a2-6", "a7", "a8-8", "a9", "b1"]);
  });
}
