import assert from "node:assert/strict";
import { pen, settledCheck } from "../../shared/check/testing.ts";
import { SPANS_MAX } from "../../shared/wire.ts";
import { said } from "../../shared/sync/log_contract.ts";
import { openDatabase } from "./db.ts";
import { StoredLog } from "./ops.ts";
import { RetiredOps } from "./retired.ts";

function rig() {
  const db = openDatabase(":memory:");
  return { db, log: new StoredLog(db, () => 0), retired: new RetiredOps(db) };
}

/** Three checks of A that are over, of four ops each, the first two let go by words 10 and 20. */
function twoGone() {
  const store = rig();
  const { log, retired } = store;
  const a = pen("a");
  const checks = ["A1", "A12", "A3"].map((number) => settledCheck(a, number));
  log.append(checks.flat());
  const [one, two, three] = checks.map(([open]) => open!.id) as [string, string, string];
  retired.mark([one], [], 10);
  retired.mark([two], [], 20);
  log.refresh();
  return { ...store, a, checks, one, two, three };
}

Deno.test("[SYN27] each word after the one that a register knows is told as it was given, and none before", () => {
  const { retired, a, one, two } = twoGone();
  const words = retired.since(0);
  assert.deepEqual(words.map(({ upTo, checks, covers }) => [upTo, checks, covers]), [
    [10, [one], { [a.replica]: 4 }],
    [20, [two], { [a.replica]: 8 }],
  ]);
  assert.deepEqual(retired.since(10).map(({ upTo }) => upTo), [20]);
  assert.deepEqual([retired.since(20), retired.newest()], [[], 20]);
  assert.deepEqual([rig().retired.newest(), rig().retired.since(0)], [0, []]);
});

Deno.test("[SYN27] the hub speaks of what is kept only, and keeps all of it", () => {
  const { log, retired, a, one, two, three, checks } = twoGone();
  assert.deepEqual(said(log.since({}, 99)), ["a1-8", "a9", "a10", "a11", "a12"]);
  assert.deepEqual([retired.checksKept(Number.MAX_SAFE_INTEGER), retired.counts()], [[three], { [three]: 4 }]);
  assert.deepEqual([retired.isMarked(one), retired.isMarked(three), retired.isMarked("zzzzzzzz-0000/1")], [
    true,
    false,
    false,
  ]);
  assert.equal(log.familyOf(two).length, 4);
  assert.deepEqual(log.heads(), { [a.replica]: 12 });
  assert.deepEqual(retired.checksKept(checks[2]![0]!.stamp.ms), []); // nothing of it is older than its opening
});

Deno.test("[SYN34] to one who keeps everything the log is told as if nothing had been let go", () => {
  const { log, a } = twoGone();
  const whole = log.whole();
  assert.deepEqual([whole.vector(), whole.since({}, 99).length], [{ [a.replica]: 12 }, 12]);
});

Deno.test("[SYN31] without these checks the log is told as if they had been let go", () => {
  const { log, a, three } = twoGone();
  const open = a.write({ kind: "check.open", number: "A4" });
  log.append([open]);
  assert.deepEqual(said(log.without(new Set([three])).since({}, 99)), ["a1-12", "a13"]);
  assert.deepEqual(log.without(new Set([three, open.id])).since({}, 99), []); // nothing of A is told, so A is not begun
});

Deno.test("[SYN26] a writer of whom everything was let go is not in the vector, and its ops are known all the same", () => {
  const { log, retired, a, three, checks } = twoGone();
  retired.mark([three], [], 30);
  log.refresh();
  assert.deepEqual([log.vector(), log.heads(), log.since({}, 9)], [{}, { [a.replica]: 12 }, []]);
  const again = log.append(checks[2]!);
  assert.deepEqual([again.taken, again.gaps, again.forks], [[], [], []]);
});

Deno.test("[SYN27] what is said of checks that somebody asks for is under the newest word", () => {
  const { retired, a, one } = twoGone();
  const { upTo, checks, others, covers } = retired.wordOn([one], [`${a.replica}/12`]);
  assert.deepEqual([upTo, checks, others, covers], [20, [one], [`${a.replica}/12`], { [a.replica]: 12 }]);
  const { upTo: newest, checks: none, covers: nothing } = retired.summary();
  assert.deepEqual([newest, none, nothing], [20, [], {}]);
});

