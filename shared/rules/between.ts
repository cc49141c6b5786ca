/**
 * Rules about the paths from register to register. Each pair that goes through the hub says why; what many pairs say together tells whether
 * the Wi-Fi keeps its devices apart, or does not pass on the messages by which they find each other.
 */
import { parseAddress, sameAddress } from "./address.ts";
import type { Facts, RegisterFacts } from "./facts.ts";
import { isSameSubnet, type Pair, pairName, pairsOf, relayedForMs, saidBy } from "./pairs.ts";
import { HEALTHY, type Rule, unknown } from "./rule.ts";
import { AGAIN_OPEN_MS, NOISY_OPEN_MS, PLAIN_CLOSE_MS } from "./settle.ts";
import { count, list, nameOf, span } from "./words.ts";

export const RELAY_WARN_MS = 5 * 60_000; // a direct link is tried again every minute
export const FIND_WITHIN_MS = 3_000; // three questions a second apart, and the answer
const MDNS_FRESH_MS = 10 * 60_000; // an iPad in use speaks it every few minutes
const PAIRS_NAMED = 3;

export const relayOnly: Rule = {
  code: "relay-only",
  title: "Registers reach each other through the hub only",
  from: "own",
  strength: "A",
  dependsOn: ["router-down", "registers-isolated", "multicast-blocked"],
  openAfterMs: NOISY_OPEN_MS,
  closeAfterMs: PLAIN_CLOSE_MS,
  runbook: [
    "Nothing is lost meanwhile: checks are in sync as long as the hub runs. Keep it switched on.",
    "Read the reasons here. If an app is not in front, bring it to the front and wait a minute.",
    "See that both registers are on the same Wi-Fi name, and that no guest or isolation setting is on.",
    "Load the page again on the register that all the pairs named here have in common.",
  ],
  subjects: () => ["venue"],
  test(facts) {
    const pairs = pairsOf(facts);
    if (pairs.length === 0) return unknown("no register tells how it reaches another");
    const relayed = pairs.flatMap((pair) => {
      const forMs = relayedForMs(pair);
      return forMs !== undefined && forMs > RELAY_WARN_MS ? [{ pair, forMs }] : [];
    });
    if (relayed.length === 0) return HEALTHY;
    const longest = Math.max(...relayed.map(({ forMs }) => forMs));
    return {
      kind: "broken",
      severity: "warn",
      headline: "Some registers reach each other through the hub only.",
      text: `${named(relayed.map(({ pair }) => pair))} have reached each other through the hub only, for up to ` +
        `${span(longest)}. Checks are in sync, but not if the hub stops. ${whyOf(relayed[0]!.pair)}`,
      evidence: relayed.flatMap(({ pair }) => pair.sides.map((side) => saidBy(side, pair))),
    };
  },
};

export const registersIsolated: Rule = {
  code: "registers-isolated",
  title: "The Wi-Fi keeps registers apart",
  from: "own",
  strength: "A",
  dependsOn: ["router-down", "other-network", "multicast-blocked"], // a try from before they could be found proves nothing
  openAfterMs: AGAIN_OPEN_MS,
  closeAfterMs: PLAIN_CLOSE_MS,
  runbook: [
    "In the settings of the router or access point, look for “client isolation”, “AP isolation” or “guest network”.",
    "Switch it off for the registers' Wi-Fi, or put the registers on a Wi-Fi without it.",
    "Look whether each access point has the setting of its own.",
    "Wait a minute: the registers try again by themselves.",
  ],
  subjects: () => ["venue"],
  test(facts) {
    const pairs = pairsOf(facts);
    if (pairs.length === 0) return unknown("no register tells how it reaches another");
    const apart = pairs.filter((pair) => (isTried(pair) || isCut(pair)) && isSameSubnet(pair, facts) === true);
    if (apart.length === 0) {
      if (pairs.some(isInDoubt)) return unknown("a link that stopped answering has not been tried again");
      return pairs.some(({ isDirect }) => isDirect) ? HEALTHY : unknown("no pair was tried both ways");
    }
    if (facts.router.alive === undefined) return unknown("the router is not known to answer"); // if it does not, that is told instead
    const finds = (pair: Pair, ...as: Finding[]) =>
      [pair.a, pair.b].some((each) => as.includes(isFindable(each, facts)));
    if (apart.every((pair) => finds(pair, "no", "asking"))) {
      return unknown("they may merely not find each other: multicast may not get through");
    }
    const findable = apart.filter((pair) => isTried(pair) && !finds(pair, "no", "asking", "unknown"));
    const isProven = findable.length > 0;
    return {
      kind: "broken",
      severity: "fail",
      strength: isProven ? "A" : "B",
      headline: "The Wi-Fi keeps registers apart.",
      text: `${named(apart)} cannot reach each other, though both reach the hub and the router on one network. ` +
        `${
          isProven ? "The" : "Probably the"
        } Wi-Fi keeps its devices apart. Switch client isolation off on the router.`,
      evidence: [
        ...apart.flatMap((pair) => pair.sides.map((side) => saidBy(side, pair))),
        ...(facts.router.alive ? [`The router answers: ${facts.router.how}`] : []),
        ...(isProven ? [`${named(findable)} can be found on the network, and no packet got through`] : []),
      ],
    };
  },
};

