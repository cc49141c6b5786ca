/**
 * What each register's heartbeats showed over time, in four tiers: a chart reads the one that fits, and each is kept as long as it is
 * of use. A sample goes into all four at once, in one transaction, so there is no later rolling up that a restart could skip or do
 * twice; the price is four small writes for each sample, and a batch of many registers still is a single commit.
 */
import { DAY_BARS, type Liveness, type Series, type SeriesRange } from "../../shared/api.ts";
import {
  decodeHistogram,
  EMPTY_HISTOGRAM,
  encodeHistogram,
  type Histogram,
  histogramOf,
  mergeHistograms,
  quantile,
} from "../../shared/histogram.ts";
import { type Database, transaction } from "./db.ts";

const DAY_S = 24 * 3_600;
const QUEUE_MAX = 10_000; // samples waiting for the disk: 16 registers for 50 minutes
const OTHERS = 2 ** 17; // more than a count of samples comes to: a day has 17,280, though a clock that is set may repeat some
const VACUUM_PAGES = 200; // given back to the file system at each pruning, 800 kB: a few milliseconds

interface Tier {
  readonly id: number; // as stored
  readonly stepS: number;
  readonly keepS: number;
}
const RAW: Tier = { id: 0, stepS: 5, keepS: DAY_S };
const MINUTE: Tier = { id: 1, stepS: 60, keepS: 30 * DAY_S };
const QUARTER: Tier = { id: 2, stepS: 900, keepS: 400 * DAY_S };
const DAY: Tier = { id: 3, stepS: DAY_S, keepS: 3_650 * DAY_S };
const TIERS = [RAW, MINUTE, QUARTER, DAY];

/** What a chart of each range is made of. None has over 1500 points, which is more than a screen is wide. */
const RANGES: Record<SeriesRange, { readonly tier: Tier; readonly stepS: number; readonly points: number }> = {
  hour: { tier: RAW, stepS: 5, points: 720 },
  day: { tier: MINUTE, stepS: 60, points: 1_440 },
  month: { tier: QUARTER, stepS: 1_800, points: 1_440 },
  year: { tier: DAY, stepS: DAY_S, points: 365 },
};

/** One register, looked at once. The hub takes one every 5 s of each register, heard or not. */
export interface Sample {
  readonly register: string;
  readonly at: number; // milliseconds since 1970
  readonly state: Liveness; // "late" and "silent" are heartbeats that did not come
  readonly rttMs?: number; // absent: not heard, or not measured
  readonly rssiDbm?: number;
}

export interface Samples {
  /** Takes a sample into memory. Drops it, and counts it as dropped, when the disk has refused for long. */
  add(sample: Sample): void;
  /** Stores all that waits, or, when it throws, keeps all of it for the next try. Returns how many were stored. */
  flush(): number;
  /** Samples lost since the start because the queue was full. */
  dropped(): number;
  series(register: string, range: SeriesRange, now: number): Series;
  /** For each register the worst that was seen in each of the last 96 quarters of an hour, oldest first. */
  bars(registers: readonly string[], now: number): Map<string, Liveness[]>;
  /** What was seen of each in `points` equal steps from `from` on (milliseconds), as the story of an incident needs it. */
  track(registers: readonly string[], from: number, points: number, step: "minute" | "quarter"): Map<string, Track>;
  /** Forgets what each tier no longer keeps. */
  prune(now: number): void;
}

/** One register in equal steps, oldest first. */
export interface Track {
  readonly state: Liveness[]; // the worst of each step
  readonly rttMs: (number | null)[];
  readonly rssiDbm: (number | null)[];
}

/** What is known of one register in one period. */
interface Roll {
  readonly ok: number; // this and the next three: 5 s samples in that state
  readonly late: number;
  readonly silent: number;
  readonly unknown: number;
  readonly rssiN: number;
  readonly rssiSum: number;
  readonly rssiMin?: number;
  readonly rtt: Histogram;
}
interface KeyedRoll {
  readonly tier: Tier;
  readonly register: string;
  readonly t: number;
  readonly roll: Roll;
}

const EMPTY: Roll = { ok: 0, late: 0, silent: 0, unknown: 0, rssiN: 0, rssiSum: 0, rtt: EMPTY_HISTOGRAM };

