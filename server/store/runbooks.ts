/** Guided runbooks on disk, so that a hub that restarts in the middle of one goes on with it, and what fixed a thing can be told later. */
import type { Run } from "../../shared/runbook/run.ts";
import type { Database } from "./db.ts";

const KEEP_MS = 2 * 24 * 60 * 60_000; // consoles tell the incidents of the last day
const KEEP_MAX = 100; // rows; a busy installer does some dozens in a day

export interface RunbookStore {
  save(run: Run): void;
  /** Those that are kept, the oldest first. */
  load(): Run[];
  /** Forgets what ended so long ago that nobody asks for it. */
  prune(now: number): void;
}

export function createRunbooks(db: Database): RunbookStore {
  return {
    save(run) {
      db.prepare(
        `INSERT INTO runbook (id, started_at, ended_at, run) VALUES (?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET ended_at = excluded.ended_at, run = excluded.run`,
      ).run(run.id, run.startedAt, run.end?.at ?? null, JSON.stringify(run));
    },

    load() {
      const rows = db.prepare("SELECT run FROM runbook ORDER BY started_at DESC, id DESC LIMIT ?").all(KEEP_MAX);
      return rows.map(({ run }) => JSON.parse(String(run)) as Run).reverse();
    },

    prune(now) {
      db.prepare("DELETE FROM runbook WHERE ended_at < ?").run(now - KEEP_MS);
      db.prepare(
        `DELETE FROM runbook WHERE ended_at IS NOT NULL AND id NOT IN
         (SELECT id FROM runbook ORDER BY started_at DESC, id DESC LIMIT ?)`,
      ).run(KEEP_MAX);
    },
  };
}
