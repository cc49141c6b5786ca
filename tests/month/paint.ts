/** Time as a strip of seconds that can be painted: slow and plain, to hold against what works with stretches of time. */

export class Strip {
  readonly #from: number;
  readonly #seconds: Uint8Array;

  constructor(from: number, until: number) {
    this.#from = from;
    this.#seconds = new Uint8Array(Math.ceil((until - from) / 1_000));
  }

  /** From `from` on and up to, not with, `until`, in milliseconds. */
  paint(from: number, until: number, value: 0 | 1 = 1): void {
    const [first, last] = [this.#at(from), this.#at(until)];
    if (last > first) this.#seconds.fill(value, first, last);
  }

  has(second: number): boolean {
    return this.#seconds[second] === 1;
  }

  /** The seconds of a stretch, by number. */
  *between(from: number, until: number): Generator<number> {
    for (let second = this.#at(from); second < this.#at(until); second++) yield second;
  }

  #at(ms: number): number {
    return Math.max(0, Math.min(this.#seconds.length, Math.round((ms - this.#from) / 1_000)));
  }
}