export function createSamples(db: Database): Samples {
  let queue: Sample[] = [];
  let dropped = 0;

  return {
    add(sample) {
      if (queue.length < QUEUE_MAX) queue.push(sample);
      else dropped++;
    },

    flush() {
      if (queue.length === 0) return 0;
      const batch = queue;
      transaction(db, () => rollUp(batch).forEach((keyed) => mergeInto(db, keyed)));
      queue = [];
      return batch.length;
    },

    dropped: () => dropped,

    series(register, range, now) {
      const { tier, stepS, points } = RANGES[range];
      const first = startOf(now, stepS) - (points - 1) * stepS;
      const rolls = new Array<Roll>(points).fill(EMPTY);
      for (const { t, roll } of readRolls(db, tier, [register], first, first + points * stepS)) {
        const at = Math.floor((t - first) / stepS);
        rolls[at] = mergeRolls(rolls[at]!, roll);
      }
      return {
        range,
        stepMs: stepS * 1000,
        t: rolls.map((_, i) => (first + i * stepS) * 1000),
        rttMs: rolls.map(({ rtt }) => shown(quantile(rtt, 0.5))),
        rttP95Ms: rolls.map(({ rtt }) => shown(quantile(rtt, 0.95))),
        rssiDbm: rolls.map(({ rssiN, rssiSum }) => rssiN === 0 ? null : shown(rssiSum / rssiN)),
        missed: rolls.map(({ late, silent }) => late + silent),
      };
    },

    bars(registers, now) {
      const first = startOf(now, QUARTER.stepS) - (DAY_BARS - 1) * QUARTER.stepS;
      const bars = new Map(registers.map((register) => [register, new Array<Liveness>(DAY_BARS).fill("unknown")]));
      for (const { register, t, roll } of readRolls(db, QUARTER, registers, first, first + DAY_S)) {
        bars.get(register)![(t - first) / QUARTER.stepS] = worstOf(roll);
      }
      return bars;
    },

    track(registers, from, points, step) {
      const tier = step === "minute" ? MINUTE : QUARTER;
      const first = startOf(from, tier.stepS);
      const tracks = new Map(registers.map((register) => [register, emptyTrack(points)]));
      for (const { register, t, roll } of readRolls(db, tier, registers, first, first + points * tier.stepS)) {
        const { state, rttMs, rssiDbm } = tracks.get(register)!;
        const at = (t - first) / tier.stepS;
        state[at] = worstOf(roll);
        rttMs[at] = shown(quantile(roll.rtt, 0.5));
        rssiDbm[at] = roll.rssiN === 0 ? null : shown(roll.rssiSum / roll.rssiN);
      }
      return tracks;
    },

    prune(now) {
      for (const tier of TIERS) {
        db.prepare("DELETE FROM sample WHERE line IN (SELECT id FROM sample_line WHERE tier = ?) AND t <= ?")
          .run(tier.id, Math.floor(now / 1000) - tier.keepS - tier.stepS);
      }
      db.exec("DELETE FROM sample_line WHERE NOT EXISTS (SELECT 1 FROM sample WHERE line = sample_line.id)");
      db.exec(`PRAGMA incremental_vacuum(${VACUUM_PAGES})`);
    },
  };
}

function emptyTrack(points: number): Track {
  const none = () => new Array<number | null>(points).fill(null);
  return { state: new Array<Liveness>(points).fill("unknown"), rttMs: none(), rssiDbm: none() };
}

/** The samples as one roll for each tier, register and period. */
function rollUp(samples: readonly Sample[]): KeyedRoll[] {
  const rolls = new Map<string, KeyedRoll>();
  for (const { register, at, ...seen } of samples) {
    for (const tier of TIERS) {
      const t = startOf(at, tier.stepS);
      const key = `${tier.id} ${t} ${register}`;
      const roll = mergeRolls(rolls.get(key)?.roll ?? EMPTY, rollOf(seen));
      rolls.set(key, { tier, register, t, roll });
    }
  }
  return [...rolls.values()];
}

