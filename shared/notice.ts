/** What is told to people who are not looking at the console: one notice a channel for a fall, its getting worse and its end. */
import type { Severity } from "./rules/rule.ts";

export const GATHER_MS = 30_000; // a fall waits so long for its cause, and for others to share a message; the console rings at once
export const STEADY_MS = 5 * 60_000; // what falls again within this never ended
export const EXPIRES_MS = 24 * 60 * 60_000; // after a day it is history, and stands in the console
export const WAITING_MAX = 100; // notices that wait for one channel; the oldest gives way

export const CHANNEL_KINDS = ["webhook", "ntfy", "slack", "discord", "teams", "email"] as const;
export type ChannelKind = typeof CHANNEL_KINDS[number];

/** The parts of a channel that decide what it is told. */
export interface Listener {
  readonly id: string;
  readonly severities: readonly Severity[];
  readonly when: "any-time" | "opening-hours";
}

/** An open incident, as far as notices go. */
export interface Trouble {
  readonly id: string;
  readonly code: string;
  readonly subject: string;
  readonly severity: Severity;
  readonly title: string;
  readonly headline?: string;
  readonly text: string;
  readonly runbook: readonly string[];
  readonly since: number;
  readonly under?: string; // key of the finding that this one is an effect of
  readonly muted?: true; // it came during maintenance that is not over
}

/** Why a notice was not sent. */
export const DROPS = [
  "effect", // of something else that is told
  "muted",
  "quiet-hours",
  "over-already", // before it was due
  "venue-closed", // that alone ended it: whether it is over was not seen
  "gone", // what it is about is not on the list any more
  "unmeasured", // for long: whether it is over is not known
  "milder", // than this channel is told, before it was due
  "fell-again", // the end that it tells was none
  "expired",
  "queue-full",
  "attempts", // tried as often as it is worth
  "channel-off",
] as const;
export type Drop = typeof DROPS[number];

export type Fate =
  | { readonly kind: "waiting" }
  | { readonly kind: "sent"; readonly at: number }
  | { readonly kind: "dropped"; readonly at: number; readonly why: Drop };

export interface Notice {
  readonly id: string;
  readonly channel: string;
  readonly key: string; // of the finding
  readonly incident: string;
  readonly kind: "fall" | "worse" | "recovery";
  readonly severity: Severity;
  readonly title: string; // without a full stop
  readonly text: string;
  readonly step?: string; // the first of the runbook
  readonly since: number;
  readonly until?: number; // it has ended; a fall with an end was not told in time
  readonly times: number; // how often it fell meanwhile
  readonly madeAt: number;
  readonly dueAt: number;
  readonly attempts: number;
  readonly trouble?: string; // what came of the last attempt, in words
  readonly fate: Fate;
}

/** Where one finding stands with one channel. Absent: nothing to say of it. */
export type Watch =
  | { readonly kind: "waiting"; readonly notice: string } // the fall is on its way
  | { readonly kind: "told"; readonly fall: Notice; readonly next?: string } // next: its worse or its recovery, on its way
  | { readonly kind: "withheld"; readonly why: Drop; readonly severity: Severity };

/** All that is remembered; plain data that survives on disk. */
export interface Book {
  readonly waiting: Readonly<Record<string, Notice>>; // by id
  readonly watches: Readonly<Record<string, Watch>>; // by watchKey
}

export const EMPTY_BOOK: Book = { waiting: {}, watches: {} };

/** What of a book is to be written: notices as they are now, watches by key; null takes one away. */
export interface Changes {
  readonly notices: readonly Notice[];
  readonly watches: Readonly<Record<string, Watch | null>>;
}

export interface Step {
  readonly book: Book;
  readonly changes: Changes;
}

export function watchKey(channel: string, key: string): string {
  return `${channel} ${key}`;
}