Deno.test("[SYN27] of ops that somebody holds, those that were let go are told apart", () => {
  const { retired, a } = twoGone();
  assert.deepEqual(retired.among([`${a.replica}/1`, `${a.replica}/9`, `${a.replica}/8`, "zzzzzzzz-0000/1"]), [
    `${a.replica}/1`,
    `${a.replica}/8`,
  ]);
});

Deno.test("[SYN30] the highest number of each letter that was let go is told with every word", () => {
  const { retired, log } = twoGone();
  assert.deepEqual(retired.summary().numbers, { A: 12 });
  const b = pen("b");
  const [first] = settledCheck(b, "BC7");
  log.append([first!]);
  retired.mark([first!.id], [], 30);
  assert.deepEqual(retired.since(20)[0]?.numbers, { A: 12, BC: 7 });
});

Deno.test("[SYN27] ops of no check are let go one by one", () => {
  const { log, retired } = rig();
  const a = pen("a");
  const [open, close] = [a.write({ kind: "shift.open" }), a.write({ kind: "shift.close" })];
  log.append([open, close]);
  retired.mark([], [open], 10);
  assert.deepEqual(retired.othersKept().map(({ body }) => body.kind), ["shift.close"]);
  assert.deepEqual(retired.since(0)[0]?.others, [open.id]);
});

Deno.test("[SYN29] news of a check that was let go brings all of it back, and all that it shares lines with", () => {
  const { log, retired, a, one, two } = twoGone();
  const open = a.write({ kind: "check.open", number: "A5" });
  log.append([open, a.write({ kind: "check.merge", check: open.id, into: two })]);
  assert.deepEqual([retired.isMarked(one), retired.isMarked(two)], [true, false]);
  assert.deepEqual(said(log.since({}, 99)).slice(0, 3), ["a1-4", "a5", "a6"]);
  assert.deepEqual(retired.since(0).map(({ upTo }) => upTo), [10]);
});

Deno.test("[SYN27] a word names the places that are empty here, so that nobody lets go of what would fill them", () => {
  const { log, retired } = rig();
  const [a, b] = [pen("a"), pen("b", 2_000)];
  const [lost, check] = [settledCheck(a, "A1"), settledCheck(a, "A2")];
  log.append([{ replica: a.replica, seq: 1, gone: lost.length }, ...check, ...settledCheck(b, "B1")]);
  retired.mark([check[0]!.id], [], 10);
  assert.deepEqual(retired.since(0).map(({ covers, lacks }) => [covers, lacks]), [
    [{ [a.replica]: 8 }, { [a.replica]: [[1, 4]] }],
  ]);
  log.fill(lost);
  assert.deepEqual([retired.wordOn([check[0]!.id]).lacks, retired.summary().lacks], [undefined, undefined]);
});

Deno.test("[SYN27] a writer with more empty places than a word can name is not covered at all", () => {
  const { log, retired } = rig();
  const a = pen("a");
  const id = "zzzzzzzz-0000/1"; // any check
  for (let i = 0; i <= SPANS_MAX; i++) {
    const left = a.write({ kind: "line.add", check: id, name: "Beer", price: i, quantity: 1 });
    const held = a.write({ kind: "line.add", check: id, name: "Cola", price: i, quantity: 1 });
    log.append([{ replica: a.replica, seq: left.seq, gone: 1 }, held]);
  }
  retired.mark([id], [], 10);
  assert.deepEqual(retired.since(0).map(({ covers, lacks }) => [covers, lacks]), [[{}, undefined]]);
});

Deno.test("[SYN33] places of which nothing is here are named, and an op for one is taken and shown", () => {
  const { log, retired } = rig();
  const a = pen("a");
  const checks = ["A1", "A2", "A3"].map((number) => settledCheck(a, number));
  const gone = (seq: number, count: number) => ({ replica: a.replica, seq, gone: count });
  log.append([gone(1, 4), ...checks[1]!, gone(9, 4)]); // this database began after registers had let go
  assert.deepEqual([retired.missing(), log.vector()], [{ [a.replica]: [[1, 4], [9, 12]] }, { [a.replica]: 12 }]);
  assert.deepEqual(log.fill([...checks[0]!, ...checks[1]!]), checks[0]);
  assert.deepEqual([retired.missing(), log.familyOf(checks[0]![0]!.id).length], [{ [a.replica]: [[9, 12]] }, 4]);
  assert.deepEqual(log.fill(checks[0]!), []);
  const beyond = a.write({ kind: "check.open", number: "A9" });
  assert.deepEqual(log.fill([beyond]), []); // it comes by the usual way
});
