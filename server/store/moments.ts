/**
 * How router and internet were, and what was at stake, by the minute for a month and by the quarter of an hour for a year: the background
 * before which an incident is told. Looks are taken into memory and stored together.
 */
import { type Database, transaction } from "./db.ts";

const DAY_S = 24 * 3_600;
const TIERS = [
  { id: 0, stepS: 60, keepS: 30 * DAY_S },
  { id: 1, stepS: 900, keepS: 400 * DAY_S },
] as const;
const CHECKS = "checks"; // the subject of open checks; no register has such an id
const QUEUE_MAX = 1_000; // looks waiting for the disk: over an hour

export type LayerName = "router" | "internet";
export type LayerState = "ok" | "down" | "unknown";

/** One look at what is not a register's own. */
export interface Look {
  readonly at: number; // milliseconds since 1970
  readonly layers: Readonly<Record<LayerName, LayerState>>;
  readonly openChecks: number;
  readonly unsynced: ReadonlyMap<string, number>; // of registers that have any
}

/** What was seen in equal steps; the worst of each. */
export interface Background {
  readonly layers: Readonly<Record<LayerName, LayerState[]>>;
  readonly openChecks: (number | null)[];
  readonly unsynced: ReadonlyMap<string, (number | null)[]>;
}

export interface Moments {
  /** Takes a look into memory; the oldest goes when the disk has refused for long. */
  add(look: Look): void;
  /** Stores all that waits, or, when it throws, keeps it for the next try. */
  flush(): void;
  /** `points` steps from `from` on (milliseconds). A step is a minute or a quarter of an hour. */
  background(from: number, points: number, step: "minute" | "quarter"): Background;
  /** Whether a layer was measured at all in that time. */
  isMeasured(layer: LayerName, from: number, until: number): boolean;
  prune(now: number): void;
}

export function createMoments(db: Database): Moments {
  let queue: Look[] = [];
  return {
    add(look) {
      queue = [...queue.slice(1 - QUEUE_MAX), look];
    },
    flush() {
      if (queue.length === 0) return;
      transaction(db, () => queue.forEach((look) => TIERS.forEach((tier) => store(db, look, tier))));
      queue = [];
    },
    background(from, points, step) {
      const { id, stepS } = TIERS[step === "minute" ? 0 : 1];
      const first = startOf(from, stepS);
      const range = [id, first, first + points * stepS] as const;
      const at = (row: Record<string, unknown>) => (Number(row["t"]) - first) / stepS;
      const unknown = () => new Array<LayerState>(points).fill("unknown");
      const layers: Record<LayerName, LayerState[]> = { router: unknown(), internet: unknown() };
      for (const row of db.prepare("SELECT * FROM layer_sample WHERE tier = ? AND t >= ? AND t < ?").all(...range)) {
        layers[row["layer"] as LayerName][at(row)] = worstOf(row);
      }
      const most = new Map<string, (number | null)[]>();
      for (const row of db.prepare("SELECT * FROM stake WHERE tier = ? AND t >= ? AND t < ?").all(...range)) {
        const subject = String(row["subject"]);
        if (!most.has(subject)) most.set(subject, new Array(points).fill(null));
        most.get(subject)![at(row)] = Number(row["most"]);
      }
      const openChecks = most.get(CHECKS) ?? new Array(points).fill(null);
      most.delete(CHECKS);
      return { layers, openChecks, unsynced: most };
    },
    isMeasured(layer, from, until) {
      const row = db.prepare(
        "SELECT 1 FROM layer_sample WHERE tier = 1 AND layer = ? AND t >= ? AND t < ? AND ok + down > 0 LIMIT 1",
      ).get(layer, startOf(from, TIERS[1].stepS), Math.ceil(until / 1_000));
      return row !== undefined;
    },
    prune(now) {
      for (const { id, keepS } of TIERS) {
        const before = Math.floor(now / 1_000) - keepS;
        db.prepare("DELETE FROM layer_sample WHERE tier = ? AND t < ?").run(id, before);
        db.prepare("DELETE FROM stake WHERE tier = ? AND t < ?").run(id, before);
      }
    },
  };
}

function store(db: Database, { at, layers, openChecks, unsynced }: Look, { id, stepS }: typeof TIERS[number]): void {
  const t = startOf(at, stepS);
  const seen = db.prepare(
    `INSERT INTO layer_sample (tier, layer, t, ok, down, unknown) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (tier, layer, t) DO UPDATE SET ok = ok + excluded.ok, down = down + excluded.down,
       unknown = unknown + excluded.unknown`,
  );
  for (const [layer, state] of Object.entries(layers)) {
    seen.run(id, layer, t, Number(state === "ok"), Number(state === "down"), Number(state === "unknown"));
  }
  const most = db.prepare(
    `INSERT INTO stake (tier, subject, t, most) VALUES (?, ?, ?, ?)
     ON CONFLICT (tier, subject, t) DO UPDATE SET most = max(most, excluded.most)`,
  );
  most.run(id, CHECKS, t, openChecks);
  for (const [register, changes] of unsynced) if (changes > 0) most.run(id, register, t, changes);
}

/** Down is seen however short it was; nothing but unknown is unknown. */
function worstOf(row: Record<string, unknown>): LayerState {
  if (Number(row["down"]) > 0) return "down";
  return Number(row["ok"]) > 0 ? "ok" : "unknown";
}

/** The start, in seconds, of the period that an instant in milliseconds falls in. */
function startOf(at: number, stepS: number): number {
  const seconds = Math.floor(at / 1_000);
  return seconds - seconds % stepS;
}
