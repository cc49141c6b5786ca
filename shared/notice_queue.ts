/**
 * How notices leave the queue: what of a channel is due goes as one message, a message that did not get through is tried again after a
 * growing wait, and each notice ends once, with its fate. The clock and chance are handed in.
 */
import { type Book, type Listener, type Notice, STEADY_MS, type Step, watchKey } from "./notice.ts";
import { Draft, giveUp } from "./notice_draft.ts";

export const ATTEMPTS_MAX = 40; // at most 15 min apart: some nine hours of trying
const BACK_OFF_FIRST_MS = 15_000;
export const BACK_OFF_MAX_MS = 15 * 60_000; // a service that is down for an hour is back within a quarter of one

/** What a channel that is reached over the internet waits for. */
export const OFFLINE_CODES: readonly string[] = ["router-down", "modem-down", "internet-down"];

/** What a channel may be told now, in the order in which it happened. What has ended does not wake anybody in quiet hours. */
export function due(book: Book, { id, when }: Listener, { now, closed }: { now: number; closed: boolean }): Notice[] {
  const quiet = closed && when === "opening-hours";
  return Object.values(book.waiting)
    .filter((notice) => notice.channel === id && isDue(notice, now) && !(quiet && notice.until !== undefined))
    .toSorted((a, b) => a.since - b.since || a.madeAt - b.madeAt || (a.id < b.id ? -1 : 1));
}

/** A time to come that is further off than any wait belongs to a clock that was set back since. */
function isDue({ dueAt }: Notice, now: number): boolean {
  return dueAt <= now || dueAt - now > STEADY_MS;
}

/** A message with these notices got through. What the book learned of them meanwhile was not in it, and is told next. */
export function sent(book: Book, notices: readonly Notice[], now: number): Step {
  const draft = new Draft(book);
  for (const notice of notices) {
    if (!draft.waiting[notice.id]) continue; // given up while it was on its way: its fate is written
    draft.put({ ...notice, attempts: notice.attempts + 1, trouble: undefined, fate: { kind: "sent", at: now } });
    settle(draft, notice);
  }
  return draft.done();
}

/** A message with these notices did not get through. */
export function failed(book: Book, notices: readonly Notice[], trouble: string, now: number): Step {
  const draft = new Draft(book);
  for (const { id } of notices) {
    const notice = draft.waiting[id];
    if (!notice) continue;
    const next = { ...notice, attempts: notice.attempts + 1, trouble };
    if (next.attempts >= ATTEMPTS_MAX) giveUp(draft, next, "attempts", now);
    else draft.put(next);
  }
  return draft.done();
}

/** How long to wait after the `tries`-th failure in a row; `chance` from 0 to 1 spreads hubs that failed together. */
export function backOffMs(tries: number, chance: number): number {
  const full = Math.min(BACK_OFF_MAX_MS, BACK_OFF_FIRST_MS * 2 ** Math.min(tries - 1, 20));
  return full / 2 + chance * full / 2;
}

/** Where its finding stands now that people know. */
function settle(draft: Draft, notice: Notice): void {
  const at = watchKey(notice.channel, notice.key);
  const watch = draft.watches[at];
  switch (notice.kind) {
    case "fall":
      return draft.watch(at, notice.until === undefined ? { kind: "told", fall: notice } : null);
    case "worse": {
      if (watch?.kind !== "told") return;
      const fall = { ...notice, since: watch.fall.since, times: watch.fall.times };
      return draft.watch(at, { kind: "told", fall });
    }
    case "recovery":
      return draft.watch(at, null);
  }
}
