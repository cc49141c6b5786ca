/** Virtual time: what is due is done in order of its instant, and of asking within one instant. A binary heap. */

interface Due {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
}

export class Timeline {
  readonly #heap: Due[] = [];
  #order = 0;
  now: number;

  constructor(start: number) {
    this.now = start;
  }

  get size(): number {
    return this.#heap.length;
  }

  after(ms: number, run: () => void): void {
    const due = { at: this.now + ms, order: this.#order++, run };
    let i = this.#heap.push(due) - 1;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!isBefore(this.#heap[i]!, this.#heap[parent]!)) break;
      this.#swap(i, parent);
      i = parent;
    }
  }

  /** The next thing due by `until`, with time moved on to it; undefined when nothing is. */
  next(until: number): (() => void) | undefined {
    const first = this.#heap[0];
    if (!first || first.at > until) return undefined;
    const last = this.#heap.pop()!;
    if (this.#heap.length > 0) this.#sink(last);
    this.now = Math.max(this.now, first.at);
    return first.run;
  }

  #sink(due: Due): void {
    this.#heap[0] = due;
    for (let i = 0;;) {
      let least = i;
      for (const child of [2 * i + 1, 2 * i + 2]) {
        if (child < this.#heap.length && isBefore(this.#heap[child]!, this.#heap[least]!)) least = child;
      }
      if (least === i) return;
      this.#swap(i, least);
      i = least;
    }
  }

  #swap(i: number, j: number): void {
    [this.#heap[i], this.#heap[j]] = [this.#heap[j]!, this.#heap[i]!];
  }
}

function isBefore(a: Due, b: Due): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}
