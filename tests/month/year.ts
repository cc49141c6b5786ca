/**
 * A database as it is after a year and a month at a venue that never closes, which is the most that is ever kept: every tier full. The
 * rows are written as the store writes them, but at once, since a year of samples is a hundred million.
 */
import type { Database } from "../../server/store/db.ts";
import { transaction } from "../../server/store/db.ts";
import { encodeHistogram, histogramOf, mergeHistograms } from "../../shared/histogram.ts";
import { type Dice, dice } from "../sim/dice.ts";

const DAY_S = 86_400;
/** Of each tier of samples: its step, for how long it is kept, and as of how many samples a row's round trips are drawn. */
const TIERS = [
  { stepS: 5, keepS: DAY_S, drawn: 1 },
  { stepS: 60, keepS: 30 * DAY_S, drawn: 12 },
  { stepS: 900, keepS: 400 * DAY_S, drawn: 180 },
  { stepS: DAY_S, keepS: 400 * DAY_S, drawn: 1_000 },
];
const SHAPES = 64; // different histograms of each tier: as many as make no difference to the size
const RTT_MS = [1, 40] as const;

/** Fills the samples of these registers, and what is kept beside them of router, internet and open checks. */
export function seedYear(db: Database, registers: readonly string[], nowMs: number, seed = 1): void {
  const chance = dice(seed);
  transaction(db, () => {
    TIERS.forEach((tier, id) => {
      const shapes = Array.from({ length: SHAPES }, () => shape(chance, tier.drawn));
      fillSamples(db, registers, { ...tier, id, shapes }, nowMs / 1_000);
    });
    TIERS.slice(1, 3).forEach((tier, id) => fillMoments(db, { ...tier, id }, nowMs / 1_000));
  });
  db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
}

function fillSamples(
  db: Database,
  registers: readonly string[],
  { id, stepS, keepS, shapes }: typeof TIERS[number] & { id: number; shapes: readonly Uint8Array<ArrayBuffer>[] },
  now: number,
): void {
  const insert = db.prepare("INSERT INTO sample VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
  const line = db.prepare("INSERT INTO sample_line (tier, register) VALUES (?, ?)");
  const lines = registers.map((register) => line.run(id, register).lastInsertRowid);
  const samples = stepS / 5;
  const last = now - now % stepS;
  for (let t = last - keepS + stepS, i = 0; t <= last; t += stepS, i++) {
    for (const line of lines) { // in the order of time, as they come: it decides how full pages are
      insert.run(line, t, samples, 0, samples, -58 * samples, -64, shapes[i % SHAPES]!);
    }
  }
}

function fillMoments(db: Database, { id, stepS, keepS }: typeof TIERS[number] & { id: number }, now: number): void {
  const layer = db.prepare("INSERT INTO layer_sample VALUES (?, ?, ?, ?, ?, ?)");
  const stake = db.prepare("INSERT INTO stake VALUES (?, ?, ?, ?)");
  const last = now - now % stepS;
  for (const name of ["internet", "router"]) {
    for (let t = last - keepS + stepS; t <= last; t += stepS) layer.run(id, name, t, stepS / 5, 0, 0);
  }
  for (let t = last - keepS + stepS; t <= last; t += stepS) stake.run(id, "checks", t, 12);
}

/** A histogram of so many round trips, most of them short. */
function shape(chance: Dice, drawn: number): Uint8Array<ArrayBuffer> {
  const [low, high] = RTT_MS;
  const rtts = Array.from({ length: drawn }, () => histogramOf(low * (high / low) ** (chance.next() ** 2)));
  return encodeHistogram(rtts.reduce(mergeHistograms));
}
