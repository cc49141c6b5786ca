/**
 * Why a register went quiet, from what is known now. Each explanation either holds, with its evidence, or passes on to the next; the last
 * one admits that it does not know which. A guess says "probably", so that nobody takes it for a fact.
 */
import { inSubnet, parseAddress, plainAddress } from "./address.ts";
import type { Facts, RegisterFacts } from "./facts.ts";
import { liveness } from "./liveness.ts";
import {
  askedSince,
  isQuiet,
  lostWith,
  pointOf,
  quietTogether,
  saidGoodbye,
  TOGETHER_MS,
  witnessesOf,
} from "./quiet.ts";
import type { Strength } from "./rule.ts";
import { figure, nameOf, namesOf, span } from "./words.ts";

export const MOVE_NEWS_MS = 60_000; // how long after its return a move explains why a register was away

export interface Cause {
  readonly text: string; // a sentence; the same words as long as it is the same cause
  readonly strength: Strength;
  readonly evidence: readonly string[];
}

type Explanation = (register: RegisterFacts, facts: Facts) => Cause | undefined;

/** What it said itself comes first, then what others see of it, then what it shares with others, then its address. */
const EXPLANATIONS: readonly Explanation[] = [
  closed,
  heardByPeers,
  inBackground,
  asleep,
  hidden,
  router,
  accessPoint,
  stopped,
  offNetwork,
  notKnown,
];

/** The best explanation of a register's silence. Undefined when it is heard, or not known to be silent. */
export function causeOf(register: RegisterFacts, facts: Facts): Cause | undefined {
  if (!isQuiet(register, facts)) return undefined;
  for (const explain of EXPLANATIONS) {
    const cause = explain(register, facts);
    if (cause) return cause;
  }
  return undefined;
}

/** Why a register that is heard again was away, where its return shows it. */
export function returnCauseOf(register: RegisterFacts, facts: Facts): Cause | undefined {
  const { move } = register;
  if (move === undefined || facts.now - move.at > MOVE_NEWS_MS || liveness(register, facts) !== "ok") return undefined;
  const [from, to] = move.what === "Wi-Fi"
    ? [`“${move.from}”`, `“${move.to}”`]
    : [plainAddress(move.from), plainAddress(move.to)];
  const evidence = [`It came back with the ${move.what} ${to}; before it was ${from}`];
  if (move.what === "Wi-Fi" || !isOneNetwork(move.from, move.to, facts)) {
    return { text: "It moved to another network.", strength: "A", evidence };
  }
  return { text: "Probably it left the network and joined it again.", strength: "B", evidence };
}

function closed(register: RegisterFacts, facts: Facts): Cause | undefined {
  const text = "The app was closed or left.";
  if (register.lastWords?.kind === "closing") {
    const ago = span(facts.now - register.lastWords.at);
    return { text, strength: "A", evidence: [`Its last words, ${ago} ago, were that the app is being closed`] };
  }
  // A system that ends a page it has hidden may close its socket as if the page had: then it is not known to be closed.
  if (!saidGoodbye(register) || register.lastWords !== undefined) return undefined;
  const ago = span(facts.now - (register.session?.closedAt ?? facts.now));
  return { text, strength: "A", evidence: [`It ended its session with a goodbye ${ago} ago`] };
}

function heardByPeers(register: RegisterFacts, facts: Facts): Cause | undefined {
  const witnesses = witnessesOf(register, facts);
  if (witnesses.length === 0) return undefined;
  return {
    text: "Probably the path between it and the hub: other registers still hear it.",
    strength: "B",
    evidence: witnesses.map(({ peer, link }) => {
      const rtt = link.rttMs === undefined ? "" : `, round trip ${figure(link.rttMs)} ms`;
      return `${nameOf(peer)} has a direct link to it${rtt}, reported ${span(facts.now - (peer.heardAt ?? 0))} ago`;
    }),
  };
}

function inBackground(register: RegisterFacts, facts: Facts): Cause | undefined {
  if (register.lastWords?.kind !== "hidden" || askedSince(register)?.answers !== true) return undefined;
  return {
    text: "Probably the app is in the background: the iPad is on and on the network.",
    strength: "B",
    evidence: [hiddenWords(register, facts), asked(register, facts)],
  };
}

