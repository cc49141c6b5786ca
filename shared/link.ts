/**
 * The path between two registers, as one of them sees it: through the hub, or direct. The relay is there first and always; direct is
 * an upgrade, tried in the background, trusted for two missed beats, and doubted before it is given up. Pure: each event gives the
 * next state, time and chance are handed in.
 *
 *   relay ──► trying ──► proving ──► direct ⇄ doubt ──► relay
 *
 * While a channel is open (proving, direct, doubt) ops go over it and over the hub, so none of these steps can lose one. What changes
 * is what people are told, and when the next try is.
 */

export const BEAT_MS = 2_000; // a lost link is noticed before staff walk from one register to the other
export const TRUST_MS = 5_000; // two missed beats and a second for a busy device
export const DOUBT_MAX_MS = 10_000; // a Wi-Fi roam or a screen lock ends within this; then the channel is closed
export const TRY_WITHIN_MS = 4_000; // channels that open do so in about one second
export const STEADY_MS = 5_000; // how long a link that failed before must answer until it counts again
export const SETTLED_MS = 60_000; // direct for this long: earlier failures are forgotten
export const RETRY_FIRST_MS = 2_000;
export const RETRY_MAX_MS = 60_000; // a network that keeps devices apart is asked once a minute
const HERE_WITHIN_MS = 500; // a peer that has just come is tried within this, not by all in the same instant
const BEATS_KEPT = 24; // loss is counted over these: 48 s
const RTT_MEDIAN_OF = 5;

/** Why ops go through the hub. */
export type RelayWhy =
  | "not-tried" // has not been its turn yet
  | "peer-away" // nobody who could pass an offer on reaches it
  | "no-answer" // the offer was not answered
  | "no-route" // offers were exchanged, yet no packet got through
  | "quiet" // the channel stopped answering
  | "closed" // the other side, or its device, closed the channel
  | "replaced" // the link was begun anew: the other side had lost it
  | "garbage" // it sent what is not a message
  | "suspect" // it kept sending ops that do not fit what is held here
  | "wrong-identity" // it is not who it should be
  | "other-version" // it speaks another version of the direct protocol
  | "unsupported" // this device cannot do it
  | "peer-unsupported" // the other cannot
  | "refused"; // whoever passes offers on would not take this one

export type Path =
  | { readonly kind: "relay"; readonly since: number; readonly why: RelayWhy; readonly retryAt: number }
  | { readonly kind: "trying"; readonly since: number; readonly met: boolean; readonly before: RelayWhy }
  | { readonly kind: "proving"; readonly since: number; readonly before: RelayWhy }
  | { readonly kind: "direct"; readonly since: number }
  | { readonly kind: "doubt"; readonly since: number };

interface Beat {
  readonly n: number;
  readonly sentAt: number;
  readonly rttMs?: number;
}

export interface LinkState {
  readonly path: Path;
  readonly shownSince: number; // since when `shown` is what it is
  readonly failures: number; // in a row; grows the wait, and asks for steadiness
  readonly asked: number; // beats sent, ever: the number of the newest
  readonly beats: readonly Beat[]; // the newest last
  readonly provenAt: number; // when the channel last answered
}

export type LinkEvent =
  | { readonly kind: "attempt" } // an offer was made, asked for, or taken
  | { readonly kind: "met" } // the other side takes part in it
  | { readonly kind: "opened" } // a channel is open and the other side is who it should be
  | { readonly kind: "beat" } // we asked
  | { readonly kind: "echo"; readonly n: number } // it answered beat `n`
  | { readonly kind: "failed"; readonly why: RelayWhy }
  | { readonly kind: "here" } // the hub says that the peer has come
  | { readonly kind: "slept" } // this device stopped for a while: what was not answered then says nothing
  | { readonly kind: "tick" };

/** What people are told. Trying and proving are still relay. */
export type Shown = "relay" | "direct" | "doubt";

export interface Switch {
  readonly at: number;
  readonly from: Shown;
  readonly to: Shown;
  readonly why: RelayWhy | "proven" | "steady" | "missed-beats";
}

export function newLink(now: number): LinkState {
  const path: Path = { kind: "relay", since: now, why: "not-tried", retryAt: now };
  return { path, shownSince: now, failures: 0, asked: 0, beats: [], provenAt: now };
}

/** The state after `event`. `dice`: a number from 0 to 1, for the jitter of the next try. */
export function step(link: LinkState, event: LinkEvent, now: number, dice: number): LinkState {
  const next = after(link, event, now, dice);
  return shown(next) === shown(link) ? next : { ...next, shownSince: now };
}

function after(link: LinkState, event: LinkEvent, now: number, dice: number): LinkState {
  const { path } = link;
  switch (event.kind) {
    case "attempt":
      return begun(link, now);
    case "met":
      return path.kind === "trying" ? { ...link, path: { ...path, met: true } } : link;
    case "opened":
      if (path.kind !== "trying") return link;
      return { ...link, path: { kind: "proving", since: now, before: path.before }, provenAt: now };
    case "beat":
      return beaten(link, now);
    case "echo":
      return answered(link, event.n, now);
    case "failed":
      return failed(link, event.why, now, dice);
    case "here":
      if (path.kind !== "relay") return link;
      return {
        ...link,
        failures: Math.min(1, link.failures),
        path: { ...path, retryAt: Math.min(path.retryAt, now + dice * HERE_WITHIN_MS) },
      };
    case "slept":
      return { ...link, beats: link.beats.filter(({ rttMs }) => rttMs !== undefined), provenAt: now };
    case "tick":
      return passed(link, now, dice);
  }
}

