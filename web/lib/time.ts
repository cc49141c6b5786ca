/**
 * Instants and spans in words. The last hour is relative, today is a clock time, before that a date; hours are counted to 24, so that
 * a time has one width. Local time is this device's.
 */

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const JUST_NOW_MS = 10 * SECOND_MS; // two heartbeats: nearer than that a number would only flicker
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** "just now", "40 s ago", "4 min ago", "18:32", "21 Nov 18:32", "21 Nov 2025 18:32". */
export function sayInstant(at: number, now: number): string {
  const age = now - at;
  if (age < -HOUR_MS) return sayDateAndClock(at, now);
  if (age < JUST_NOW_MS) return "just now"; // a little ahead is two clocks that differ
  if (age < MINUTE_MS) return `${Math.floor(age / SECOND_MS)} s ago`;
  if (age < HOUR_MS) return `${Math.floor(age / MINUTE_MS)} min ago`;
  return sayDateAndClock(at, now);
}

/** "since …": as `sayInstant`, yet always a point in time: "18:32", "21 Nov 18:32". */
export function sayDateAndClock(at: number, now: number): string {
  return sameDay(at, now) ? sayClock(at) : `${sayDate(at, now)} ${sayClock(at)}`;
}

/** "19:04". */
export function sayClock(at: number): string {
  const date = new Date(at);
  return `${pad(date.getHours())}:${pad(date.getMinutes())}`;
}

/** "19:04:08". */
export function sayClockWithSeconds(at: number): string {
  return `${sayClock(at)}:${pad(new Date(at).getSeconds())}`;
}

/** "21 Nov", with the year when it is another one. */
export function sayDate(at: number, now: number): string {
  const date = new Date(at);
  const day = `${date.getDate()} ${MONTHS[date.getMonth()]}`;
  return date.getFullYear() === new Date(now).getFullYear() ? day : `${day} ${date.getFullYear()}`;
}

/** A span with its two largest units: "40 s", "12 min", "1 h 5 min", "3 d 4 h". */
export function saySpan(ms: number): string {
  const span = Math.max(0, ms);
  if (span < MINUTE_MS) return `${Math.floor(span / SECOND_MS)} s`;
  if (span < HOUR_MS) return `${Math.floor(span / MINUTE_MS)} min`;
  if (span < DAY_MS) return twoUnits(span, HOUR_MS, "h", MINUTE_MS, "min");
  return twoUnits(span, DAY_MS, "d", HOUR_MS, "h");
}

/** What is left, as a clock counts down: "4:07". */
export function sayCountdown(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / SECOND_MS));
  return `${Math.floor(seconds / 60)}:${pad(seconds % 60)}`;
}

function twoUnits(span: number, large: number, largeName: string, small: number, smallName: string): string {
  const rest = Math.floor((span % large) / small);
  const head = `${Math.floor(span / large)} ${largeName}`;
  return rest === 0 ? head : `${head} ${rest} ${smallName}`;
}

function sameDay(a: number, b: number): boolean {
  return new Date(a).toDateString() === new Date(b).toDateString();
}

function pad(value: number): string {
  return String(value).padStart(2, "0");
}
