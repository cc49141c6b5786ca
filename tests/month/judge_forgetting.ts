/** Whether each thing is kept for as long as is promised, and no longer. The times are the promise, written down once more. */
import type { Rows } from "./rows.ts";

const HOUR_S = 3_600;
const DAY_S = 24 * HOUR_S;
const PRUNED_EVERY_S = HOUR_S;

/** Of each tier: its step, and for how long it is kept. */
const SAMPLES = [[5, DAY_S], [60, 30 * DAY_S], [900, 400 * DAY_S], [DAY_S, 3_650 * DAY_S]] as const;
const MOMENTS = [[60, 30 * DAY_S], [900, 400 * DAY_S]] as const;
export const MINUTES_KEPT_S = SAMPLES[1][1];
export const LONG_AWAY_MS = 401 * DAY_S * 1_000; // after which nothing but days of samples is left

/** What is older than its time, and what is gone before it, when the hub has measured since second `first`. */
export function forgettingFaults(rows: Rows, now: number, first: number): string[] {
  const tables = [["samples", SAMPLES], ["layer_sample", MOMENTS], ["stake", MOMENTS]] as const;
  return tables.flatMap(([table, tiers]) =>
    tiers.flatMap(([stepS, keepS], tier) => {
      const oldest = rows.oldest(table, tier);
      const due = Math.floor(now / 1_000) - keepS;
      const earliest = due - 2 * stepS - PRUNED_EVERY_S;
      const latest = Math.max(first, due) + stepS;
      if (oldest === undefined) return [`${table} of ${stepS} s: none is left`];
      if (oldest < earliest) return [`${table} of ${stepS} s: one of ${earliest - oldest} s too long ago is kept`];
      return oldest > latest ? [`${table} of ${stepS} s: the first ${oldest - latest} s are gone too early`] : [];
    })
  );
}

/** After LONG_AWAY_MS. */
export function leftOver(rows: Rows): string[] {
  const counts = {
    incidents: rows.incidents().filter(({ code }) => code !== "hub-off").length,
    days: rows.samples(3).length,
  };
  return [
    ...counts.incidents === 0 ? [] : [`${counts.incidents} incidents are left after more than 400 days`],
    ...rows.runs().length <= 1 ? [] : ["runs of the hub are left after more than 400 days"],
    ...rows.maintenance().length === 0 ? [] : ["maintenance is left after more than 400 days"],
    ...counts.days > 0 ? [] : ["the days of samples are gone"],
  ];
}
