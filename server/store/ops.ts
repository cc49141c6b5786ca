/**
 * The op log on disk: the hub's side of the exchange. An op is readable by every other session from the moment `append` returns, and
 * survives a power cut from that moment, because the database commits with synchronous=FULL.
 */
import { CheckBody, checkOf, type CheckOp } from "../../shared/check/op.ts";
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
        const check = checkOf(op, opId(op.replica, op.seq)) ?? null;
        insert.run(op.replica, op.seq, op.stamp.ms, op.stamp.count, check, JSON.stringify(op.body), now);
      }
    });
    const vector = { ...this.#vector };
    for (const op of report.fresh) vector[op.replica] = op.seq;
    this.#vector = vector;
    return report;
  }

  /** Every op of the check `id`, in no particular order. */
  opsOf(id: OpId): CheckOp[] {
    return (this.#db.prepare("SELECT replica, seq, ms, count, body FROM op WHERE check_id = ?").all(
      id,
    ) as unknown as OpRow[])
      .map(toOp);
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
