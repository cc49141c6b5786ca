/**
 * What is known, and nothing else: rules see only this. A field that is absent was not measured, which is neither good nor bad.
 * Times are milliseconds of the hub's clock, which decides; a register's own clock is a fact about it.
 */
import type { RegisterId } from "../ids.ts";
import type {
  AppInfo,
  DeviceInfo,
  Heartbeat,
  NetworkInfo,
  RegisterState,
  SignalReport,
  SuspectWhy,
} from "../heartbeat.ts";
import { clockAfter, type ClockReading } from "./clock_reading.ts";
import type { DhcpFact } from "./dhcp_fact.ts";
import type { NetworkFact } from "./ladder.ts";
import type { OfferFact } from "./offer_fact.ts";
import type { MdnsFact } from "./mdns_fact.ts";
import type { SurveyFact } from "./survey_fact.ts";
import { type ToldLink, toldLinks } from "./told_link.ts";
import {
  type Absence,
  absenceAfter,
  type AddressFact,
  type Fall,
  fallsAfter,
  isFall,
  type LastWords,
  type MacSeen,
  type Move,
  moveAfter,
  type RttReading,
  rttsAfter,
  wordsAfterBeat,
} from "./traces.ts";

export const SIGNAL_WINDOW_MS = 5 * 60_000; // how far back signal readings are kept for a median
export const SIGNAL_READINGS_MAX = 120; // more than one every 5 s for the window

/** One reading of a register's radio. */
export interface SignalReading {
  readonly at: number;
  readonly rssiDbm: number;
  readonly noiseDbm?: number;
}

/** A register's session with the hub, now or last. */
export interface SessionFact {
  readonly openSince?: number; // absent: no session now
  readonly calledAt?: number; // when the hub first asked whether it is there, of what was not answered since
  readonly closedAt?: number;
  readonly closedCleanly?: boolean; // its side said goodbye
  readonly rttMs?: number;
  readonly lossPercent?: number;
  readonly pings?: readonly (number | null)[]; // round trips of the last minutes in ms, every 5 s, the newest last; null: lost
  readonly unsure?: number; // pings beside them, of the same minutes, that the hub was itself too busy to measure
}

/** All that is known of one enrolled register. */
export interface RegisterFacts {
  readonly id: RegisterId;
  readonly name: string;
  readonly letter: string;
  readonly enrolledAt: number;
  readonly heardAt?: number; // last message of any kind; survives a restart of the hub
  readonly heardSinceStart: boolean; // false: nothing heard since this hub process began
  readonly sourceAddress?: string; // where its messages come from
  readonly sourceMac?: string; // by the hub's neighbour table
  readonly session?: SessionFact;
  readonly clock?: ClockReading;
  readonly clockOffsetMs?: number; // by that: positive is ahead
  readonly app?: AppInfo;
  readonly versionChangedAt?: number; // when it was first heard with another version than before
  readonly device?: DeviceInfo;
  readonly network?: NetworkInfo;
  readonly networkAt?: number; // when it last told of its band and channel
  readonly state?: RegisterState;
  readonly hiddenSince?: number; // absent while in front
  readonly configVersion?: number;
  readonly configBehindSince?: number;
  readonly unsynced?: number;
  readonly unsyncedSince?: number;
  readonly unsaved?: Readonly<Record<string, number>>; // of what it says it holds, per writer the last seq, where the hub lacks it
  readonly signal: readonly SignalReading[];
  readonly links: readonly ToldLink[];
  readonly offer?: OfferFact; // of a direct link
  readonly beatSentAt?: number; // its last heartbeat, by its own clock
  readonly lastWords?: LastWords; // absent: none, or taken back
  readonly address?: AddressFact; // asked once it went quiet
  readonly absence?: Absence; // the last one that ended
  readonly move?: Move; // the last time it came back somewhere else
  readonly falls?: readonly Fall[]; // of one working day
  readonly macs?: readonly MacSeen[]; // behind its address in the last minutes
  readonly rtts?: readonly RttReading[]; // as it measured them itself
}

/** The default gateway, as the hub finds and probes it. */
export interface RouterFact {
  readonly address?: string; // absent: the hub has no default route, or could not ask
  readonly mac?: string;
  readonly alive?: boolean; // absent: not probed, or the two last rounds disagree
  readonly since?: number; // when `alive` became what it is
  readonly rttMs?: number;
  readonly how: string; // what was measured: "TCP 443 refused in 1 ms"
  readonly checkedAt?: number;
}

