/** Words and marks of the installer's pages. */
import type { Row, RowState } from "../../../shared/install/list.ts";
import type { Totals } from "../../../shared/install/report.ts";
import { figure } from "../../../shared/rules/words.ts";
import type { WalkResult } from "../../../shared/install/walk.ts";
import type { Mark } from "../../ui/state_mark.tsx";

export const MARKS: Record<RowState, Mark> = { passed: "fine", warned: "look", failed: "act", unmeasured: "unknown" };
export const STATE_WORDS: Record<RowState, string> = {
  passed: "Passed",
  warned: "Look",
  failed: "Failed",
  unmeasured: "Not measured",
};

/** "Passed, answered": what is only somebody's word is never shown as measured. */
export function rowWord({ state, by }: Row): string {
  return by === "answered" ? `${STATE_WORDS[state]}, answered` : STATE_WORDS[state];
}

export function sayTotals({ passed, warned, failed, unmeasured }: Totals): string {
  return `${passed} passed · ${warned} to look at · ${failed} failed · ${unmeasured} not measured`;
}

export function sayFigure(value: number | null): string {
  return value === null ? "–" : figure(value);
}

/** The columns of walk tests, here and on paper. */
export const WALK_COLUMNS: readonly (readonly [name: string, read: (walk: WalkResult) => string])[] = [
  ["Median, ms", ({ rttMedianMs }) => sayFigure(rttMedianMs)],
  ["p95, ms", ({ rttP95Ms }) => sayFigure(rttP95Ms)],
  ["Jitter, ms", ({ jitterMs }) => sayFigure(jitterMs)],
  ["Loss, %", ({ lossPercent }) => sayFigure(lossPercent)],
  ["Down, Mbit/s", ({ downMbps }) => sayFigure(downMbps)],
  ["Up, Mbit/s", ({ upMbps }) => sayFigure(upMbps)],
  ["Signal, dBm", ({ signalDbm }) => sayFigure(signalDbm)],
];
