/**
 * Which rung is broken: from the hub's own link outwards, the first one that does not hold. What stands on a broken rung is not judged;
 * what answers proves everything that it stands on. One round gives one verdict; two rounds in a row must agree before it changes.
 */
import { type GatewayRung, isPrivateAddress, type NetworkRound, type Rung } from "./network.ts";

/** In the order of the ladder. Each also says that all before it hold. */
export const LADDER = [
  "own-link", // the hub's own cable or Wi-Fi
  "lan-down", // the router, or the whole local network
  "router-down", // the router; others on the network still answer, or it is not known whether they do
  "modem-or-uplink", // nothing behind the router answers
  "provider", // what is behind the router answers, the internet does not
  "dns", // addresses answer, names are not found
  "captive-portal", // a sign-in page comes in between
  "fine",
] as const;

export type VerdictKind = (typeof LADDER)[number] | "unknown";

export interface LadderVerdict {
  readonly kind: VerdictKind;
  readonly evidence: readonly string[]; // what was measured, a sentence each
}

/** The ladder over rounds. */
export interface NetworkFact extends NetworkRound {
  readonly verdict: LadderVerdict; // what two rounds in a row agreed on last
  readonly since: number; // when the first of them began
  readonly checkedAt: number;
  readonly last: { readonly kind: VerdictKind; readonly since: number }; // what the latest rounds alone say
}

const UNKNOWN_YET: LadderVerdict = { kind: "unknown", evidence: ["Not measured twice yet."] };

/** The verdict of one round alone. */
export function climb(round: NetworkRound): LadderVerdict {
  const { own, peers, gateway, hop2, internet, portal } = round;
  const say = (kind: VerdictKind, ...rungs: readonly Rung[]): LadderVerdict => ({
    kind,
    evidence: rungs.map(({ how }) => `${how}.`),
  });
  if (own.ok === false && !answersBeyond(round)) return say("own-link", own);
  const router = gatewayHolds(gateway);
  if (router === false) {
    // Without a word on the hub's own link and on anybody else, it may as well be the whole network.
    const all = peers.ok === false || (peers.ok === undefined && own.ok === undefined);
    return say(all ? "lan-down" : "router-down", gateway, peers);
  }
  if (router === undefined && hop2.ok !== true && internet.ok !== true) return say("unknown", own, gateway);
  if (internet.ok === undefined) return say("unknown", gateway, internet);
  if (internet.ok === false) {
    if (portal.ok === false) return say("captive-portal", internet, portal); // somebody on the way answered instead
    if (hop2.ok === undefined) return say("unknown", internet, hop2);
    return say(hop2.ok ? "provider" : "modem-or-uplink", internet, hop2);
  }
  return judgeNames(round, (kind) => say(kind, internet, round.dns.router, round.dns.public, portal));
}

/** After one more round. What was known of a router with another address is forgotten. */
export function networkAfter(previous: NetworkFact | undefined, round: NetworkRound, now: number): NetworkFact {
  const before = previous?.gateway.address === round.gateway.address ? previous : undefined;
  const remembered: NetworkRound = {
    ...round,
    hop2: { ...round.hop2, usual: round.hop2.address ?? before?.hop2.usual },
    dns: { ...round.dns, routerAnswered: before?.dns.routerAnswered || before?.dns.router.ok === true },
    nat: round.nat ?? before?.nat,
  };
  const verdict = climb(remembered);
  const agrees = previous?.last.kind === verdict.kind;
  const last = { kind: verdict.kind, since: agrees ? previous.last.since : now };
  const known = previous ?? { verdict: UNKNOWN_YET, since: now };
  if (agrees) return { ...remembered, verdict, since: last.since, checkedAt: now, last };
  return { ...remembered, verdict: known.verdict, since: known.since, checkedAt: now, last };
}

/**
 * Is it the modem alone, or the modem or the provider? Where the modem is bridged the second hop is the provider's own, and a hop that
 * never answered may just be one that keeps quiet.
 */
export function isModemAlone({ hop2 }: Pick<NetworkRound, "hop2">): boolean {
  return hop2.usual !== undefined && isPrivateAddress(hop2.usual);
}

/** A router for which only another machine answers on the wire is not there: a repeater answers for it. */
export function gatewayHolds({ ok, by, mac, knownMac }: GatewayRung): boolean | undefined {
  const another = mac !== undefined && knownMac !== undefined && mac !== knownMac;
  const itself = ok === true && by !== "wire";
  return another && !itself ? false : ok;
}

/** Whoever answers from the network proves that the hub's link to it holds, whatever the system says of its plug. */
function answersBeyond({ peers, gateway, hop2, internet }: NetworkRound): boolean {
  return [peers.ok, gatewayHolds(gateway), hop2.ok, internet.ok].includes(true);
}

/** The internet answers: are its names found, and is nobody in between? */
function judgeNames({ dns, portal }: NetworkRound, say: (kind: VerdictKind) => LadderVerdict): LadderVerdict {
  // A router that never gave names need not: the system asks somebody else, who answers.
  const elsewhere = dns.system.ok === true && !dns.routerAnswered;
  if (dns.router.ok === false && !elsewhere) return say("dns");
  if (portal.ok === false) return say("captive-portal");
  const found = dns.router.ok === true || dns.system.ok === true;
  return say(found && portal.ok === true ? "fine" : "unknown");
}
