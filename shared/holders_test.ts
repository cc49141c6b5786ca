import assert from "node:assert/strict";
import { test } from "node:test";
import { HUB } from "./holders.ts";
import { MemoryJournal } from "./memory_journal.ts";
import { Replica } from "./replica.ts";
import { FailingJournal, seededBytes } from "./testing.ts";

let instant = 1_700_000_000_000;
const REGISTERS = ["aaaaaaaa", "bbbbbbbb", "cccccccc"];

function open(journal = new MemoryJournal()) {
  return Replica.open({ register: "aaaaaaaa", journal, random: seededBytes(1), now: () => ++instant });
}

async function withCheck() {
  const replica = await open();
  const hub = replica.link(HUB, () => {});
  const opened = await replica.write({ kind: "check.open", number: "A1" });
  assert.ok(opened.ok);
  const id = opened.id;
  const have = () => hub.receive({ type: "have", vector: replica.vector() });
  return { replica, hub, id, have, seen: () => replica.seenBy(id, REGISTERS) };
}

test("[SYN19] a check is seen by those that said so, and the hub counts apart", async () => {
  const { replica, id, have, seen } = await withCheck();
  assert.deepEqual(seen(), { holders: ["aaaaaaaa"], of: 3, hub: false });
  await have();
  assert.deepEqual(seen(), { holders: ["aaaaaaaa"], of: 3, hub: true });
  const direct = replica.link("cccccccc", () => {});
  await direct.receive({ type: "have", vector: replica.vector() });
  assert.deepEqual(seen().holders, ["aaaaaaaa", "cccccccc"]);
  await replica.write({ kind: "check.edit", check: id, table: "4" });
  assert.deepEqual(seen(), { holders: ["aaaaaaaa"], of: 3, hub: false });
});

test("[SYN19] what the hub vouches for reaches as far as the hub's own last have, and a peer's have overrules it", async () => {
  const { replica, id, have, seen } = await withCheck();
  replica.vouch("bbbbbbbb");
  assert.deepEqual(seen().holders, ["aaaaaaaa"], "the hub has said nothing of itself yet");
  await have();
  replica.vouch("bbbbbbbb");
  assert.deepEqual(seen().holders, ["aaaaaaaa", "bbbbbbbb"]);
  await replica.write({ kind: "check.edit", check: id, table: "4" });
  replica.vouch("bbbbbbbb");
  assert.deepEqual(seen().holders, ["aaaaaaaa"], "the hub itself has not said it holds the change");
  await have();
  replica.vouch("bbbbbbbb");
  await replica.link("bbbbbbbb", () => {}).receive({ type: "have", vector: {} });
  assert.deepEqual(seen().holders, ["aaaaaaaa"]);
});

test("[SYN20] a plan is written whole or not at all, and its preview is what it comes to", async () => {
  const journal = new FailingJournal();
  const replica = await open(journal);
  const plan = (idAt: (at: number) => string) => [
    { kind: "check.open", number: "A1" } as const,
    { kind: "line.add", check: idAt(0), name: "Lager", price: 650, quantity: 2, taxes: [] } as const,
  ];
  assert.deepEqual([...replica.preview(plan).values()].map(({ number, due }) => [number, due]), [["A1", 1300]]);
  assert.equal(replica.book.all().length, 0, "a preview writes nothing");
  journal.failing = "Storage is full.";
  assert.deepEqual(await replica.writeAll(plan), { ok: false, message: "Storage is full." });
  assert.equal(replica.book.all().length, 0);
  journal.failing = undefined;
  const outcome = await replica.writeAll(plan);
  assert.ok(outcome.ok);
  assert.deepEqual([outcome.ids.length, replica.book.get(outcome.ids[0]!)?.due], [2, 1300]);
});
