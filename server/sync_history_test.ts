/** What the hub does because it keeps everything: over the real log in a database. */
import assert from "node:assert/strict";
import { isSettled } from "../shared/check/settled.ts";
import type { CheckOp } from "../shared/check/op.ts";
import { pen, settledCheck } from "../shared/check/testing.ts";
import { newExchange } from "../shared/sync/exchange.ts";
import { said } from "../shared/sync/log_contract.ts";
import { fromRuns, type SyncMessage, toRuns } from "../shared/wire.ts";
import { historyOf, Retirement } from "./retirement.ts";
import { openDatabase } from "./store/db.ts";
import { StoredLog } from "./store/ops.ts";
import { RetiredOps } from "./store/retired.ts";
import { DIGEST_EVERY_MS, type Peer, Sync } from "./sync.ts";

function rig() {
  const db = openDatabase(":memory:");
  const [log, retired] = [new StoredLog(db, () => 0), new RetiredOps(db)];
  const peers: (Peer & { sent: SyncMessage[] })[] = [];
  const retirement = new Retirement({
    ...{ log, retired, isSettled, now: () => 1_000_000, registers: () => [], heardOf: () => undefined },
    dayStart: () => 1_000_000,
    guarded: (write) => write(),
    marked: (before) => sync.retired(before),
  });
  const stored: string[] = [];
  const numbered: Record<string, string[]> = {};
  const sync = new Sync({
    log,
    history: historyOf({ log, retired }, retirement, (number) => numbered[number] ?? []),
    peers: () => peers,
    stored: (checks) => stored.push(...checks),
    failed: assert.fail,
  });
  /** A session begins; `retired` as its hello says, absent for one that keeps everything. */
  const join = (told?: number | null) => {
    const sent: SyncMessage[] = [];
    const socket = { send: (message: SyncMessage) => sent.push(message), close: assert.fail, queuedBytes: () => 0 };
    const peer = { exchange: newExchange(), gaps: 0, sent, socket, retired: told };
    peers.push(peer);
    sync.begin(peer);
    const take = () => sent.splice(0).map(words);
    const recall = (...numbers: string[]) => sync.recall(peer, numbers);
    return { ...peer, take, recall, says: (message: SyncMessage) => sync.receive(peer, message) };
  };
  const letGo = () => retirement.letGo("a manager says so");
  return { log, retired, sync, join, letGo, stored, numbered };
}

/** A message in a few words. */
function words(message: SyncMessage): string {
  switch (message.type) {
    case "delta":
      return `delta ${said(fromRuns(message.runs))}`;
    case "have":
      return `have ${Object.entries(message.vector).map(([replica, seq]) => `${replica[0]}${seq}`)}`;
    case "family":
      return `family ${message.ops}: ${said(fromRuns(message.runs))}`;
    case "retire":
      return `retire ${message.checks.length}+${message.others.length}`;
    case "digest":
      return `digest ${Object.values(message.counts)}+${message.others}${message.whole ? " whole" : ""}`;
    case "want":
      return `want ${JSON.stringify(message.spans ?? message.checks)}`;
  }
}

const delta = (...ops: readonly CheckOp[]): SyncMessage => ({ type: "delta", runs: toRuns(ops) });

/** A hub that has let go of one check of A and keeps another. */
function oneGone() {
  const hub = rig();
  const a = pen("a");
  const [one, open] = [settledCheck(a, "A1"), a.write({ kind: "check.open", number: "A2" })];
  hub.log.append([...one, open]);
  hub.letGo();
  return { ...hub, a, one, open, id: one[0]!.id };
}

Deno.test("[SYN27] what is let go is told at once to those who understand, and to the others when they come", () => {
  const { log, join, letGo } = rig();
  const [here, old] = [join(0), join()];
  log.append(settledCheck(pen("a"), "A1"));
  for (const peer of [here, old]) peer.take();
  letGo();
  assert.deepEqual([here.take(), old.take()], [["retire 1+0"], []]);
  assert.deepEqual(join(0).take(), ["retire 1+0", "have "]);
  assert.deepEqual(join(1_000_000).take(), ["have "]); // it has heard that word
});

Deno.test("[SYN34] a session that does not say that it lets go is sent every op there is, and no words it does not know", () => {
  const { sync, join } = oneGone();
  const old = join();
  assert.deepEqual(old.take(), ["have a5"]);
  old.says({ type: "have", vector: {} });
  assert.deepEqual(old.take(), ["delta a1,a2,a3,a4,a5"]);
  old.says({ type: "have", vector: { "aaaaaaaa-0000": 5 } });
  sync.digest();
  assert.deepEqual(old.take(), []);
});

Deno.test("[SYN31] a register that joins gets the checks that are not over first, then the others", () => {
  const { log, join } = rig();
  const a = pen("a");
  log.append([...settledCheck(a, "A1"), a.write({ kind: "check.open", number: "A2" })]); // nothing was let go yet
  const late = join(null);
  late.take();
  late.says({ type: "have", vector: {} });
  assert.deepEqual(late.take(), ["delta a1-4,a5"]);
  late.says({ type: "have", vector: { [a.replica]: 5 } });
  assert.deepEqual(late.take(), ["digest 4,1+0 whole"]); // it finds that it lacks the first check, and asks
  late.says({ type: "want", checks: [`${a.replica}/1`] });
  assert.deepEqual(late.take(), ["family 4: a1,a2,a3,a4"]);
});