/** The hub itself. */
export interface HubFact {
  readonly startedAt: number;
  readonly interfaces: readonly { readonly name: string; readonly address: string; readonly prefixLength: number }[];
  readonly storageError?: { readonly at: number; readonly message: string };
  readonly diskFreeBytes?: number; // where its data folder is
  readonly clockOffsetMs?: number; // its clock minus that of a public time server
  readonly damaged?: DamagedFact; // absent: none is known
}

/** Stored changes that the hub's disk damaged, set aside, and not brought again yet. */
export interface DamagedFact {
  readonly count: number;
  readonly checks: readonly string[]; // the numbers of some that they are of
  readonly since: number;
}

/** Settings that rules speak of, and what was answered about the place. */
export interface VenueFact {
  readonly name: string;
  readonly configVersion: number;
  readonly latestVersion?: string; // of the POS app, when the venue has named it
  readonly survey?: SurveyFact;
  readonly sync: { readonly enabled: boolean; readonly changedAt?: number; readonly openShifts: readonly RegisterId[] };
}

/** A check with a flag that a person must settle. */
export interface FlaggedCheck {
  readonly number: string;
  readonly flags: readonly { readonly code: string; readonly amount: string }[]; // the gravest first; none: settled just now
  readonly registers: readonly RegisterId[]; // which brought it about, as far as its ops tell
}

/** A check that has been open for long. */
export interface OldCheck {
  readonly number: string;
  readonly openedAt: number;
  readonly total: string;
}

/** Checks that need a person. The lists are bounded; the counts are of all. Amounts are as they are shown. */
export interface ChecksFact {
  readonly flagged: readonly FlaggedCheck[]; // the longest unchanged first
  readonly flaggedCount: number;
  readonly old: readonly OldCheck[]; // the oldest first
  readonly oldCount: number;
}

/** Changes of a register that nobody is known to hold any more, until a manager has seen it or they turn up. */
export interface LossFact {
  readonly register: RegisterId; // it may be enrolled no more
  readonly name: string;
  readonly how: "removed" | "cleared"; // un-enrolled while it held them alone; its storage lacks what it held
  readonly count: number;
  readonly named: boolean; // its heartbeat named the ops; false: only how many
  readonly heardAt?: number; // when it was last heard with them
  readonly since: number;
}

/** What no sound peer sends. */
export type SuspectWhat = SuspectWhy | "flood" | "wrong-name" | "unknown-token";

export interface SuspicionFact {
  readonly subject: RegisterId | "hub" | "venue"; // who sent it; the venue for one who is not enrolled
  readonly by: RegisterId | "hub"; // who got it
  readonly what: SuspectWhat;
  readonly detail?: string; // the op, what was wrong with a message, or where it came from
  readonly times: number;
  readonly since: number;
  readonly lastAt: number;
}

export interface Facts {
  readonly now: number;
  readonly venue: VenueFact;
  readonly hub: HubFact;
  readonly router: RouterFact;
  readonly network?: NetworkFact; // absent: no round of probes has ended
  readonly mdns?: MdnsFact; // absent: switched off
  readonly dhcp?: DhcpFact; // absent: nobody has asked
  readonly registers: readonly RegisterFacts[];
  readonly checks?: ChecksFact;
  readonly losses?: readonly LossFact[];
  readonly suspicions?: readonly SuspicionFact[];
}

/** A register that was enrolled and has not been heard yet. */
export function newRegisterFacts(
  { id, name, letter, enrolledAt }: Pick<RegisterFacts, "id" | "name" | "letter" | "enrolledAt">,
): RegisterFacts {
  return { id, name, letter, enrolledAt, heardSinceStart: false, signal: [], links: [] };
}

