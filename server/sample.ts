/** How a register is now, as its history keeps it. */
import type { Facts, RegisterFacts } from "../shared/rules/facts.ts";
import { liveness } from "../shared/rules/liveness.ts";
import type { Sample } from "./store/samples.ts";

const FRESH_MS = 5_000; // of a signal reading: the step of the raw tier

/** `measuredMs` is the round trip of the session's pings; else what the register says of it, while it has no session. */
export function sampleOf(
  register: RegisterFacts,
  facts: Facts,
  measuredMs: number | undefined,
): Sample {
  const reading = register.signal.at(-1);
  const fresh = reading !== undefined && facts.now - reading.at <= FRESH_MS;
  const reportedMs = register.session?.openSince === undefined
    ? register.session?.rttMs ?? register.links.find((link) => link.peer === "hub")?.rttMs
    : undefined;
  return {
    register: register.id,
    at: facts.now,
    state: liveness(register, facts),
    rttMs: measuredMs ?? reportedMs,
    rssiDbm: fresh ? reading.rssiDbm : undefined,
  };
}
