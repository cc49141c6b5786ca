/** A series in a sentence, and as the lines that a chart draws. */
import type { Series } from "../../shared/api.ts";
import { sayMs, saySignal } from "./words.ts";

const ROAM_DBM = -70; // iPads look for another access point below this

export interface ChartLine {
  readonly name: string;
  readonly tone: "main" | "soft" | "limit"; // limit: a level to compare with, drawn dashed
  readonly values: readonly (number | null)[];
}

export function tripLines(series: Series): ChartLine[] {
  return [
    { name: "median", tone: "main", values: series.rttMs },
    { name: "95 of 100 under", tone: "soft", values: series.rttP95Ms },
  ];
}

export function signalLines(series: Series): ChartLine[] {
  if (series.rssiDbm.every((value) => value === null)) {
    return [{ name: "signal", tone: "main", values: series.rssiDbm }];
  }
  return [
    { name: "signal", tone: "main", values: series.rssiDbm },
    { name: "iPads roam below", tone: "limit", values: series.t.map(() => ROAM_DBM) },
  ];
}

/** "Round trip: usually 3 ms, 95 of 100 under 9 ms". */
export function sayRoundTrip(series: Series): string {
  const median = middle(series.rttMs);
  if (median === null) return "Round trip: nothing measured in this time";
  return `Round trip: usually ${sayMs(median)}, 95 of 100 under ${sayMs(middle(series.rttP95Ms))}`;
}

/** "Signal: usually −52 dBm, weakest −61 dBm". */
export function saySignals(series: Series): string {
  const median = middle(series.rssiDbm);
  if (median === null) return "Signal: this register does not report it";
  return `Signal: usually ${saySignal(median)}, weakest ${saySignal(Math.min(...known(series.rssiDbm)))}`;
}

function middle(values: readonly (number | null)[]): number | null {
  const sorted = known(values).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? null;
}

function known(values: readonly (number | null)[]): number[] {
  return values.filter((value) => value !== null);
}