Deno.test("[SYN27] one who still holds what was let go, and hands it out, is told again", () => {
  const { join, one, open, a } = oneGone();
  const back = join(1_000_000);
  back.take();
  back.says(delta(...one.map(({ id: _, ...op }) => op)));
  assert.deepEqual(back.take(), ["retire 1+0", "have a5"]);
  back.says(delta(open));
  assert.deepEqual(back.take(), ["have a5"]); // that one is kept
  assert.equal(a.replica, open.replica);
});

Deno.test("[SYN32] registers that lack nothing are told how much there is of each check, when that has changed", () => {
  const { sync, join, a, log } = oneGone();
  const [here, behind] = [join(1_000_000), join(1_000_000)];
  for (const peer of [here, behind]) peer.take();
  here.says({ type: "have", vector: { [a.replica]: 5 } });
  assert.deepEqual([here.take(), behind.take()], [["digest 1+0 whole"], []]); // at once, when first it lacks nothing
  sync.tick(0);
  assert.deepEqual(here.take(), []);
  sync.tick(DIGEST_EVERY_MS);
  assert.deepEqual(here.take(), []);
  log.append([a.write({ kind: "shift.open" })]);
  here.says({ type: "have", vector: { [a.replica]: 6 } });
  sync.tick(2 * DIGEST_EVERY_MS - 1);
  assert.deepEqual(here.take(), []);
  sync.tick(2 * DIGEST_EVERY_MS);
  assert.deepEqual(here.take(), ["digest 1+1 whole"]);
});

Deno.test("[SYN32] who asks is handed all there is of a check, or told that it may let it go", () => {
  const { join, id, open, one } = oneGone();
  const peer = join(1_000_000);
  peer.take();
  peer.says({ type: "want", checks: [id, open.id, "zzzzzzzz-0000/1"] });
  assert.deepEqual(peer.take(), ["retire 1+0", "family 1: a5"]);
  peer.says(delta({ ...one[0]!, seq: 6, body: { kind: "check.reopen", check: id } })); // news: it is spoken of again
  peer.take();
  peer.says({ type: "want", checks: [id, id] });
  assert.deepEqual(peer.take(), ["family 5: a1,a2,a3,a4,a6"]);
});

Deno.test("[SYN32] ops of no check are handed to one who lacks them, and let go where they are spent", () => {
  const { log, join, letGo } = rig();
  const a = pen("a");
  const [first, last] = [a.write({ kind: "shift.open" }, 10), a.write({ kind: "shift.close" }, 20)];
  const now = a.write({ kind: "shift.open" }, 2_000_000);
  log.append([first, last, now]);
  letGo();
  const peer = join(1_000_000);
  peer.take();
  peer.says({ type: "want", checks: [], others: [first.id, last.id] });
  assert.deepEqual(peer.take(), ["family 1: a3", "retire 0+2"]);
});

Deno.test("[SYN33] a hub whose database began anew asks for the places that are empty, once, and takes what comes", () => {
  const { log, sync, join, stored } = rig();
  const a = pen("a");
  const [one, open] = [settledCheck(a, "A1"), a.write({ kind: "check.open", number: "A2" })];
  const first = join(1_000_000);
  first.says({ type: "delta", runs: toRuns([{ replica: a.replica, seq: 1, gone: 4 }, open]) });
  const other = join(1_000_000);
  assert.deepEqual(other.take(), ["have a5", `want {"${a.replica}":[[1,4]]}`]);
  first.take();
  sync.digest();
  assert.deepEqual(first.take().filter((said) => said.startsWith("want")), [`want {"${a.replica}":[[1,4]]}`]);
  sync.digest();
  assert.deepEqual([first.take(), other.take()], [[], []]);
  stored.length = 0;
  other.says({ type: "family", checks: [], ops: 4, runs: toRuns(one) });
  assert.deepEqual([stored, log.familyOf(one[0]!.id).length], [[one[0]!.id], 4]);
  assert.deepEqual(join(1_000_000).take(), ["have a5"]);
});

Deno.test("[SYN36] a check that was let go is sent whole to the register that asks for it by its number", () => {
  const { join, numbered, id, retired, a } = oneGone();
  numbered["A1"] = [id];
  const [here, forgot] = [join(1_000_000), join(1_000_000)];
  here.says({ type: "have", vector: { [a.replica]: 5 } }); // it keeps the open check of the same writer
  forgot.says({ type: "have", vector: {} });
  for (const peer of [here, forgot]) peer.take();
  assert.deepEqual(here.recall("B7", "A1"), [id]);
  assert.deepEqual([here.take(), retired.isMarked(id)], [["family 4: a1,a2,a3,a4"], false]);
  assert.deepEqual(forgot.recall("A1"), [id]);
  assert.deepEqual(forgot.take(), ["delta a1,a2,a3,a4,a5", "family 4: a1,a2,a3,a4"]); // by what it was heard to hold
});

Deno.test("[SYN36] a register that has forgotten the writer gets its ops first, so that the check finds its place", () => {
  const { join, numbered, letGo, log } = rig();
  const a = pen("a");
  const one = settledCheck(a, "A1");
  log.append(one);
  letGo();
  numbered["A1"] = [one[0]!.id];
  const peer = join(1_000_000);
  peer.says({ type: "have", vector: {} });
  peer.take();
  peer.recall("A1");
  assert.deepEqual(peer.take(), ["delta a1,a2,a3,a4", "family 4: a1,a2,a3,a4"]);
});

Deno.test("[SYN36] a number that nobody bears brings nothing, and nothing is spoken of again", () => {
  const { join, retired, id } = oneGone();
  const peer = join(1_000_000);
  peer.take();
  assert.deepEqual([peer.recall("A1", "Z9"), peer.take(), retired.isMarked(id)], [[], [], true]);
});
