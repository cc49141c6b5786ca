/** Lost changes on disk: a row each, until the changes turn up; one that a manager has seen stays for the record. */
import type { RegisterId } from "../../shared/ids.ts";
import type { Vector } from "../../shared/sync/vector.ts";
import type { Database } from "./db.ts";

const KEEP_MS = 400 * 24 * 3_600_000; // as long as incidents
const OPEN_MAX = 1_000; // two a register at most are open, and few registers are ever let go

export interface LossRow {
  readonly id: string;
  readonly register: RegisterId;
  readonly name: string; // as it was called then
  readonly how: "removed" | "cleared";
  readonly count: number;
  readonly needed?: Vector; // the ops by name; absent: only their number is known
  readonly heardAt?: number; // milliseconds since 1970, like the one below
  readonly since: number;
}

export function createLosses(db: Database) {
  return {
    /** Those that no manager has seen, the oldest first. */
    open(): LossRow[] {
      return db.prepare("SELECT * FROM loss WHERE seen_at IS NULL ORDER BY since, id LIMIT ?").all(OPEN_MAX).map(
        fromRow,
      );
    },

    save({ id, register, name, how, count, needed, heardAt, since }: LossRow): void {
      db.prepare(
        `INSERT INTO loss (id, register, name, how, count, needed, heard_at, since) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET count = excluded.count, needed = excluded.needed, heard_at = excluded.heard_at`,
      ).run(id, register, name, how, count, needed ? JSON.stringify(needed) : null, heardAt ?? null, since);
    },

    seen(id: string, now: number): void {
      db.prepare("DELETE FROM loss WHERE seen_at < ?").run(now - KEEP_MS);
      db.prepare("UPDATE loss SET seen_at = ? WHERE id = ?").run(now, id);
    },

    /** The changes turned up: nothing was lost. */
    withdraw(id: string): void {
      db.prepare("DELETE FROM loss WHERE id = ?").run(id);
    },
  };
}
export type LossStore = ReturnType<typeof createLosses>;

function fromRow(row: Record<string, unknown>): LossRow {
  return {
    id: String(row["id"]),
    register: String(row["register"]),
    name: String(row["name"]),
    how: row["how"] === "removed" ? "removed" : "cleared",
    count: Number(row["count"]),
    needed: row["needed"] === null ? undefined : JSON.parse(String(row["needed"])),
    heardAt: row["heard_at"] === null ? undefined : Number(row["heard_at"]),
    since: Number(row["since"]),
  };
}
