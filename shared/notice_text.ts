/** A message in plain words, for every kind of channel: one notice as it is, several as one digest. How an instant is said is handed in. */
import type { Notice } from "./notice.ts";
import { count, span } from "./rules/words.ts";

const DIGEST_LINES_MAX = 20; // more is not read on a phone
const HELD_MS = 10 * 60_000; // a message that is later than this says why

/** How it is to be shown: a colour, an icon, a priority. */
export type Mood = "fail" | "warn" | "over" | "test";

/** One notice, for machines. Its id stays the same when a message has to be sent again. */
export interface Told {
  readonly id: string;
  readonly kind: Notice["kind"];
  readonly incident: string;
  readonly code: string;
  readonly subject: string;
  readonly severity: Notice["severity"];
  readonly title: string;
  readonly text: string;
  readonly since: number;
  readonly until?: number;
}

export interface Message {
  readonly venue: string;
  readonly mood: Mood;
  readonly title: string;
  readonly text: string; // several lines
  readonly notices: readonly Told[]; // none: a test
  readonly at: number;
}

export interface Speech {
  readonly venue: string;
  readonly now: number;
  readonly sayInstant: (at: number) => string; // "19:04", with the date when it is another day
}

export function testMessage({ venue, now }: Speech): Message {
  const text = "This is a test. Notices of this venue arrive here.";
  return { venue, mood: "test", title: `${venue}: test notice`, text, notices: [], at: now };
}

/** What is due for one channel, as one message. */
export function messageOf(notices: readonly Notice[], speech: Speech): Message {
  const [first, ...others] = notices;
  if (!first) throw new Error("Cannot write a message: there is nothing to tell");
  const { venue, now } = speech;
  const told = notices.map(toTold);
  const common = { venue, mood: moodOf(notices), notices: told, at: now };
  const lead = heldWords(notices, speech);
  if (others.length > 0) {
    const lines = notices.slice(0, DIGEST_LINES_MAX).map((notice) => `• ${line(notice, speech)}`);
    const left = notices.length - lines.length;
    const more = left > 0 ? [`and ${count(left, "more thing")}; the console has them all`] : [];
    const title = `${venue}: ${count(notices.length, "thing")} happened`;
    return { ...common, title, text: [...lead, ...lines, ...more].join("\n") };
  }
  const over = first.until !== undefined;
  const title = `${venue}: ${over ? "over: " : ""}${first.title}`;
  return { ...common, title, text: [...lead, ...(over ? endWords(first, speech) : fallWords(first))].join("\n") };
}

function fallWords({ text, step }: Notice): string[] {
  return step === undefined ? [text] : [text, `First step: ${step}`];
}

function endWords(notice: Notice, { sayInstant }: Speech): string[] {
  const { since, until = since, times } = notice;
  const words = `It lasted ${span(until - since)}, from ${sayInstant(since)} to ${sayInstant(until)}.`;
  return times > 1 ? [words, `It came and went ${times} times.`] : [words];
}

function line(notice: Notice, { sayInstant }: Speech): string {
  const { title, since, until, times } = notice;
  const often = times > 1 ? `, ${times} times` : "";
  return until === undefined
    ? `${title}, since ${sayInstant(since)}${often}`
    : `Over: ${title}, from ${sayInstant(since)} to ${sayInstant(until)} (${span(until - since)}${often})`;
}

/** Why it comes so late. */
function heldWords(notices: readonly Notice[], { now, sayInstant }: Speech): string[] {
  const earliest = Math.min(...notices.map(({ dueAt }) => dueAt));
  return now - earliest < HELD_MS ? [] : [`Nothing could be sent from here since ${sayInstant(earliest)}.`];
}

function moodOf(notices: readonly Notice[]): Mood {
  const open = notices.filter(({ until }) => until === undefined);
  if (open.length === 0) return "over";
  return open.some(({ severity }) => severity === "fail") ? "fail" : "warn";
}

function toTold({ id, kind, incident, key, severity, title, text, since, until }: Notice): Told {
  const [code = "", subject = ""] = key.split(" ");
  return { id, kind, incident, code, subject, severity, title, text, since, until };
}
