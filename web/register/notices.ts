/** What was done on this register without effect: each told once, also after the page was loaded again. */
import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { Check } from "../../shared/check/check.ts";
import type { OpId, RegisterId } from "../../shared/ids.ts";
import { type Idle, idleOf } from "./idle_words.ts";
import { keepTold, readTold, type Shelf } from "./kept.ts";

interface NoticesDeps {
  readonly shelf: Shelf;
  readonly checks: ReadonlySignal<readonly Check[]>;
  readonly own: () => RegisterId;
}

export class Notices {
  readonly #deps: NoticesDeps;
  readonly #told = signal<readonly string[]>([]);
  readonly untold = computed((): readonly Idle[] => {
    const told = new Set(this.#told.value);
    return idleOf(this.#deps.checks.value, this.#deps.own()).filter(({ id }) => !told.has(id));
  });

  constructor(deps: NoticesDeps) {
    this.#deps = deps;
  }

  /** Recalls what was told before. */
  async load(): Promise<void> {
    this.#told.value = await readTold(this.#deps.shelf);
  }

  /** A person has read these. */
  read(ids: readonly OpId[]): void {
    this.#told.value = [...this.#told.value, ...ids];
    keepTold(this.#deps.shelf, this.#told.value).catch(() => {}); // told again once the page is loaded anew
  }
}
