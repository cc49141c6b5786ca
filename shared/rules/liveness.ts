/**
 * Is a register heard? Late is not down, and a second of silence is nothing: a register is late after three missed heartbeats and silent
 * after eight. What it said of itself counts for ten minutes, and is then neither good nor bad.
 */
import type { Facts, RegisterFacts } from "./facts.ts";
import { type Outcome, unknown } from "./rule.ts";
import { span } from "./words.ts";

export const LATE_MS = 15_000; // three heartbeats missed
export const SILENT_MS = 40_000; // eight missed; what point-of-sale makers wait before they say "offline"
export const WARMING_MS = 60_000; // after a start of the hub, how long registers have to find it again
export const SELF_REPORT_MS = 10 * 60_000; // how long what a register said of itself may be held against it

export type Liveness = "ok" | "late" | "silent" | "unknown";

/** Whether a register is heard now. Unknown: never heard, or the hub has just started and has not heard it yet. */
export function liveness(register: RegisterFacts, facts: Pick<Facts, "now" | "hub">): Liveness {
  if (register.heardAt === undefined) return "unknown";
  if (!register.heardSinceStart && facts.now - facts.hub.startedAt < WARMING_MS) return "unknown";
  const silence = facts.now - register.heardAt;
  if (silence >= SILENT_MS) return "silent";
  return silence >= LATE_MS ? "late" : "ok";
}

/** True when what a register said of itself still counts. */
export function isCurrent(register: RegisterFacts, now: number): boolean {
  return register.heardAt !== undefined && now - register.heardAt <= SELF_REPORT_MS;
}

/** The registers whose self-reports still count. */
export function currentRegisters(facts: Facts): readonly RegisterFacts[] {
  return facts.registers.filter((register) => isCurrent(register, facts.now));
}

/** What to say of a register whose self-report no longer counts. */
export function notHeard(register: RegisterFacts, now: number): Outcome {
  if (register.heardAt === undefined) return unknown("it has not reported yet");
  return unknown(`it has not been heard for ${span(now - register.heardAt)}`);
}
