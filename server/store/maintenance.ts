/** Times in which the venue is worked on. Past ones stay: they explain what happened in them. */
import type { Database } from "./db.ts";

const KEEP_MS = 400 * 24 * 3_600_000; // as long as incidents
export const WINDOWS_MAX = 200; // kept at once; more are refused

export interface Window {
  readonly id: string;
  readonly startsAt: number; // milliseconds since 1970
  readonly endsAt: number;
  readonly words: string;
}

export interface Maintenance {
  /** Those that end after `since`, the first to begin first. */
  since(since: number): Window[];
  /** Adds one, or changes the one with this id. False: there are too many. */
  save(window: Window): boolean;
  remove(id: string): void;
  prune(now: number): void;
}

export function createMaintenance(db: Database): Maintenance {
  return {
    since(since) {
      const rows = db.prepare("SELECT * FROM maintenance WHERE ends_at > ? ORDER BY starts_at, id LIMIT ?");
      return rows.all(since, WINDOWS_MAX).map((row) => ({
        id: String(row["id"]),
        startsAt: Number(row["starts_at"]),
        endsAt: Number(row["ends_at"]),
        words: String(row["words"]),
      }));
    },
    save({ id, startsAt, endsAt, words }) {
      const done = db.prepare(
        `INSERT OR REPLACE INTO maintenance (id, starts_at, ends_at, words) SELECT ?1, ?2, ?3, ?4
         WHERE (SELECT count(*) FROM maintenance WHERE id <> ?1) < ?5`,
      ).run(id, startsAt, endsAt, words, WINDOWS_MAX);
      return Number(done.changes) > 0;
    },
    remove(id) {
      db.prepare("DELETE FROM maintenance WHERE id = ?").run(id);
    },
    prune(now) {
      db.prepare("DELETE FROM maintenance WHERE ends_at < ?").run(now - KEEP_MS);
    },
  };
}
