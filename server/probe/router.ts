/**
 * From rounds to what is known of the router. One round can be unlucky, so two must agree before it is called alive or gone; in
 * between it is not known, and an incident that waits on it waits.
 */
import type { RouterFact } from "../../shared/rules/facts.ts";
import type { KnownGateway } from "./gateway.ts";

const WIRE_MEMORY_MS = 60_000; // a system calls a neighbour reachable for up to 45 s after its last answer

/** What one round found. */
export interface RouterRound {
  readonly address?: string;
  readonly mac?: string;
  readonly alive?: boolean;
  readonly by?: "port" | "ping" | "wire";
  readonly port?: number; // with "port": which
  readonly rttMs?: number;
  readonly how: string;
}

/** The fact that rules see, and what the next round needs. */
export interface RouterMemory extends RouterFact {
  readonly lastAlive?: boolean; // what the last round alone said
  readonly answeredAt?: number; // a port or a ping
  readonly port?: number; // that answered in the last round
}

export const ROUTER_NOT_PROBED: RouterMemory = { how: "Not measured yet" };

/** What is known after one more round. A gateway with another address begins anew. */
export function agree(previous: RouterMemory, round: RouterRound, now: number): RouterMemory {
  const before = previous.address === round.address ? previous : ROUTER_NOT_PROBED;
  const alive = round.alive === before.lastAlive ? round.alive : undefined;
  return {
    address: round.address,
    // While it is silent another machine may answer for its address: the MAC it had when it answered is its own.
    mac: round.alive ? round.mac ?? before.mac : before.mac ?? round.mac,
    alive,
    since: sinceWhen(before, alive, now),
    rttMs: round.rttMs,
    how: alive === undefined && round.alive !== undefined ? `${round.how}; a second round has to agree` : round.how,
    checkedAt: now,
    lastAlive: round.alive,
    port: round.port,
    answeredAt: round.by === "port" || round.by === "ping" ? now : before.answeredAt,
  };
}

/** What the next round may use of the gateway at `address`, where rounds began at `beganAt`. */
export function knownGateway(
  { answeredAt, ...previous }: RouterMemory,
  address: string,
  { now, beganAt }: { readonly now: number; readonly beganAt: number },
): KnownGateway {
  const unseen = now - beganAt <= WIRE_MEMORY_MS ? undefined : false;
  if (previous.address !== address) return { answeredLately: unseen };
  return {
    mac: previous.mac,
    answeredLately: answeredAt !== undefined && now - answeredAt <= WIRE_MEMORY_MS || unseen,
  };
}

/** When `alive` became what it is: two rounds agree on what the first of them already saw. */
function sinceWhen(before: RouterMemory, alive: boolean | undefined, now: number): number | undefined {
  if (alive === before.alive && before.since !== undefined) return before.since;
  return alive === undefined ? now : before.checkedAt ?? now;
}
