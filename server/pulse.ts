/**
 * Whether this process gets its turns in time. A hub on a computer that is busy with something else sees every answer late, and would
 * blame the network for it: what it measures then is not counted.
 */

export const PULSE_EVERY_MS = 250;
const LATE_MS = 20; // a tenth of what is felt at a till, and more than a pause to tidy memory up
const LATE_FOR_MS = 2_000; // one late turn says that others just before and after it were late, too

export class Pulse {
  #dueAt: number | undefined;
  #lateAt = Number.NEGATIVE_INFINITY;

  /** A turn that was asked for PULSE_EVERY_MS after the one before. `steady` is a clock that never jumps. */
  beat(steady: number): void {
    if (this.#dueAt !== undefined && steady - this.#dueAt > LATE_MS) this.#lateAt = steady;
    this.#dueAt = steady + PULSE_EVERY_MS;
  }

  /** Whether turns came late a moment ago, or one is overdue. */
  isLate(steady: number): boolean {
    return steady - this.#lateAt <= LATE_FOR_MS || (this.#dueAt !== undefined && steady - this.#dueAt > LATE_MS);
  }
}
