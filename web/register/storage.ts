/**
 * What becomes of this register's storage: whether the browser promised to keep it, and whether it was cleared since the page was last here.
 * It is asked at each start, since the answer changes with how much the page is used.
 */
import { effect, type ReadonlySignal, signal } from "@preact/signals";
import type { Enrolment } from "./kept.ts";
import { keepMark, type Mark, markAtStart, readMark, type Slip } from "./storage_mark.ts";
import type { Keeping } from "./storage_words.ts";

const slip = (): Slip => localStorage;

/** What is told of a register at work, for its mark. */
export interface Counted {
  readonly enrolment: ReadonlySignal<Enrolment>;
  readonly unsynced: ReadonlySignal<number>; // what nobody else holds
}

export class Kept {
  readonly keeping = signal<Keeping>("asking");
  readonly lost = signal<number | null>(null); // changes that went with cleared storage; null: it was not cleared
  #wrote = false;
  #stop: (() => void) | undefined;

  /** Who this register was, if the database has forgotten it. */
  enrolment(): Enrolment | undefined {
    return readMark(slip)?.enrolment;
  }

  /** Compares the mark with what the database held when it was opened. */
  compare(enrolment: Enrolment, ops: number): void {
    const mark = markAtStart(readMark(slip), enrolment, ops);
    this.lost.value = mark.lost ?? null;
    this.#wrote = mark.wrote;
    keepMark(slip, mark);
  }

  /** Keeps the mark up with the register from now on. */
  follow({ enrolment, unsynced }: Counted): void {
    this.#stop?.();
    this.#stop = effect(() => {
      this.#wrote ||= unsynced.value > 0;
      const mark: Mark = { enrolment: enrolment.value, wrote: this.#wrote, unsynced: unsynced.value };
      keepMark(slip, this.lost.value === null ? mark : { ...mark, lost: this.lost.value });
    });
  }

  /** Somebody has read that storage was cleared. */
  read(): void {
    this.lost.value = null;
  }

  /** Asks the browser to keep storage for good. Some ask the person, some decide by themselves. */
  async ask(): Promise<void> {
    const { storage } = navigator; // absent over plain http
    if (!storage?.persist) {
      this.keeping.value = "unasked";
      return;
    }
    const granted = await storage.persist().catch(() => false);
    this.keeping.value = granted ? "granted" : "refused";
  }
}
