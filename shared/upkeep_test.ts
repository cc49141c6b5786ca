import assert from "node:assert/strict";
import { test } from "node:test";
import { pen, settledCheck } from "./check/testing.ts";
import { familyMessages } from "./family_messages.ts";
import { HUB } from "./holders.ts";
import { Holding } from "./holding.ts";
import { Incarnation } from "./incarnation.ts";
import type { JournalOutcome } from "./journal.ts";
import { MemoryJournal } from "./memory_journal.ts";
import { openLink } from "./open_link.ts";
import { opsAmong } from "./sync/op.ts";
import { seededBytes } from "./testing.ts";
import { Upkeep } from "./upkeep.ts";
import { CHECKS_NAMED_MAX, fromRuns, type Retire, type SyncMessage } from "./wire.ts";

const FULL: JournalOutcome = { ok: false, reason: "failed", message: "The storage of this register is full" };

/** A journal that lets nothing go while it is `full`. */
class StuckJournal extends MemoryJournal {
  full = false;

  override append(...args: Parameters<MemoryJournal["append"]>): Promise<JournalOutcome> {
    return this.full ? Promise.resolve(FULL) : super.append(...args);
  }

  override retire(...args: Parameters<MemoryJournal["retire"]>): Promise<JournalOutcome> {
    return this.full ? Promise.resolve(FULL) : super.retire(...args);
  }
}

/** Register A with a settled check of its own and an open one of B. */
async function shop() {
  const [a, b, journal] = [pen("a"), pen("b", 2_000), new StuckJournal()];
  const over = settledCheck(a, "A1");
  const open = b.write({ kind: "check.open", number: "B1" });
  await journal.append([...over, open]);
  const holding = new Holding(await journal.load());
  const self = new Incarnation("aaaaaaaa", seededBytes(1), undefined);
  self.become(a.replica);
  const upkeep = new Upkeep({ holding, journal, own: "aaaaaaaa", self });
  const link = (peer: string) => {
    const sent: SyncMessage[] = [];
    return { sent, ...openLink({ peer, send: (message) => sent.push(message), skips: undefined, dead: () => {} }) };
  };
  const id = over[0]!.id;
  const retire: Retire = {
    ...{ type: "retire", upTo: 9, checks: [id], others: [] },
    ...{ covers: { [a.replica]: 4 }, numbers: { A: 1 } },
  };
  return { a, b, over, id, open, journal, holding, self, upkeep, hub: link(HUB), peer: link("bbbbbbbb"), link, retire };
}

test("[SYN27] what the hub says is let go in memory and in the journal, which tells it again when it is opened", async () => {
  const { upkeep, hub, retire, holding, journal, id } = await shop();
  const outcome = await upkeep.receive(hub, retire);
  assert.ok(outcome !== "failed" && outcome.checks.has(id));
  assert.deepEqual([holding.book.get(id), journal.size], [undefined, 1]);
  const again = new Holding(await journal.load());
  assert.deepEqual([again.vector(), again.kept(), again.retired], [holding.vector(), holding.kept(), 9]);
});

test("[SYN28] only the hub is believed, of what may be let go and of what there is", async () => {
  const { upkeep, peer, retire, holding, journal, id } = await shop();
  await upkeep.receive(peer, retire);
  await upkeep.receive(peer, { type: "digest", counts: {}, others: 0, whole: true });
  assert.deepEqual([holding.book.get(id)?.state, journal.size, peer.sent], ["closed", 5, []]);
});

test("[SYN30] a name of which everything was let go is doubted; one of which something is held is not", async () => {
  const gone = await shop();
  await gone.upkeep.receive(gone.hub, gone.retire);
  assert.equal(gone.self.isSure, false);
  const kept = await shop();
  const next = kept.a.write({ kind: "check.open", number: "A2" });
  await kept.journal.append([next]);
  kept.holding.take([next]);
  await kept.upkeep.receive(kept.hub, kept.retire);
  assert.equal(kept.self.isSure, true);
});

test("[SYN9][SYN27] a journal that does not let go says so, so that memory is put back", async () => {
  const { upkeep, hub, retire, journal, over, id } = await shop();
  journal.full = true;
  assert.equal(await upkeep.receive(hub, retire), "failed");
  assert.equal(await upkeep.receive(hub, { type: "want", checks: [] }) === "failed", false);
  journal.full = false;
  await upkeep.receive(hub, retire);
  journal.full = true;
  const [family] = familyMessages([id], over);
  const outcome = await upkeep.receive(hub, family!);
  assert.ok(outcome === "failed" || outcome.checks.size === 0);
});

test("[SYN29] what is wanted is asked of the hub, and without it of everybody", async () => {
  const { upkeep, hub, peer, link, holding, b } = await shop();
  const other = link("cccccccc");
  upkeep.ask([hub, peer]);
  assert.deepEqual([hub.sent, peer.sent], [[], []]); // nothing is wanted
  holding.take([b.write({ kind: "check.edit", check: "cccccccc-0000/1", name: "Bar" })]);
  const want = { type: "want", checks: ["cccccccc-0000/1"] };
  upkeep.ask([peer, hub, other]);
  assert.deepEqual([hub.sent, peer.sent, other.sent], [[want], [], []]);
  upkeep.ask([peer, other]);
  assert.deepEqual([peer.sent, other.sent], [[want], [want]]);
});

