import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { test } from "node:test";
import { seeded, shuffled } from "./check/testing.ts";
import { MemoryJournal } from "./memory_journal.ts";
import { type Link, Replica } from "./replica.ts";
import { DELTA_OPS_MAX, GAPS_MAX } from "./sync/exchange.ts";
import { FailingJournal, seededBytes } from "./testing.ts";
import { MESSAGE_MAX_BYTES, type SyncMessage } from "./wire.ts";

let instant = 1_700_000_000_000;
const now = () => ++instant;

function open(register: string, journal = new MemoryJournal(), seed = 1) {
  return Replica.open({ register, journal, random: seededBytes(seed), now });
}

/** A wire between two replicas whose frames are held until `flush`, and may be lost, doubled or shuffled on the way. */
function wire(a: Replica, b: Replica) {
  const toA: SyncMessage[] = [];
  const toB: SyncMessage[] = [];
  const log: SyncMessage[] = [];
  const clone = (message: SyncMessage): SyncMessage => JSON.parse(JSON.stringify(message));
  const send = (queue: SyncMessage[]) => (message: SyncMessage) => {
    log.push(message);
    queue.push(clone(message));
  };
  const atA: Link = a.link("b", send(toB));
  const atB: Link = b.link("a", send(toA));
  return {
    log,
    lose: () => (toA.length = toB.length = 0),
    async flush(random?: () => number) {
      for (let round = 0; round < 200 && (toA.length > 0 || toB.length > 0); round++) {
        for (const [queue, link] of [[toA, atA], [toB, atB]] as const) {
          const batch = queue.splice(0);
          for (const message of random ? shuffled(batch, random) : batch) {
            if (random && random() < 0.2) continue; // lost
            await link.receive(message);
            if (random && random() < 0.2) await link.receive(message); // doubled
          }
        }
      }
    },
    cut() {
      atA.close();
      atB.close();
    },
  };
}

const opened = { kind: "check.open", number: "A1" } as const;
const state = (replica: Replica) => JSON.stringify(replica.book.all());

async function write(replica: Replica, body: Parameters<Replica["write"]>[0]): Promise<string> {
  const outcome = await replica.write(body);
  assert.ok(outcome.ok, JSON.stringify(outcome));
  return outcome.id;
}

test("[SYN7] a new op is on the other side after one frame, and is not sent back", async () => {
  const [a, b] = [await open("aaaaaaaa"), await open("bbbbbbbb")];
  const link = wire(a, b);
  await link.flush();
  link.log.length = 0;
  const id = await write(a, opened);
  await link.flush();
  assert.equal(b.book.get(id)?.number, "A1");
  assert.deepEqual(link.log.map((message) => message.type), ["delta", "have"]);
});

test("[SYN2] two that hold the same exchange one have each and then are quiet", async () => {
  const [a, b] = [await open("aaaaaaaa"), await open("bbbbbbbb")];
  const link = wire(a, b);
  await link.flush();
  assert.deepEqual(link.log.map((message) => message.type), ["have", "have"]);
});

test("[SYN3] a have speaks of what the journal took; a journal that fails acknowledges nothing", async () => {
  const journal = new FailingJournal();
  const [a, b] = [await open("aaaaaaaa"), await open("bbbbbbbb", journal)];
  const link = wire(a, b);
  await link.flush();
  journal.failing = "The storage of this register is full";
  const id = await write(a, opened);
  link.log.length = 0;
  await link.flush();
  assert.equal(b.book.get(id), undefined);
  assert.equal(a.unsynced(), 1);
  assert.deepEqual(b.vector(), {});
  journal.failing = undefined;
  a.tick(now() + 60_000);
  b.tick(now() + 60_000);
  await link.flush();
  assert.equal(b.book.get(id)?.number, "A1");
  assert.equal(a.unsynced(), 0);
});

test("[SYN9] when the journal cannot take a write, nothing has happened", async () => {
  const journal = new FailingJournal();
  const a = await open("aaaaaaaa", journal);
  journal.failing = "The storage of this register is full";
  assert.deepEqual(await a.write(opened), { ok: false, message: "The storage of this register is full" });
  assert.deepEqual([a.book.all(), a.vector()], [[], {}]);
  journal.failing = undefined;
  assert.deepEqual(await a.write(opened), { ok: true, id: `${a.id}/1` });
});

test("[SYN9] what was written is there again after a crash", async () => {
  const journal = new MemoryJournal();
  const a = await open("aaaaaaaa", journal);
  const id = await write(a, opened);
  await write(a, { kind: "line.add", check: id, name: "Beer", price: 500, quantity: 2 });
  const again = await open("aaaaaaaa", journal, 2);
  assert.equal(state(again), state(a));
});

