/** A shop where all is well, for tests of rules: three registers on one Wi-Fi, five seconds from one heartbeat to the next. */
import { Heartbeat } from "../heartbeat.ts";
import { type Facts, newRegisterFacts, noteHeartbeat, type RegisterFacts } from "./facts.ts";
import { fineNetwork } from "./network_fixture.ts";
import type { Outcome, Rule } from "./rule.ts";

export const NOON = 1_795_435_200_000; // any instant does
export const HUB_ADDRESS = "192.168.1.10";
const ROUTER_MAC = "a4:2b:b0:00:00:01";
const DAY_MS = 24 * 60 * 60_000;

/** Any part of a heartbeat as a register would send it, by path of two at most. */
export interface BeatParts {
  sentAt?: string;
  app?: { version: string; build?: string };
  configVersion?: number | null;
  device?: Record<string, unknown> | null;
  network?: Record<string, unknown> | null;
  state?: Record<string, unknown> | null;
  unsynced?: number | null;
  links?: readonly Record<string, unknown>[];
}

/** A heartbeat of a register in order, with some parts otherwise. */
export function beatAt(now: number, address: string, parts: BeatParts = {}): Heartbeat {
  const { device, network, state, ...rest } = parts;
  return Heartbeat.parse({
    sentAt: new Date(now).toISOString(),
    app: { version: "3.2.0" },
    configVersion: 7,
    device: device === null ? null : { model: "iPad Air (5th generation)", os: "iPadOS 18.1", ...device },
    network: network === null ? null : {
      ssid: "Shop",
      bssid: "a4:2b:b0:01:02:03",
      band: "5GHz",
      channel: 44,
      rssiDbm: -55,
      noiseDbm: -92,
      utilisationPercent: 20,
      address,
      prefixLength: 24,
      gateway: "192.168.1.1",
      ...network,
    },
    state: state === null ? null : { foreground: true, autoLock: "never", wakeLock: true, shiftOpen: true, ...state },
    unsynced: 0,
    ...rest,
  });
}

/** The n-th register (0 is A) as enrolled, not heard yet. */
export function enrolled(n: number, name: string): RegisterFacts {
  return {
    ...newRegisterFacts({
      id: `reg${n}0000`,
      name,
      letter: "ABCDEFGH"[n] ?? "Z",
      enrolledAt: NOON - DAY_MS + n * 60_000,
    }),
    sourceMac: `02:00:00:00:00:0${n}`,
  };
}

export function addressOf(n: number): string {
  return `192.168.1.${21 + n}`;
}

/** Bar, Till 1 and Terrace, each heard at NOON, and all in order. */
export function healthyFacts(): Facts {
  const registers = ["Bar", "Till 1", "Terrace"].map((name, n) => threeBeats(enrolled(n, name), addressOf(n)));
  const metres = Object.fromEntries(registers.map(({ id }) => [id, 4]));
  const facts = emptyFacts();
  const survey = { router: "alone" as const, metres, walks: [] };
  return {
    ...facts,
    registers: registers.map((register) => connected(register, registers)),
    venue: { ...facts.venue, survey },
  };
}

/** In a session with quick answers, and with a direct link to each of the others. */
function connected(register: RegisterFacts, all: readonly RegisterFacts[]): RegisterFacts {
  const since = new Date(NOON - 60 * 60_000).toISOString();
  const others = all.filter(({ id }) => id !== register.id);
  return {
    ...register,
    session: { openSince: NOON - 60 * 60_000, rttMs: 3, lossPercent: 0, pings: Array<number>(60).fill(3) },
    macs: [{ mac: register.sourceMac ?? "", since: NOON - 60_000, at: NOON }],
    links: others.map(({ id }) => ({ peer: id, path: "direct", rttMs: 3, lossPercent: 0, since, why: undefined })),
  };
}

/** Three heartbeats, the last at NOON: as many as a verdict on the signal needs. */
function threeBeats(register: RegisterFacts, source: string): RegisterFacts {
  return [NOON - 10_000, NOON - 5_000, NOON].reduce(
    (heard, now) => noteHeartbeat(heard, beatAt(now, source), { now, source, configVersion: 7 }),
    register,
  );
}

/** A hub that has run for an hour and knows its router, without registers. */
export function emptyFacts(): Facts {
  return {
    now: NOON,
    venue: { name: "Bar Lola", configVersion: 7, sync: { enabled: true, openShifts: [] } },
    hub: {
      startedAt: NOON - 60 * 60_000,
      interfaces: [
        { name: "lo", address: "127.0.0.1", prefixLength: 8 },
        { name: "eth0", address: HUB_ADDRESS, prefixLength: 24 },
      ],
      diskFreeBytes: 20_000_000_000,
      clockOffsetMs: 3,
    },
    network: fineNetwork(NOON),
    router: {
      address: "192.168.1.1",
      mac: ROUTER_MAC,
      alive: true,
      since: NOON - 60 * 60_000,
      how: "TCP 443 refused in 1 ms",
    },
    dhcp: { kind: "known", askedAt: NOON - 60_000, servers: [{ address: "192.168.1.1", mac: ROUTER_MAC }] },
    mdns: { name: "counterpart.local", hosts: [] },
    registers: [],
    checks: { flagged: [], flaggedCount: 0, old: [], oldCount: 0 },
    losses: [],
    suspicions: [],
  };
}

/** The same facts with the n-th register changed. */
export function withRegister(facts: Facts, n: number, change: Partial<RegisterFacts>): Facts {
  return { ...facts, registers: facts.registers.map((register, i) => i === n ? { ...register, ...change } : register) };
}

/** The same facts with a heartbeat of the n-th register that says something else. */
export function withBeat(facts: Facts, n: number, parts: BeatParts, source = addressOf(n)): Facts {
  const registers = facts.registers.map((register, i) =>
    i === n
      ? noteHeartbeat(register, beatAt(facts.now, addressOf(n), parts), { now: facts.now, source, configVersion: 7 })
      : register
  );
  return { ...facts, registers };
}

/** What a rule says of the n-th register, or of the rule's only subject. */
export function outcomeOf(rule: Rule, facts: Facts, n = 0): Outcome {
  const subjects = rule.subjects(facts);
  const subject = subjects.length === facts.registers.length ? subjects[n] : subjects[0];
  if (subject === undefined) throw new Error("No such subject");
  return rule.test(facts, subject);
}

/** "healthy", "unknown", or the severity. */
export function levelOf(outcome: Outcome): string {
  return outcome.kind === "broken" ? outcome.severity : outcome.kind;
}
