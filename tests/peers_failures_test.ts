/**
 * What users of other sync software ran into (fifteen reported failures, and some beside them), each as a test on our engine. The names
 * say what went wrong there.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import v8 from "node:v8";
import vm from "node:vm";
import { Book } from "../shared/check/book.ts";
import type { CheckBody, CheckOp } from "../shared/check/op.ts";
import { pen } from "../shared/check/testing.ts";
import { MemoryJournal } from "../shared/memory_journal.ts";
import { type Link, Replica } from "../shared/replica.ts";
import { newExchange } from "../shared/sync/exchange.ts";
import { FailingJournal, seededBytes } from "../shared/testing.ts";
import { Uplink } from "../shared/uplink.ts";
import { CLOSE, type Close, MESSAGE_MAX_BYTES, type SyncMessage, toRuns } from "../shared/wire.ts";
import { Presence } from "../server/presence.ts";
import { openDatabase } from "../server/store/db.ts";
import { StoredLog } from "../server/store/ops.ts";
import { type Peer, QUEUE_MAX_BYTES, QUEUE_PUSH_MAX_BYTES, Sync } from "../server/sync.ts";
import { TwoRegisters } from "./support/two_registers.ts";

const OPS_OF_A_CHECK = 20;
const HEAP_GROWTH_MAX_BYTES = 6 * 1024 * 1024; // 30,000 ops in memory would be some 25 MB

let instant = 1_700_000_000_000;
const now = () => ++instant;
const opened = (number: string) => ({ kind: "check.open", number }) as const;
const beer = (check: string, price = 500) => ({ kind: "line.add", check, name: "Beer", price, quantity: 1 }) as const;

function openReplica(register: string, journal = new MemoryJournal(), seed = 1) {
  return Replica.open({ register, journal, random: seededBytes(seed), now });
}

/** The hub's data plane over a database, and sessions that keep what they are sent. */
function hub() {
  const db = openDatabase(":memory:");
  const log = new StoredLog(db, () => 0);
  const peers: Peer[] = [];
  const failures: string[] = [];
  const sync = new Sync({ log, peers: () => peers, stored: () => {}, failed: (why) => failures.push(why) });
  const join = (have: Record<string, number> = {}) => {
    const sent: SyncMessage[] = [];
    const closed: Close[] = [];
    const session = { sent, closed, queued: 0, peer: undefined as unknown as Peer };
    session.peer = {
      exchange: newExchange(),
      gaps: 0,
      socket: {
        send: (message) => sent.push(message),
        close: (close) => closed.push(close),
        queuedBytes: () => session.queued,
      },
    };
    peers.push(session.peer);
    sync.begin(session.peer);
    sync.receive(session.peer, { type: "have", vector: have });
    return session;
  };
  const leave = ({ peer }: { peer: Peer }) => peers.splice(peers.indexOf(peer), 1);
  return { db, log, sync, join, leave, failures };
}

const delta = (...ops: CheckOp[]): SyncMessage => ({ type: "delta", runs: toRuns(ops) });

/** A check from its opening to its close. */
function wholeCheck(by: ReturnType<typeof pen>, n: number): CheckOp[] {
  const open = by.write(opened(`A${n}`));
  const lines = Array.from({ length: OPS_OF_A_CHECK - 3 }, (_, i) => by.write(beer(open.id, 100 + i)));
  const total = lines.reduce((sum, _, i) => sum + 100 + i, 0);
  const paid = by.write({ kind: "payment.add", check: open.id, tender: "cash", amount: total });
  return [open, ...lines, paid, by.write({ kind: "check.close", check: open.id, total })];
}

function collected(): number {
  v8.setFlagsFromString("--expose-gc");
  (vm.runInNewContext("gc") as () => void)();
  return Deno.memoryUsage().heapUsed;
}

test("1 server memory grows with history: the hub's stays flat while checks are opened and closed", () => {
  const { db, sync, join, log } = hub();
  const session = join();
  const a = pen("a");
  const evening = (from: number, count: number) => {
    for (let n = from; n < from + count; n++) {
      sync.receive(session.peer, delta(...wholeCheck(a, n)));
      session.sent.length = 0;
    }
  };
  evening(1, 100);
  const before = collected();
  evening(101, 1_500);
  const growth = collected() - before;
  assert.equal(log.vector()[a.replica], 1_600 * OPS_OF_A_CHECK);
  assert.ok(growth < HEAP_GROWTH_MAX_BYTES, `${growth} bytes for 30,000 ops`);
  db.close();
});

