/**
 * The op log on disk: the hub's side of the exchange. An op is readable by every other session from the moment `append` returns, and
 * survives a power cut from that moment, because the database commits with synchronous=FULL. What registers let go stays here; it is only
 * not spoken of any more, until an op of such a check comes. A row that the disk has damaged is set aside; its place is empty then, as if
 * this database had begun after registers had let that op go, and is filled in the same way.
 */
import { type CheckBody, type CheckOp, checksOf, parseBody } from "../../shared/check/op.ts";
import { type OpId, opId, type ReplicaId } from "../../shared/ids.ts";
import { type AppendReport, type Log, triage } from "../../shared/sync/log.ts";
import { isGone, type Item, lastSeq, opsAmong } from "../../shared/sync/op.ts";
import { type Damage, readStored, type StoredOp, sumOfOp } from "../../shared/sync/sound.ts";
import { seqOf, type Vector } from "../../shared/sync/vector.ts";
import { type Database, transaction } from "./db.ts";

interface OpRow extends StoredOp {
  readonly check_id: string | null;
}

/** A row that was set aside, to be named once. */
export interface DamagedRow {
  readonly id: OpId;
  readonly why: Damage;
  readonly check?: OpId;
}

const COLUMNS = "replica, seq, ms, count, body, check_id, sum";
const FAMILY = "WITH RECURSIVE family (id) AS (VALUES (?) UNION SELECT b FROM check_tie JOIN family ON a = family.id)";
const FIRST = { replica: "", seq: 0 };
const PAGE = 500; // rows read at a time where some of them are left out

export class StoredLog implements Log<CheckBody> {
  readonly #db: Database;
  readonly #now: () => number;
  readonly #damaged: (row: DamagedRow) => void;
  #looked: Pick<OpRow, "replica" | "seq"> = FIRST; // up to where all rows were read
  #heads: Record<ReplicaId, number> = {}; // of every writer, also of those whose ops were all let go
  #vector: Record<ReplicaId, number> = {};

  constructor(db: Database, now: () => number, damaged: (row: DamagedRow) => void = () => {}) {
    this.#db = db;
    this.#now = now;
    this.#damaged = damaged;
    this.refresh();
  }

  /** What the hub speaks of: writers of whom registers still keep something. */
  vector(): Vector {
    return this.#vector;
  }

  /** Everything that is on this disk. */
  heads(): Vector {
    return this.#heads;
  }

  since(theirs: Vector, limit: number): Item<CheckBody>[] {
    return this.#itemsSince(theirs, limit);
  }

  /** The log as it is told to those who keep everything: nothing was let go. */
  whole(): Log<CheckBody> {
    return {
      vector: () => this.#heads,
      since: (theirs, limit) => this.#sound(this.#rowsSince(theirs, limit)),
      append: (items) => this.append(items),
    };
  }

  /** The log without the ops of these checks, as if they had been let go. */
  without(checks: ReadonlySet<OpId>): Log<CheckBody> {
    return {
      vector: () => this.#vector,
      since: (theirs, limit) => this.#itemsSince(theirs, limit, checks),
      append: (items) => this.append(items),
    };
  }

