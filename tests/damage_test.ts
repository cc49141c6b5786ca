/**
 * A row of the hub's database, or a record of a register's journal, that the disk has damaged: it is named and left aside, brought again
 * by who has it, and stops neither the hub, nor a register, nor the check it is on.
 */
import assert from "node:assert/strict";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { HeadlessRegister } from "../agent/headless.ts";
import type { EnrolResponse } from "../shared/api.ts";
import type { CheckOp } from "../shared/check/op.ts";
import { pen } from "../shared/check/testing.ts";
import { opId } from "../shared/ids.ts";
import { type JournalContent, NOTHING_KEPT } from "../shared/journal.ts";
import { MemoryJournal } from "../shared/memory_journal.ts";
import { Replica } from "../shared/replica.ts";
import type { SyncMessage } from "../shared/wire.ts";
import { eventually } from "./support/eventually.ts";
import { type LabHub, openLabHub } from "./support/lab_hub.ts";

const LINES = 5;
const TOTAL = 2_510; // of lines at 500, 501, …
const ASKED_WITHIN_S = 31; // what is missing is asked for, and told, every half minute

interface Venue {
  readonly path: string;
  readonly check: string;
  readonly writer: EnrolResponse;
  readonly other: EnrolResponse;
  readonly journal: MemoryJournal; // of the writer
}

/** A hub's database with a check of LINES lines, whose second row then becomes what `damage` says, in SQL. */
async function damaged(damage: string): Promise<Venue> {
  const path = `${await Deno.makeTempDir({ prefix: "counterpart-damage-" })}/counterpart.db`;
  const lab = await openLabHub(path);
  const [writer, other] = [await lab.enrol("Bar"), await lab.enrol("Till 1")];
  const journal = new MemoryJournal();
  const bar = await HeadlessRegister.start({ hub: lab.url, enrolment: writer, journal });
  await bar.until(() => bar.state === "online");
  const opened = await bar.replica.write({ kind: "check.open", number: "A1" });
  const check = opened.ok ? opened.id : "";
  for (let i = 0; i < LINES; i++) {
    await bar.replica.write({ kind: "line.add", check, name: "Beer", price: 500 + i, quantity: 1 });
  }
  await bar.until(() => bar.replica.unsynced() === 0);
  bar.pause();
  await lab.stop();
  const db = new DatabaseSync(path);
  assert.equal(db.prepare(`UPDATE op SET body = ${damage} WHERE seq = 2`).run().changes, 1);
  db.close();
  return { path, check, writer, other, journal };
}

async function linesAt(lab: LabHub, check: string): Promise<number> {
  return (await lab.call(`/api/checks/${check}`)).body.lines?.length;
}

const DAMAGES = [
  ["is cut short", "substr(body, 1, 20)"],
  ["says what no op can say", `'{"kind":"line.add","check":5}'`],
  ["says something else than was written", "replace(body, '500', '900')"],
] as const;

for (const [what, damage] of DAMAGES) {
  Deno.test(`[SYN41, SYN42] a row that ${what} is set aside, said, and mended by who has it`, () => mends(damage));
}

async function mends(damage: string): Promise<void> {
  const { path, check, writer, other, journal } = await damaged(damage);
  const lab = await openLabHub(path);
  const till = await HeadlessRegister.start({ hub: lab.url, enrolment: other });
  let bar: HeadlessRegister | undefined;
  try {
    // Without it: the hub tells the rest of the check to all, and takes what they write.
    await till.until(() => till.state === "online");
    assert.equal(await linesAt(lab, check), LINES - 1);
    await till.until(() => till.replica.book.get(check)?.lines.length === LINES - 1);
    assert.ok((await till.replica.write({ kind: "check.open", number: "B1" })).ok);
    await till.until(() => till.replica.unsynced() === 0);
    await lab.pass(2);
    const said = (await lab.view()).findings.find(({ code }) => code === "hub-damaged");
    assert.match(said?.text ?? "", /^1 stored change of check A1 is damaged; /);
    assert.equal(said?.subject, "hub");

    // The register that wrote it comes: the hub asks for it, and everybody has it.
    bar = await HeadlessRegister.start({ hub: lab.url, enrolment: writer, journal });
    await eventually(() => linesAt(lab, check), (lines) => lines === LINES);
    await lab.pass(ASKED_WITHIN_S);
    await till.until(() => till.replica.book.get(check)?.lines.length === LINES);
    assert.equal(till.replica.book.get(check)?.totals.total, TOTAL);
    await lab.pass(60);
    assert.ok(!(await lab.found()).includes("hub-damaged hub"));
  } finally {
    bar?.pause();
    till.pause();
    await lab.stop();
  }
  const again = await openLabHub(path); // it is mended on the disk, and what was there is kept beside it
  assert.equal(await linesAt(again, check), LINES);
  await again.stop();
  const db = new DatabaseSync(path);
  assert.deepEqual(db.prepare("SELECT seq, length(body) > 0 AS kept FROM damaged").all().map((row) => ({ ...row })), [
    { seq: 2, kept: 1 },
  ]);
  db.close();
  await Deno.remove(dirname(path), { recursive: true });
}

