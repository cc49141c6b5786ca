/**
 * Every rule as the installer's list names it: what should be so, how it is measured, and the numbers when all is well. Rules of the help
 * article first, in its order. A rule that is named here and not there yet stands in the list as not measured; one that is there and not
 * named here comes last, under its own title.
 */
import type { Facts, RegisterFacts } from "../rules/facts.ts";
import { currentRegisters } from "../rules/liveness.ts";
import { sayServers } from "../rules/second_dhcp.ts";
import { freshReadings, radioNow } from "../rules/readings.ts";
import { count, figure, list, median, nameOf, span } from "../rules/words.ts";

/** Where a measurement comes from, which says when it was taken. */
export type Source = "heartbeats" | "hub" | "probes" | "walks" | "asked";

export interface Entry {
  readonly code: string;
  readonly from: "seed" | "own";
  readonly wants: string; // what should be so, a few words
  readonly how: string; // it is measured
  readonly source: Source;
  readonly numbers?: (facts: Facts) => string; // absent: "Nothing found"
}

type Line = readonly [
  code: string,
  wants: string,
  how: string,
  source: Source,
  numbers?: (facts: Facts) => string,
];

const SELF = "What each register reports";
const PROBES = "Probes of the hub";

const SEED: readonly Line[] = [
  ["version-mismatch", "One version of the app", SELF, "heartbeats", each(({ app }) => app?.version)],
  ["version-outdated", "The latest version of the app", SELF, "heartbeats", each(({ app }) => app?.version)],
  ["device-too-old", "iPads that are new enough", SELF, "heartbeats", each(({ device }) => device?.model)],
  ["device-mixed", "One model of iPad", SELF, "heartbeats", each(({ device }) => device?.model)],
  ["router-combo", "A router of its own", "Probes beyond the router", "probes"],
  ["shared-network", "A network of its own", SELF, "heartbeats", each(prefixOf)],
  ["too-far", "Within 9 m (30 ft) of the router", "Walk tests", "walks", walks],
  ["other-network", "All on one network", "Addresses, gateways and Wi-Fi names", "heartbeats", each(networkOf)],
  ["extender-suspected", "No repeaters", "Hardware addresses and access points", "heartbeats", each(pointOf)],
  ["signal-weak", "Enough signal at each register", "Median of 5 min", "heartbeats", each(signalOf)],
  ["too-many-registers", "Up to 4 registers", "Registers heard", "heartbeats", inUse],
  ["sync-off", "Sync switched on", "The setting", "hub", ({ venue }) => `Sync is ${venue.sync.enabled ? "on" : "off"}`],
  ["shift-open", "Shifts closed when sync was switched", SELF, "heartbeats", switched],
  ["register-unnamed", "A name for each register", "The list of registers", "hub", names],
  ["auto-lock-on", "Auto-Lock set to Never", SELF, "heartbeats", each(({ state }) => lockOf(state?.autoLock))],
  ["app-hidden", "The app on the screen", SELF, "heartbeats", each(({ state }) => frontOf(state?.foreground))],
  ["config-behind", "Get Updates done on each register", SELF, "heartbeats", each(settingsOf)],
];

const OWN: readonly Line[] = [
  ["router-down", "The router answers", PROBES, "probes", ({ router }) => router.how],
  ["hub-link-down", "The hub's own link", PROBES, "probes"],
  ["modem-down", "The modem answers", PROBES, "probes"],
  ["internet-down", "The internet is reached", PROBES, "probes"],
  ["dns-down", "Names are found", PROBES, "probes"],
  ["register-silent", "Every register is heard", "Heartbeats every 5 s", "heartbeats", each(lastHeard)],
  ["access-point-down", "Access points that answer", "Registers heard through each", "heartbeats"],
  ["registers-isolated", "Registers reach each other", "Links between them", "heartbeats"],
  ["multicast-blocked", "Devices may find each other", "mDNS, as the hub hears it", "heartbeats"],
  ["relay-only", "Direct links between registers", "Links between them", "heartbeats"],
  ["unsynced-changes", "Nothing on one register only", SELF, "heartbeats", each(unsyncedOf)],
  ["lan-slow", "A quick and steady network", "Round trips to the hub", "heartbeats", each(tripOf)],
  ["band-2ghz", "5 GHz Wi-Fi", SELF, "heartbeats", each(bandOf)],
  ["channel-busy", "A free channel", SELF, "heartbeats", each(channelOf)],
  ["address-conflict", "One device to an address", "Neighbours of the hub", "probes"],
  ["second-dhcp", "One DHCP server", "Asking for an address, by the button", "asked", ({ dhcp }) => sayServers(dhcp)],
  ["second-hub", "One hub", "Announcements in the network", "probes"],
  ["clock-skew", "Clocks that are right", "Time sent and time received", "heartbeats", each(clockOf)],
  ["hub-on-wifi", "The hub on a cable", "The hub's own interfaces", "hub"],
  ["hub-disk-low", "Room on the hub's disk", "The hub's own disk", "hub"],
  ["hub-storage", "The hub can save", "Every write", "hub"],
  ["hub-damaged", "Everything stored reads well", "The hub's own storage", "hub"],
  ["changes-lost", "No changes lost", "What registers said they hold", "hub"],
  ["peer-suspect", "Nothing forged or garbled", "Every message", "hub"],
  ["check-flag-open", "No check that needs attention", "Every check", "hub"],
  ["check-old", "No check left open for a day", "Every check", "hub"],
];

