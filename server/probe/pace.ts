/** When rounds and knocks are due, by a plan that a manager may change at any time. */
import type { ProbePlan } from "./settings.ts";

export const PACE_TICK_MS = 250;

export interface PaceDeps {
  readonly plan: () => Pick<ProbePlan, "roundEveryMs" | "knockEveryMs">;
  readonly round: () => void;
  readonly knock: () => void;
}

export class Pace {
  readonly #deps: PaceDeps;
  #roundAt: number;
  #knockAt: number;

  /** `steady` is a clock that never jumps. The first round begins elsewhere, at once. */
  constructor(deps: PaceDeps, steady: number) {
    this.#deps = deps;
    this.#roundAt = steady;
    this.#knockAt = steady;
  }

  /** Call it every PACE_TICK_MS. Turns that come a little early count, so that a second stays a second. */
  tick(steady: number): void {
    const { plan, round, knock } = this.#deps;
    const { roundEveryMs, knockEveryMs } = plan();
    const now = steady + PACE_TICK_MS / 2;
    if (now - this.#roundAt >= roundEveryMs) {
      this.#roundAt = steady;
      round();
    }
    if (now - this.#knockAt >= knockEveryMs) {
      this.#knockAt = steady;
      knock();
    }
  }
}
