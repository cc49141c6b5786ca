/** What a year of samples takes, and how long its charts do. */
import { openDatabase } from "../../server/store/db.ts";
import { createSamples } from "../../server/store/samples.ts";
import { DAY_MS, FIRST_DAY } from "../month/calendar.ts";
import { seedYear } from "../month/year.ts";
import { type Figure, microseconds } from "./measure.ts";

const REGISTERS = Array.from({ length: 16 }, (_, i) => `r${i}`.padEnd(8, "k2m9qdxw"));
const SIZE_MB = 66; // an eighth of what hub-disk-low keeps free
const CHART_MS = 50; // a person waits for it
const BYTES_PER_MB = 1_000_000;

export async function aYear(): Promise<Figure[]> {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/counterpart.db`;
  const now = FIRST_DAY + 400 * DAY_MS;
  const db = openDatabase(path);
  try {
    seedYear(db, REGISTERS, now);
    const samples = createSamples(db);
    const chart = (range: Parameters<typeof samples.series>[1]): Figure => ({
      name: `a register's chart of a ${range}, of 16`,
      value: microseconds(() => samples.series(REGISTERS[7]!, range, now), 20) / 1_000,
      unit: "ms",
      bound: CHART_MS,
    });
    const bytes = (await Deno.stat(path)).size;
    return [
      { name: "a year of 16 registers on disk", value: bytes / BYTES_PER_MB, unit: "MB", bound: SIZE_MB },
      chart("year"),
      chart("month"),
      chart("day"),
      chart("hour"),
      {
        name: "the last day of all 16, as bars",
        value: microseconds(() => samples.bars(REGISTERS, now), 20) / 1_000,
        unit: "ms",
        bound: CHART_MS,
      },
    ];
  } finally {
    db.close();
    await Deno.remove(folder, { recursive: true });
  }
}
