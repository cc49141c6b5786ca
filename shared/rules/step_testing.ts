/** Rules that say what they are told, and rounds of one second, for tests of the life of findings. */
import { NOON } from "./fixture.ts";
import { type Incident, type IncidentRow, type IncidentState, NO_INCIDENTS, openIncidents } from "./incident.ts";
import { HEALTHY, type Outcome, type Reading, type Rule, type Severity } from "./rule.ts";
import { step, type Weather } from "./step.ts";

export const ROUND_MS = 1_000;

export function ruleOf(code: string, more: Partial<Rule> = {}): Rule {
  return {
    ...{ code, title: code, from: "own", strength: "A", dependsOn: [] },
    ...{ openAfterMs: 5_000, closeAfterMs: 10_000, runbook: ["Look", "Act"] },
    subjects: () => [],
    test: () => HEALTHY,
    ...more,
  };
}

export function broken(severity: Severity = "fail", more: Partial<Extract<Outcome, { kind: "broken" }>> = {}): Outcome {
  return { kind: "broken", severity, text: "It is weak.", evidence: [], ...more };
}

export type Said = readonly [rule: Rule, subject: string, outcome: Outcome, more?: Partial<Reading>];

/** Rounds of a second each; every row is kept with the second in which it came. */
export class Rounds {
  second = 0;
  rows: { readonly second: number; readonly row: IncidentRow }[] = [];
  state: IncidentState;
  #ids = 0;

  constructor(state: IncidentState = NO_INCIDENTS) {
    this.state = state;
  }

  get now(): number {
    return NOON + this.second * ROUND_MS;
  }
  get open(): Incident[] {
    return openIncidents(this.state);
  }
  /** What somebody may be told: "5 opened weak". */
  get told(): string[] {
    return this.rows.filter(({ row }) => !row.quiet).map(({ second, row }) =>
      `${second} ${row.kind} ${row.incident.code}`
    );
  }

  /** Lets `seconds` pass in which everything says the same. */
  pass(seconds: number, said: readonly Said[], weather: Weather = {}): this {
    for (let i = 0; i < seconds; i++) {
      const readings = said.map(([rule, subject, outcome, more]): Reading => ({ rule, subject, outcome, ...more }));
      const { state, rows } = step(this.state, readings, this.now, () => `i${++this.#ids}`, weather);
      this.state = state;
      this.rows.push(...rows.map((row) => ({ second: this.second, row })));
      this.second++;
    }
    return this;
  }
}