  /** Throws when the database cannot write; nothing is applied then. A check that was let go comes back whole with an op of it. */
  append(items: readonly Item<CheckBody>[]): AppendReport<CheckBody> {
    const report = triage(items, this.#heads, (replica, seq) => this.#find(replica, seq));
    const filled = report.fresh.length < items.length ? this.fill(opsAmong(items)) : [];
    if (report.taken.length === 0) return filled.length > 0 ? { ...report, fresh: filled } : report;
    const begun = new Set(report.fresh.map((op) => op.replica));
    const taken = report.taken.filter(({ replica }) => begun.has(replica) || seqOf(this.#heads, replica) > 0);
    let revived = false;
    transaction(this.#db, () => {
      for (const item of taken) {
        if (isGone(item)) this.#saveHead(item.replica, lastSeq(item));
        else this.#insert(item);
      }
      for (const op of report.fresh) revived = this.#revive(op) || revived;
    });
    if (revived) this.refresh();
    else {
      const heads = Object.fromEntries(taken.map((item) => [item.replica, lastSeq(item)]));
      this.#heads = { ...this.#heads, ...heads };
      for (const replica of Object.keys(heads)) {
        if (!begun.has(replica) && !this.#vector[replica]) delete heads[replica];
      }
      this.#vector = { ...this.#vector, ...heads };
    }
    return filled.length > 0 ? { ...report, fresh: [...filled, ...report.fresh] } : report;
  }

  /**
   * Reads on where the last look ended, so that damage is found while a register still holds what is damaged, and sums what was stored
   * before there were sums. False: all was read.
   */
  look(rows: number): boolean {
    const read = this.#db.prepare(
      `SELECT ${COLUMNS} FROM op WHERE (replica, seq) > (?, ?) ORDER BY replica, seq LIMIT ?`,
    ).all(this.#looked.replica, this.#looked.seq, rows) as unknown as OpRow[];
    this.#sum(this.#sound(read.filter(({ sum }) => sum === null)));
    this.#sound(read.filter(({ sum }) => sum !== null));
    this.#looked = read.at(-1) ?? FIRST;
    return read.length > 0;
  }

  /** Takes ops into places that are empty here, and returns those. */
  fill(ops: readonly CheckOp[]): CheckOp[] {
    const lacking = ops.filter(({ replica, seq }) => seq <= seqOf(this.#heads, replica) && !this.#find(replica, seq));
    if (lacking.length === 0) return [];
    transaction(this.#db, () => {
      for (const op of lacking) this.#insert(op);
      for (const op of lacking) this.#revive(op);
    });
    this.refresh();
    return lacking;
  }

  /** The ops in these places, per writer first and last seq, but for those that were let go; of a long span the first. */
  between(spans: Readonly<Record<ReplicaId, readonly (readonly [number, number])[]>>): CheckOp[] {
    const select = this.#db.prepare(
      `SELECT ${COLUMNS} FROM op WHERE replica = ? AND seq BETWEEN ? AND ? AND retired IS NULL ORDER BY seq LIMIT ${PAGE}`,
    );
    return Object.entries(spans).flatMap(([replica, places]) =>
      places.flatMap(([from, to]) => this.#sound(select.all(replica, from, to) as unknown as OpRow[]))
    );
  }

  /** Every op of the check `id` and of all that share lines with it or were merged with it, in no particular order. */
  familyOf(id: OpId): CheckOp[] {
    const rows = this.#db.prepare(`${FAMILY} SELECT ${COLUMNS} FROM op WHERE check_id IN (SELECT id FROM family)`)
      .all(id) as unknown as OpRow[];
    return this.#sound(rows);
  }

  /** Looks again at what is there, after ops were let go. */
  refresh(): void {
    const rows = this.#db.prepare(
      "SELECT replica, max(seq) AS head, sum(retired IS NULL) AS live FROM op GROUP BY replica",
    ).all() as unknown as { replica: string; head: number; live: number }[];
    const ends = this.#db.prepare("SELECT replica, seq FROM writer_head").all() as unknown as OpRow[];
    const end = new Map(ends.map(({ replica, seq }) => [replica, seq]));
    const heads = rows.map(({ replica, head, live }) => ({
      ...{ replica, live },
      head: Math.max(head, end.get(replica) ?? 0),
    }));
    this.#heads = Object.fromEntries(heads.map(({ replica, head }) => [replica, head]));
    this.#vector = Object.fromEntries(heads.filter(({ live }) => live > 0).map(({ replica, head }) => [replica, head]));
  }

  #itemsSince(theirs: Vector, limit: number, without?: ReadonlySet<OpId>): Item<CheckBody>[] {
    const select = this.#db.prepare(
      `SELECT ${COLUMNS} FROM op WHERE replica = ? AND seq > ? AND retired IS NULL ORDER BY seq LIMIT ?`,
    );
    const found: Item<CheckBody>[] = [];
    for (const [replica, head] of Object.entries(this.#vector)) {
      let reached = seqOf(theirs, replica);
      let next = reached + 1;
      while (next <= head && found.length < limit) {
        const page = Math.min(PAGE, without ? PAGE : limit - found.length);
        const rows = select.all(replica, next - 1, page) as unknown as OpRow[];
        for (const row of rows) {
          next = row.seq + 1;
          if (row.check_id !== null && without?.has(row.check_id)) continue;
          const reading = readStored(row, parseBody);
          if (!reading.ok) {
            this.#setAside(row, reading.why);
            continue;
          }
          if (found.length >= limit - 1 && row.seq > reached + 1) return found; // the place before it would not fit with it
          if (row.seq > reached + 1) found.push({ replica, seq: reached + 1, gone: row.seq - reached - 1 });
          found.push(reading.op);
          reached = row.seq;
          if (found.length >= limit) return found;
        }
        if (rows.length < page) next = head + 1;
      }
      if (found.length >= limit) break;
      if (reached === 0 && without) continue; // nothing of it is told, so it is not begun
      if (reached < head) found.push({ replica, seq: reached + 1, gone: head - reached });
    }
    return found;
  }

  #rowsSince(theirs: Vector, limit: number): OpRow[] {
    const select = this.#db.prepare(
      `SELECT ${COLUMNS} FROM op WHERE replica = ? AND seq > ? ORDER BY seq LIMIT ?`,
    );
    const found: OpRow[] = [];
    for (const [replica, head] of Object.entries(this.#heads)) {
      if (found.length >= limit) break;
      const held = seqOf(theirs, replica);
      if (head > held) found.push(...select.all(replica, held, limit - found.length) as unknown as OpRow[]);
    }
    return found;
  }

  #insert(op: CheckOp): void {
    const insert = this.#db.prepare(
      "INSERT INTO op (replica, seq, ms, count, check_id, body, received_at, sum) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    );
    const [check = null, ...others] = checksOf(op, opId(op.replica, op.seq));
    const { replica, seq, stamp: { ms, count } } = op;
    insert.run(replica, seq, ms, count, check, JSON.stringify(op.body), this.#now(), sumOfOp(op));
    for (const other of others) this.#tie(check!, other);
  }

  /** Speaks of a check again that was let go, since there is news of it. */
  #revive(op: CheckOp): boolean {
    const update = this.#db.prepare(
      `${FAMILY} UPDATE op SET retired = NULL WHERE retired IS NOT NULL AND check_id IN (SELECT id FROM family)`,
    );
    const [check] = checksOf(op, opId(op.replica, op.seq));
    return check !== undefined && Number(update.run(check).changes) > 0;
  }

  #saveHead(replica: ReplicaId, seq: number): void {
    this.#db.prepare(
      "INSERT INTO writer_head (replica, seq) VALUES (?, ?) ON CONFLICT DO UPDATE SET seq = max(seq, excluded.seq)",
    ).run(replica, seq);
  }

  #tie(a: OpId, b: OpId): void {
    const insert = this.#db.prepare("INSERT OR IGNORE INTO check_tie (a, b) VALUES (?, ?)");
    insert.run(a, b);
    insert.run(b, a);
  }

  #find(replica: ReplicaId, seq: number): CheckOp | undefined {
    const row = this.#db.prepare(`SELECT ${COLUMNS} FROM op WHERE replica = ? AND seq = ?`)
      .get(replica, seq) as unknown as OpRow | undefined;
    return row && this.#sound([row])[0];
  }

  #sum(ops: readonly CheckOp[]): void {
    if (ops.length === 0) return;
    const update = this.#db.prepare("UPDATE op SET sum = ? WHERE replica = ? AND seq = ?");
    transaction(this.#db, () => {
      for (const op of ops) update.run(sumOfOp(op), op.replica, op.seq);
    });
  }

  /** The ops that rows are; a damaged one is none. */
  #sound(rows: readonly OpRow[]): CheckOp[] {
    const ops: CheckOp[] = [];
    for (const row of rows) {
      const reading = readStored(row, parseBody);
      if (reading.ok) ops.push(reading.op);
      else this.#setAside(row, reading.why);
    }
    return ops;
  }

  /** Puts a damaged row where it harms nothing. A disk that does not take that either leaves it, and it is passed over each time. */
  #setAside({ replica, seq, check_id }: OpRow, why: Damage): void {
    try {
      transaction(this.#db, () => {
        this.#db.prepare(
          `INSERT INTO damaged SELECT replica, seq, check_id, ?, ?, ms, count, sum, body FROM op WHERE replica = ? AND seq = ?`,
        ).run(why, this.#now(), replica, seq);
        this.#db.prepare("DELETE FROM op WHERE replica = ? AND seq = ?").run(replica, seq);
        this.#saveHead(replica, seqOf(this.#heads, replica));
      });
    } catch {
      return;
    }
    this.refresh();
    this.#damaged({ id: opId(replica, seq), why, check: check_id ?? undefined });
  }
}
