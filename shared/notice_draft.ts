/** A book being changed, with what has changed; and the one way in which a notice leaves it unsent for good. */
import { type Book, type Drop, type Notice, type Step, WAITING_MAX, type Watch, watchKey } from "./notice.ts";

/** Takes a notice off the queue for good: its fall counts as not told, and is not tried again for being still there. */
export function giveUp(draft: Draft, notice: Notice, why: Drop, now: number): void {
  draft.drop(notice, why, now);
  const at = watchKey(notice.channel, notice.key);
  const watch = draft.watches[at];
  switch (notice.kind) {
    case "fall":
      return draft.watch(at, notice.until === undefined ? { kind: "withheld", why, severity: notice.severity } : null);
    case "worse":
      if (watch?.kind === "told") draft.watch(at, { kind: "told", fall: { ...watch.fall, severity: notice.severity } });
      return;
    case "recovery":
      return draft.watch(at, null);
  }
}

/** A book being changed, with what has changed. */
export class Draft {
  readonly waiting: Record<string, Notice>;
  readonly watches: Record<string, Watch>;
  readonly #notices = new Map<string, Notice>();
  readonly #watched: Record<string, Watch | null> = {};

  constructor({ waiting, watches }: Book) {
    this.waiting = { ...waiting };
    this.watches = { ...watches };
  }

  /** A new notice in the queue; over its limit the oldest gives way. */
  add(notice: Notice, { now, flying }: { readonly now: number; readonly flying: ReadonlySet<string> }): void {
    const queue = Object.values(this.waiting).filter(({ channel }) => channel === notice.channel);
    const [oldest] = queue.filter(({ id }) => !flying.has(id)).toSorted((a, b) => a.madeAt - b.madeAt);
    if (oldest && queue.length >= WAITING_MAX) giveUp(this, oldest, "queue-full", now);
    this.put(notice);
  }

  put(notice: Notice): void {
    this.#notices.set(notice.id, notice);
    if (notice.fate.kind === "waiting") this.waiting[notice.id] = notice;
    else delete this.waiting[notice.id];
  }

  /** Newer words, kept in memory only. */
  refresh(notice: Notice): void {
    this.waiting[notice.id] = notice;
  }

  drop(notice: Notice, why: Drop, at: number): void {
    this.put({ ...notice, fate: { kind: "dropped", at, why } });
  }

  watch(at: string, watch: Watch | null): void {
    this.#watched[at] = watch;
    if (watch === null) delete this.watches[at];
    else this.watches[at] = watch;
  }

  done(): Step {
    const { waiting, watches } = this;
    return { book: { waiting, watches }, changes: { notices: [...this.#notices.values()], watches: this.#watched } };
  }
}
