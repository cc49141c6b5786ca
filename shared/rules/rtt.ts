/** Round trips of the last five minutes, as far as rules judge them: how slow, how uneven, how many were lost. */
import type { RegisterFacts } from "./facts.ts";
import { RTT_WINDOW_MS } from "./traces.ts";
import { median } from "./words.ts";

export const PINGS_MIN = 60; // five minutes of the hub's own, one every 5 s
export const REPORTS_MIN = 30; // as many of a register that measures for itself, though some are missing
const SURE_MIN = 30; // of these: half of them
const REPORTS_SPAN_MS = RTT_WINDOW_MS - 30_000; // from the first to the last of these
const HICCUPS = 0.1; // of all differences, the largest: three answers in five minutes that the hub or the register was too busy for
const MODE_SHARE = 0.2; // of all round trips: a mode that is smaller is a hiccup
const MODE_RATIO = 2; // through a repeater a packet is sent twice over the same air

export interface RttFigures {
  readonly count: number;
  readonly medianMs: number;
  readonly p95Ms: number;
  readonly jitterMs: number; // mean difference from one to the next, without a few hiccups
  readonly lossPercent: number;
  readonly modes?: readonly [lowMs: number, highMs: number]; // absent: they lie around one value
}

/** What the last five minutes came to. Undefined: not measured for that long. */
export function rttFigures({ session, rtts = [] }: RegisterFacts): RttFigures | undefined {
  const pings = session?.pings ?? [];
  if (pings.length + (session?.unsure ?? 0) >= PINGS_MIN) {
    if (pings.length < SURE_MIN) return undefined;
    const lost = pings.filter((rttMs) => rttMs === null).length;
    return figures(pings.filter((rttMs) => rttMs !== null), (lost / pings.length) * 100);
  }
  const spanMs = (rtts.at(-1)?.at ?? 0) - (rtts[0]?.at ?? 0);
  if (rtts.length < REPORTS_MIN || spanMs < REPORTS_SPAN_MS) return undefined;
  const loss = median(rtts.flatMap(({ lossPercent }) => lossPercent ?? [])) ?? 0;
  return figures(rtts.map(({ rttMs }) => rttMs), loss);
}

function figures(rtts: readonly number[], lossPercent: number): RttFigures | undefined {
  const sorted = rtts.toSorted((a, b) => a - b);
  const medianMs = median(sorted);
  const p95Ms = sorted[Math.ceil(sorted.length * 0.95) - 1];
  if (medianMs === undefined || p95Ms === undefined) return undefined;
  const steps = rtts.slice(1).map((rttMs, i) => Math.abs(rttMs - rtts[i]!));
  const usual = steps.sort((a, b) => a - b).slice(0, Math.ceil(steps.length * (1 - HICCUPS)));
  const jitterMs = usual.length === 0 ? 0 : usual.reduce((sum, each) => sum + each, 0) / usual.length;
  return { count: rtts.length, medianMs, p95Ms, jitterMs, lossPercent, modes: modesOf(sorted) };
}

/** Two heaps with nothing between: split at the widest ratio, where both sides hold enough. */
function modesOf(sorted: readonly number[]): RttFigures["modes"] {
  const least = Math.ceil(sorted.length * MODE_SHARE);
  let best = { at: 0, ratio: 0 };
  for (let at = Math.max(1, least); at <= sorted.length - least; at++) {
    const ratio = sorted[at]! / Math.max(0.5, sorted[at - 1]!); // below half a millisecond is all the same
    if (ratio > best.ratio) best = { at, ratio };
  }
  const [low, high] = [median(sorted.slice(0, best.at)), median(sorted.slice(best.at))];
  const isSplit = best.ratio >= MODE_RATIO && low !== undefined && high !== undefined;
  return isSplit ? [low, high] : undefined;
}