test("2 a change is missed by who joins while the last one leaves: what is acknowledged is readable at once", () => {
  const { sync, join, leave } = hub();
  const first = join();
  const op = pen("a").write(opened("A1"));
  sync.receive(first.peer, delta(op));
  leave(first);
  const next = join();
  assert.deepEqual(next.sent.at(-1), delta(op));
});

test("3 saving rewrites the whole document: an op costs one row, however long the history", () => {
  const { db, sync, join } = hub();
  const session = join();
  const a = pen("a");
  const rows = () => Number(db.prepare("SELECT total_changes() AS n").get()?.n);
  const cost = () => {
    const before = rows();
    sync.receive(session.peer, delta(a.write(opened("A1"))));
    return rows() - before;
  };
  const first = cost();
  for (let n = 0; n < 100; n++) sync.receive(session.peer, delta(...wholeCheck(a, n + 2)));
  assert.deepEqual([first, cost()], [1, 1]);
});

test("4 a restarted server doubles the content: restarted twice, every line is there once", async () => {
  const shop = await TwoRegisters.open();
  const one = await shop.a(opened("A1"));
  await shop.b(beer(one));
  for (let i = 0; i < 2; i++) {
    await shop.sim.act({ do: "hub", how: "off" });
    await shop.a(beer(one));
    await shop.sim.act({ do: "hub", how: "on" });
    await shop.sim.pass(5_000);
  }
  const check = (await shop.together())(one);
  assert.deepEqual([check.lines.length, check.due], [3, 1_500]);
});

test("5 after a reconnect nobody signs in again, or it gives up for good: each connection says hello, for ever", () => {
  const hellos: string[] = [];
  let time = 0;
  let open = 0;
  const uplink: Uplink = new Uplink({
    connect: (events) => {
      open++;
      const socket = { send: (text: string) => hellos.push(JSON.parse(text).type), close: () => {} };
      pending = () => {
        events.opened();
        events.closed(1006);
      };
      return socket;
    },
    hello: () => ({ token: "t", replica: "aaaaaaaa-0000", app: { version: "1.0.0" } }),
    heartbeat: () => ({ sentAt: "2026-01-01T00:00:00.000Z", app: { version: "1.0.0" } }),
    now: () => time,
    random: () => Uint8Array.of(255),
    online: () => {},
    offline: () => {},
    sync: () => {},
    inbound: () => {},
    changed: () => {},
  });
  let pending: (() => void) | undefined;
  for (let second = 0; second < 3_600; second++) {
    time += 1_000;
    uplink.tick();
    pending?.();
    pending = undefined;
  }
  assert.ok(open > 300, `${open} tries in an hour`);
  assert.deepEqual([hellos.length, new Set(hellos)], [open, new Set(["hello"])]);
});

/** Two registers whose n-th frame is lost; the connection then ends and a new one begins. */
async function losing(n: number): Promise<[Replica, Replica]> {
  const pair: [Replica, Replica] = [await openReplica("aaaaaaaa"), await openReplica("bbbbbbbb")];
  let frames = 0;
  const connect = async (work: () => Promise<unknown>) => {
    const queue: [to: 0 | 1, message: SyncMessage][] = [];
    const links: Link[] = ([0, 1] as const).map((at) =>
      pair[at].link("other", (message) => {
        if (frames++ !== n) queue.push([at === 0 ? 1 : 0, JSON.parse(JSON.stringify(message))]);
      })
    );
    const flush = async () => {
      for (let next = queue.shift(); next; next = queue.shift()) await links[next[0]]!.receive(next[1]);
    };
    await flush();
    await work();
    await flush();
    for (const link of links) link.close();
  };
  let one = "";
  await connect(async () => {
    one = await saved(pair[0], opened("A1"));
    await saved(pair[1], opened("B1"));
  });
  await connect(() => saved(pair[1], beer(one)));
  await connect(() => Promise.resolve()); // nothing new: only what was lost
  return pair;
}

async function saved(replica: Replica, body: CheckBody): Promise<string> {
  const outcome = await replica.write(body);
  assert.ok(outcome.ok, JSON.stringify(outcome));
  return outcome.id;
}

