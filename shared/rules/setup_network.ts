/** Setup rules about the venue's Wi-Fi as a whole. They are hints that ask the installer to look, but for a sign-in page, which proves. */
import { isLoopback, parseAddress, plainAddress } from "./address.ts";
import type { Facts, RegisterFacts } from "./facts.ts";
import { captivePortal } from "./ladder_rules.ts";
import { currentRegisters, liveness } from "./liveness.ts";
import { rttFigures } from "./rtt.ts";
import { HEALTHY, type Outcome, type Rule, unknown } from "./rule.ts";
import { PLAIN_CLOSE_MS, PLAIN_OPEN_MS } from "./settle.ts";
import { figure, list, median, nameOf, namesOf } from "./words.ts";

export const PREFIX_MIN = 23; // 510 addresses: the most a shop's own network is commonly given
const IPV4_BITS = 32;
export const SLOWER_BY = 2; // times the others: each hop over the same air takes as long again
const SLOW_MS = 4; // below it a difference says nothing

export const sharedNetwork: Rule = {
  code: "shared-network",
  title: "Network may be shared with others",
  from: "seed",
  strength: "C",
  dependsOn: [],
  openAfterMs: PLAIN_OPEN_MS,
  closeAfterMs: PLAIN_CLOSE_MS,
  runbook: [
    "Find out whether guests, neighbours or the building use this Wi-Fi too.",
    "If they do, set up a router of your own with a network for the registers alone.",
    "If it is yours alone, set the router's network mask to 255.255.255.0.",
  ],
  subjects: () => ["venue"],
  test(facts) {
    const portal = captivePortal(facts);
    if (portal?.kind === "broken") return portal;
    const mask = wideMask(facts);
    if (mask.kind === "broken" || portal === undefined) return mask;
    return portal.kind === "healthy" ? HEALTHY : portal; // a sign-in page is not gone because nobody could look
  },
};

/** Room for far more devices than a shop has. */
function wideMask(facts: Facts): Outcome {
  const known = currentRegisters(facts).flatMap((register) => {
    const prefix = ipv4Prefix(register);
    return prefix === undefined ? [] : [{ register, prefix }];
  });
  if (known.length === 0) return unknown("no register tells its network mask");
  const wide = known.filter(({ prefix }) => prefix < PREFIX_MIN);
  if (wide.length === 0) return HEALTHY;
  const widest = Math.min(...wide.map(({ prefix }) => prefix));
  const room = 2 ** (IPV4_BITS - widest) - 2;
  return {
    kind: "broken",
    severity: "warn",
    headline: "The Wi-Fi may be shared with others.",
    text:
      `The Wi-Fi may be shared with others: it has room for ${room} devices (/${widest}), far more than a shop needs. ` +
      `Registers need a network of their own. Is it yours alone?`,
    evidence: wide.map(({ register, prefix }) => `${nameOf(register)} reports a /${prefix} network`),
  };
}

export const extenderSuspected: Rule = {
  code: "extender-suspected",
  title: "Repeater or extender suspected",
  from: "seed",
  strength: "C",
  dependsOn: [],
  openAfterMs: PLAIN_OPEN_MS,
  closeAfterMs: PLAIN_CLOSE_MS,
  runbook: [
    "Look for a repeater, range extender or mesh satellite near the registers named here.",
    "Is each access point connected to the router by a cable? If so, all is well: this is a question, not a fault.",
    "If one is not, unplug it and look whether the signal of the registers is still good.",
    "If it is not, put an access point there that is wired to the router.",
  ],
  subjects: () => ["venue"],
  test(facts) {
    return oneMacForSeveral(facts) ?? unevenRtt(facts) ?? severalAccessPoints(facts);
  },
};

/** Several registers behind one hardware address: something forwards for them. Undefined when there are none. */
function oneMacForSeveral(facts: Facts): Outcome | undefined {
  const onNetwork = currentRegisters(facts).filter((register) => register.sourceMac !== undefined && v4Of(register));
  for (const [mac, registers] of Map.groupBy(onNetwork, (register) => register.sourceMac)) {
    const addresses = new Set(registers.map(v4Of));
    if (addresses.size < 2 || mac === facts.router.mac) continue; // behind the router itself is another network, not an extender
    return {
      kind: "broken",
      severity: "warn",
      strength: "B",
      headline: "There seems to be a Wi-Fi repeater.",
      text: `${namesOf(registers)} seem to reach the router through one device, probably a repeater or extender: ` +
        `${addresses.size} addresses with the hardware address ${mac}. Repeaters make sync slow and unsteady. Remove it.`,
      evidence: registers.map((register) => `${nameOf(register)} at ${v4Of(register)} has ${mac}`),
    };
  }
  return undefined;
}