test("[SYN10] opened again, it reads under its old name and writes under a new one", async () => {
  const journal = new MemoryJournal();
  const a = await open("aaaaaaaa", journal);
  await write(a, opened);
  const again = await open("aaaaaaaa", journal, 2);
  assert.equal(again.id, a.id);
  const ids = [await write(again, { ...opened, number: "A2" }), await write(again, { ...opened, number: "A3" })];
  assert.notEqual(again.id, a.id);
  assert.deepEqual(ids, [`${again.id}/1`, `${again.id}/2`]);
});

test("[SYN10] a peer that lacks what was lost proves nothing: the id that another holds is not written again", async () => {
  const journal = new MemoryJournal();
  const [a, b, c] = [await open("aaaaaaaa", journal), await open("bbbbbbbb"), await open("cccccccc")];
  const toBoth = [wire(a, b), wire(a, c)];
  await write(a, opened);
  for (const link of toBoth) await link.flush();
  const backup = journal.copy();
  toBoth[0]!.cut(); // b is away while a writes on
  await write(a, { ...opened, number: "A2" });
  await toBoth[1]!.flush();
  const restored = await open("aaaaaaaa", backup, 2);
  await wire(restored, b).flush(); // b holds as much as the copy does
  await write(restored, { ...opened, number: "A9" });
  await wire(restored, c).flush();
  await wire(b, c).flush();
  assert.deepEqual([state(restored), state(b)], [state(c), state(c)]);
  assert.deepEqual(c.book.all().map((check) => check.number).sort(), ["A1", "A2", "A9"]);
});

test("[SYN10] our own writing that comes from a peer means that we had lost it", async () => {
  const journal = new MemoryJournal();
  const a = await open("aaaaaaaa", journal);
  const before = journal.copy();
  await write(a, opened);
  const restored = await open("aaaaaaaa", before, 2);
  await write(restored, { ...opened, number: "A5" });
  const link = restored.link("b", () => {});
  const more: SyncMessage = {
    type: "delta",
    runs: [{ replica: restored.id, from: 2, ops: [{ at: [1_000, 0], body: { ...opened, number: "A6" } }] }],
  };
  await link.receive(more);
  const id = await write(restored, { ...opened, number: "A7" });
  assert.equal(id.endsWith("/1"), true);
});

test("[SYN10] storage restored from yesterday continues as a new replica and gets its own ops back", async () => {
  const journal = new MemoryJournal();
  const [a, b] = [await open("aaaaaaaa", journal), await open("bbbbbbbb")];
  const link = wire(a, b);
  await write(a, opened);
  const backup = journal.copy();
  await write(a, { ...opened, number: "A2" });
  await link.flush();
  link.cut();
  const restored = await open("aaaaaaaa", backup, 2);
  await wire(restored, b).flush();
  assert.equal(state(restored), state(b));
  await write(restored, { ...opened, number: "A3" });
  assert.notEqual(restored.id, a.id);
  assert.deepEqual(restored.book.all().map((check) => check.number).sort(), ["A1", "A2", "A3"]);
});

test("[SYN11] two tabs on one journal never write the same id, and see each other's after a refresh", async () => {
  const journal = new MemoryJournal();
  const one = await open("aaaaaaaa", journal);
  const two = await open("aaaaaaaa", journal, 1);
  const ids = [
    await write(one, opened),
    await write(two, { ...opened, number: "A2" }),
    await write(one, { ...opened, number: "A3" }),
  ];
  assert.equal(new Set(ids).size, 3);
  await one.refresh();
  await two.refresh();
  assert.equal(state(one), state(two));
  assert.equal(journal.size, 3);
});

test("[SYN12] with sync off nothing is exchanged; on again, everything is", async () => {
  const [a, b] = [await open("aaaaaaaa"), await open("bbbbbbbb")];
  const link = wire(a, b);
  await link.flush();
  a.setSync(false);
  link.log.length = 0;
  const id = await write(a, opened);
  const other = await write(b, { ...opened, number: "B1" });
  a.tick(now() + 60_000);
  await link.flush();
  assert.equal(link.log.filter((message) => message.type === "have").length, 0);
  assert.equal(b.book.get(id), undefined);
  assert.equal(a.book.get(other), undefined);
  a.setSync(true);
  b.tick(now() + 60_000);
  await link.flush();
  assert.equal(state(a), state(b));
  assert.equal(a.book.all().length, 2);
});

test("[SYN15] what was written while sync was off reaches a peer that says what it holds only once", async () => {
  const a = await open("aaaaaaaa");
  const sent: SyncMessage[] = [];
  a.setSync(false);
  const link = a.link("hub", (message) => sent.push(message));
  await link.receive({ type: "have", vector: {} }); // as the hub does when a session begins, and never again
  await write(a, opened);
  assert.equal(sent.length, 0);
  a.setSync(true);
  assert.deepEqual(sent.map((message) => message.type), ["have", "delta"]);
});

