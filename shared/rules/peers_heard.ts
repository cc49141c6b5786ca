/** The registers as witnesses of the network: one that is heard now proves that it carries, whatever the router does. */
import type { Facts, RegisterFacts } from "./facts.ts";
import type { Rung } from "./network.ts";
import { nameOf, namesOf, span } from "./words.ts";

const NOW_MS = 7_000; // one heartbeat and its way
export const UNPLUGGED_MS = 2_000; // a round and a half: what was heard before the hub's plug was seen to be out proves nothing of it
const LATELY_MS = 60_000; // heard within this, a register was there when the trouble began
const GONE_MS = 15_000; // two heartbeats missed
const ALL_GONE_MS = 8_000; // several registers that each missed one heartbeat and a ping at once

/**
 * Undefined when the registers tell nothing: then the hub asks its neighbours itself. `isUnplugged`: the system says that the hub has no
 * connection, against which only what is heard this moment counts.
 */
export function peersHeard(registers: Facts["registers"], now: number, isUnplugged = false): Rung | undefined {
  const outside = registers.filter((register) => register.heardSinceStart && !isHere(register));
  const lately = outside.filter(({ heardAt }) => heardAt !== undefined && now - heardAt <= LATELY_MS);
  const [latest] = lately.toSorted((a, b) => (b.heardAt ?? 0) - (a.heardAt ?? 0));
  if (latest?.heardAt === undefined) return undefined;
  const age = now - latest.heardAt;
  if (age <= (isUnplugged ? UNPLUGGED_MS : NOW_MS)) {
    return { ok: true, how: `${nameOf(latest)} was heard ${span(age)} ago` };
  }
  if (age >= (lately.length > 1 ? ALL_GONE_MS : GONE_MS)) {
    return { ok: false, how: `${namesOf(lately)} ${lately.length === 1 ? "is" : "are"} not heard any more` };
  }
  return { how: `${nameOf(latest)} was heard ${span(age)} ago` };
}

/** On the hub's own machine: no witness of the network. */
function isHere({ sourceAddress }: RegisterFacts): boolean {
  return sourceAddress === undefined || /^(127\.|::1$|::ffff:127\.)/.test(sourceAddress);
}
