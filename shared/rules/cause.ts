/**
 * Why a register went quiet, from what is known now. Each explanation either holds, with its evidence, or passes on to the next; the last
 * one admits that it does not know which. A guess says "probably", so that nobody takes it for a fact.
 *
 * Explanations that need a probe of the register's address go between "hidden" and the groups.
 */
import type { Facts, RegisterFacts } from "./facts.ts";
import { liveness } from "./liveness.ts";
import type { Strength } from "./rule.ts";
import { nameOf, namesOf, span } from "./words.ts";

export const TOGETHER_MS = 5_000; // one heartbeat: registers lost to one fault are last heard within it
const GOODBYE_SLACK_MS = 1_000; // a last message may be counted just after the goodbye that came with it

export interface Cause {
  readonly text: string; // a sentence; the same words as long as it is the same cause
  readonly strength: Strength;
  readonly evidence: readonly string[];
}

type Explanation = (register: RegisterFacts, facts: Facts) => Cause | undefined;

const EXPLANATIONS: readonly Explanation[] = [closed, hidden, router, accessPoint, notKnown];

/** The best explanation of a register's silence. Undefined when it is heard, or not known to be silent. */
export function causeOf(register: RegisterFacts, facts: Facts): Cause | undefined {
  if (!isQuiet(register, facts)) return undefined;
  for (const explain of EXPLANATIONS) {
    const cause = explain(register, facts);
    if (cause) return cause;
  }
  return undefined;
}

function closed(register: RegisterFacts, facts: Facts): Cause | undefined {
  if (!saidGoodbye(register)) return undefined;
  const ago = span(facts.now - (register.session?.closedAt ?? facts.now));
  return {
    text: "The app was closed or left.",
    strength: "A",
    evidence: [`It ended its session with a goodbye ${ago} ago`],
  };
}

function hidden(register: RegisterFacts): Cause | undefined {
  if (!wasHidden(register)) return undefined;
  return {
    text: "Probably the iPad was locked, or another app was opened.",
    strength: "B",
    evidence: ["Its last words were that the app went to the background"],
  };
}

function router(register: RegisterFacts, facts: Facts): Cause | undefined {
  const group = quietTogether(register, facts);
  if (group.length < 2 || facts.router.alive !== false) return undefined;
  return {
    text: "Probably the router, which does not answer.",
    strength: "B",
    evidence: [together(group), `The router does not answer: ${facts.router.how}`],
  };
}

function accessPoint(register: RegisterFacts, facts: Facts): Cause | undefined {
  const { network, sourceMac } = register;
  const group = quietTogether(register, facts).filter((other) =>
    other.id === register.id || same(other.network?.bssid, network?.bssid) || same(other.sourceMac, sourceMac)
  );
  // When nothing else is heard, not even the router, it may as well be the hub's own cable.
  const hubHears = facts.router.alive === true || facts.registers.some((each) => liveness(each, facts) === "ok");
  if (group.length < 2 || !hubHears) return undefined;
  const byBssid = group.some((other) => other.id !== register.id && same(other.network?.bssid, network?.bssid));
  const point = byBssid ? network?.bssid : sourceMac;
  return {
    text: "Probably the access point or extender that it shares with others.",
    strength: "B",
    evidence: [together(group), `${namesOf(group)} were last seen on ${point}`],
  };
}

function notKnown(register: RegisterFacts): Cause {
  const ended = register.session?.closedAt !== undefined && register.session.openSince === undefined;
  return {
    text: "Probably asleep, off Wi-Fi or switched off. It left no last words, so it is not known which.",
    strength: "C",
    evidence: [ended ? "Its session ended without a goodbye" : "Its messages stopped without a goodbye"],
  };
}

/** The quiet registers without last words that were last heard within TOGETHER_MS of this one, itself among them. */
function quietTogether(register: RegisterFacts, facts: Facts): readonly RegisterFacts[] {
  const at = register.heardAt ?? 0;
  return facts.registers.filter((other) =>
    isQuiet(other, facts) && !saidGoodbye(other) && !wasHidden(other) &&
    Math.abs((other.heardAt ?? 0) - at) <= TOGETHER_MS
  );
}

function isQuiet(register: RegisterFacts, facts: Facts): boolean {
  const state = liveness(register, facts);
  return state === "late" || state === "silent";
}

/** True when its session ended with a goodbye and nothing was heard after that. */
function saidGoodbye({ session, heardAt }: RegisterFacts): boolean {
  if (!session?.closedCleanly || session.closedAt === undefined || session.openSince !== undefined) return false;
  return (heardAt ?? 0) <= session.closedAt + GOODBYE_SLACK_MS;
}

function wasHidden(register: RegisterFacts): boolean {
  return register.state?.foreground === false;
}

function same(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && a === b;
}

function together(group: readonly RegisterFacts[]): string {
  return `${group.map(nameOf).join(", ")} were last heard within ${span(TOGETHER_MS)} of each other`;
}