/** A link that is begun anew while it is open has failed at its other end, and must be steady here, too. */
function begun(link: LinkState, now: number): LinkState {
  const before = isOpen(link) ? "replaced" : relayWhy(link);
  const failures = isOpen(link) ? Math.max(1, link.failures) : link.failures;
  return { ...link, path: { kind: "trying", since: now, met: false, before }, failures, beats: [] };
}

function beaten(link: LinkState, now: number): LinkState {
  const asked = link.asked + 1;
  return { ...link, asked, beats: [...link.beats, { n: asked, sentAt: now }].slice(-BEATS_KEPT) };
}

function answered(link: LinkState, n: number, now: number): LinkState {
  const beat = link.beats.find((sent) => sent.n === n && sent.rttMs === undefined);
  if (!beat || !isOpen(link)) return link;
  const rttMs = Math.max(0, now - beat.sentAt);
  const beats = link.beats.map((sent) => sent === beat ? { ...sent, rttMs } : sent);
  const proven = { ...link, beats, provenAt: now };
  if (link.path.kind === "doubt") {
    return { ...proven, failures: Math.max(1, link.failures), path: { kind: "proving", since: now, before: "quiet" } };
  }
  return steady(proven, now);
}

/** Time alone has passed. */
function passed(link: LinkState, now: number, dice: number): LinkState {
  const { path } = link;
  const quiet = now - link.provenAt > TRUST_MS;
  switch (path.kind) {
    case "relay":
      return link;
    case "trying":
      return now - path.since > TRY_WITHIN_MS ? failed(link, path.met ? "no-route" : "no-answer", now, dice) : link;
    case "proving":
      return quiet ? { ...link, path: { kind: "doubt", since: now } } : steady(link, now);
    case "direct":
      if (quiet) return { ...link, path: { kind: "doubt", since: now } };
      return link.failures > 0 && now - path.since >= SETTLED_MS ? { ...link, failures: 0 } : link;
    case "doubt":
      return now - path.since > DOUBT_MAX_MS ? failed(link, "quiet", now, dice) : link;
  }
}

/** A first link counts once it has answered; one that failed before must answer for a while, so that it does not flap. */
function steady(link: LinkState, now: number): LinkState {
  const { path, failures, beats } = link;
  if (path.kind !== "proving" || !beats.some(({ rttMs }) => rttMs !== undefined)) return link;
  if (failures > 0 && now - path.since < STEADY_MS) return link;
  return { ...link, path: { kind: "direct", since: now } };
}

function failed(link: LinkState, why: RelayWhy, now: number, dice: number): LinkState {
  const wait = Math.min(RETRY_MAX_MS, RETRY_FIRST_MS * 2 ** link.failures);
  const retryAt = now + wait / 2 + (wait / 2) * dice; // half of it is chance: a whole venue must not try at once
  const path: Path = { kind: "relay", since: now, why, retryAt };
  return { ...link, path, failures: link.failures + 1, beats: [] };
}

/** Whether a channel is open, so that ops go over it. */
export function isOpen({ path }: LinkState): boolean {
  return path.kind === "proving" || path.kind === "direct" || path.kind === "doubt";
}

export function isTryDue({ path }: LinkState, now: number): boolean {
  return path.kind === "relay" && now >= path.retryAt;
}

export function isBeatDue(link: LinkState, now: number): boolean {
  return isOpen(link) && now - (link.beats.at(-1)?.sentAt ?? Number.NEGATIVE_INFINITY) >= BEAT_MS;
}

export function shown({ path }: LinkState): Shown {
  return path.kind === "direct" || path.kind === "doubt" ? path.kind : "relay";
}

/** Why it is not direct; while it is direct, the newest reason is that it was. */
export function relayWhy({ path }: LinkState): RelayWhy {
  switch (path.kind) {
    case "relay":
      return path.why;
    case "trying":
    case "proving":
      return path.before;
    case "direct":
    case "doubt":
      return "quiet";
  }
}

/** The record of a switch, if `after` shows something else than `before`. */
export function switchBetween(before: LinkState, after: LinkState): Switch | undefined {
  const [from, to] = [shown(before), shown(after)];
  if (from === to) return undefined;
  const why = to === "doubt"
    ? "missed-beats"
    : to === "relay"
    ? relayWhy(after)
    : after.failures > 0
    ? "steady"
    : "proven";
  return { at: after.shownSince, from, to, why };
}

/** Round trip (median of the last five answers) and loss over the last beats; absent while nothing was measured. */
export function quality({ beats }: LinkState, now: number): { rttMs?: number; lossPercent?: number } {
  const due = beats.filter(({ rttMs, sentAt }) => rttMs !== undefined || now - sentAt > TRUST_MS);
  const lost = due.filter(({ rttMs }) => rttMs === undefined || rttMs > TRUST_MS).length;
  const recent = beats.flatMap(({ rttMs }) => rttMs ?? []).slice(-RTT_MEDIAN_OF).sort((a, b) => a - b);
  return {
    rttMs: recent[Math.floor(recent.length / 2)],
    lossPercent: due.length === 0 ? undefined : (lost / due.length) * 100,
  };
}
