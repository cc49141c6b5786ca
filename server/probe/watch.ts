/** Rounds of probes for as long as the hub runs: one at a time, each with the memory of those before it. */
import { clockOffset } from "./time.ts";
import { freeBytes } from "./disk.ts";
import { type Memory, NO_MEMORY, probeRound, remember, type Round, type RoundDeps } from "./round.ts";
import type { RouterMemory } from "./router.ts";
import { LIMITS_MS } from "./settings.ts";

const CLOCK_EVERY_MS = 60 * 60_000; // clocks drift by seconds a day; public time servers ask to be left alone

export interface WatchDeps {
  readonly round: RoundDeps;
  readonly folder: string; // where the hub keeps its data
  readonly now: () => number;
  readonly found: (news: ProbeNews) => void;
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

/** Begins a round at once, and returns what begins the next one. A slow round is never run twice at once. */
export function watch({ round, folder, now, found }: WatchDeps): () => void {
  let memory: Memory = NO_MEMORY;
  let clock: { readonly at: number; readonly offsetMs?: number } | undefined;
  let busy = false;
  const probe = async () => {
    if (busy) return;
    busy = true;
    try {
      const [seen, diskFreeBytes] = await Promise.all([probeRound(round, memory, now()), freeBytes(folder)]);
      memory = remember(memory, seen, now());
      const { gather, targets: { time } } = round;
      if (time && seen.network.internet.ok && (clock === undefined || now() - clock.at >= CLOCK_EVERY_MS)) {
        clock = { at: now(), offsetMs: await clockOffset(time, { gather, ms: LIMITS_MS.time, now }) };
      }
      const { network, interfaces } = seen;
      found({
        router: memory.router,
        network,
        interfaces,
        macs: macsOf(seen),
        diskFreeBytes,
        clockOffsetMs: clock?.offsetMs,
      });
    } finally {
      busy = false;
    }
  };
  void probe();
  return () => void probe();
}

function macsOf({ neighbours }: Round): Map<string, string> {
  const rows = neighbours.kind === "known" ? neighbours.rows : [];
  return new Map(rows.flatMap(({ address, mac }) => mac ? [[address, mac] as const] : []));
}