test("6 what was sent is believed to have arrived: any one frame lost, then a reconnect, and nothing is missing", async () => {
  for (let n = 0; n < 16; n++) {
    const [a, b] = await losing(n);
    assert.deepEqual([a.vector(), a.unsynced(), b.unsynced()], [b.vector(), 0, 0], `frame ${n}`);
    assert.equal(JSON.stringify(a.book.all()), JSON.stringify(b.book.all()));
  }
});

test("7 cost grows with the document: an op folds its own check again and no other", () => {
  const book = new Book();
  const a = pen("a");
  const firsts = Array.from({ length: 300 }, (_, n) => {
    const ops = wholeCheck(a, n + 1);
    book.add(ops);
    return (ops[0] as CheckOp & { id: string }).id;
  });
  const before = firsts.map((id) => book.get(id));
  assert.deepEqual([...book.add([a.write(beer(firsts[7]!))])], [firsts[7]]);
  assert.deepEqual(firsts.flatMap((id, n) => book.get(id) === before[n] ? [] : [n]), [7]);
});

test("8 delivered, then lost in a power cut: storage that fails acknowledges nothing, on a register and on the hub", async () => {
  const journal = new FailingJournal();
  const b = await openReplica("bbbbbbbb", journal);
  const sent: SyncMessage[] = [];
  const link = b.link("hub", (message) => sent.push(message));
  journal.failing = "full";
  await link.receive(delta(pen("a").write(opened("A1"))));
  assert.deepEqual(sent, [{ type: "have", vector: {} }]);

  const { db, sync, join, failures } = hub();
  const [from, to] = [join(), join()];
  from.sent.length = to.sent.length = 0;
  db.exec("PRAGMA query_only = ON");
  sync.receive(from.peer, delta(pen("a").write(opened("A1"))));
  assert.deepEqual([from.sent, to.sent, from.closed, failures.length], [[], [], [CLOSE.storage], 1]);
});

test("9 one failed write breaks saving for good: the next one is taken, and nothing is half written", () => {
  const { db, log, sync, join } = hub();
  const ops = wholeCheck(pen("a"), 1);
  db.exec("PRAGMA query_only = ON");
  sync.receive(join().peer, delta(...ops));
  assert.deepEqual(log.vector(), {});
  db.exec("PRAGMA query_only = OFF");
  sync.receive(join().peer, delta(...ops));
  assert.deepEqual([log.since({}, 100).length, log.vector()], [ops.length, { [ops[0]!.replica]: ops.length }]);
});

test("10 a refresh leaves a ghost that stalls the room: the newer session takes its place at once", () => {
  const presence = new Presence();
  const closed: Close[] = [];
  const socket = { send: () => {}, close: (close: Close) => closed.push(close), queuedBytes: () => 0 };
  const begin = () =>
    presence.begin({ register: "aaaaaaaa", replica: "aaaaaaaa-0000", source: undefined, socket, now: 0 });
  const ghost = begin();
  const live = begin();
  assert.deepEqual([presence.all(), closed], [[live], [CLOSE.replaced]]);
  presence.end(ghost, false, 1); // its socket closes at last
  assert.deepEqual([presence.all(), presence.isLive(ghost)], [[live], false]);
});

test("11 a deleted item comes back for ever: by two paths at once an op is held once, a void stays, none is issued again", async () => {
  const shop = await TwoRegisters.open({ direct: 1 });
  const one = await shop.a(opened("A1"));
  const line = await shop.a(beer(one));
  await shop.b({ kind: "line.void", check: one, line, reason: "Cold" });
  await shop.a({ kind: "line.edit", check: one, line, quantity: 4 });
  await shop.sim.pass(60_000);
  const check = (await shop.together())(one);
  assert.deepEqual([check.lines.map(({ voided }) => voided?.reason), check.due], [["Cold"], 0]);
  assert.equal(shop.sim.hub.ops().length, 4);
});

test("12 direct links never connect: the relay carries on, and nobody waits for them", async () => {
  const shop = await TwoRegisters.open({ direct: 1 });
  await shop.sim.act({ do: "cut", from: 0, to: 1, ways: 2 });
  shop.sim.write(0, opened("A1"));
  await shop.sim.pass(900);
  assert.deepEqual(shop.sim.registers[1]!.replica!.book.all().map(({ number }) => number), ["A1"]);
});

