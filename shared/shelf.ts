/**
 * What a register let go. The hub said that these checks are settled and on its disk, so their ops are not held here any more. When
 * something of such a check turns up again, too little is held to show it: it waits here until the whole of it was asked for and has come.
 */
import { type CheckOp, checksOf } from "./check/op.ts";
import { type OpId, opId } from "./ids.ts";

export const SHELF_MAX = 8_192; // checks remembered: weeks of them. Of an older one an op shows a check without an opening, which is asked for

/** As a journal keeps it. */
export interface ShelfContent {
  readonly upTo: number | null; // up to which `retire` of the hub; null: none was ever heard
  readonly checks: readonly OpId[];
  readonly numbers: Readonly<Record<string, number>>; // the highest check numbers that were let go, by letter
}

export const EMPTY_SHELF: ShelfContent = { upTo: null, checks: [], numbers: {} };

export class Shelf {
  readonly upTo: number | null;
  readonly #checks: Set<OpId>;
  readonly #numbers: Readonly<Record<string, number>>;
  #waiting: CheckOp[] = [];

  constructor({ upTo, checks, numbers }: ShelfContent, waiting: readonly CheckOp[] = []) {
    this.upTo = upTo;
    this.#checks = new Set(checks.slice(-SHELF_MAX));
    this.#numbers = numbers;
    this.#waiting = [...waiting];
  }

  has(check: OpId): boolean {
    return this.#checks.has(check);
  }

  /** The highest number of a letter among what was let go. */
  numberOf(letter: string): number {
    return this.#numbers[letter] ?? 0;
  }

  /** Of `ops`, those that can be shown; the others are of checks that were let go, and wait. */
  admit(ops: readonly CheckOp[]): CheckOp[] {
    if (this.#checks.size === 0) return [...ops];
    const shown: CheckOp[] = [];
    for (const op of ops) (this.#isOf(op, this.#checks) ? this.#waiting : shown).push(op);
    return shown;
  }

  /** Ops that wait because of any of these checks. */
  waitingFor(checks: ReadonlySet<OpId>): CheckOp[] {
    return this.#waiting.filter((op) => this.#isOf(op, checks));
  }

  /** The checks of which something waits. */
  wanted(): OpId[] {
    const named = this.#waiting.flatMap((op) => checksOf(op, opId(op.replica, op.seq)));
    return [...new Set(named)].filter((check) => this.#checks.has(check));
  }

  /** This shelf with more on it. */
  with(more: ShelfContent): Shelf {
    const checks = [...this.#checks, ...more.checks];
    const upTo = Math.max(this.upTo ?? 0, more.upTo ?? 0);
    const letters = [...Object.keys(this.#numbers), ...Object.keys(more.numbers)];
    const numbers = Object.fromEntries(
      letters.map((letter) => [letter, Math.max(this.numberOf(letter), more.numbers[letter] ?? 0)]),
    );
    return new Shelf({ upTo, checks: [...new Set(checks)], numbers }, this.#waiting);
  }

  /** This shelf without these checks, and without the ops that were let go. */
  without(checks: ReadonlySet<OpId>, gone: ReadonlySet<CheckOp> = new Set()): Shelf {
    const kept = [...this.#checks].filter((check) => !checks.has(check));
    const waiting = this.#waiting.filter((op) => !gone.has(op));
    return new Shelf({ upTo: this.upTo, checks: kept, numbers: this.#numbers }, waiting);
  }

  /** Takes out the ops that need not wait any more. */
  release(): CheckOp[] {
    const free = this.#waiting.filter((op) => !this.#isOf(op, this.#checks));
    this.#waiting = this.#waiting.filter((op) => !free.includes(op));
    return free;
  }

  content(): ShelfContent {
    return { upTo: this.upTo, checks: [...this.#checks], numbers: this.#numbers };
  }

  #isOf(op: CheckOp, checks: ReadonlySet<OpId>): boolean {
    return checksOf(op, opId(op.replica, op.seq)).some((check) => checks.has(check));
  }
}