test("[SYN29] a peer that asks for a check is handed all of it, once, and nothing of one that is not whole here", async () => {
  const { upkeep, peer, holding, b, over, id, open } = await shop();
  holding.take([b.write({ kind: "check.edit", check: "cccccccc-0000/1", name: "Bar" })]);
  holding.take([b.write({ kind: "check.merge", check: open.id, into: id })]);
  await upkeep.receive(peer, { type: "want", checks: ["cccccccc-0000/1", id, open.id] });
  assert.equal(peer.sent.length, 1);
  const [family] = peer.sent;
  assert.ok(family?.type === "family");
  assert.deepEqual([family.checks.toSorted(), family.ops], [[id, open.id].sort(), 6]);
  assert.deepEqual(opsAmong(fromRuns(family.runs)).filter(({ replica }) => replica === over[0]!.replica).length, 4);
});

test("[SYN29] a family that comes is journalled, shown and told again after a reload; a second time nothing changes", async () => {
  const { upkeep, hub, retire, journal, a, holding, over, id } = await shop();
  const next = a.write({ kind: "check.open", number: "A2" });
  await journal.append([next]);
  holding.take([next]);
  await upkeep.receive(hub, retire);
  const [family] = familyMessages([id], over);
  const outcome = await upkeep.receive(hub, family!);
  assert.ok(outcome !== "failed" && outcome.checks.has(id));
  assert.deepEqual([holding.book.get(id)?.state, journal.size], ["closed", 6]);
  assert.equal(new Holding(await journal.load()).book.get(id)?.state, "closed");
  assert.deepEqual(await upkeep.receive(hub, family!), { fresh: [], checks: new Set() });
});

test("[SYN32] a register on which it is otherwise than the hub says asks, within what one message may name", async () => {
  const { upkeep, hub, id, open } = await shop();
  await upkeep.receive(hub, { type: "digest", counts: { [id]: 4, [open.id]: 1 }, others: 0, whole: true });
  assert.equal(hub.sent.length, 0);
  await upkeep.receive(hub, { type: "digest", counts: { [id]: 5, [open.id]: 1 }, others: 2, whole: true });
  assert.deepEqual(hub.sent, [{ type: "want", checks: [id], others: [] }]);
  const many = Array.from({ length: CHECKS_NAMED_MAX + 5 }, (_, i) => [`cccccccc-0000/${i + 1}`, 1]);
  await upkeep.receive(hub, { type: "digest", counts: Object.fromEntries(many), others: 0, whole: false });
  const last: SyncMessage | undefined = hub.sent.at(-1);
  assert.equal(last?.type === "want" && last.checks.length, CHECKS_NAMED_MAX);
});

test("[SYN33] a hub that asks for places gets the ops that are still held there", async () => {
  const { upkeep, hub, over, a } = await shop();
  await upkeep.receive(hub, {
    type: "want",
    checks: [],
    spans: { [a.replica]: [[2, 3], [9, 99]], "zzzzzzzz-0000": [[1, 5]] },
  });
  const [family, ...more] = hub.sent;
  assert.ok(family?.type === "family");
  const plain = over.map(({ id: _, ...op }) => op);
  assert.deepEqual([fromRuns(family.runs), more], [plain.slice(1, 3), []]);
});

test("[SYN12][SYN32][SYN33] what the hub says only once is heeded after sync was off, once, and nobody else's word is", async () => {
  const { upkeep, hub, peer, over, a, id, open } = await shop();
  const digest: SyncMessage = { type: "digest", counts: { [id]: 5, [open.id]: 1 }, others: 0, whole: true };
  upkeep.missed(peer, digest);
  upkeep.ask([peer, hub]);
  assert.deepEqual(hub.sent, []);
  upkeep.missed(hub, digest);
  upkeep.missed(hub, { type: "want", checks: [], spans: { [a.replica]: [[2, 2]] } });
  upkeep.ask([peer]); // the hub is away: kept for when it is back
  upkeep.ask([peer, hub]);
  const answers: readonly SyncMessage[] = hub.sent;
  const [family, want, ...more] = answers;
  assert.deepEqual(want, { type: "want", checks: [id] });
  assert.ok(family?.type === "family");
  assert.deepEqual([fromRuns(family.runs).map(({ seq }) => seq), more], [[over[1]!.seq], []]);
  upkeep.ask([peer, hub]);
  assert.equal(hub.sent.length, 2);
});

test("[SYN32] what a journal failed to let go is asked about again, by the hub's last word, until it does", async () => {
  const { upkeep, hub, retire, journal, holding, id, open } = await shop();
  const want = { type: "want", checks: [id] };
  journal.full = true;
  await upkeep.receive(hub, { type: "digest", counts: { [open.id]: 1 }, others: 0, whole: true });
  assert.deepEqual(hub.sent.splice(0), [want]);
  upkeep.ask([hub]);
  assert.deepEqual(hub.sent.splice(0), []); // the answer is on its way
  assert.equal(await upkeep.receive(hub, retire), "failed");
  holding.reload(await journal.load()); // as who calls does
  upkeep.ask([hub]);
  assert.deepEqual(hub.sent.splice(0), [want]);
  journal.full = false;
  await upkeep.receive(hub, retire);
  upkeep.ask([hub]);
  assert.deepEqual([hub.sent, holding.book.get(id), journal.size], [[], undefined, 1]);
});