test("[SYN15] what a silent peer lacks is said again, and not what it was heard to hold", async () => {
  const a = await open("aaaaaaaa");
  const sent: string[] = [];
  const link = a.link("hub", (message) => sent.push(message.type));
  await link.receive({ type: "have", vector: {} });
  await write(a, opened); // this frame is lost
  a.tick(now() + 10_000); // something was heard since the link came up
  a.tick(now() + 20_000); // and nothing since
  assert.deepEqual(sent, ["have", "delta", "have", "have", "delta"]);
  await link.receive({ type: "have", vector: a.vector() });
  a.tick(now() + 30_000);
  a.tick(now() + 40_000);
  assert.deepEqual(sent.slice(5), ["have", "have"]);
});

test("[SYN15] an acknowledgement that comes while sync is off counts", async () => {
  const a = await open("aaaaaaaa");
  const link = a.link("hub", () => {});
  await link.receive({ type: "have", vector: {} });
  await write(a, opened);
  a.setSync(false);
  await link.receive({ type: "have", vector: a.vector() });
  assert.equal(a.unsynced(), 0);
});

/** A register with one check, linked to a peer whose frames the test makes up, and what it says of that peer. */
async function suspicious() {
  const said: string[] = [];
  const journal = new MemoryJournal();
  const a = await Replica.open({
    ...{ register: "aaaaaaaa", journal, random: seededBytes(1), now },
    suspect: (peer, why) => said.push(`${peer}: ${why}`),
  });
  const id = await write(a, opened);
  const sent: SyncMessage[] = [];
  const link = a.link("bbbbbbbb", (message) => sent.push(message));
  const run = (replica: string, from: number, ...numbers: string[]): SyncMessage => ({
    type: "delta",
    runs: [{ replica, from, ops: numbers.map((number) => ({ at: [1_000, 0], body: { ...opened, number } })) }],
  });
  return { a, id, link, run, said, sent, journal };
}

test("[SYN5][SYN17] the same id with other content is named as a fork, and nothing of its frame is taken", async () => {
  const { a, id, link, run, said, sent, journal } = await suspicious();
  const [before, frames] = [state(a), sent.length];
  const forked = run(a.id, 1, "A9");
  const mixed = run("bbbbbbbb-0000", 1, "B1");
  assert.ok(forked.type === "delta" && mixed.type === "delta");
  await link.receive({ type: "delta", runs: [...mixed.runs, ...forked.runs] });
  assert.deepEqual(said, ["bbbbbbbb: fork"]);
  assert.deepEqual([state(a), journal.size, sent.length], [before, 1, frames]);
  assert.equal(a.book.get(id)?.number, "A1");
  await link.receive(mixed); // what is sound of it is taken when it comes alone
  assert.equal(a.book.all().length, 2);
});

test("[SYN17] a peer that leaves ops out again and again is named, and is asked no more often than it speaks", async () => {
  const { a, link, run, said, sent } = await suspicious();
  sent.length = 0;
  for (let i = 0; i < GAPS_MAX; i++) await link.receive(run("bbbbbbbb-0000", 7, "B7"));
  assert.deepEqual([said, sent.length], [[], GAPS_MAX]);
  await link.receive(run("bbbbbbbb-0000", 7, "B7"));
  assert.deepEqual([said, sent.length, a.book.all().length], [["bbbbbbbb: gap"], GAPS_MAX + 1, 1]);
});

test("[SYN17] a peer that asks in a loop is answered once each time, by what it lacks and no more", async () => {
  const { a, link, sent } = await suspicious();
  sent.length = 0;
  for (let i = 0; i < 1_000; i++) await link.receive({ type: "have", vector: {} });
  assert.deepEqual([sent.length, new Set(sent.map((message) => JSON.stringify(message))).size], [1_000, 1]);
  sent.length = 0;
  for (let i = 0; i < 1_000; i++) await link.receive({ type: "have", vector: a.vector() });
  assert.deepEqual(sent, []);
});

test("[SYN17] more ops than a delta may carry are not taken", async () => {
  const { a, link, run, said } = await suspicious();
  await link.receive(run("bbbbbbbb-0000", 1, ...Array.from({ length: DELTA_OPS_MAX + 1 }, (_, i) => `B${i + 1}`)));
  assert.deepEqual([said, a.book.all().length], [["bbbbbbbb: oversize"], 1]);
});

test("[SYN17] a link that throws ends alone: the write is saved and goes to the others", async () => {
  const a = await open("aaaaaaaa");
  const sent: string[] = [];
  const ghost = a.link("ghost", (message) => {
    if (message.type === "delta") throw new Error("not open");
  });
  const sound = a.link("hub", (message) => sent.push(message.type));
  for (const link of [ghost, sound]) await link.receive({ type: "have", vector: {} });
  await write(a, opened);
  await write(a, { ...opened, number: "A2" });
  assert.deepEqual(sent, ["have", "delta", "delta"]);
});

