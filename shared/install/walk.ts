/**
 * A walk test: a register at a spot asks the hub some twenty times a second for a while, then moves as many bytes as it can, down and up. The
 * register sends what it counted; what that comes to is computed here, in one place.
 */
import { z } from "zod";
import { Name } from "../api.ts";
import { FAIL_DBM, WARN_DBM } from "../rules/signal.ts";
import { figure, median } from "../rules/words.ts";

export const WALK_RTT_P95_MS = 100; // above it a tap waits so long that staff tap again
export const WALK_JITTER_MS = 20; // above it somebody else is using the air
export const WALK_LOSS_WARN = 1; // percent; a sound Wi-Fi loses nothing
export const WALK_LOSS_FAIL = 5; // percent; every twentieth change has to be sent again
export const WALK_PINGS_MIN = 10; // fewer say nothing
export const WALK_PINGS_MAX = 1_000;
export const WALK_CHUNK_BYTES = 256 * 1024; // in one request, either way
export const WALK_BYTES_MAX = 64 * 1024 * 1024; // in one walk, either way: 2 s at 268 Mbit/s
const RTT_MAX_MS = 60_000;
const P95 = 0.95;

/** How long each part takes. Handed to the register by the hub, so that tests need not wait. */
export const WalkPlan = z.object({
  pingMs: z.number().describe("For how long it asks"),
  everyMs: z.number().describe("How far apart"),
  lostAfterMs: z.number().describe("What is not answered by then is lost"),
  loadMs: z.number().describe("For how long it moves bytes, each way"),
  chunkBytes: z.number().describe("In one request"),
});
export type WalkPlan = z.infer<typeof WalkPlan>;
/** 20 s in all. */
export const WALK_PLAN: WalkPlan = {
  ...{ pingMs: 16_000, everyMs: 50, lostAfterMs: 1_000, loadMs: 2_000, chunkBytes: WALK_CHUNK_BYTES },
};

export const WalkRequest = z.object({ spot: Name.describe("Where it stands: “Terrace, by the door”") });
export const WalkStart = z.object({ id: z.string(), spot: z.string(), plan: WalkPlan });
export type WalkStart = z.infer<typeof WalkStart>;
/** Sent by the hub in a session: a manager has asked this register for a walk test at this spot. Only after a `hello` with `walks`. */
export const WalkAsked = z.object({ type: z.literal("walk"), spot: Name });

const Load = z.object({ bytes: z.number().int().min(0).max(WALK_BYTES_MAX), ms: z.number().min(0).max(RTT_MAX_MS) });
export const WalkReading = z.object({
  rttMs: z.array(z.number().min(0).max(RTT_MAX_MS)).max(WALK_PINGS_MAX).describe("Of each answer, in order"),
  lost: z.number().int().min(0).max(WALK_PINGS_MAX),
  down: Load,
  up: Load,
});
export type WalkReading = z.infer<typeof WalkReading>;

export const WalkVerdict = z.enum(["passed", "warned", "failed", "unmeasured"]);
export type WalkVerdict = z.infer<typeof WalkVerdict>;

const Figure = z.number().nullable();
export const WalkResult = z.object({
  id: z.string(),
  register: z.string(),
  name: z.string().describe("Of the register, as it was called then"),
  spot: z.string(),
  at: z.iso.datetime(),
  sent: z.number().int(),
  lossPercent: Figure,
  rttMedianMs: Figure,
  rttP95Ms: Figure,
  jitterMs: Figure,
  downMbps: Figure,
  upMbps: Figure,
  signalDbm: Figure.describe("Median of what the register reported meanwhile"),
  verdict: WalkVerdict,
  why: z.array(z.string()).describe("What is beyond its limit"),
});
export type WalkResult = z.infer<typeof WalkResult>;
export type WalkFigures = Omit<WalkResult, "id" | "register" | "name" | "spot" | "at">;

/** What a reading comes to. `signalDbm`: readings of the radio meanwhile, where there were any. */
export function weighWalk({ rttMs, lost, down, up }: WalkReading, signalDbm: readonly number[] = []): WalkFigures {
  const sent = rttMs.length + lost;
  const figures = {
    sent,
    lossPercent: sent === 0 ? null : tenth(100 * lost / sent),
    rttMedianMs: tenth(median(rttMs)),
    rttP95Ms: tenth(percentile(rttMs, P95)),
    jitterMs: tenth(jitter(rttMs)),
    downMbps: mbps(down),
    upMbps: mbps(up),
    signalDbm: tenth(median(signalDbm)),
  };
  if (sent < WALK_PINGS_MIN) return { ...figures, verdict: "unmeasured", why: [`Only ${sent} pings were sent`] };
  return { ...figures, ...judge(figures) };
}

type Limit = readonly [isFailed: boolean, isWarned: boolean, words: string];

function judge(
  { lossPercent, rttP95Ms, jitterMs, signalDbm }: Omit<WalkFigures, "verdict" | "why">,
): Pick<WalkFigures, "verdict" | "why"> {
  const [loss, p95, unsteady, signal] = [lossPercent ?? 0, rttP95Ms ?? 0, jitterMs ?? 0, signalDbm ?? 0];
  const limits: Limit[] = [
    [loss > WALK_LOSS_FAIL, loss > WALK_LOSS_WARN, `Loss ${figure(loss)} %, above ${WALK_LOSS_WARN} %`],
    [false, p95 > WALK_RTT_P95_MS, `Round trip p95 ${figure(p95)} ms, above ${WALK_RTT_P95_MS} ms`],
    [false, unsteady > WALK_JITTER_MS, `Jitter ${figure(unsteady)} ms, above ${WALK_JITTER_MS} ms`],
    [signal < FAIL_DBM, signal <= WARN_DBM, `Signal ${figure(signal)} dBm, not above ${figure(WARN_DBM)} dBm`],
  ];
  const beyond = limits.filter(([isFailed, isWarned]) => isFailed || isWarned);
  const verdict = beyond.some(([isFailed]) => isFailed) ? "failed" : beyond.length > 0 ? "warned" : "passed";
  return { verdict, why: beyond.map(([, , words]) => words) };
}

/** The mean change from one answer to the next. Undefined with fewer than two. */
export function jitter(rttMs: readonly number[]): number | undefined {
  if (rttMs.length < 2) return undefined;
  const changes = rttMs.slice(1).map((rtt, i) => Math.abs(rtt - (rttMs[i] ?? rtt)));
  return changes.reduce((sum, change) => sum + change, 0) / changes.length;
}

/** The value that a share `q` of all values does not exceed. Undefined when there are none. */
export function percentile(values: readonly number[], q: number): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)];
}

function mbps({ bytes, ms }: z.infer<typeof Load>): number | null {
  return bytes === 0 || ms === 0 ? null : tenth(bytes * 8 / 1_000 / ms);
}

function tenth(value: number): number;
function tenth(value: number | undefined): number | null;
function tenth(value: number | undefined): number | null {
  return value === undefined ? null : Math.round(value * 10) / 10;
}

/** The newest result for each register and spot. */
export function newestWalks(walks: readonly WalkResult[]): WalkResult[] {
  const newest = new Map<string, WalkResult>();
  for (const walk of walks.toSorted((a, b) => a.at < b.at ? -1 : 1)) newest.set(`${walk.register} ${walk.spot}`, walk);
  return [...newest.values()].sort((a, b) => a.name.localeCompare(b.name) || a.spot.localeCompare(b.spot));
}
