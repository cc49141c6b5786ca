/** Rows that the disk damaged and that nobody has brought again: how many, and of which checks. */
import type { DamagedFact } from "../../shared/rules/facts.ts";
import type { Database } from "./db.ts";

const NEWS_MS = 24 * 3_600_000; // what nobody brings in a day nobody has; it is kept, and told no longer
const NAMED_MAX = 5; // checks

export function createDamaged(db: Database) {
  return {
    /** Undefined: there are none. */
    fact(now: number): DamagedFact | undefined {
      const rows = db.prepare(
        `SELECT json_extract(s.summary, '$.number') AS number, count(*) AS n, max(d.found_at) AS at
         FROM damaged d LEFT JOIN check_summary s ON s.check_id = d.check_id
         WHERE d.found_at > ? AND NOT EXISTS (SELECT 1 FROM op o WHERE o.replica = d.replica AND o.seq = d.seq)
         GROUP BY d.check_id ORDER BY n DESC, number`,
      ).all(now - NEWS_MS) as unknown as { number: string | null; n: number; at: number }[];
      if (rows.length === 0) return undefined;
      return {
        count: rows.reduce((sum, { n }) => sum + n, 0),
        checks: rows.flatMap(({ number }) => number ? [number] : []).slice(0, NAMED_MAX),
        since: Math.max(...rows.map(({ at }) => at)),
      };
    },
  };
}

export type DamagedStore = ReturnType<typeof createDamaged>;
