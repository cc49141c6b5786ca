/** The registers as witnesses of the network: one that is heard now proves that it carries, whatever the router does. */
import type { Facts, RegisterFacts } from "./facts.ts";
import type { Rung } from "./network.ts";
import { nameOf, namesOf, span } from "./words.ts";

const NOW_MS = 7_000; // one heartbeat and its way
export const UNPLUGGED_MS = 2_000; // a round and a half: what was heard before the hub's plug was seen to be out proves nothing of it
const LATELY_MS = 60_000; // heard within this, a register was there when the trouble began
const GONE_MS = 15_000; // two heartbeats missed
const ALL_GONE_MS = 8_000; // several registers that each missed one heartbeat and a ping at once
const MUTE_MS = 5_000; // asked once a second, a register that is there answers the second time at the latest
const ALL_MUTE_MS = 2_500; // several that are all asked and all silent

/**
 * Undefined when the registers tell nothing: then the hub asks its neighbours itself. `isUnplugged`: the system says that the hub has no
 * connection, against which only what is heard this moment counts.
 */
export function peersHeard(registers: Facts["registers"], now: number, isUnplugged = false): Rung | undefined {
  const outside = registers.filter((register) => register.heardSinceStart && !isHere(register));
  const lately = outside.flatMap((register) => {
    const ageMs = now - (register.heardAt ?? -Infinity);
    return ageMs <= LATELY_MS ? [{ register, ageMs, muteMs: muteMs(register, now) }] : [];
  }).toSorted((a, b) => a.ageMs - b.ageMs);
  const [latest] = lately;
  if (latest === undefined) return undefined;
  const all = namesOf(lately.map(({ register }) => register));
  const lasts = (times: readonly number[], [alone, several]: readonly [number, number]) =>
    Math.min(...times) >= (times.length > 1 ? several : alone);
  if (lasts(lately.map(({ muteMs }) => muteMs), [MUTE_MS, ALL_MUTE_MS])) {
    return { ok: false, how: `${all} ${lately.length > 1 ? "do" : "does"} not answer any more` };
  }
  if (lasts(lately.map(({ ageMs }) => ageMs), [GONE_MS, ALL_GONE_MS])) {
    return { ok: false, how: `${all} ${lately.length > 1 ? "are" : "is"} not heard any more` };
  }
  const proof = lately.find(({ ageMs, muteMs }) => muteMs === 0 && ageMs <= (isUnplugged ? UNPLUGGED_MS : NOW_MS));
  const { register, ageMs } = proof ?? latest;
  return { ok: proof && true, how: `${nameOf(register)} was heard ${span(ageMs)} ago` };
}

/** How long it has not answered the hub, which asks once the router is silent. 0: it was heard since, or not asked. */
function muteMs({ heardAt = 0, session }: RegisterFacts, now: number): number {
  const { calledAt } = session ?? {};
  return calledAt === undefined || calledAt <= heardAt ? 0 : Math.max(0, now - calledAt);
}

/** On the hub's own machine: no witness of the network. */
function isHere({ sourceAddress }: RegisterFacts): boolean {
  return sourceAddress === undefined || /^(127\.|::1$|::ffff:127\.)/.test(sourceAddress);
}
