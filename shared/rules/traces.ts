/**
 * What a register leaves behind that tells later why it went quiet: its last words, absences, moves, the hardware behind its address, round
 * trips. Each is a bounded piece of what is known of it; how it grows is said here.
 */
import type { LastWordsKind } from "../last_words.ts";

export const STRAY_MS = 10_000; // a heartbeat and last words sent within this may overtake each other; more is a clock that was set
export const ABSENCE_MS = 15_000; // as late as three heartbeats: shorter gaps are nothing
export const SETTLING_MS = 10_000; // after coming back, how long the first heartbeat takes to say where it is now
export const FALLS_MAX = 12; // enough to see a habit
export const FALLS_WINDOW_MS = 12 * 60 * 60_000; // one working day: settings are changed overnight
export const RTT_WINDOW_MS = 5 * 60_000;
export const RTT_READINGS_MAX = 120; // one every 2.5 s for the window
export const MACS_WINDOW_MS = 10 * 60_000;
export const MACS_MAX = 8;

/** What it said when it went. It holds until the register says something that was sent later. */
export interface LastWords {
  readonly kind: LastWordsKind;
  readonly at: number; // when the hub heard it
  readonly sentAt: number; // by the register's own clock
}

/** Whether the address of a register that went quiet answers. */
export interface AddressFact {
  readonly address: string;
  readonly answers?: boolean; // absent: what was measured proves neither
  readonly how: string; // what was measured: "It answered a ping in 3 ms"
  readonly at: number;
}

/** It was not heard for a while and is back. */
export interface Absence {
  readonly from: number;
  readonly to: number;
}

/** It came back from an absence somewhere else. */
export interface Move {
  readonly at: number;
  readonly what: "address" | "Wi-Fi";
  readonly from: string;
  readonly to: string;
}

/** The screen went away this long after it was last touched. */
export interface Fall {
  readonly at: number;
  readonly idleMs: number;
}

/** A hardware address that was behind the register's address while it was heard. */
export interface MacSeen {
  readonly mac: string;
  readonly since: number;
  readonly at: number; // when it was last seen there
}

/** A round trip to the hub as the register itself measured it, and the loss it counted. */
export interface RttReading {
  readonly at: number;
  readonly rttMs: number;
  readonly lossPercent?: number;
}

/** The words that hold after `said`. Older ones than what was said since change nothing; "closing" is not taken back by "hidden". */
export function wordsAfter(before: LastWords | undefined, said: LastWords, beatSentAt: number | undefined) {
  if (isStray(said.sentAt, beatSentAt)) return before;
  if (before === undefined) return said;
  if (isStray(said.sentAt, before.sentAt)) return before;
  if (before.kind === "closing" && said.kind === "hidden" && said.sentAt === before.sentAt) return before;
  return before.kind === said.kind ? { ...before, sentAt: said.sentAt } : said;
}

/** The words that hold after a heartbeat: one without any takes them back, unless it was on its way when they were said. */
export function wordsAfterBeat(
  before: LastWords | undefined,
  { kind, sentAt, now }: { readonly kind: LastWordsKind | undefined; readonly sentAt: number; readonly now: number },
): LastWords | undefined {
  if (kind !== undefined) return wordsAfter(before, { kind, at: now, sentAt }, undefined);
  return before !== undefined && isStray(sentAt, before.sentAt) ? before : undefined;
}

/** Sent before `other`, by a little. */
function isStray(sentAt: number, other: number | undefined): boolean {
  return other !== undefined && sentAt < other && other - sentAt <= STRAY_MS;
}

/** The last absence after something was heard at `now`. */
export function absenceAfter(before: Absence | undefined, heardAt: number | undefined, now: number) {
  return heardAt !== undefined && now - heardAt >= ABSENCE_MS ? { from: heardAt, to: now } : before;
}

/** Where a register is, as far as it can be told by comparing. */
export interface Place {
  readonly address: string | undefined;
  readonly ssid: string | undefined;
}

/** The move that a heartbeat shows: it came back just now, and from somewhere else. */
export function moveAfter(
  before: Move | undefined,
  { absence, was, is, now }: {
    readonly absence: Absence | undefined;
    readonly was: Place;
    readonly is: Place;
    readonly now: number;
  },
): Move | undefined {
  if (absence === undefined || now - absence.to > SETTLING_MS) return before;
  if (was.ssid !== undefined && is.ssid !== undefined && was.ssid !== is.ssid) {
    return { at: now, what: "Wi-Fi", from: was.ssid, to: is.ssid };
  }
  if (was.address !== undefined && is.address !== undefined && was.address !== is.address) {
    return { at: now, what: "address", from: was.address, to: is.address };
  }
  return before;
}

/** Whether the screen went away between the two. */
export function isFall(before: LastWords | undefined, after: LastWords | undefined): boolean {
  return before === undefined && after?.kind === "hidden";
}

/** Falls of one working day, with one more if it is known how long nobody had touched the screen. */
export function fallsAfter(falls: readonly Fall[], idleSeconds: number | undefined, now: number): readonly Fall[] {
  const recent = falls.filter(({ at }) => now - at <= FALLS_WINDOW_MS);
  if (idleSeconds === undefined) return recent;
  return [...recent, { at: now, idleMs: idleSeconds * 1_000 }].slice(-FALLS_MAX);
}

/** The hardware addresses of the last minutes after `mac` was seen at `now`, in the order in which they came. */
export function macsAfter(macs: readonly MacSeen[], mac: string, now: number): readonly MacSeen[] {
  const recent = macs.filter(({ at }) => now - at <= MACS_WINDOW_MS);
  const last = recent.at(-1);
  if (last?.mac === mac) return [...recent.slice(0, -1), { ...last, at: now }];
  return [...recent, { mac, since: now, at: now }].slice(-MACS_MAX);
}

/** Round trips of the window with one more. */
export function rttsAfter(rtts: readonly RttReading[], reading: RttReading | undefined, now: number) {
  const recent = rtts.filter(({ at }) => now - at <= RTT_WINDOW_MS);
  return reading === undefined ? recent : [...recent, reading].slice(-RTT_READINGS_MAX);
}
