/** What registers were told to let go, and what they were told: the marks on ops, read and written. */
import { type CheckOp, parseBody } from "../../shared/check/op.ts";
import { type OpId, opId, placeOf } from "../../shared/ids.ts";
import { readStored, type StoredOp } from "../../shared/sync/sound.ts";
import { headsOf, SEQ_MAX, seqOf, type Vector } from "../../shared/sync/vector.ts";
import { CHECKS_NAMED_MAX, type Retire, type Spans, SPANS_MAX } from "../../shared/wire.ts";
import { type Database, transaction } from "./db.ts";

interface Row {
  replica: string;
  seq: number;
  check_id: string | null;
}

/** Where rows are absent between others of one writer, or before where it is known to have come. */
const HOLES = `SELECT replica, seq + 1 AS first, next - 1 AS last FROM (
  SELECT replica, seq, lead(seq) OVER (PARTITION BY replica ORDER BY seq) AS next FROM (
    SELECT replica, seq FROM op UNION SELECT replica, 0 FROM op UNION SELECT replica, seq + 1 FROM writer_head))
WHERE next > seq + 1`;

interface Hole {
  readonly replica: string;
  readonly first: number;
  readonly last: number;
}

export class RetiredOps {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Checks of which registers keep something older than `before`. */
  checksKept(before: number): OpId[] {
    const rows = this.#db.prepare(
      "SELECT DISTINCT check_id FROM op WHERE retired IS NULL AND check_id IS NOT NULL AND ms < ?",
    ).all(before) as unknown as { check_id: string }[];
    return rows.map(({ check_id }) => check_id);
  }

  /** Ops of no check that registers keep. */
  othersKept(): CheckOp[] {
    const rows = this.#db.prepare(
      "SELECT replica, seq, ms, count, body, sum FROM op WHERE retired IS NULL AND check_id IS NULL",
    ).all() as unknown as StoredOp[];
    return rows.map((row) => readStored(row, parseBody)).flatMap((reading) => reading.ok ? [reading.op] : []);
  }

  /** How many ops there are of each check that registers keep. */
  counts(): Record<OpId, number> {
    const rows = this.#db.prepare(
      "SELECT check_id, count(*) AS n FROM op WHERE retired IS NULL AND check_id IS NOT NULL GROUP BY check_id",
    ).all() as unknown as { check_id: string; n: number }[];
    return Object.fromEntries(rows.map(({ check_id, n }) => [check_id, n]));
  }

  /** Marks these as let go with the word `upTo`. */
  mark(checks: readonly OpId[], others: readonly CheckOp[], upTo: number): void {
    const ofCheck = this.#db.prepare("UPDATE op SET retired = ? WHERE check_id = ?");
    const one = this.#db.prepare("UPDATE op SET retired = ? WHERE replica = ? AND seq = ?");
    transaction(this.#db, () => {
      for (const check of checks) ofCheck.run(upTo, check);
      for (const { replica, seq } of others) one.run(upTo, replica, seq);
      this.#noteNumbers(upTo);
    });
  }

  /** Takes the marks off again: registers are to keep these. */
  unmark(checks: readonly OpId[]): void {
    const update = this.#db.prepare("UPDATE op SET retired = NULL WHERE retired IS NOT NULL AND check_id = ?");
    transaction(this.#db, () => {
      for (const check of checks) update.run(check);
    });
  }

  isMarked(check: OpId): boolean {
    return this.#db.prepare("SELECT 1 FROM op WHERE check_id = ? AND retired IS NOT NULL LIMIT 1").get(check) !==
      undefined;
  }

  /** The newest word; 0 before the first. */
  newest(): number {
    return Number(this.#db.prepare("SELECT max(retired) AS upTo FROM op").get()?.["upTo"] ?? 0);
  }

  /** Every word after `upTo`, as it is told now. */
  since(upTo: number): Retire[] {
    const rows = this.#db.prepare("SELECT DISTINCT retired AS upTo FROM op WHERE retired > ? ORDER BY retired")
      .all(upTo) as unknown as { upTo: number }[];
    return rows.map((row) => this.#word(row.upTo, this.#rows("retired = ?", row.upTo)));
  }

  /** What is said of checks, and of ops of no check, that were let go: as much as there is of them, under the newest word. */
  wordOn(checks: readonly OpId[], others: readonly OpId[] = []): Retire {
    const rows = others.map((id) => ({ ...placeOf(id), check_id: null }));
    return this.#word(this.newest(), [...checks.flatMap((check) => this.#rows("check_id = ?", check)), ...rows]);
  }

  /** Of ops that somebody holds, those that were let go. */
  among(ids: readonly OpId[]): OpId[] {
    const select = this.#db.prepare("SELECT 1 FROM op WHERE replica = ? AND seq = ? AND retired IS NOT NULL");
    return ids.filter((id) => {
      const { replica, seq } = placeOf(id);
      return select.get(replica, seq) !== undefined;
    });
  }

  /** The newest word and the numbers given, for one who holds nothing. */
  summary(): Retire {
    return this.#word(this.newest(), []);
  }

  /** Places of which nothing is here: this database began after registers had let that go, or a row was lost. */
  missing(): Spans {
    return spansOf(this.#db.prepare(`${HOLES} LIMIT ${SPANS_MAX}`).all() as unknown as Hole[]);
  }

  #rows(where: string, value: string | number): Row[] {
    return this.#db.prepare(`SELECT replica, seq, check_id FROM op WHERE ${where}`).all(
      value,
    ) as unknown as Row[];
  }

  #word(upTo: number, rows: readonly Row[]): Retire {
    const checks = [...new Set(rows.flatMap(({ check_id }) => check_id ?? []))];
    const others = rows.filter(({ check_id }) => check_id === null).map(({ replica, seq }) => opId(replica, seq));
    const floors = this.#db.prepare("SELECT letter, number FROM number_floor").all() as unknown as {
      letter: string;
      number: number;
    }[];
    const heads = headsOf(rows.map(({ replica, seq }) => ({ replica, seq, gone: 1 })));
    const { covers, lacks } = this.#held(heads);
    return {
      type: "retire",
      upTo,
      checks: checks.slice(0, CHECKS_NAMED_MAX),
      others: others.slice(0, CHECKS_NAMED_MAX),
      covers,
      ...(Object.keys(lacks).length > 0 ? { lacks } : {}),
      numbers: Object.fromEntries(floors.map(({ letter, number }) => [letter, number])),
    };
  }

  /**
   * What of these writers is here: nobody may let go of what is not. A writer with more holes than a message names is not covered at all.
   */
  #held(heads: Vector): { covers: Vector; lacks: Spans } {
    const holes = this.#db.prepare(`${HOLES} AND replica IN (SELECT value FROM json_each(?))`)
      .all(JSON.stringify(Object.keys(heads))) as unknown as Hole[];
    const lacks = spansOf(holes.filter(({ replica, first }) => first <= seqOf(heads, replica)));
    const covers: Record<string, number> = { ...heads };
    for (const [replica, spans] of Object.entries(lacks)) {
      if (spans.length <= SPANS_MAX) continue;
      delete covers[replica];
      delete lacks[replica];
    }
    return { covers, lacks };
  }

  /** A number that was given is never given again, also when the check that bears it is not on any register any more. */
  #noteNumbers(upTo: number): void {
    const insert = this.#db.prepare(
      "INSERT INTO number_floor (letter, number) VALUES (?, ?) ON CONFLICT DO UPDATE SET number = max(number, excluded.number)",
    );
    const rows = this.#db.prepare("SELECT replica, seq, ms, count, body, sum FROM op WHERE retired = ?").all(upTo);
    for (const row of rows as unknown as StoredOp[]) {
      const reading = readStored(row, parseBody);
      const { kind, number } = (reading.ok ? reading.op.body : {}) as { kind?: string; number?: string };
      const [, letter, digits] = kind === "check.open" ? /^(\D{1,8}?)([0-9]{1,9})$/.exec(number ?? "") ?? [] : [];
      if (letter && digits) insert.run(letter, Number(digits));
    }
  }
}

function spansOf(holes: readonly Hole[]): Spans {
  const spans: Spans = {};
  for (const { replica, first, last } of holes) (spans[replica] ??= []).push([first, Math.min(last, SEQ_MAX)]);
  return spans;
}
