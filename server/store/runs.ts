/**
 * When the hub ran. A time in which it did not is its own gap and nobody's downtime: it could not know. A run is noted as alive now and
 * then, so that a sudden end is known to within that.
 */
import type { Database } from "./db.ts";

const KEEP_MS = 400 * 24 * 3_600_000; // as long as incidents
const RUNS_MAX = 5_000; // in one answer: a restart every ten minutes for a month

export interface Run {
  readonly from: number; // milliseconds since 1970
  readonly until: number;
}

export interface Runs {
  /** The run before, if the hub ever ran. */
  last(): Run | undefined;
  /** What was noted as later, by a clock that was set back since, is cut off. */
  begin(now: number): void;
  /** The run that began last goes on. */
  alive(now: number): void;
  /** Those that reach into the time from `since` on, oldest first. */
  since(since: number): Run[];
  prune(now: number): void;
}

export function createRuns(db: Database): Runs {
  return {
    last() {
      const row = db.prepare("SELECT * FROM hub_run ORDER BY started_at DESC LIMIT 1").get();
      return row && toRun(row);
    },
    begin(now) {
      db.prepare("DELETE FROM hub_run WHERE started_at > ?").run(now);
      db.prepare("UPDATE hub_run SET alive_at = ?1 WHERE alive_at > ?1").run(now);
      db.prepare("INSERT OR REPLACE INTO hub_run (started_at, alive_at) VALUES (?, ?)").run(now, now);
    },
    alive(now) {
      db.prepare(
        "UPDATE hub_run SET alive_at = max(alive_at, ?) WHERE started_at = (SELECT max(started_at) FROM hub_run)",
      ).run(now);
    },
    since(since) {
      const rows = db.prepare("SELECT * FROM hub_run WHERE alive_at >= ? ORDER BY started_at DESC LIMIT ?");
      return rows.all(since, RUNS_MAX).map(toRun).reverse();
    },
    prune(now) {
      db.prepare("DELETE FROM hub_run WHERE alive_at < ?").run(now - KEEP_MS);
    },
  };
}

function toRun(row: Record<string, unknown>): Run {
  return { from: Number(row["started_at"]), until: Number(row["alive_at"]) };
}
