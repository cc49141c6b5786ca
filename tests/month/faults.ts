/** What goes wrong on an evening, drawn from a seed. Everything is over when the evening's last part begins, in which all is well. */
import type { VerdictKind } from "../../shared/rules/ladder.ts";
import type { Dice } from "../sim/dice.ts";
import type { Season } from "./calendar.ts";

const MINUTE_S = 60;
const FIRST_S = 20 * MINUTE_S; // registers have woken
const HEALED_S = 45 * MINUTE_S; // before the closing: the slowest finding takes 15 minutes to go
const CALM_S = 7 * MINUTE_S; // at least, between two faults of all, or of one register

/** What one register does, by how it goes on sending, or not. */
export const REGISTER_FAULTS = {
  silent: [1, 20 * MINUTE_S],
  late: [18, 36],
  "said-hidden": [MINUTE_S, 10 * MINUTE_S], // last words, then silence
  "said-closing": [MINUTE_S, 10 * MINUTE_S],
  flapping: [8 * MINUTE_S, 20 * MINUTE_S],
  stuttering: [8 * MINUTE_S, 15 * MINUTE_S], // late again and again, never silent
  hidden: [20, 12 * MINUTE_S],
  weak: [7 * MINUTE_S, 20 * MINUTE_S],
  slow: [7 * MINUTE_S, 20 * MINUTE_S],
  lossy: [7 * MINUTE_S, 20 * MINUTE_S],
  version: [30, 15 * MINUTE_S],
  "auto-lock": [30, 15 * MINUTE_S],
  unsynced: [40, 8 * MINUTE_S],
  "other-wifi": [20, 10 * MINUTE_S],
  band: [30, 10 * MINUTE_S],
  clock: [30, 10 * MINUTE_S],
  moved: [MINUTE_S, 5 * MINUTE_S], // back under another address
} as const;
export type RegisterFault = keyof typeof REGISTER_FAULTS;

/** What all share; none of these overlap. */
export const SHARED_FAULTS = {
  "router-off": [20, 15 * MINUTE_S], // and the Wi-Fi with it
  "router-deaf": [20, 15 * MINUTE_S], // the Wi-Fi goes on
  "router-flaps": [10 * MINUTE_S, 15 * MINUTE_S],
  "hub-cable": [20, 10 * MINUTE_S],
  modem: [20, 20 * MINUTE_S],
  provider: [20, 20 * MINUTE_S],
  dns: [20, 20 * MINUTE_S],
  portal: [20, 20 * MINUTE_S],
  "access-point": [2 * MINUTE_S, 10 * MINUTE_S],
  "no-battery": [30, 2 * MINUTE_S], // the hub's computer was off and comes back with its clock behind
  restart: [1, 5 * MINUTE_S],
  "sudden-end": [1, 5 * MINUTE_S],
  "clock-ahead": [5 * MINUTE_S, 40 * MINUTE_S],
  "clock-behind": [5 * MINUTE_S, 40 * MINUTE_S],
  maintenance: [10 * MINUTE_S, 60 * MINUTE_S],
  fifth: [5 * MINUTE_S, 30 * MINUTE_S], // a register too many, un-enrolled again
} as const;
export type SharedFault = keyof typeof SHARED_FAULTS;

export interface Fault {
  readonly kind: RegisterFault | SharedFault;
  readonly from: number; // seconds after the opening
  readonly until: number;
  readonly who: number; // of the registers; -1: of all
  readonly size: number; // 0 up to 1: how far a clock is off
}

/** What the probes find while this is on; undefined: nothing amiss. */
export function verdictOf({ kind, from }: Fault, second: number): VerdictKind | undefined {
  switch (kind) {
    case "router-off":
      return "lan-down";
    case "router-deaf":
      return "router-down";
    case "router-flaps":
      return (second - from) % 120 < 50 ? "router-down" : undefined;
    case "hub-cable":
      return "own-link";
    case "modem":
      return "modem-or-uplink";
    case "provider":
      return "provider";
    case "dns":
      return "dns";
    case "portal":
      return "captive-portal";
    default:
      return undefined;
  }
}

/** An evening's faults, by when they begin. */
export function evening(dice: Dice, registers: number, { openMinutes, calmMinutes }: Season): Fault[] {
  const healed = openMinutes * MINUTE_S - HEALED_S;
  const faults: Fault[] = [];
  const draw = (
    kinds: Readonly<Record<string, readonly [number, number]>>,
    kind: string,
    from: number,
    who: number,
  ) => {
    const [shortest, longest] = kinds[kind]!;
    const until = Math.min(healed, from + dice.between(shortest, longest));
    const fault: Fault = { kind: kind as Fault["kind"], from, until, who, size: dice.next() };
    faults.push(fault);
    if (kind !== "no-battery") return until;
    const right = Math.min(healed, until + dice.between(2 * MINUTE_S, 10 * MINUTE_S));
    faults.push({ ...fault, kind: "clock-behind", from: until, until: right });
    return right;
  };
  const calm = () => dice.between(CALM_S, calmMinutes * MINUTE_S);
  for (let at = FIRST_S + calm(); at < healed - MINUTE_S;) {
    at = draw(SHARED_FAULTS, dice.pick(Object.keys(SHARED_FAULTS)), at, -1) + calm();
  }
  for (let who = 0; who < registers; who++) {
    for (let at = FIRST_S + calm(); at < healed - MINUTE_S;) {
      at = draw(REGISTER_FAULTS, dice.pick(Object.keys(REGISTER_FAULTS)), at, who) + calm();
    }
  }
  return faults.sort((a, b) => a.from - b.from);
}
