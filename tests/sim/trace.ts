/** What happens in a run, as plain data, so that a run that failed can be cut down to the few steps that matter, and printed. */
import { type Kind, kindOf } from "./bodies.ts";
import { type Dice, dice, seedFor } from "./dice.ts";

export const HUB = -1; // the hub, where a step names a place

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const TWO_DAYS_MS = 48 * HOUR_MS;

export type Step =
  | { readonly do: "write"; readonly at: number; readonly kind: Kind; readonly r: number } // `r`: the seed of what is written
  | { readonly do: "pass"; readonly ms: number }
  | { readonly do: "cut"; readonly from: number; readonly to: number; readonly ways: 1 | 2 }
  | { readonly do: "mend"; readonly from: number; readonly to: number }
  | { readonly do: "drop"; readonly from: number; readonly to: number } // the connection ends and comes back
  | { readonly do: "crash"; readonly at: number; readonly written: boolean } // whether what waited for the disk was written
  | { readonly do: "start"; readonly at: number; readonly disk: "kept" | "restored" | "wiped" }
  | { readonly do: "snapshot"; readonly at: number }
  | { readonly do: "disk"; readonly at: number; readonly how: "slow" | "full" | "well" }
  | { readonly do: "clock"; readonly at: number; readonly by: number }
  | { readonly do: "sync"; readonly at: number; readonly on: boolean }
  | { readonly do: "hub"; readonly how: "off" | "on" | "deleted" | "full" | "well" }
  | { readonly do: "let-go"; readonly asked: boolean } // the business day ends; whether a manager does not wait for those away
  | { readonly do: "digest" };

const HOW_OFTEN: Readonly<Record<Step["do"], number>> = {
  write: 60,
  pass: 26,
  cut: 5,
  mend: 4,
  drop: 3,
  crash: 3,
  start: 4,
  snapshot: 2,
  disk: 3,
  clock: 2,
  sync: 1,
  hub: 3,
  "let-go": 7,
  digest: 2,
};
const STEPS_MIN = 30;
const STEPS_MAX = 130;

/** How the shop of a seed is made. */
export interface Shop {
  readonly registers: number;
  readonly direct: number; // how likely two registers have a direct link
  readonly ordered: boolean; // frames arrive in the order they were sent, as on a socket
  readonly lossy: number; // how likely a frame is lost, and how likely it comes twice
  readonly slow: number; // how likely a frame takes seconds
  readonly stored: boolean; // the hub's log is in SQLite
  readonly parsed: boolean; // frames are parsed as at the edge
}

export function shopOf(seed: number): Shop {
  const at = dice(seedFor(seed, 1));
  const ordered = at.chance(0.5);
  return {
    registers: at.between(2, 6),
    direct: at.pick([0, 0.5, 1]),
    ordered,
    lossy: ordered ? 0 : at.pick([0, 0.05, 0.2]),
    slow: 0.05,
    stored: at.chance(0.4),
    parsed: at.chance(0.1),
  };
}

export function traceOf(seed: number): Step[] {
  const at = dice(seedFor(seed, 2));
  const { registers } = shopOf(seed);
  return Array.from({ length: at.between(STEPS_MIN, STEPS_MAX) }, () => stepOf(at, registers));
}

function stepOf(dice: Dice, registers: number): Step {
  const what = dice.weighted(HOW_OFTEN);
  const at = dice.below(registers);
  const to = dice.between(HUB, registers - 1);
  switch (what) {
    case "write":
      return { do: what, at, kind: kindOf(dice), r: dice.below(2 ** 31) };
    case "pass":
      return { do: what, ms: passing(dice) };
    case "cut":
      return { do: what, from: at, to, ways: dice.chance(0.3) ? 1 : 2 };
    case "mend":
    case "drop":
      return { do: what, from: at, to };
    case "crash":
      return { do: what, at, written: dice.chance(0.5) };
    case "start":
      return { do: what, at, disk: dice.weighted({ kept: 6, restored: 3, wiped: 1 }) };
    case "snapshot":
      return { do: what, at };
    case "disk":
      return { do: what, at, how: dice.weighted({ slow: 3, full: 2, well: 5 }) };
    case "clock":
      return { do: what, at, by: (dice.chance(0.5) ? 1 : -1) * dice.pick([3_000, 90_000, HOUR_MS, TWO_DAYS_MS]) };
    case "sync":
      return { do: what, at, on: dice.chance(0.6) };
    case "hub":
      return { do: what, how: dice.weighted({ off: 4, on: 6, deleted: 1, full: 1, well: 2 }) };
    case "let-go":
      return { do: what, asked: dice.chance(0.5) };
    case "digest":
      return { do: what };
  }
}

function passing(dice: Dice): number {
  return dice.pick([5, 30, 100, 400, 1_500, 6_000, 6_000, 20_000, 10 * MINUTE_MS]);
}