export const CATALOGUE: readonly Entry[] = [...entries(SEED, "seed"), ...entries(OWN, "own")];

/** The same for a rule that has no line above. */
export function entryOf(rule: { readonly code: string; readonly title: string; readonly from: "seed" | "own" }): Entry {
  return CATALOGUE.find(({ code }) => code === rule.code) ??
    { code: rule.code, from: rule.from, wants: `Not found: ${rule.title}`, how: "What the hub knows", source: "hub" };
}

/** When a measurement of this source was last taken; undefined: never. */
export function takenAt(source: Source, facts: Facts): number | undefined {
  switch (source) {
    case "hub":
      return facts.now;
    case "probes":
      return facts.router.checkedAt;
    case "heartbeats":
      return latest(facts.registers.map(({ heardAt }) => heardAt));
    case "asked":
      return facts.dhcp?.askedAt;
    case "walks":
      return latest(facts.venue.survey?.walks.map(({ at }) => at) ?? []);
  }
}

function entries(lines: readonly Line[], from: Entry["from"]): Entry[] {
  return lines.map(([code, wants, how, source, numbers]) => ({ code, from, wants, how, source, numbers }));
}

/** "3.2.0: Bar and Till 1 · 3.1.0: Terrace": what each register has, those that are alike together. */
function each(read: (register: RegisterFacts, facts: Facts) => string | undefined) {
  return (facts: Facts): string => {
    const known = currentRegisters(facts).map((register) => ({ register, value: read(register, facts) }));
    const groups = Map.groupBy(known.filter(({ value }) => value !== undefined), ({ value }) => value);
    return [...groups].map(([value, those]) => `${list(those.map(({ register }) => nameOf(register)))}: ${value}`)
      .join(" · ");
  };
}

function latest(instants: readonly (number | undefined)[]): number | undefined {
  const known = instants.filter((at) => at !== undefined);
  return known.length === 0 ? undefined : Math.max(...known);
}

function inUse(facts: Facts): string {
  return `${count(currentRegisters(facts).length, "register")} in use`;
}

function names({ registers }: Facts): string {
  return list(registers.map(nameOf));
}

function walks({ venue }: Facts): string {
  return count(venue.survey?.walks.length ?? 0, "walk test");
}

function switched({ venue, now }: Facts): string {
  const at = venue.sync.changedAt;
  return at === undefined ? "Sync was never switched here" : `Sync was switched ${span(now - at)} ago`;
}

function prefixOf({ network }: RegisterFacts): string | undefined {
  return network?.prefixLength === undefined ? undefined : `/${network.prefixLength}`;
}

function networkOf({ network, sourceAddress }: RegisterFacts): string | undefined {
  return [network?.ssid && `“${network.ssid}”`, sourceAddress].filter(Boolean).join(", ") || undefined;
}

function pointOf({ network, sourceMac }: RegisterFacts): string | undefined {
  return network?.bssid === undefined ? sourceMac : `access point ${network.bssid}`;
}

function signalOf(register: RegisterFacts, { now }: Facts): string | undefined {
  const rssi = median(freshReadings(register, now).map(({ rssiDbm }) => rssiDbm));
  return rssi === undefined ? undefined : `${figure(rssi)} dBm`;
}

function lockOf(autoLock: number | "never" | undefined): string | undefined {
  if (autoLock === undefined) return undefined;
  return autoLock === "never" ? "Never" : `${autoLock} min`;
}

function frontOf(foreground: boolean | undefined): string | undefined {
  return foreground === undefined ? undefined : foreground ? "in front" : "hidden";
}

function settingsOf({ configVersion }: RegisterFacts): string | undefined {
  return configVersion === undefined ? undefined : `settings ${configVersion}`;
}

function lastHeard({ heardAt }: RegisterFacts, { now }: Facts): string | undefined {
  return heardAt === undefined ? undefined : `heard ${span(now - heardAt)} ago`;
}

function unsyncedOf({ unsynced }: RegisterFacts): string | undefined {
  return unsynced === undefined ? undefined : unsynced === 0 ? "nothing unsynced" : count(unsynced, "change");
}

function tripOf({ session }: RegisterFacts): string | undefined {
  return session?.rttMs === undefined ? undefined : `${figure(session.rttMs)} ms`;
}

function bandOf(register: RegisterFacts, { now }: Facts): string | undefined {
  return radioNow(register, now)?.band;
}

function channelOf(register: RegisterFacts, { now }: Facts): string | undefined {
  const channel = radioNow(register, now)?.channel;
  return channel === undefined ? undefined : `channel ${channel}`;
}

function clockOf({ clockOffsetMs }: RegisterFacts): string | undefined {
  return clockOffsetMs === undefined ? undefined : `${figure(clockOffsetMs / 1_000)} s`;
}