/** What is known of a register after a heartbeat that reached us at `now` from `source`. */
export function noteHeartbeat(
  register: RegisterFacts,
  beat: Heartbeat,
  { now, source, configVersion }: { now: number; source?: string; configVersion: number },
): RegisterFacts {
  const changed = register.app !== undefined && register.app.version !== beat.app.version;
  const hidden = beat.state?.foreground === undefined ? undefined : !beat.state.foreground;
  const behind = beat.configVersion === undefined ? undefined : beat.configVersion < configVersion;
  const sentAt = Date.parse(beat.sentAt);
  const clock = clockAfter(register.clock, sentAt, now);
  const absence = absenceAfter(register.absence, register.heardAt, now);
  const kind = beat.state?.lastWords ?? (hidden ? "hidden" : undefined);
  const lastWords = wordsAfterBeat(register.lastWords, { kind, sentAt, now });
  return {
    ...register,
    heardAt: now,
    heardSinceStart: true,
    beatSentAt: sentAt,
    absence,
    move: moveAfter(register.move, {
      absence,
      was: { address: register.sourceAddress, ssid: register.network?.ssid },
      is: { address: source, ssid: beat.network?.ssid },
      now,
    }),
    lastWords,
    macs: source === undefined || source === register.sourceAddress ? register.macs : undefined,
    falls: fallsAfter(
      register.falls ?? [],
      isFall(register.lastWords, lastWords) ? beat.state?.idleSeconds : undefined,
      now,
    ),
    rtts: rttsAfter(register.rtts ?? [], rttOf(beat, now), now),
    sourceAddress: source ?? register.sourceAddress,
    clock,
    clockOffsetMs: clock.offsetMs,
    app: beat.app,
    versionChangedAt: changed ? now : register.versionChangedAt,
    device: beat.device ?? register.device,
    network: beat.network ?? register.network,
    networkAt: beat.network ? now : register.networkAt,
    state: beat.state ?? register.state,
    hiddenSince: sinceWhen(hidden, register.hiddenSince, now),
    configVersion: beat.configVersion ?? register.configVersion,
    configBehindSince: sinceWhen(behind, register.configBehindSince, now),
    unsynced: beat.unsynced ?? register.unsynced,
    unsyncedSince: sinceWhen(beat.unsynced === undefined ? undefined : beat.unsynced > 0, register.unsyncedSince, now),
    signal: withReading(register.signal, { at: now, ...beat.network }, now),
    links: beat.links ? toldLinks(register.links, beat.links, { now, aheadMs: clock.offsetMs ?? 0 }) : register.links,
  };
}

/**
 * What is known of a register after a signal report that reached us at `now`. A Shortcut runs while the app is dead, so it is news of the
 * radio and no sign of life: nothing but the radio changes. What it measured counts from when it measured it, by the register's clock as
 * far as its heartbeats showed how wrong that is; older than the window, it changes nothing.
 */
export function noteSignal(register: RegisterFacts, report: SignalReport, now: number): RegisterFacts {
  const { rssiDbm, noiseDbm, takenAt, ...place } = report;
  const taken = takenAt === undefined ? now : Date.parse(takenAt) - (register.clockOffsetMs ?? 0);
  const at = Math.min(now, taken);
  if (now - at > SIGNAL_WINDOW_MS) return register;
  const signal = withReading(register.signal, { at, rssiDbm, noiseDbm }, now);
  if (signal.at(-1)?.at !== at) return { ...register, signal }; // a later one has said where it is
  const known = Object.fromEntries(Object.entries(place).filter(([, value]) => value !== undefined));
  const networkAt = place.band ?? place.channel ? at : register.networkAt;
  return { ...register, signal, networkAt, network: { ...register.network, ...known, rssiDbm, noiseDbm } };
}

/** The round trip to the hub that a heartbeat tells. */
function rttOf({ links }: Heartbeat, at: number): RttReading | undefined {
  const link = links?.find(({ peer }) => peer === "hub");
  return link?.rttMs === undefined ? undefined : { at, rttMs: link.rttMs, lossPercent: link.lossPercent };
}

/** The instant a condition began: kept while it lasts, gone when it ends, unchanged while it is not known. */
function sinceWhen(holds: boolean | undefined, since: number | undefined, now: number): number | undefined {
  if (holds === undefined) return since;
  return holds ? since ?? now : undefined;
}

/** Readings of the window in the order in which they were taken, with `reading` among them if it has a signal. */
function withReading(
  signal: readonly SignalReading[],
  { at, rssiDbm, noiseDbm }: Partial<SignalReading> & { at: number },
  now: number,
): readonly SignalReading[] {
  const recent = signal.filter((reading) => now - reading.at <= SIGNAL_WINDOW_MS);
  if (rssiDbm === undefined) return recent;
  return [...recent, { at, rssiDbm, noiseDbm }].sort((a, b) => a.at - b.at).slice(-SIGNAL_READINGS_MAX);
}
