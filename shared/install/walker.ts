/**
 * A walk test as a register does it: pings at a steady pace, then bytes down, then bytes up. The network, the clock and waiting are handed in,
 * so it runs alike in a browser, in a headless register and in a test.
 */
import { WALK_BYTES_MAX, WALK_PINGS_MAX, type WalkPlan, type WalkReading } from "./walk.ts";

const IN_FLIGHT_MAX = 4; // browsers open six connections to one host, and the page needs some
const FAILURES_MAX = 3; // in a row while moving bytes: what is gone is gone
const AGAIN_MS = 100; // after such a failure

export interface WalkerDeps {
  readonly ping: () => Promise<boolean>; // false: not answered in time
  readonly down: () => Promise<number>; // bytes that came; 0: none did
  readonly up: () => Promise<number>; // bytes that went
  readonly steady: () => number; // a clock that never jumps, in ms
  readonly wait: (ms: number) => Promise<void>;
  readonly progress: (part: WalkPart, share: number) => void; // share of this part that is done, 0 to 1
}

export type WalkPart = "pings" | "down" | "up";

export async function walk(plan: WalkPlan, deps: WalkerDeps): Promise<WalkReading> {
  const { rttMs, lost } = await pings(plan, deps);
  const down = await load("down", plan, deps);
  const up = await load("up", plan, deps);
  return { rttMs, lost, down, up };
}

async function pings({ pingMs, everyMs }: WalkPlan, deps: WalkerDeps): Promise<Pick<WalkReading, "rttMs" | "lost">> {
  const { steady, wait, progress } = deps;
  const began = steady();
  const rttMs: number[] = [];
  const inFlight = new Set<Promise<void>>();
  let lost = 0;
  const one = async () => {
    const at = steady();
    if (await deps.ping()) rttMs.push(steady() - at);
    else lost += 1;
  };
  for (let sent = 0; sent < WALK_PINGS_MAX && steady() - began < pingMs; sent++) {
    progress("pings", (steady() - began) / pingMs);
    if (inFlight.size < IN_FLIGHT_MAX) {
      const ping: Promise<void> = one().finally(() => inFlight.delete(ping));
      inFlight.add(ping);
    }
    await wait(Math.max(0, began + (sent + 1) * everyMs - steady()));
  }
  await Promise.all(inFlight);
  return { rttMs, lost };
}

async function load(part: "down" | "up", plan: WalkPlan, deps: WalkerDeps): Promise<{ bytes: number; ms: number }> {
  const { steady, wait, progress } = deps;
  const began = steady();
  let [bytes, failures] = [0, 0];
  while (steady() - began < plan.loadMs && failures < FAILURES_MAX && bytes + plan.chunkBytes <= WALK_BYTES_MAX) {
    progress(part, (steady() - began) / plan.loadMs);
    const moved = await deps[part]();
    bytes += moved;
    failures = moved > 0 ? 0 : failures + 1;
    if (moved === 0) await wait(AGAIN_MS);
  }
  return { bytes, ms: steady() - began };
}
