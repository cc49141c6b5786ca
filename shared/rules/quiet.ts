/** Registers that went quiet: alone or together, on one access point or not, and what each left behind. */
import type { LinkReport } from "../heartbeat.ts";
import type { Facts, RegisterFacts } from "./facts.ts";
import { liveness } from "./liveness.ts";
import type { AddressFact } from "./traces.ts";

export const TOGETHER_MS = 5_000; // one heartbeat: registers lost to one fault are last heard within it
export const PEER_PROOF_MS = 25_000; // a direct link may be shown for 15 s after it broke, in a heartbeat that is 5 s old
const GOODBYE_SLACK_MS = 1_000; // a last message may be counted just after the goodbye that came with it

export function isQuiet(register: RegisterFacts, facts: Facts): boolean {
  const state = liveness(register, facts);
  return state === "late" || state === "silent";
}

/** True when its session ended with a goodbye and nothing was heard after that. */
export function saidGoodbye({ session, heardAt }: RegisterFacts): boolean {
  if (!session?.closedCleanly || session.closedAt === undefined || session.openSince !== undefined) return false;
  return (heardAt ?? 0) <= session.closedAt + GOODBYE_SLACK_MS;
}

/** Whether its address answered after it was last heard. Undefined: not asked since. */
export function askedSince({ address, heardAt }: RegisterFacts): AddressFact | undefined {
  return address !== undefined && address.at >= (heardAt ?? 0) ? address : undefined;
}

/**
 * The quiet registers that were last heard within TOGETHER_MS of this one, itself among them. Who left last words, or is still there as its
 * address shows, was not lost to what all share.
 */
export function quietTogether(register: RegisterFacts, facts: Facts): readonly RegisterFacts[] {
  const at = register.heardAt ?? 0;
  return facts.registers.filter((other) =>
    isQuiet(other, facts) && isUnexplained(other, facts) && Math.abs((other.heardAt ?? 0) - at) <= TOGETHER_MS
  );
}

function isUnexplained(register: RegisterFacts, facts: Facts): boolean {
  return register.lastWords === undefined && !saidGoodbye(register) && askedSince(register)?.answers !== true &&
    witnessesOf(register, facts).length === 0;
}

/** The registers that tell of a direct link to one that the hub does not hear, later than a broken link could be shown. */
export function witnessesOf(register: RegisterFacts, facts: Facts): { peer: RegisterFacts; link: LinkReport }[] {
  return facts.registers.flatMap((peer) => {
    const link = peer.links.find(({ peer: id, path, why }) =>
      id === register.id && path === "direct" && why === undefined
    );
    const isFresh = liveness(peer, facts) === "ok" && (peer.heardAt ?? 0) - (register.heardAt ?? 0) >= PEER_PROOF_MS;
    return link && isFresh ? [{ peer, link }] : [];
  });
}

/** What a register reaches the network through: the device whose hardware address it shares with others, else its access point. */
export function pointOf(register: RegisterFacts, facts: Facts): string | undefined {
  const { sourceMac, network } = register;
  const isShared = sourceMac !== undefined && sourceMac !== facts.router.mac &&
    facts.registers.some((other) => other.id !== register.id && other.sourceMac === sourceMac);
  return isShared ? sourceMac : network?.bssid;
}

/** The group that an access point or extender took with it; none when it still carries somebody, or nothing else is heard. */
export function lostWith(point: string, facts: Facts): readonly RegisterFacts[] {
  const onIt = facts.registers.filter((register) => pointOf(register, facts) === point);
  const carries = onIt.some((register) => liveness(register, facts) === "ok");
  // When nothing else is heard, not even the router, it may as well be the hub's own cable.
  const lastHeardAt = Math.max(0, ...onIt.map(({ heardAt = 0 }) => heardAt));
  const routerAnswers = facts.router.alive === true && (facts.router.checkedAt ?? 0) > lastHeardAt;
  const hubHears = routerAnswers || facts.registers.some((each) => liveness(each, facts) === "ok");
  if (carries || !hubHears) return [];
  const groups = onIt.filter((register) => isQuiet(register, facts)).map((register) =>
    quietTogether(register, facts).filter((other) => onIt.includes(other))
  );
  return groups.reduce((largest, group) => (group.length > largest.length ? group : largest), []).filter((each) =>
    isUnexplained(each, facts)
  );
}
