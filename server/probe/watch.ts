/**
 * Rounds of probes for as long as the hub runs: one at a time, each with the memory of those before it. Between them the router alone is
 * knocked at, so that its end is seen within a second without asking the internet as often.
 */
import { clockOffset } from "./time.ts";
import { freeBytes } from "./disk.ts";
import { type Memory, NO_MEMORY, probeRound, remember, type Round, type RoundDeps } from "./round.ts";
import type { RouterMemory } from "./router.ts";
import { LIMITS_MS } from "./settings.ts";

const AGAIN_MAX = 2; // rounds at once after one that is disputed: the first that says something new may have caught things half gone
const LOST_LATELY_MS = 60_000; // for so long after the router's last answer a knock at a silent one is a whole round
const CLOCK_EVERY_MS = 60 * 60_000; // clocks drift by seconds a day; public time servers ask to be left alone
const CLOCK_AGAIN_MS = 5 * 60_000; // after no answer, and while the clock is wrong: it may be mended at any time
const CLOCK_WRONG_MS = 2_000; // off by more, it is a finding
const CLOCK_JUMP_MS = 1_000; // against a clock that never jumps: somebody set it, or the computer slept

export interface WatchDeps {
  readonly round: RoundDeps;
  readonly folder: string; // where the hub keeps its data
  readonly now: () => number;
  readonly steady: () => number; // time that never jumps
  /** The router did not answer a knock. */
  readonly missed?: () => void;
  /** Takes what a round found, and says whether it is what is held to be so: otherwise another one has to agree. */
  readonly found: (news: ProbeNews) => "agreed" | "disputed";
}

/** What one round found, as the hub takes it. */
export interface ProbeNews {
  readonly router: RouterMemory;
  readonly network: Round["network"];
  readonly interfaces: Round["interfaces"];
  readonly macs: ReadonlyMap<string, string>; // by address
  readonly diskFreeBytes?: number;
  readonly clockOffsetMs?: number;
}

export interface Watch {
  /** Begins a round, unless one is under way. */
  round(): void;
  /**
   * Asks the port at which the router answered last, and begins a round when it is silent, or was a moment ago: then it matters what else
   * goes, and when it is back. Returns once that is known.
   */
  knock(): Promise<void>;
}

/** Begins a round at once. One that finds something else than was held to be so is followed by others until two agree, or by AGAIN_MAX. */
export function watch({ round, folder, now, steady, missed, found }: WatchDeps): Watch {
  let memory: Memory = NO_MEMORY;
  let clock: Clock | undefined;
  let busy = false;
  const probe = async () => {
    const [seen, diskFreeBytes] = await Promise.all([probeRound(round, memory, now()), freeBytes(folder)]);
    memory = remember(memory, seen, now());
    const { gather, limits, targets: { time } } = round;
    if (clock && jumped(clock, { at: now(), steady: steady() })) clock = undefined;
    if (time && seen.network.internet.ok && isDue(clock, steady())) {
      const offsetMs = await clockOffset(time, { gather, ms: limits.time, now });
      clock = { at: now(), steady: steady(), offsetMs };
    }
    const { network, interfaces } = seen;
    return found({
      router: memory.router,
      network,
      interfaces,
      macs: macsOf(seen),
      diskFreeBytes,
      clockOffsetMs: clock?.offsetMs,
    });
  };
  const begin = async () => {
    if (busy) return;
    busy = true;
    try {
      for (let again = 0; await probe() === "disputed" && again < AGAIN_MAX; again++);
    } finally {
      busy = false;
    }
  };
  const knock = async () => {
    const { address, port, lastAlive, answeredAt = -Infinity } = memory.router;
    if (lastAlive === false && now() - answeredAt <= LOST_LATELY_MS) return void begin();
    if (busy || !lastAlive || address === undefined || port === undefined) return;
    const { kind } = await round.connect(address, port, AbortSignal.timeout(LIMITS_MS.knock));
    if (kind === "open" || kind === "refused") return;
    missed?.();
    void begin();
  };
  void begin();
  return { round: () => void begin(), knock };
}

/** The hub's clock as it was compared last. */
interface Clock {
  readonly at: number;
  readonly steady: number;
  readonly offsetMs?: number; // absent: nobody answered
}

function isDue(clock: Clock | undefined, steady: number): boolean {
  if (clock === undefined) return true;
  const { offsetMs } = clock;
  const isRight = offsetMs !== undefined && Math.abs(offsetMs) <= CLOCK_WRONG_MS;
  return steady - clock.steady >= (isRight ? CLOCK_EVERY_MS : CLOCK_AGAIN_MS);
}

function jumped(then: Clock, now: Pick<Clock, "at" | "steady">): boolean {
  return Math.abs(now.at - then.at - (now.steady - then.steady)) > CLOCK_JUMP_MS;
}

function macsOf({ neighbours }: Round): Map<string, string> {
  const rows = neighbours.kind === "known" ? neighbours.rows : [];
  return new Map(rows.flatMap(({ address, mac }) => mac ? [[address, mac] as const] : []));
}
