/** How often somebody may do something: many turns at once for a rush, then so many a second. The clock is handed in. */

export interface Rate {
  readonly atOnce: number; // turns that may be taken in one go
  readonly perSecond: number; // turns that come back
}

export type Turn = { readonly ok: true } | { readonly ok: false; readonly waitMs: number };

export class Allowance {
  readonly #rate: Rate;
  #left: number;
  #at: number;

  constructor(rate: Rate, now: number) {
    this.#rate = rate;
    this.#left = rate.atOnce;
    this.#at = now;
  }

  /** Takes a turn, or says when there is one again. */
  take(now: number): Turn {
    const { atOnce, perSecond } = this.#rate;
    const passedMs = Math.max(0, now - this.#at); // a clock that was set back gives nothing and takes nothing
    this.#left = Math.min(atOnce, this.#left + passedMs / 1_000 * perSecond);
    this.#at = now;
    if (this.#left < 1) return { ok: false, waitMs: Math.ceil((1 - this.#left) / perSecond * 1_000) };
    this.#left -= 1;
    return { ok: true };
  }
}

/** One allowance for each name; over the limit, who took a turn the longest ago is forgotten. */
export class Allowances {
  readonly #rate: Rate;
  readonly #max: number;
  readonly #of = new Map<string, Allowance>();

  constructor(rate: Rate, max: number) {
    this.#rate = rate;
    this.#max = max;
  }

  take(name: string, now: number): Turn {
    const own = this.#of.get(name) ?? new Allowance(this.#rate, now);
    this.#of.delete(name); // to the end: the order of the map is that of the last turn
    this.#of.set(name, own);
    for (const oldest of this.#of.keys()) if (this.#of.size > this.#max) this.#of.delete(oldest);
    return own.take(now);
  }
}
