/**
 * A sum of each op, so that a row which the disk has changed is found, and where such rows are put: with their text as it is, so that
 * nothing is destroyed. Rows from before get their sum here if they say what an op can say; the others have none and are found by that.
 */
import type { StatementSync } from "node:sqlite";
import { readStored, type StoredOp, sumOf } from "../../../shared/sync/sound.ts";
import { parseBody } from "../../../shared/check/op.ts";

export const DAMAGED = `
  ALTER TABLE op ADD COLUMN sum INTEGER;
  CREATE TABLE damaged (
    replica TEXT NOT NULL,
    seq INTEGER NOT NULL,
    check_id TEXT,
    why TEXT NOT NULL,
    found_at INTEGER NOT NULL,
    ms INTEGER NOT NULL,
    count INTEGER NOT NULL,
    sum INTEGER,
    body TEXT NOT NULL
  ) STRICT;
  CREATE INDEX damaged_by_place ON damaged (replica, seq);
`;

const PAGE = 1_000; // rows summed at a time

export function sumOps(prepare: (sql: string) => StatementSync): void {
  const select = prepare(
    `SELECT replica, seq, ms, count, body FROM op WHERE (replica, seq) > (?, ?) ORDER BY replica, seq LIMIT ${PAGE}`,
  );
  const update = prepare("UPDATE op SET sum = ? WHERE replica = ? AND seq = ?");
  let last: Pick<StoredOp, "replica" | "seq"> | undefined = { replica: "", seq: 0 };
  while (last) {
    const rows: StoredOp[] = select.all(last.replica, last.seq) as unknown as StoredOp[];
    for (const row of rows) if (readStored(row, parseBody).ok) update.run(sumOf(row), row.replica, row.seq);
    last = rows.at(-1);
  }
}