Deno.test("[SYN42] damage that nobody met is found by reading on, and asked of who is connected", async () => {
  const { path, check, writer, journal } = await damaged("substr(body, 1, 20)");
  const lab = await openLabHub(path);
  const bar = await HeadlessRegister.start({ hub: lab.url, enrolment: writer, journal });
  try {
    await bar.until(() => bar.state === "online" && bar.replica.unsynced() === 0);
    await lab.pass(ASKED_WITHIN_S);
    await eventually(() => linesAt(lab, check), (lines) => lines === LINES);
  } finally {
    bar.pause();
    await lab.stop();
    await Deno.remove(dirname(path), { recursive: true });
  }
});

Deno.test("[SYN41, SYN14] a writer of whom every row is damaged is taken up anew", async () => {
  const { path, check, writer, journal } = await damaged("substr(body, 1, 20)");
  const db = new DatabaseSync(path);
  db.exec("UPDATE op SET body = '{'");
  db.close();
  const lab = await openLabHub(path);
  assert.equal(await linesAt(lab, check), undefined);
  const bar = await HeadlessRegister.start({ hub: lab.url, enrolment: writer, journal });
  try {
    await eventually(() => linesAt(lab, check), (lines) => lines === LINES);
    await bar.until(() => bar.replica.unsynced() === 0);
  } finally {
    bar.pause();
    await lab.stop();
    await Deno.remove(dirname(path), { recursive: true });
  }
});

/** A journal as a browser's is after one of its records was damaged: it was set aside when it was opened. */
class ScratchedJournal extends MemoryJournal {
  readonly #id: string;

  constructor(id: string) {
    super();
    this.#id = id;
  }

  override async load(): Promise<JournalContent> {
    await this.retire([this.#id], NOTHING_KEPT);
    return { ...await super.load(), damaged: [this.#id] };
  }
}

/** A check of LINES lines by a register that is away, and what Till 1 keeps of it: all but the third op. */
async function scratched() {
  const writer = pen("a");
  const opened = writer.write({ kind: "check.open", number: "A1" });
  const check = opened.id;
  const lines = Array.from(
    { length: LINES },
    (_, i) => writer.write({ kind: "line.add", check, name: "Beer", price: 500 + i, quantity: 1 }),
  );
  const ops: CheckOp[] = [opened, ...lines].map(({ replica, seq, stamp, body }) => ({ replica, seq, stamp, body }));
  const journal = new ScratchedJournal(opId(writer.replica, 3));
  await journal.append(ops);
  return { check, ops, journal };
}

Deno.test("[SYN43, SYN44] a register with a damaged record starts, sells, and gets it back from the hub", async () => {
  const lab = await openLabHub();
  const { check, ops, journal } = await scratched();
  lab.store.log.append(ops);
  const till = await HeadlessRegister.start({ hub: lab.url, enrolment: await lab.enrol("Till 1"), journal });
  try {
    assert.equal(till.replica.book.get(check)?.lines.length, LINES - 1, "the rest is there at once");
    assert.ok((await till.replica.write({ kind: "check.open", number: "B1" })).ok);
    await till.until(() => till.replica.book.get(check)?.lines.length === LINES, 15_000);
    assert.equal(till.replica.book.get(check)?.totals.total, TOTAL);
    assert.equal(journal.size, LINES + 2);
  } finally {
    till.pause();
    await lab.stop();
  }
});

Deno.test("[SYN44] the hub away, another register hands out what was damaged; each link is asked once", async () => {
  const { check, ops, journal } = await scratched();
  const [mine, theirs] = [journal, new MemoryJournal()];
  await theirs.append(ops);
  const open = (register: string, journal: MemoryJournal) =>
    Replica.open({
      register,
      journal,
      random: (length) => crypto.getRandomValues(new Uint8Array(length)),
      now: () => 1,
    });
  const [till, bar] = [await open("tttttttt", mine), await open("bbbbbbbb", theirs)];
  const asked: SyncMessage[] = [];
  const answers: SyncMessage[] = [];
  const toBar = till.link("bbbbbbbb", (message) => asked.push(message));
  const toTill = bar.link("tttttttt", (message) => answers.push(message));
  till.compare();
  till.compare();
  const wants = asked.filter(({ type }) => type === "want");
  assert.deepEqual(wants, [{ type: "want", checks: [], spans: { [ops[0]!.replica]: [[3, 3]] } }]);
  await toTill.receive(wants[0]!);
  for (const answer of answers.filter(({ type }) => type === "family")) await toBar.receive(answer);
  assert.equal(till.book.get(check)?.lines.length, LINES);
  for (const link of [toBar, toTill]) link.close();
});
