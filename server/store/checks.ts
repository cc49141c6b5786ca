/**
 * What each check came to, for lists and counters, so that the hub's memory holds no history. Derived from the ops and never trusted
 * over them: a summary whose op count disagrees is made again.
 */
import type { CheckState } from "../../shared/check/check.ts";
import type { CheckSummary } from "../../shared/api.ts";
import type { OpId } from "../../shared/ids.ts";
import type { Database } from "./db.ts";

export interface SummaryRow {
  readonly summary: CheckSummary;
  readonly opCount: number;
  readonly changedAtMs: number;
}

/** The first of a list, and how long all of it is. */
export interface Listed {
  readonly checks: readonly CheckSummary[];
  readonly count: number;
}

export function createChecks(db: Database) {
  return {
    save({ summary, opCount, changedAtMs }: SummaryRow): void {
      db.prepare(
        `INSERT INTO check_summary (check_id, op_count, state, flagged, changed_at, summary) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (check_id) DO UPDATE SET op_count = excluded.op_count, state = excluded.state,
           flagged = excluded.flagged, changed_at = excluded.changed_at, summary = excluded.summary`,
      ).run(summary.id, opCount, summary.state, summary.flags.length > 0 ? 1 : 0, changedAtMs, JSON.stringify(summary));
    },

    /** Checks whose summary is missing or older than their ops: what a crash left undone. */
    stale(): OpId[] {
      const rows = db.prepare(
        `SELECT o.check_id AS id FROM (SELECT check_id, count(*) AS n FROM op WHERE check_id IS NOT NULL GROUP BY check_id) o
         LEFT JOIN check_summary s ON s.check_id = o.check_id WHERE s.op_count IS NULL OR s.op_count <> o.n`,
      ).all() as unknown as { id: string }[];
      return rows.map((row) => row.id);
    },

    /** The last changed first, at most `limit`. */
    list(state: CheckState | undefined, limit: number): CheckSummary[] {
      const rows = state === undefined
        ? db.prepare("SELECT summary FROM check_summary ORDER BY changed_at DESC LIMIT ?").all(limit)
        : db.prepare("SELECT summary FROM check_summary WHERE state = ? ORDER BY changed_at DESC LIMIT ?").all(
          state,
          limit,
        );
      return rows.map(toSummary);
    },

    /** Those with a flag, the longest unchanged first, at most `limit`; and how many there are. */
    flagged(limit: number): Listed {
      return listed(
        db.prepare(
          "SELECT summary, count(*) OVER () AS n FROM check_summary WHERE flagged = 1 ORDER BY changed_at, check_id LIMIT ?",
        ).all(limit),
      );
    },

    /** Those still open that were opened before `before`, the oldest first, at most `limit`; and how many there are. */
    oldest(before: number, limit: number): Listed {
      return listed(
        db.prepare(
          `SELECT summary, count(*) OVER () AS n FROM check_summary
           WHERE state = 'open' AND json_extract(summary, '$.openedAt') < ?
           ORDER BY json_extract(summary, '$.openedAt') LIMIT ?`,
        ).all(new Date(before).toISOString(), limit),
      );
    },

    /** Checks that registers keep though they are over, and all that is told as one with them: nothing is due, no flag is open. */
    over(): ReadonlySet<OpId> {
      const rows = db.prepare(
        `SELECT check_id AS id FROM check_summary
         WHERE flagged = 0 AND (state = 'void' OR state IN ('closed', 'merged') AND json_extract(summary, '$.due') = 0)
           AND check_id IN (SELECT check_id FROM op WHERE retired IS NULL)`,
      ).all();
      const over = new Set(rows.map(({ id }) => String(id)));
      const ties = db.prepare("SELECT a, b FROM check_tie WHERE a IN (SELECT value FROM json_each(?))")
        .all(JSON.stringify([...over])) as unknown as { a: OpId; b: OpId }[];
      for (let before = -1; before !== over.size;) {
        before = over.size;
        for (const { a, b } of ties) if (!over.has(b)) over.delete(a);
      }
      return over;
    },

    /** The opened checks that bear this number: more than one only after storage was lost. */
    numbered(number: string): OpId[] {
      const rows = db.prepare(
        `SELECT check_id AS id FROM check_summary
         WHERE json_extract(summary, '$.number') = ? AND json_extract(summary, '$.openedAt') IS NOT NULL`,
      ).all(number);
      return rows.map(({ id }) => String(id));
    },

    counts(): { open: number; attention: number } {
      const row = db.prepare(
        "SELECT coalesce(sum(state = 'open'), 0) AS open, coalesce(sum(flagged), 0) AS attention FROM check_summary",
      ).get() as unknown as { open: number; attention: number };
      return { open: row.open, attention: row.attention };
    },
  };
}

function listed(rows: readonly Record<string, unknown>[]): Listed {
  return { checks: rows.map(toSummary), count: Number(rows[0]?.["n"] ?? 0) };
}

function toSummary({ summary }: Record<string, unknown>): CheckSummary {
  return JSON.parse(String(summary));
}

export type Checks = ReturnType<typeof createChecks>;
