/**
 * From what is wrong now, whole, to notices: a fall once, worse once, its end once and only if the fall was told and it was seen to be over.
 * `heed` remembers nothing itself: it returns the next book, and what of it is to be written. Told the same again, it changes nothing.
 */
import {
  type Book,
  type Drop,
  EXPIRES_MS,
  GATHER_MS,
  type Listener,
  type Notice,
  STEADY_MS,
  type Step,
  type Trouble,
  type Watch,
  watchKey,
} from "./notice.ts";
import { Draft, giveUp } from "./notice_draft.ts";
import { type Ends, NO_ENDS } from "./rules/ends.ts";
import { findingKey, type Severity } from "./rules/rule.ts";

export interface Round {
  readonly now: number;
  readonly channels: readonly Listener[];
  readonly open: readonly Trouble[];
  readonly ends?: Ends; // of what is not open any more; one that is not named is over
  readonly closed: boolean; // outside the venue's opening hours; false where none are set
  readonly muted: (trouble: Trouble) => boolean;
  readonly flying: ReadonlySet<string>; // notices on their way this moment: they are let be until it is known whether they arrived
  readonly newId: () => string;
}

const RETOLD: readonly Drop[] = ["effect", "muted", "quiet-hours"]; // told after all, once the reason is gone and it still is wrong

/** One round, for every channel. */
export function heed(book: Book, round: Round): Step {
  const draft = new Draft(book);
  const open = new Map(round.open.map((trouble) => [findingKey(trouble.code, trouble.subject), trouble]));
  for (const at of Object.keys(book.watches)) {
    const { channel, key } = watchParts(at);
    if (isFlying(draft, at, round)) continue;
    if (!round.channels.some(({ id }) => id === channel)) forget(draft, at, round);
    else if (!open.has(key)) heedEnd(draft, { at, unseen: whyUnseen(round.ends ?? NO_ENDS, key) }, round);
  }
  for (const channel of round.channels) {
    for (const [key, trouble] of open) {
      const at = watchKey(channel.id, key);
      if (!isFlying(draft, at, round)) heedOpen(draft, { channel, trouble, key, at }, round);
    }
  }
  for (const notice of Object.values(draft.waiting)) {
    const late = round.now - notice.madeAt > EXPIRES_MS;
    if (late && !round.flying.has(notice.id)) giveUp(draft, notice, "expired", round.now);
  }
  return draft.done();
}

function watchParts(at: string): { channel: string; key: string } {
  const space = at.indexOf(" ");
  return { channel: at.slice(0, space), key: at.slice(space + 1) };
}

function isFlying({ watches }: Draft, at: string, { flying }: Round): boolean {
  const watch = watches[at];
  const notice = watch?.kind === "waiting" ? watch.notice : watch?.kind === "told" ? watch.next : undefined;
  return notice !== undefined && flying.has(notice);
}

interface Place {
  readonly channel: Listener;
  readonly trouble: Trouble;
  readonly key: string;
  readonly at: string;
}

function heedOpen(draft: Draft, place: Place, round: Round): void {
  const { at, trouble } = place;
  const watch = draft.watches[at];
  const why = reasonAgainst(place, round);
  switch (watch?.kind) {
    case undefined:
      if (why === "milder") return; // nothing this channel is ever told
      if (why === undefined) return announce(draft, place, round);
      draft.put({ ...made(place, round, "fall"), fate: { kind: "dropped", at: round.now, why } });
      return draft.watch(at, { kind: "withheld", why, severity: trouble.severity });
    case "withheld": {
      const again = RETOLD.includes(watch.why) || graver(trouble.severity, watch.severity);
      if (why === undefined && again) return announce(draft, place, round);
      if (why === undefined || why === "milder" || why === watch.why || !again) return;
      return draft.watch(at, { kind: "withheld", why, severity: trouble.severity });
    }
    case "waiting": {
      const notice = draft.waiting[watch.notice];
      if (!notice) return;
      if (why === undefined) return renew(draft, notice, trouble);
      draft.drop(notice, why, round.now);
      return draft.watch(at, why === "milder" ? null : { kind: "withheld", why, severity: trouble.severity });
    }
    case "told":
      return heedTold(draft, place, watch, why === undefined, round);
  }
}

