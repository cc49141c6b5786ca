import assert from "node:assert/strict";
import { isSettled } from "../shared/check/settled.ts";
import { pen, settledCheck } from "../shared/check/testing.ts";
import type { Vector } from "../shared/sync/vector.ts";
import { LOOK_EVERY_MS, Retirement } from "./retirement.ts";
import { openDatabase } from "./store/db.ts";
import { StoredLog } from "./store/ops.ts";
import { RetiredOps } from "./store/retired.ts";

const DAY = 1_000_000; // when the business day began

/** A hub of two registers, A and B, that are told to hold what `held` says. */
function rig() {
  const db = openDatabase(":memory:");
  const log = new StoredLog(db, () => 0);
  const retired = new RetiredOps(db);
  const held = new Map<string, Vector | undefined>();
  const words: number[] = [];
  let now = DAY + 1;
  let day = DAY;
  let full = false;
  const retirement = new Retirement({
    ...{ log, retired, isSettled, now: () => now },
    registers: () => [...held.keys()],
    heardOf: (register) => held.get(register),
    dayStart: () => day,
    guarded: (write) => full || write(),
    marked: (before) => words.push(before),
  });
  const all = () => {
    for (const register of ["aaaaaaaa", "bbbbbbbb"]) held.set(register, log.vector());
  };
  return {
    ...{ log, retired, held, words, retirement, all },
    pass: (ms: number) => now += ms,
    nextDay: () => day = now,
    fill: () => full = true,
  };
}

Deno.test("[SYN27] what is over from before the business day is let go once every register holds it", () => {
  const { log, retired, held, words, retirement, all } = rig();
  const a = pen("a");
  log.append(settledCheck(a, "A1"));
  all();
  held.set("bbbbbbbb", { [a.replica]: 3 }); // all but its closing
  assert.equal(retirement.letGo("when all have it"), 0);
  held.set("bbbbbbbb", { [a.replica]: 4 });
  assert.equal(retirement.letGo("when all have it"), 1);
  assert.deepEqual([words, log.vector(), retired.newest()], [[0], {}, DAY + 1]);
  assert.equal(retirement.letGo("when all have it"), 0);
  assert.deepEqual(words, [0]); // nothing new is told
});

Deno.test("[SYN27] a register that was never heard holds everything back, and a manager says otherwise", () => {
  const { log, held, retirement, all } = rig();
  log.append(settledCheck(pen("a"), "A1"));
  all();
  held.set("cccccccc", undefined);
  assert.equal(retirement.letGo("when all have it"), 0);
  assert.equal(retirement.letGo("a manager says so"), 1);
});

Deno.test("[SYN27] what is open, of today, or waits for a person is kept, also when a manager says so", () => {
  const { log, retirement, all } = rig();
  const [a, b] = [pen("a"), pen("b", DAY)];
  const owed = a.write({ kind: "check.open", number: "A2" });
  log.append([
    a.write({ kind: "check.open", number: "A1" }),
    ...[owed, a.write({ kind: "line.add", check: owed.id, name: "Beer", price: 5, quantity: 1 })],
    a.write({ kind: "check.close", check: owed.id, total: 5 }),
    ...settledCheck(b, "B1"),
  ].sort((x, y) => x.replica < y.replica ? -1 : x.replica > y.replica ? 1 : x.seq - y.seq));
  all();
  assert.equal(retirement.letGo("a manager says so"), 0);
  const late = settledCheck(a, "A3", 900);
  late.push(a.write({ kind: "payment.refund", check: late[0]!.id, payment: late[2]!.id, amount: 5, reason: "x" }, DAY));
  log.append(late); // one op of it is of today
  all();
  assert.equal(retirement.letGo("a manager says so"), 0);
});

Deno.test("[SYN27] while a shift is open, what came since it was opened is kept; shifts that are over are let go", () => {
  const { log, retired, retirement, all } = rig();
  const [a, b] = [pen("a"), pen("b")];
  log.append([a.write({ kind: "shift.open" }, 10), a.write({ kind: "shift.close" }, 20)]);
  log.append([b.write({ kind: "shift.open" }, 500)]);
  log.append([...settledCheck(a, "A1", 400), ...settledCheck(a, "A2", 600)]);
  all();
  assert.equal(retirement.letGo("when all have it"), 1);
  assert.deepEqual(retired.since(0)[0]?.checks, [`${a.replica}/3`]);
  assert.deepEqual(retired.since(0)[0]?.others, [`${a.replica}/1`, `${a.replica}/2`]);
  log.append([b.write({ kind: "shift.close" }, DAY + 1)]);
  all();
  assert.equal(retirement.letGo("when all have it"), 1);
});