function asleep(register: RegisterFacts, facts: Facts): Cause | undefined {
  if (register.lastWords?.kind !== "hidden" || askedSince(register)?.answers !== false) return undefined;
  return {
    text: "Probably the iPad is locked or asleep.",
    strength: "B",
    evidence: [hiddenWords(register, facts), asked(register, facts)],
  };
}

function hidden(register: RegisterFacts, facts: Facts): Cause | undefined {
  if (register.lastWords?.kind !== "hidden") return undefined;
  return {
    text: "Probably the iPad was locked, or another app was opened.",
    strength: "B",
    evidence: [hiddenWords(register, facts)],
  };
}

function router(register: RegisterFacts, facts: Facts): Cause | undefined {
  const group = quietTogether(register, facts);
  if (!group.includes(register) || group.length < 2 || facts.router.alive !== false) return undefined;
  return {
    text: "Probably the router, which does not answer.",
    strength: "B",
    evidence: [together(group), `The router does not answer: ${facts.router.how}`],
  };
}

function accessPoint(register: RegisterFacts, facts: Facts): Cause | undefined {
  const point = pointOf(register, facts);
  const group = point === undefined ? [] : lostWith(point, facts);
  if (!group.includes(register) || group.length < 2) return undefined;
  return {
    text: "Probably the access point or extender that it shares with others.",
    strength: "B",
    evidence: [together(group), `${namesOf(group)} were last seen on ${point}`],
  };
}

function stopped(register: RegisterFacts, facts: Facts): Cause | undefined {
  if (register.lastWords !== undefined || askedSince(register)?.answers !== true) return undefined;
  return {
    text: "Probably the app stopped or was force-quit: the iPad is on and on the network.",
    strength: "B",
    evidence: [endOf(register), asked(register, facts)],
  };
}

/** Only when the network itself is seen to work. */
function offNetwork(register: RegisterFacts, facts: Facts): Cause | undefined {
  if (register.lastWords !== undefined || askedSince(register)?.answers !== false) return undefined;
  const others = facts.registers.filter((each) => liveness(each, facts) === "ok");
  if (others.length === 0 && facts.router.alive !== true) return undefined;
  const fine = others.length > 0
    ? `${namesOf(others)} ${others.length === 1 ? "is" : "are"} heard`
    : "The router answers";
  return {
    text: "Probably it is off the Wi-Fi, or switched off.",
    strength: "B",
    evidence: [endOf(register), asked(register, facts), fine],
  };
}

function notKnown(register: RegisterFacts, facts: Facts): Cause {
  const evidence = askedSince(register) === undefined ? [] : [asked(register, facts)];
  return {
    text: "Probably asleep, off Wi-Fi or switched off. It left no last words, so it is not known which.",
    strength: "C",
    evidence: [endOf(register), ...evidence],
  };
}

function hiddenWords({ lastWords }: RegisterFacts, facts: Facts): string {
  return `Its last words, ${
    span(facts.now - (lastWords?.at ?? facts.now))
  } ago, were that the app went to the background`;
}

function asked(register: RegisterFacts, facts: Facts): string {
  const { how = "", at = facts.now } = askedSince(register) ?? {};
  return `${how}, asked ${span(facts.now - at)} ago`;
}

function endOf({ session }: RegisterFacts): string {
  const ended = session?.closedAt !== undefined && session.openSince === undefined;
  return ended ? "Its session ended without a goodbye" : "Its messages stopped without a goodbye";
}

function together(group: readonly RegisterFacts[]): string {
  return `${group.map(nameOf).join(", ")} were last heard within ${span(TOGETHER_MS)} of each other`;
}

/** Whether both addresses are in one of the hub's own networks. */
function isOneNetwork(a: string, b: string, { hub }: Facts): boolean {
  const [one, other] = [parseAddress(a), parseAddress(b)];
  if (one === undefined || other === undefined) return false;
  return hub.interfaces.some(({ address, prefixLength }) => {
    const subnet = parseAddress(address);
    return subnet !== undefined && inSubnet(one, subnet, prefixLength) && inSubnet(other, subnet, prefixLength);
  });
}