function heedTold(
  draft: Draft,
  place: Place,
  watch: Extract<Watch, { kind: "told" }>,
  wanted: boolean,
  round: Round,
): void {
  const { at, trouble } = place;
  const next = watch.next === undefined ? undefined : draft.waiting[watch.next];
  const worse = wanted && graver(trouble.severity, watch.fall.severity);
  switch (next?.kind) {
    case undefined: {
      if (!worse) return;
      const notice = made(place, round, "worse");
      draft.add(notice, round);
      return draft.watch(at, { ...watch, next: notice.id });
    }
    case "recovery":
      draft.drop(next, "fell-again", round.now);
      return draft.watch(at, { kind: "told", fall: { ...watch.fall, times: watch.fall.times + 1 } });
    case "fall":
    case "worse":
      if (worse) return renew(draft, next, trouble);
      draft.drop(next, "milder", round.now);
      return draft.watch(at, { kind: "told", fall: watch.fall });
  }
}

/** Why nothing is told of an end that nobody saw; it was seen when undefined. */
function whyUnseen(ends: Ends, key: string): Drop | undefined {
  const end = ends.get(key);
  switch (end) {
    case "closed":
      return "venue-closed";
    case "gone":
    case "unmeasured":
      return end;
    case "over":
    case undefined:
      return undefined;
  }
}

/** What was watched is no longer found. */
function heedEnd(draft: Draft, { at, unseen }: { readonly at: string; readonly unseen?: Drop }, round: Round): void {
  const { now, newId } = round;
  const watch = draft.watches[at];
  switch (watch?.kind) {
    case undefined:
      return;
    case "withheld":
      return draft.watch(at, null);
    case "waiting": {
      const notice = draft.waiting[watch.notice];
      if (!notice || notice.until !== undefined) return;
      if (unseen === undefined && now >= notice.dueAt) return draft.put({ ...notice, until: now });
      draft.drop(notice, unseen ?? "over-already", now);
      return draft.watch(at, null);
    }
    case "told": {
      const next = watch.next === undefined ? undefined : draft.waiting[watch.next];
      if (next?.kind === "recovery") return;
      if (next) draft.drop(next, unseen ?? "over-already", now);
      const end = {
        ...watch.fall,
        id: newId(),
        kind: "recovery" as const,
        madeAt: now,
        attempts: 0,
        trouble: undefined,
      };
      if (unseen !== undefined) {
        draft.drop({ ...end, dueAt: now }, unseen, now);
        return draft.watch(at, null);
      }
      const recovery: Notice = { ...end, until: now, dueAt: now + STEADY_MS, fate: { kind: "waiting" } };
      draft.add(recovery, round);
      return draft.watch(at, { ...watch, next: recovery.id });
    }
  }
}

/** Its channel is gone or switched off. Switched on again, it is told what is wrong then. */
function forget(draft: Draft, at: string, { now }: Round): void {
  const { channel, key } = watchParts(at);
  for (const notice of Object.values(draft.waiting)) {
    if (notice.channel === channel && notice.key === key) draft.drop(notice, "channel-off", now);
  }
  draft.watch(at, null);
}

/** Why a channel is not told of it now; nothing speaks against it when undefined. */
function reasonAgainst({ channel, trouble }: Place, { closed, muted }: Round): Drop | undefined {
  if (!channel.severities.includes(trouble.severity)) return "milder";
  if (trouble.under !== undefined) return "effect";
  if (muted(trouble)) return "muted";
  return closed && channel.when === "opening-hours" ? "quiet-hours" : undefined;
}

function announce(draft: Draft, place: Place, round: Round): void {
  const notice = made(place, round, "fall");
  draft.add(notice, round);
  draft.watch(place.at, { kind: "waiting", notice: notice.id });
}

function made({ channel, trouble, key }: Place, { now, newId }: Round, kind: Notice["kind"]): Notice {
  return {
    ...{ id: newId(), channel: channel.id, key, kind, ...words(trouble), since: trouble.since },
    ...{ times: 1, madeAt: now, dueAt: now + GATHER_MS, attempts: 0, fate: { kind: "waiting" } },
  };
}

function words({ id, severity, title, headline = title, text, runbook }: Trouble) {
  return { incident: id, severity, title: headline.replace(/\.$/, ""), text, step: runbook[0] };
}

/** It is told in its newest words. Only what changes what is done about it is worth a write. */
function renew(draft: Draft, notice: Notice, trouble: Trouble): void {
  const fell = notice.until !== undefined;
  const next: Notice = { ...notice, ...words(trouble), until: undefined, times: notice.times + (fell ? 1 : 0) };
  if (fell || next.severity !== notice.severity || next.incident !== notice.incident) draft.put(next);
  else draft.refresh(next);
}

function graver(a: Severity, b: Severity): boolean {
  const order: readonly Severity[] = ["info", "warn", "fail"];
  return order.indexOf(a) > order.indexOf(b);
}
