import assert from "node:assert/strict";
import { test } from "node:test";
import { seeded, shuffled } from "./check/testing.ts";
import { MemoryJournal } from "./memory_journal.ts";
import { type Link, Replica } from "./replica.ts";
import { FailingJournal, seededBytes } from "./testing.ts";
import type { SyncMessage } from "./wire.ts";

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

test("[SYN10] a write before any peer has spoken goes under a new incarnation", async () => {
  const journal = new MemoryJournal();
  const a = await open("aaaaaaaa", journal);
  await write(a, opened);
  const again = await open("aaaaaaaa", journal, 2);
  assert.equal(again.id, a.id);
  await write(again, { ...opened, number: "A2" });
  assert.notEqual(again.id, a.id);
});

test("[SYN10] once a peer has shown that nothing is missing, the same incarnation goes on", async () => {
  const journal = new MemoryJournal();
  const [a, b] = [await open("aaaaaaaa", journal), await open("bbbbbbbb")];
  const first = wire(a, b);
  await write(a, opened);
  await first.flush();
  first.cut();
  const again = await open("aaaaaaaa", journal, 2);
  await wire(again, b).flush();
  assert.equal(await write(again, { ...opened, number: "A2" }), `${a.id}/2`);
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