export const multicastBlocked: Rule = {
  code: "multicast-blocked",
  title: "Registers cannot find each other",
  from: "own",
  strength: "B",
  dependsOn: ["router-down"],
  openAfterMs: AGAIN_OPEN_MS,
  closeAfterMs: PLAIN_CLOSE_MS,
  runbook: [
    "In the settings of the router or access point, look for “multicast”, “mDNS”, “Bonjour” or “IGMP snooping”.",
    "Let multicast through between the devices of the registers' Wi-Fi.",
    "If there is a repeater, replace it with an access point that is wired to the router.",
  ],
  subjects: () => ["venue"],
  test(facts) {
    const pairs = pairsOf(facts);
    if (pairs.some(({ isDirect }) => isDirect)) return HEALTHY;
    if (facts.mdns === undefined) return unknown("the hub does not listen to multicast DNS");
    if (facts.mdns.unheard !== undefined) return unknown(facts.mdns.unheard);
    const apart = pairs.filter(isTried);
    if (apart.length === 0) return unknown("no pair was tried both ways");
    const tried = facts.registers.filter(({ id }) => apart.some(({ a, b }) => a.id === id || b.id === id));
    const mute = tried.filter((register) => isFindable(register, facts) === "no");
    if (mute.length === 0) {
      const isSure = tried.every((register) => isFindable(register, facts) === "yes");
      return isSure ? HEALTHY : unknown("it is not known yet whether they can be found");
    }
    return {
      kind: "broken",
      severity: "fail",
      headline: "Registers cannot find each other on the Wi-Fi.",
      text: `${named(apart)} never got a direct link, and the hub hears no multicast from ${list(mute.map(nameOf))}. ` +
        `Probably the Wi-Fi does not pass multicast on, by which registers find each other. Let it through on the router.`,
      evidence: [
        ...apart.flatMap((pair) => pair.sides.map((side) => saidBy(side, pair))),
        ...mute.map((each) => unfound(each)),
      ],
    };
  },
};

/** Both sides have exchanged offers, and no packet got through. */
function isTried({ sides }: Pair): boolean {
  return sides.length === 2 && sides.every(({ reason }) => reason === "no-route");
}

/** A link between them stopped answering both ways, and both could tell the hub so at once: neither was off the network. */
function isCut({ sides }: Pair): boolean {
  return sides.length === 2 && sides.every(({ reason, link }) => reason === "missed-beats" && link.prompt === true);
}

/** A link between them stopped answering both ways: what comes of it is not known yet. */
function isInDoubt({ sides }: Pair): boolean {
  return sides.length === 2 && sides.every(({ reason }) => reason === "missed-beats" || reason === "quiet");
}

type Finding = "yes" | "no" | "asking" | "unknown";

/** Whether a peer can find it: by the address that it told, or by its name, for which the hub asks as a peer does. */
function isFindable(register: RegisterFacts, facts: Facts): Finding {
  const { offer } = register;
  if (offer !== undefined && offer.name === undefined) return "yes";
  const asked = facts.mdns?.names?.find(({ name }) => name === offer?.name);
  if (asked === undefined || facts.mdns?.unheard !== undefined) return speaksMdns(register, facts);
  const { askedAt, foundAt } = asked;
  if (foundAt !== undefined && foundAt >= askedAt) return "yes";
  if (facts.now - askedAt >= FIND_WITHIN_MS) return "no";
  return foundAt === undefined ? "asking" : "yes"; // as it was, while it is being asked for again
}

/** What was measured of a register that cannot be found. */
function unfound(register: RegisterFacts): string {
  return register.offer?.name === undefined
    ? `Nothing was heard from ${nameOf(register)} by multicast DNS for ${span(MDNS_FRESH_MS)}`
    : `${nameOf(register)} can be found by a name only, and nobody answered the hub's multicast questions for it`;
}

/** By what it says by itself. Unknown: the hub does not listen, or the register has no address that can be compared. */
function speaksMdns(register: RegisterFacts, { mdns, now }: Facts): Finding {
  const source = parseAddress(register.sourceAddress ?? "");
  if (mdns === undefined || mdns.unheard !== undefined || source === undefined) return "unknown";
  const isHeard = mdns.hosts.some(({ address, heardAt }) => {
    const host = parseAddress(address);
    return host !== undefined && sameAddress(host, source) && now - heardAt <= MDNS_FRESH_MS;
  });
  return isHeard ? "yes" : "no";
}

function whyOf({ sides }: Pair): string {
  return sides.find(({ link }) => link.why !== undefined)?.link.why ??
    "They do not say why. Load the page again on both.";
}

/** "Bar and Till 1, Bar and Terrace and 4 more pairs". */
function named(pairs: readonly Pair[]): string {
  const rest = pairs.length - PAIRS_NAMED;
  const names = pairs.slice(0, PAIRS_NAMED).map(pairName);
  return (rest > 0 ? [...names, count(rest, "more pair")] : names).join("; ");
}
