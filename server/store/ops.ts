/**
 * The op log on disk: the hub's side of the exchange. An op is readable by every other session from the moment `append` returns, and
 * survives a power cut from that moment, because the database commits with synchronous=FULL.
 */
import { CheckBody, type CheckOp, checksOf } from "../../shared/check/op.ts";
import { type OpId, opId, type ReplicaId } from "../../shared/ids.ts";
import { type AppendReport, type Log, triage } from "../../shared/sync/log.ts";
import { seqOf, type Vector } from "../../shared/sync/vector.ts";
import { type Database, transaction } from "./db.ts";

interface OpRow {
  replica: string;
  seq: number;
  ms: number;
  count: number;
  body: string;
}

export class StoredLog implements Log<CheckBody> {
  readonly #db: Database;
  readonly #now: () => number;
  #vector: Record<ReplicaId, number>;

  constructor(db: Database, now: () => number) {
    this.#db = db;
    this.#now = now;
    this.#vector = Object.fromEntries(
      (db.prepare("SELECT replica, max(seq) AS seq FROM op GROUP BY replica").all() as unknown as OpRow[])
        .map(({ replica, seq }) => [replica, seq]),
    );
  }

  vector(): Vector {
    return this.#vector;
  }

  since(theirs: Vector, limit: number): CheckOp[] {
    const select = this.#db.prepare(
      "SELECT replica, seq, ms, count, body FROM op WHERE replica = ? AND seq > ? ORDER BY seq LIMIT ?",
    );
    const found: CheckOp[] = [];
    for (const [replica, seq] of Object.entries(this.#vector)) {
      if (found.length >= limit) break;
      const held = seqOf(theirs, replica);
      if (seq > held) found.push(...(select.all(replica, held, limit - found.length) as unknown as OpRow[]).map(toOp));
    }
    return found;
  }

  /** Throws when the database cannot write; nothing is applied then. */
  append(ops: readonly CheckOp[]): AppendReport<CheckBody> {
    const report = triage(ops, this.#vector, (replica, seq) => this.#find(replica, seq));
    if (report.fresh.length === 0) return report;
    const insert = this.#db.prepare(
      "INSERT INTO op (replica, seq, ms, count, check_id, body, received_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
    );
    const now = this.#now();
    transaction(this.#db, () => {
      for (const op of report.fresh) {
        const [check = null, ...others] = checksOf(op, opId(op.replica, op.seq));
        insert.run(op.replica, op.seq, op.stamp.ms, op.stamp.count, check, JSON.stringify(op.body), now);
        for (const other of others) this.#tie(check!, other);
      }
    });
    const vector = { ...this.#vector };
    for (const op of report.fresh) vector[op.replica] = op.seq;
    this.#vector = vector;
    return report;
  }

  /** Every op of the check `id` and of all that share lines with it or were merged with it, in no particular order. */
  familyOf(id: OpId): CheckOp[] {
    const rows = this.#db.prepare(
      `WITH RECURSIVE family (id) AS (VALUES (?) UNION SELECT b FROM check_tie JOIN family ON a = family.id)
       SELECT replica, seq, ms, count, body FROM op WHERE check_id IN (SELECT id FROM family)`,
    ).all(id) as unknown as OpRow[];
    return rows.map(toOp);
  }

  #tie(a: OpId, b: OpId): void {
    const insert = this.#db.prepare("INSERT OR IGNORE INTO check_tie (a, b) VALUES (?, ?)");
    insert.run(a, b);
    insert.run(b, a);
  }

  #find(replica: ReplicaId, seq: number): CheckOp | undefined {
    const row = this.#db.prepare("SELECT replica, seq, ms, count, body FROM op WHERE replica = ? AND seq = ?")
      .get(replica, seq) as unknown as OpRow | undefined;
    return row && toOp(row);
  }
}

function toOp({ replica, seq, ms, count, body }: OpRow): CheckOp {
  return { replica, seq, stamp: { ms, count }, body: JSON.parse(body) };
}
