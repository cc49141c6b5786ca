/** Does a screen go away by the clock? People put iPads away at any moment; Auto-Lock does it after the same minutes each time. */
import type { Fall } from "./traces.ts";

export const HABIT_TIMES = 3; // twice is chance
export const HABIT_SLACK_MS = 10_000; // the screen dims first, and heartbeats count whole seconds
const LOCK_MINUTES = [2, 5, 10, 15]; // what iPads offer

/** The Auto-Lock setting that explains most of the falls; undefined when none explains enough of them. */
export function lockHabit(falls: readonly Fall[]): { readonly minutes: number; readonly times: number } | undefined {
  const counted = LOCK_MINUTES.map((minutes) => ({
    minutes,
    times: falls.filter(({ idleMs }) => Math.abs(idleMs - minutes * 60_000) <= HABIT_SLACK_MS).length,
  }));
  return counted.filter(({ times }) => times >= HABIT_TIMES).toSorted((a, b) => b.times - a.times)[0];
}
