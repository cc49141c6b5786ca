/**
 * Incidents on disk, one row each from opening to end. A hub that restarts goes on with the ones that were open. The store knows
 * when an incident began and ended; all else about it is kept as it was handed in.
 */
import { type Database, transaction } from "./db.ts";

const KEEP_MS = 400 * 24 * 3_600_000; // a year and a month, to compare a season with the last one
const RECENT_MAX = 1_000; // rows in one answer
const CODES_MAX = 5_000; // one every ten minutes for a month
const OPEN_MAX = 1_000; // a venue has some tens of rules and of registers

export interface StoredIncident {
  readonly id: string;
  readonly code: string;
  readonly subject: string;
  readonly openedAt: number; // milliseconds since 1970, like the two below
  readonly changedAt: number;
  readonly resolvedAt?: number; // absent: still open
}

export interface Incidents<T extends StoredIncident> {
  /** Stores what was opened, changed or resolved, all of it or nothing; the newest word on an id stays. */
  save(incidents: readonly T[]): void;
  /** Those not resolved, oldest first: what a hub that restarts goes on with. */
  open(): T[];
  /** Those that were still going on at `since` or later, newest first. */
  recent(since: number, limit: number): T[];
  get(id: string): T | undefined;
  /** Those of these kinds that were going on at `since` or later, oldest first: what uptime is computed from. */
  ofCodes(codes: readonly string[], since: number): T[];
  /** Forgets what was resolved so long ago that nobody compares with it. */
  prune(now: number): void;
}

export function createIncidents<T extends StoredIncident>(db: Database): Incidents<T> {
  return {
    save(incidents) {
      if (incidents.length === 0) return;
      const upsert = db.prepare(
        `INSERT INTO incidents (id, code, subject, opened_at, changed_at, resolved_at, rest) VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET code = excluded.code, subject = excluded.subject, opened_at = excluded.opened_at,
           changed_at = excluded.changed_at, resolved_at = excluded.resolved_at, rest = excluded.rest`,
      );
      transaction(db, () => {
        for (const { id, code, subject, openedAt, changedAt, resolvedAt, ...rest } of incidents) {
          upsert.run(id, code, subject, openedAt, changedAt, resolvedAt ?? null, JSON.stringify(rest));
        }
      });
    },

    open() {
      const rows = db.prepare("SELECT * FROM incidents WHERE resolved_at IS NULL ORDER BY opened_at, id LIMIT ?");
      return rows.all(OPEN_MAX).map((row) => fromRow<T>(row));
    },

    recent(since, limit) {
      const rows = db.prepare(
        `SELECT * FROM incidents WHERE resolved_at IS NULL OR resolved_at >= ? ORDER BY opened_at DESC, id DESC LIMIT ?`,
      );
      return rows.all(since, Math.min(Math.max(0, limit), RECENT_MAX)).map((row) => fromRow<T>(row));
    },

    get(id) {
      const row = db.prepare("SELECT * FROM incidents WHERE id = ?").get(id);
      return row && fromRow<T>(row);
    },

    ofCodes(codes, since) {
      const rows = db.prepare(
        `SELECT * FROM incidents WHERE code IN (SELECT value FROM json_each(?)) AND (resolved_at IS NULL OR resolved_at >= ?)
         ORDER BY opened_at DESC, id DESC LIMIT ?`,
      );
      return rows.all(JSON.stringify(codes), since, CODES_MAX).map((row) => fromRow<T>(row)).reverse();
    },

    prune(now) {
      db.prepare("DELETE FROM incidents WHERE resolved_at < ?").run(now - KEEP_MS);
    },
  };
}

function fromRow<T extends StoredIncident>(row: Record<string, unknown>): T {
  return {
    ...JSON.parse(String(row.rest)),
    id: row.id,
    code: row.code,
    subject: row.subject,
    openedAt: row.opened_at,
    changedAt: row.changed_at,
    ...(row.resolved_at === null ? {} : { resolvedAt: row.resolved_at }),
  };
}
