import assert from "node:assert/strict";
import type { CheckOp } from "../shared/check/op.ts";
import { pen } from "../shared/check/testing.ts";
import { newExchange } from "../shared/sync/exchange.ts";
import { opsAmong } from "../shared/sync/op.ts";
import { MemoryLog } from "../shared/sync/log.ts";
import { type Close, type SyncMessage, toRuns } from "../shared/wire.ts";
import { GAPS_MAX, type Peer, QUEUE_MAX_BYTES, QUEUE_PUSH_MAX_BYTES, Sync } from "./sync.ts";

function rig() {
  const log = new MemoryLog<CheckOp["body"]>();
  const peers: (Peer & { sent: SyncMessage[]; closed: Close[]; queued: number })[] = [];
  const stored: string[] = [];
  const failures: string[] = [];
  let failing = false;
  const guarded = {
    vector: () => log.vector(),
    since: (...args: Parameters<typeof log.since>) => log.since(...args),
    append(ops: readonly CheckOp[]) {
      if (failing) throw new Error("disk is full");
      return log.append(ops);
    },
  };
  const sync = new Sync({
    log: guarded,
    peers: () => peers,
    stored: (checks) => stored.push(...checks),
    failed: (message) => failures.push(message),
  });
  const join = () => {
    const peer = {
      ...{
        exchange: newExchange(),
        gaps: 0,
        retired: undefined,
        sent: [] as SyncMessage[],
        closed: [] as Close[],
        queued: 0,
      },
      socket: {
        send: (message: SyncMessage) => peer.sent.push(message),
        close: (close: Close) => peer.closed.push(close),
        queuedBytes: () => peer.queued,
      },
    };
    peers.push(peer);
    sync.begin(peer);
    sync.receive(peer, { type: "have", vector: {} });
    peer.sent.length = 0;
    return peer;
  };
  const delta = (...ops: CheckOp[]): SyncMessage => ({ type: "delta", runs: toRuns(ops) });
  const types = (peer: { sent: SyncMessage[] }) => peer.sent.map((message) => message.type);
  return { log, sync, join, delta, types, stored, failures, fail: (on: boolean) => failing = on };
}

Deno.test("[SYN3][SYN7] ops are stored, acknowledged to their sender and pushed to the others at once", () => {
  const { sync, join, delta, types, stored } = rig();
  const [from, to] = [join(), join()];
  const open = pen("a").write({ kind: "check.open", number: "A1" });
  sync.receive(from, delta(open));
  assert.deepEqual([types(from), types(to)], [["have"], ["delta"]]);
  assert.deepEqual(from.sent, [{ type: "have", vector: { [open.replica]: 1 } }]);
  assert.deepEqual(stored, [open.id]);
});

Deno.test("[SYN2] a have is answered with what is lacked, or with nothing", () => {
  const { sync, join, delta, types } = rig();
  const [from, late] = [join(), join()];
  const a = pen("a");
  sync.receive(from, delta(a.write({ kind: "check.open", number: "A1" })));
  late.sent.length = 0;
  sync.receive(late, { type: "have", vector: {} });
  assert.deepEqual(types(late), ["delta"]);
  sync.receive(late, { type: "have", vector: { [a.replica]: 1 } });
  assert.deepEqual(types(late), ["delta"]);
});

Deno.test("[SYN4] a gap asks again and applies nothing; one that persists ends the session", () => {
  const { log, sync, join, delta, types } = rig();
  const peer = join();
  const a = pen("a");
  a.write({ kind: "check.open", number: "A1" });
  const second = a.write({ kind: "check.open", number: "A2" });
  for (let i = 0; i < GAPS_MAX; i++) sync.receive(peer, delta(second));
  assert.deepEqual([log.vector(), types(peer).length, peer.closed], [{}, GAPS_MAX, []]);
  sync.receive(peer, delta(second));
  assert.deepEqual(peer.closed.map((close) => close.reason), ["gap"]);
});

Deno.test("[SYN5] the same id with other content ends the session and changes nothing", () => {
  const { log, sync, join, delta } = rig();
  const peer = join();
  sync.receive(peer, delta(pen("a").write({ kind: "check.open", number: "A1" })));
  sync.receive(peer, delta(pen("a").write({ kind: "check.open", number: "A9" })));
  assert.deepEqual(peer.closed.map((close) => close.reason), ["fork"]);
  const [held, ...more] = opsAmong(log.since({}, 9));
  assert.deepEqual([held?.body.kind, more], ["check.open", []]);
});

Deno.test("a disk that cannot write acknowledges nothing and sends the register away until later", () => {
  const { sync, join, delta, failures, fail, types } = rig();
  const [from, to] = [join(), join()];
  fail(true);
  sync.receive(from, delta(pen("a").write({ kind: "check.open", number: "A1" })));
  assert.deepEqual(from.closed.map((close) => close.reason), ["storage"]);
  assert.deepEqual([types(from), types(to), failures], [[], [], ["disk is full"]]);
});

Deno.test("a reader that is slow is not pushed to, and one that does not read at all is let go", () => {
  const { sync, join, delta, types } = rig();
  const [from, slow] = [join(), join()];
  slow.queued = QUEUE_PUSH_MAX_BYTES + 1;
  sync.receive(from, delta(pen("a").write({ kind: "check.open", number: "A1" })));
  assert.deepEqual(types(slow), []);
  sync.tick(0);
  assert.equal(slow.closed.length, 0);
  slow.queued = QUEUE_MAX_BYTES + 1;
  sync.tick(0);
  assert.deepEqual(slow.closed.map((close) => close.reason), ["slow"]);
  slow.queued = 0;
  sync.receive(slow, { type: "have", vector: {} }); // it catches up by its next have
  assert.deepEqual(types(slow), ["delta"]);
});