function rollOf({ state, rttMs, rssiDbm }: Omit<Sample, "register" | "at">): Roll {
  const rssi = rssiDbm === undefined ? undefined : Math.round(rssiDbm); // radios report whole dBm; whole numbers add up exactly
  return {
    ...EMPTY,
    [state]: 1,
    ...(rssi === undefined ? {} : { rssiN: 1, rssiSum: rssi, rssiMin: rssi }),
    rtt: rttMs === undefined ? EMPTY_HISTOGRAM : histogramOf(rttMs),
  };
}

function mergeRolls(a: Roll, b: Roll): Roll {
  return {
    ok: a.ok + b.ok,
    late: a.late + b.late,
    silent: a.silent + b.silent,
    unknown: a.unknown + b.unknown,
    rssiN: a.rssiN + b.rssiN,
    rssiSum: a.rssiSum + b.rssiSum,
    rssiMin: a.rssiMin === undefined || b.rssiMin === undefined
      ? a.rssiMin ?? b.rssiMin
      : Math.min(a.rssiMin, b.rssiMin),
    rtt: mergeHistograms(a.rtt, b.rtt),
  };
}

/** The worst state of a period; a moment of silence is shown, and nothing but unknown is unknown. */
function worstOf({ ok, late, silent }: Roll): Liveness {
  if (silent > 0) return "silent";
  if (late > 0) return "late";
  return ok > 0 ? "ok" : "unknown";
}

function mergeInto(db: Database, { tier, register, t, roll }: KeyedRoll): void {
  const line = lineOf(db, tier, register);
  const stored = db.prepare("SELECT * FROM sample WHERE line = ? AND t = ?").get(line, t);
  const merged = stored ? mergeRolls(fromRow(stored), roll) : roll;
  const { ok, rssiN, rssiSum, rssiMin, rtt } = merged;
  db.prepare("REPLACE INTO sample VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
    .run(line, t, ok, othersOf(merged), rssiN, rssiSum, rssiMin ?? null, encodeHistogram(rtt));
}

/** The number of a register's rows in a tier, given with the first of them. Not remembered: pruning takes away one without rows. */
function lineOf(db: Database, tier: Tier, register: string): number {
  const known = db.prepare("SELECT id FROM sample_line WHERE tier = ? AND register = ?").get(tier.id, register);
  return Number(
    known?.id ??
      db.prepare("INSERT INTO sample_line (tier, register) VALUES (?, ?)").run(tier.id, register).lastInsertRowid,
  );
}

function readRolls(db: Database, tier: Tier, registers: readonly string[], from: number, until: number): KeyedRoll[] {
  const rows = db.prepare(
    `SELECT register, sample.* FROM sample_line CROSS JOIN sample ON line = id
     WHERE tier = ? AND register IN (SELECT value FROM json_each(?)) AND t >= ? AND t < ?`,
  );
  return rows.all(tier.id, JSON.stringify(registers), from, until)
    .map((row) => ({ tier, register: String(row.register), t: Number(row.t), roll: fromRow(row) }));
}

/** Three counts as one number, which takes no room while all are 0. By multiplication, because `<<` would cut it at 32 bits. */
function othersOf({ late, silent, unknown }: Roll): number {
  const [low, middle, high] = [late, silent, unknown].map((count) => Math.min(count, OTHERS - 1));
  return low! + OTHERS * (middle! + OTHERS * high!);
}

function fromRow(row: Record<string, unknown>): Roll {
  const others = Number(row.others);
  return {
    ok: Number(row.ok),
    late: others % OTHERS,
    silent: Math.floor(others / OTHERS) % OTHERS,
    unknown: Math.floor(others / OTHERS ** 2),
    rssiN: Number(row.rssi_n),
    rssiSum: Number(row.rssi_sum),
    rssiMin: row.rssi_min === null ? undefined : Number(row.rssi_min),
    rtt: decodeHistogram(row.rtt as Uint8Array),
  };
}

/** The start, in seconds, of the period that an instant in milliseconds falls in. */
function startOf(at: number, stepS: number): number {
  const seconds = Math.floor(at / 1000);
  return seconds - seconds % stepS;
}

/** A measured number as a chart needs it. */
function shown(value: number | undefined): number | null {
  return value === undefined ? null : Math.round(value * 100) / 100;
}
