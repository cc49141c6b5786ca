/**
 * Notices on disk: what waits, what became of the rest, and where each finding stands with each channel. Written before anything is sent
 * and again once it is known to have arrived, so a notice outlives a restart and is sent at least once.
 */
import type { Book, Changes, Notice, Watch } from "../../shared/notice.ts";
import { type Database, transaction } from "./db.ts";

const KEEP_MS = 30 * 24 * 60 * 60_000; // a month back, somebody may ask why nobody called
const KEEP_MAX = 5_000; // rows that have a fate; the oldest go

export interface Outbox {
  /** What a hub that restarts goes on with. */
  load(): Book;
  /** All of it or nothing. */
  save(changes: Changes): void;
  /** The newest first. */
  recent(limit: number): Notice[];
  /** Forgets what nobody asks for any more. */
  prune(now: number): void;
}

export function createOutbox(db: Database): Outbox {
  return {
    load() {
      const waiting = db.prepare("SELECT rest FROM notice WHERE fate = 'waiting'").all().map(fromRow);
      const watches = db.prepare("SELECT at, watch FROM notice_watch").all().map(({ at, watch }) =>
        [String(at), JSON.parse(String(watch)) as Watch] as const
      );
      return {
        waiting: Object.fromEntries(waiting.map((notice) => [notice.id, notice])),
        watches: Object.fromEntries(watches),
      };
    },

    save({ notices, watches }) {
      const put = db.prepare(
        `INSERT INTO notice (id, channel, made_at, fate, rest) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET fate = excluded.fate, rest = excluded.rest WHERE fate = 'waiting'`,
      );
      const watch = db.prepare(
        "INSERT INTO notice_watch (at, watch) VALUES (?, ?) ON CONFLICT (at) DO UPDATE SET watch = excluded.watch",
      );
      const forget = db.prepare("DELETE FROM notice_watch WHERE at = ?");
      transaction(db, () => {
        for (const notice of notices) {
          put.run(notice.id, notice.channel, notice.madeAt, notice.fate.kind, JSON.stringify(notice));
        }
        for (const [at, next] of Object.entries(watches)) {
          if (next === null) forget.run(at);
          else watch.run(at, JSON.stringify(next));
        }
      });
    },

    recent(limit) {
      return db.prepare("SELECT rest FROM notice ORDER BY made_at DESC, id DESC LIMIT ?").all(limit).map(fromRow);
    },

    prune(now) {
      db.prepare("DELETE FROM notice WHERE fate <> 'waiting' AND made_at < ?").run(now - KEEP_MS);
      db.prepare(
        `DELETE FROM notice WHERE fate <> 'waiting' AND id IN
         (SELECT id FROM notice WHERE fate <> 'waiting' ORDER BY made_at DESC LIMIT -1 OFFSET ?)`,
      ).run(KEEP_MAX);
    },
  };
}

function fromRow({ rest }: Record<string, unknown>): Notice {
  return JSON.parse(String(rest)) as Notice;
}