/** A register whose messages take twice as long as the others', and now and then not: some of them are sent twice over the same air. */
function unevenRtt(facts: Facts): Outcome | undefined {
  const measured = facts.registers.flatMap((register) => {
    const figures = liveness(register, facts) === "ok" ? rttFigures(register) : undefined;
    return figures ? [{ register, figures }] : [];
  });
  for (const { register, figures: { medianMs, modes } } of measured) {
    const others = median(measured.filter((each) => each.register !== register).map(({ figures }) => figures.medianMs));
    if (others === undefined || modes === undefined || medianMs < SLOWER_BY * others || medianMs < SLOW_MS) continue;
    const name = nameOf(register);
    const [low, high] = modes;
    return {
      kind: "broken",
      severity: "warn",
      headline: `${name} may be behind a Wi-Fi repeater.`,
      text:
        `Messages of ${name} take ${figure(medianMs)} ms, those of the others ${
          figure(others)
        } ms, and they come in two kinds, about ` +
        `${figure(low)} and ${figure(high)} ms. That is how a repeater looks. Is there one near ${name}?`,
      evidence: [
        `Median round trip of ${name} ${figure(medianMs)} ms in two heaps, of the others ${figure(others)} ms`,
      ],
    };
  }
  return undefined;
}

/** Several access points under one Wi-Fi name. They may all be wired, so it is a question. */
function severalAccessPoints(facts: Facts): Outcome {
  const known = currentRegisters(facts).filter(({ network }) =>
    network?.ssid !== undefined && network.bssid !== undefined
  );
  for (const [ssid, registers] of Map.groupBy(known, ({ network }) => network?.ssid)) {
    const accessPoints = distinctAccessPoints(registers);
    if (accessPoints.length < 2 || facts.venue.survey?.allWired) continue;
    const who = accessPoints.map((register) => `${nameOf(register)} on ${register.network?.bssid}`);
    return {
      kind: "broken",
      severity: "warn",
      headline: "There are several Wi-Fi access points.",
      text:
        `“${ssid}” comes from ${accessPoints.length} access points: ${
          list(who)
        }. Is each access point wired to the router? ` +
        `If one only repeats the Wi-Fi, replace it with a wired one.`,
      evidence: registers.map((register) => `${nameOf(register)} is on ${register.network?.bssid}`),
    };
  }
  if (known.length > 0) return HEALTHY;
  const macs = currentRegisters(facts).filter((register) => register.sourceMac !== undefined);
  return macs.length > 1 ? HEALTHY : unknown("no register tells its access point");
}

/** One register for each access point in use. */
function distinctAccessPoints(registers: readonly RegisterFacts[]): RegisterFacts[] {
  const distinct: RegisterFacts[] = [];
  for (const register of registers) {
    if (!distinct.some((other) => sameAccessPoint(register, other))) distinct.push(register);
  }
  return distinct;
}

/** The radios of one access point, one per band, carry addresses that differ at their ends only. */
function sameAccessPoint({ network: a }: RegisterFacts, { network: b }: RegisterFacts): boolean {
  if (a?.bssid === b?.bssid) return true;
  if (a?.band === undefined || b?.band === undefined || a.band === b.band) return false;
  return middle(a.bssid) === middle(b.bssid);
}

function middle(bssid = ""): string {
  return bssid.split(":").slice(1, 5).join(":");
}

/** A register's IPv4 source address; undefined for loopback, which says nothing of the network. */
function v4Of(register: RegisterFacts): string | undefined {
  const source = parseAddress(register.sourceAddress ?? "");
  return source?.family === 4 && !isLoopback(source) ? plainAddress(register.sourceAddress ?? "") : undefined;
}

function ipv4Prefix({ network }: RegisterFacts): number | undefined {
  const isV6 = network?.address !== undefined && parseAddress(network.address)?.family === 6;
  const prefix = network?.prefixLength;
  return prefix === undefined || isV6 || prefix > IPV4_BITS ? undefined : prefix;
}