Deno.test("[SYN27] a family is let go whole or not at all", () => {
  const { log, retired, retirement, all } = rig();
  const [a, b] = [pen("a"), pen("b", 2_000)];
  const [one, two] = [a.write({ kind: "check.open", number: "A1" }), b.write({ kind: "check.open", number: "B1" })];
  log.append([one, two, a.write({ kind: "check.merge", check: one.id, into: two.id })]);
  all();
  assert.equal(retirement.letGo("when all have it"), 0); // the first is over, the second is not
  log.append([b.write({ kind: "check.close", check: two.id, total: 0 })]);
  all();
  assert.equal(retirement.letGo("when all have it"), 2);
  assert.deepEqual(retired.since(0)[0]?.checks.toSorted(), [one.id, two.id].sort());
});

Deno.test("[SYN27] one word lets go of about 500 checks, and the next look goes on", () => {
  const { log, retired, retirement, all } = rig();
  const a = pen("a");
  for (let i = 0; i < 620; i++) log.append(settledCheck(a, `A${i + 1}`));
  all();
  assert.equal(retirement.letGo("when all have it"), 500);
  assert.equal(retirement.letGo("when all have it"), 120);
  assert.deepEqual(retired.since(0).map(({ checks }) => checks.length), [500, 120]);
  assert.ok(retired.since(0).every(({ upTo }, i, words) => i === 0 || upTo > words[i - 1]!.upTo));
});

Deno.test("[SYN27] a look is taken every ten minutes, and one that the disk does not take tells nobody", () => {
  const { log, words, retirement, all, pass, fill } = rig();
  const a = pen("a");
  log.append(settledCheck(a, "A1"));
  all();
  retirement.tick();
  assert.deepEqual(words, [0]);
  log.append(settledCheck(a, "A2"));
  all();
  pass(LOOK_EVERY_MS - 1);
  retirement.tick();
  assert.equal(words.length, 1);
  pass(1);
  retirement.tick();
  assert.equal(words.length, 2);
  log.append(settledCheck(a, "A3"));
  all();
  fill();
  assert.equal(retirement.letGo("a manager says so"), 0);
  assert.equal(words.length, 2);
});

Deno.test("[SYN35] what waits and for whom is known, and is let go as soon as the last of them has it", () => {
  const { log, held, words, retirement, all } = rig();
  const a = pen("a");
  log.append([...settledCheck(a, "A1"), ...settledCheck(a, "A2"), a.write({ kind: "check.open", number: "A3" })]);
  all();
  held.set("bbbbbbbb", { [a.replica]: 6 });
  held.set("cccccccc", undefined);
  retirement.tick();
  assert.deepEqual(retirement.heldUp, { checks: 2, registers: ["bbbbbbbb", "cccccccc"] });
  held.delete("cccccccc"); // un-enrolled
  retirement.tick(); // no ten minutes have passed
  assert.deepEqual([retirement.heldUp, words], [{ checks: 1, registers: ["bbbbbbbb"] }, [0]]); // A1 is with all
  held.set("bbbbbbbb", { [a.replica]: 8 });
  retirement.tick();
  assert.deepEqual([retirement.heldUp, words.length], [undefined, 2]);
});

Deno.test("[SYN35] many checks that wait for one register do not hold up those that are everywhere", () => {
  const { log, held, retirement, all } = rig();
  const [a, b] = [pen("a"), pen("b")];
  for (let i = 0; i < 520; i++) log.append(settledCheck(a, `A${i + 1}`));
  log.append(settledCheck(b, "B1"));
  all();
  held.set("bbbbbbbb", { [b.replica]: 4 });
  assert.equal(retirement.letGo("when all have it"), 1);
  assert.deepEqual(retirement.heldUp, { checks: 500, registers: ["bbbbbbbb"] });
  assert.equal(retirement.letGo("a manager says so"), 500);
  assert.equal(retirement.heldUp, undefined);
});

Deno.test("[SYN36] a check that was asked for is kept until the business day is over, with all it shares lines with", () => {
  const { log, retired, retirement, all, pass, nextDay } = rig();
  const a = pen("a");
  const [one, two] = [a.write({ kind: "check.open", number: "A1" }), a.write({ kind: "check.open", number: "A2" })];
  const merge = a.write({ kind: "check.merge", check: one.id, into: two.id });
  const other = settledCheck(a, "A3");
  log.append([one, two, merge, ...other, a.write({ kind: "check.close", check: two.id, total: 0 })]);
  all();
  assert.equal(retirement.letGo("when all have it"), 3);
  retirement.recall([one.id, "zzzzzzzz-0000/1"]);
  assert.deepEqual([one.id, two.id, other[0]!.id].map((check) => retired.isMarked(check)), [false, false, true]);
  all();
  pass(LOOK_EVERY_MS);
  assert.deepEqual([retirement.letGo("when all have it"), retirement.letGo("a manager says so")], [0, 0]);
  pass(LOOK_EVERY_MS);
  nextDay();
  assert.equal(retirement.letGo("when all have it"), 2);
});