test("13 after a reconnect updates flow one way only: both ways they flow", async () => {
  for (const ways of [1, 2] as const) {
    for (const from of [0, 1] as const) {
      const shop = await TwoRegisters.open();
      await shop.sim.act({ do: "cut", from, to: -1, ways });
      const before = [await shop.a(opened("A1")), await shop.b(opened("B1"))];
      await shop.sim.pass(30_000); // the socket is given up
      await shop.sim.act({ do: "mend", from, to: -1 });
      await shop.sim.pass(5_000);
      const after = [await shop.a(opened("A2")), await shop.b(opened("B2"))];
      for (const { replica } of shop.sim.registers) {
        assert.deepEqual([...before, ...after].filter((id) => !replica!.book.get(id)), []);
      }
    }
  }
});

test("14 one lost update hides an unrelated field: what follows a gap is not shown, what was shown stays", async () => {
  const b = await openReplica("bbbbbbbb");
  const sent: SyncMessage[] = [];
  const link = b.link("hub", (message) => sent.push(message));
  const a = pen("a");
  const open = a.write({ ...opened("A1"), name: "Bar", table: "4" });
  const lost = a.write({ kind: "check.edit", check: open.id, name: "Window" });
  const later = a.write({ kind: "check.edit", check: open.id, guests: 3 });
  const shown = () => {
    const { name, table, guests } = b.book.get(open.id)!;
    return [name, table, guests];
  };
  await link.receive(delta(open));
  await link.receive(delta(later));
  assert.deepEqual(shown(), ["Bar", "4", undefined]);
  assert.deepEqual(sent.at(-1), { type: "have", vector: { [a.replica]: 1 } }); // asks for what it lacks
  await link.receive(delta(lost, later));
  assert.deepEqual(shown(), ["Window", "4", 3]);
});

test("15 a time limit ends an exchange and stores differ for good: frames an hour late still bring them together", async () => {
  const [a, b] = [await openReplica("aaaaaaaa"), await openReplica("bbbbbbbb")];
  const held: [to: 0 | 1, message: SyncMessage][] = [];
  const links = [
    a.link("b", (message) => held.push([1, message])),
    b.link("a", (message) => held.push([0, message])),
  ] as const;
  await saved(a, opened("A1"));
  await saved(b, opened("B1"));
  for (let hour = 0; hour < 6; hour++) {
    for (const replica of [a, b]) replica.tick(instant += 60 * 60_000);
    for (const [to, message] of held.splice(0)) await links[to].receive(message);
  }
  assert.deepEqual([Object.keys(a.vector()).length, a.vector()], [2, b.vector()]);
});

test("a message over 256 KiB is dropped or ends the channel: the hub makes none, whatever it holds", () => {
  const { sync, join } = hub();
  const a = pen("a");
  const lines = Array.from({ length: 200 }, (_, i) => `${a.replica}/${1_000_000_000 + i}`);
  const from = join();
  for (let i = 0; i < 400; i++) {
    sync.receive(from.peer, delta(a.write({ kind: "line.move", check: lines[0]!, lines, to: lines[1]! })));
  }
  const late = join();
  let held = 0;
  for (let round = 0; round < 40 && held < 400; round++) {
    const message = late.sent.at(-1)!;
    assert.ok(JSON.stringify(message).length <= MESSAGE_MAX_BYTES);
    if (message.type === "delta") held = message.runs[0]!.from + message.runs[0]!.ops.length - 1;
    sync.receive(late.peer, { type: "have", vector: { [a.replica]: held } });
  }
  assert.equal(held, 400);
});

test("a slow reader's queue grows without end: it is not pushed to, then let go, and catches up when it comes back", () => {
  const { sync, join, leave } = hub();
  const [from, slow] = [join(), join()];
  slow.sent.length = 0;
  slow.queued = QUEUE_PUSH_MAX_BYTES + 1;
  const ops = wholeCheck(pen("a"), 1);
  for (const op of ops) sync.receive(from.peer, delta(op));
  assert.deepEqual(slow.sent, []);
  slow.queued = QUEUE_MAX_BYTES + 1;
  sync.tick(0);
  assert.deepEqual(slow.closed, [CLOSE.slow]);
  leave(slow);
  assert.deepEqual(join().sent.at(-1), delta(...ops));
});

test("a copied tab writes with the same identity: two writers on one storage never use one id", async () => {
  const journal = new MemoryJournal();
  const tabs = [await openReplica("aaaaaaaa", journal), await openReplica("aaaaaaaa", journal)];
  const ids: string[] = [];
  for (let i = 0; i < 10; i++) ids.push(await saved(tabs[i % 2]!, opened(`A${i + 1}`)));
  assert.equal(new Set(ids).size, 10);
});
