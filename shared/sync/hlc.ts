/**
 * Hybrid logical clock: wall time that never runs backwards, with a counter for what happens within one millisecond. It orders
 * ops for a reader; nothing is ever refused for its stamp. A wrong clock elsewhere may pull ours forward by PULL_MAX_MS only.
 */
import { z } from "zod";

const TIME_MAX_MS = 8_640_000_000_000_000; // the last instant a Date can hold
export const COUNT_MAX = 1_000_000; // ops within one millisecond before time itself is moved on

// How far another's clock may pull ours ahead of now: more than registers drift in a week, less than a shift.
export const PULL_MAX_MS = 5 * 60_000;

/** An HLC reading: milliseconds since 1970 and a count within that millisecond. */
export const Stamp = z.object({
  ms: z.number().int().min(0).max(TIME_MAX_MS),
  count: z.number().int().min(0).max(COUNT_MAX),
});
export type Stamp = z.infer<typeof Stamp>;

export const ZERO_STAMP: Stamp = { ms: 0, count: 0 };

/** Negative when `a` is earlier, positive when later, 0 when equal. */
export function compareStamps(a: Stamp, b: Stamp): number {
  return a.ms - b.ms || a.count - b.count;
}

/** The stamp for a new op: later than `last`, and not before `now`. */
export function nextStamp(last: Stamp, now: number): Stamp {
  if (now > last.ms) return { ms: now, count: 0 };
  if (last.count < COUNT_MAX) return { ms: last.ms, count: last.count + 1 };
  return { ms: last.ms + 1, count: 0 };
}

/** Our clock after hearing `remote`: at least as late as it, but never more than PULL_MAX_MS ahead of `now` on its account. */
export function pullStamp(last: Stamp, remote: Stamp, now: number): Stamp {
  const bound = { ms: now + PULL_MAX_MS, count: 0 };
  const pulled = compareStamps(remote, bound) > 0 ? bound : remote;
  return compareStamps(last, pulled) >= 0 ? last : pulled;
}

export function laterOf(a: Stamp, b: Stamp): Stamp {
  return compareStamps(a, b) >= 0 ? a : b;
}