test("[SYN16] no frame is larger than a data channel carries, whatever the ops, and all of them arrive", async () => {
  const [a, b] = [await open("aaaaaaaa"), await open("bbbbbbbb")];
  const check = await write(a, opened);
  const lines = Array.from({ length: 200 }, (_, i) => `${a.id}/${1_000_000_000 + i}`);
  for (let i = 0; i < 250; i++) await write(a, { kind: "line.move", check, lines, to: check });
  const note = "€".repeat(200); // three bytes each
  for (let i = 0; i < 250; i++) await write(a, { kind: "line.add", check, name: "Beer", price: 1, quantity: 1, note });
  const link = wire(a, b);
  await link.flush();
  const sizes = link.log.map((message) => Buffer.byteLength(JSON.stringify(message)));
  assert.ok(Math.max(...sizes) <= MESSAGE_MAX_BYTES, String(Math.max(...sizes)));
  assert.deepEqual(b.vector(), a.vector());
});

test("[SYN18] a body that the hub would refuse is refused when it is written", async () => {
  const a = await open("aaaaaaaa");
  const outcome = await a.write({ ...opened, number: "twelve" });
  assert.match(outcome.ok ? "" : outcome.message, /^This cannot be saved: number/);
  const check = await write(a, { ...opened, name: "  Bar " });
  assert.equal(a.book.get(check)?.name, "Bar"); // as the hub will have it
  assert.equal(a.book.all().length, 1);
});

test("[SYN13] what nobody else holds is counted, in all and per check, also after a reload", async () => {
  const journal = new MemoryJournal();
  const [a, b] = [await open("aaaaaaaa", journal), await open("bbbbbbbb")];
  const link = wire(a, b);
  const id = await write(a, opened);
  await link.flush();
  assert.deepEqual([a.unsynced(), a.unsyncedOf(id)], [0, 0]);
  assert.equal(b.unsynced(), 0); // it came from a, which holds it
  link.cut();
  await write(a, { kind: "line.add", check: id, name: "Beer", price: 500, quantity: 1 });
  const again = await open("aaaaaaaa", journal, 2);
  assert.deepEqual([again.unsynced(), again.unsyncedOf(id)], [1, 1]);
});

test("[CHK10] a register's own numbers rise by one and start with its letter", async () => {
  const a = await open("aaaaaaaa");
  assert.equal(a.nextNumber("A"), "A1");
  await write(a, { ...opened, number: a.nextNumber("A") });
  await write(a, { ...opened, number: "AB7" });
  assert.equal(a.nextNumber("A"), "A2");
});

test("[SYN4] a lost frame leaves a gap that asks again and heals", async () => {
  const [a, b] = [await open("aaaaaaaa"), await open("bbbbbbbb")];
  const link = wire(a, b);
  await link.flush();
  const id = await write(a, opened);
  link.lose();
  await write(a, { kind: "line.add", check: id, name: "Beer", price: 500, quantity: 1 });
  await link.flush();
  assert.equal(b.book.get(id)?.due, 500);
  assert.equal(state(a), state(b));
});

const seed = Date.now() % 2 ** 31;
test(`[SYN6] three registers, frames lost, doubled and shuffled: all end alike (seed ${seed})`, async () => {
  const random = seeded(seed);
  for (let round = 0; round < 20; round++) {
    const replicas = [await open("aaaaaaaa"), await open("bbbbbbbb"), await open("cccccccc")] as const;
    const wires = [wire(replicas[0], replicas[1]), wire(replicas[1], replicas[2])]; // a and c meet only through b
    for (let i = 0; i < 60; i++) {
      const replica = replicas[Math.floor(random() * 3)]!;
      const known = replica.book.all();
      const check = known[Math.floor(random() * known.length)];
      if (!check || random() < 0.2) await write(replica, { ...opened, number: `A${i + 1}` });
      else if (random() < 0.7) {
        await write(replica, { kind: "line.add", check: check.id, name: "Beer", price: i, quantity: 1 });
      } else await write(replica, { kind: "payment.add", check: check.id, tender: "cash", amount: 1 + i });
      if (random() < 0.4) { for (const link of wires) await link.flush(random); }
    }
    for (let healing = 0; healing < 4; healing++) {
      for (const replica of replicas) replica.tick(instant += 10_000);
      for (const link of wires) await link.flush();
    }
    assert.equal(state(replicas[0]), state(replicas[1]));
    assert.equal(state(replicas[1]), state(replicas[2]));
    assert.equal(Object.values(replicas[0].vector()).reduce((a, b) => a + b, 0), 60);
    assert.deepEqual(replicas.map((replica) => replica.unsynced()), [0, 0, 0]);
  }
});
