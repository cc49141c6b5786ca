/**
 * When the venue is open, by the week and in its own time zone. Outside of it a register that is switched off is as it should be, and
 * nobody wants to be woken. Wall clock decides, so a summer time changes nothing.
 */
import { pointsOf } from "./access_point.ts";
import type { Facts } from "./facts.ts";
import type { Reading } from "./rule.ts";
import type { Span } from "./spans.ts";

const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;
const WEEK_MINUTES = 7 * DAY_MINUTES;
const LOOK_MS = 15 * MINUTE_MS; // how finely a time is searched for openings: shorter ones are not seen
const AHEAD_MS = 8 * DAY_MINUTES * MINUTE_MS; // a week has every opening there is
export const OPENING_GRACE_MS = 15 * MINUTE_MS; // people unlock the door first, then wake the iPads one by one
const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

export interface OpeningHours {
  readonly timeZone: string; // "Europe/Lisbon"
  readonly week: readonly Opening[];
}
export interface Opening {
  readonly day: number; // 0 is Monday
  readonly opens: string; // "10:00"
  readonly closes: string; // "02:00" is the next morning; the same as `opens` is a whole day
}

/** Without hours a venue is always open. */
export function isOpen(hours: OpeningHours | undefined, at: number): boolean {
  if (hours === undefined) return true;
  const now = minuteOfWeek(at, hours.timeZone);
  return hours.week.some(({ day, opens, closes }) => {
    const from = day * DAY_MINUTES + minutes(opens);
    const length = (minutes(closes) - minutes(opens) + DAY_MINUTES) % DAY_MINUTES || DAY_MINUTES;
    return (now - from + WEEK_MINUTES) % WEEK_MINUTES < length;
  });
}

/** When it opens or closes next, to the minute; undefined when it never does. */
export function nextChange(hours: OpeningHours | undefined, at: number): number | undefined {
  if (hours === undefined) return undefined;
  const state = isOpen(hours, at);
  for (let from = at; from < at + AHEAD_MS; from += LOOK_MS) {
    if (isOpen(hours, from + LOOK_MS) !== state) return changeBetween(hours, from, from + LOOK_MS);
  }
}

/** The stretches in which it is closed. */
export function closedSpans(hours: OpeningHours | undefined, { from, until }: Span): Span[] {
  const spans: Span[] = [];
  if (hours === undefined) return spans;
  for (let at = from; at < until;) {
    const next = Math.min(until, nextChange(hours, at) ?? until);
    if (!isOpen(hours, at)) spans.push({ from: at, until: next });
    at = next;
  }
  return spans;
}

/**
 * The readings with an excuse for each register that is not heard because the venue is closed, or has just opened and not woken it yet; and
 * for what such registers hang on, since they are switched off together.
 */
export function excused(
  readings: readonly Reading[],
  facts: Facts,
  hours: OpeningHours | undefined,
): readonly Reading[] {
  const why = excuseAt(hours, facts.now);
  if (why === undefined) return readings;
  const woken = new Set<string>(
    facts.registers.filter(({ heardAt = 0 }) => heardAt >= why.since).map(({ id }) => id),
  );
  const asleep = facts.registers.filter(({ id }) => !woken.has(id));
  const subjects: Readonly<Record<string, ReadonlySet<string>>> = {
    "register-silent": new Set(asleep.map(({ id }) => id)),
    "access-point-down": new Set(asleep.flatMap(({ id }) => pointsOf(facts, id))),
  };
  return readings.map((reading) =>
    subjects[reading.rule.code]?.has(reading.subject) ? { ...reading, excused: why.text } : reading
  );
}

/** `since`: who was heard after this has no excuse. */
function excuseAt(hours: OpeningHours | undefined, now: number): { text: string; since: number } | undefined {
  if (!isOpen(hours, now)) return { text: "the venue is closed", since: Infinity };
  if (hours === undefined || isOpen(hours, now - OPENING_GRACE_MS)) return undefined;
  return { text: "the venue has just opened", since: changeBetween(hours, now - OPENING_GRACE_MS, now) };
}

/** The first minute of the new state, between an instant in the old one and one in the new. */
function changeBetween(hours: OpeningHours, from: number, until: number): number {
  const after = isOpen(hours, until);
  let [low, high] = [Math.floor(from / MINUTE_MS), Math.ceil(until / MINUTE_MS)];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (isOpen(hours, middle * MINUTE_MS) === after) high = middle;
    else low = middle;
  }
  return high * MINUTE_MS;
}

const FORMATS = new Map<string, Intl.DateTimeFormat>(); // making one takes longer than using it; a venue has one zone

function minuteOfWeek(at: number, timeZone: string): number {
  const format = FORMATS.get(timeZone) ?? new Intl.DateTimeFormat("en-GB", {
    ...{ timeZone, weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  });
  FORMATS.set(timeZone, format);
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return DAYS.indexOf(parts["weekday"] ?? "") * DAY_MINUTES + Number(parts["hour"]) * 60 + Number(parts["minute"]);
}

function minutes(clock: string): number {
  const [hours = 0, rest = 0] = clock.split(":").map(Number);
  return hours * 60 + rest;
}
