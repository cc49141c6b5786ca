/**
 * A row of the hub's database, or a record of a register's journal, that the disk has damaged: it is named and left aside, brought again
 * by who has it, and stops neither the hub, nor a register, nor the check it is on.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { HeadlessRegister } from "../agent/headless.ts";
import type { EnrolResponse } from "../shared/api.ts";
import { CheckBody, type CheckOp } from "../shared/check/op.ts";
import { pen } from "../shared/check/testing.ts";
import { opId } from "../shared/ids.ts";
import type { JournalContent, JournalOutcome } from "../shared/journal.ts";
import { MemoryJournal } from "../shared/memory_journal.ts";
import { sameOp } from "../shared/sync/op.ts";
import { readRecord, soundPrefixes } from "../shared/sync/sound.ts";
import { eventually } from "./support/eventually.ts";
import { type LabHub, openLabHub } from "./support/lab_hub.ts";
import { unless } from "./support/skip.ts";

const LINES = 5;
const TOTAL = 2_510; // of lines at 500, 501, …
const LOOKS = readFileSync("server/store/ops.ts", "utf8").includes("sync/sound.ts");
const NOT_LOOKED_AT = LOOKS ? undefined : "the hub's op log does not look at its rows yet";

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
  Deno.test(
    unless(
      NOT_LOOKED_AT,
      `[SYN14, SES7] a row that ${what} is left aside, and mended by who has it`,
      () => mends(damage),
    ),
  );
}

async function mends(damage: string): Promise<void> {
  const { path, check, writer, other, journal } = await damaged(damage);
  const lab = await openLabHub(path);
  const till = await HeadlessRegister.start({ hub: lab.url, enrolment: other });
  let bar: HeadlessRegister | undefined;
  try {
    // Without it: the hub tells the rest of the check, and takes what others write.
    await till.until(() => till.state === "online");
    assert.equal(await linesAt(lab, check), LINES - 1);
    assert.ok((await till.replica.write({ kind: "check.open", number: "B1" })).ok);
    await till.until(() => till.replica.unsynced() === 0);
    assert.equal(till.replica.book.get(check)?.lines.length, 0, "what its writer did after it is not known yet");

    // The register that wrote it comes: the hub asks for it, and everybody has it.
    bar = await HeadlessRegister.start({ hub: lab.url, enrolment: writer, journal });
    await till.until(() => till.replica.book.get(check)?.lines.length === LINES);
    assert.equal(till.replica.book.get(check)?.totals.total, TOTAL);
    assert.equal(await linesAt(lab, check), LINES);
    await bar.until(() => bar?.replica.unsynced() === 0);
  } finally {
    bar?.pause();
    till.pause();
    await lab.stop();
  }
  const again = await openLabHub(path); // it is mended on the disk, too
  assert.equal(await linesAt(again, check), LINES);
  await again.stop();
  await Deno.remove(dirname(path), { recursive: true });
}

Deno.test(
  unless(
    NOT_LOOKED_AT,
    "[SYN14] damage that is met while its writer is connected is asked for at the next tick",
    async () => {
      const { path, check, writer, other, journal } = await damaged("substr(body, 1, 20)");
      const lab = await openLabHub(path);
      const bar = await HeadlessRegister.start({ hub: lab.url, enrolment: writer, journal });
      await bar.until(() => bar.state === "online" && bar.replica.unsynced() === 0);
      const till = await HeadlessRegister.start({ hub: lab.url, enrolment: other }); // lacks all, so the hub meets the damage
      try {
        await till.until(() => till.replica.book.get(check) !== undefined);
        lab.hub.tick();
        await eventually(() => linesAt(lab, check), (lines) => lines === LINES);
        await till.until(() => till.replica.book.get(check)?.lines.length === LINES);
      } finally {
        for (const register of [bar, till]) register.pause();
        await lab.stop();
        await Deno.remove(dirname(path), { recursive: true });
      }
    },
  ),
);

/** A journal as a browser's would be: one record is not what was stored. It is put aside when it is opened, and can be written anew. */
class ScratchedJournal extends MemoryJournal {
  readonly named: string[] = [];
  #scratch: ((op: CheckOp) => unknown) | undefined;
  #held: readonly CheckOp[] = []; // what follows a damaged record is still there

  static async of(ops: readonly CheckOp[], scratch: (op: CheckOp) => unknown): Promise<ScratchedJournal> {
    const journal = new ScratchedJournal();
    await journal.append(ops);
    journal.#scratch = scratch;
    return journal;
  }

  override async load(): Promise<JournalContent> {
    const content = await super.load();
    const readings = content.ops.map((op) => readRecord([op.replica, op.seq], this.#scratch?.(op) ?? op, parseBody));
    const { ops, damaged } = soundPrefixes(readings);
    this.named.push(...damaged.map(({ id, why }) => `${id} ${why}`));
    this.#held = content.ops.filter(({ replica, seq }) => !damaged.some(({ id }) => id === opId(replica, seq)));
    return { ...content, ops };
  }

  override append(ops: readonly CheckOp[]): Promise<JournalOutcome> {
    if (!ops.some(({ replica, seq }) => this.named.some((name) => name.startsWith(`${opId(replica, seq)} `)))) {
      return super.append(ops);
    }
    const same = ops.filter((op) => this.#held.some((held) => sameOp(held, op)));
    this.#scratch = undefined; // written anew
    return Promise.resolve({ ok: same.length === ops.length - 1 } as JournalOutcome);
  }
}

function parseBody(value: unknown): CheckBody | undefined {
  const parsed = CheckBody.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}

for (const [what, body] of [["is no op", { kind: "line.add", check: 5 }], ["is empty", undefined]] as const) {
  Deno.test(`[SYN14, SYN4] a register whose record ${what} starts, sells, and gets it back from the hub`, async () => {
    const lab = await openLabHub();
    const [enrolled, writer] = [await lab.enrol("Till 1"), pen("a")];
    const opened = writer.write({ kind: "check.open", number: "A1" });
    const check = opened.id;
    const lines = Array.from(
      { length: LINES },
      (_, i) => writer.write({ kind: "line.add", check, name: "Beer", price: 500 + i, quantity: 1 }),
    );
    const ops = [opened, ...lines].map(({ replica, seq, stamp, body }) => ({ replica, seq, stamp, body }));
    lab.store.log.append(ops);
    const journal = await ScratchedJournal.of(ops, (op) => op.seq === 3 ? { ...op, body } : op);
    const till = await HeadlessRegister.start({ hub: lab.url, enrolment: enrolled, journal });
    try {
      assert.equal(till.replica.book.get(check)?.lines.length, 1, "up to the damage it is there at once");
      assert.ok((await till.replica.write({ kind: "check.open", number: "B1" })).ok);
      await till.until(() => till.replica.book.get(check)?.lines.length === LINES);
      assert.equal(till.replica.book.get(check)?.totals.total, TOTAL);
      assert.equal(journal.named.length, 1);
      assert.match(journal.named[0]!, /^a{8}-\w{4}\/3 not-(an-op|json)$/);
    } finally {
      till.pause();
      await lab.stop();
    }
  });
}
