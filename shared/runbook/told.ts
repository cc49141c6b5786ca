/** A run as consoles see it: each step with what was measured, and the one to do now with how it stands. */
import type { Facts } from "../rules/facts.ts";
import type { RunbookStep, RunbookView } from "../runbook_api.ts";
import { placeOf } from "./kind.ts";
import { look } from "./look.ts";
import { currentStep, type Run, type RunStep } from "./run.ts";
import { isLikelySkipped } from "./skip.ts";

export function tell(run: Run, facts: Facts): RunbookView {
  const { id, kind, subject, title, startedAt, end } = run;
  const current = currentStep(run);
  return {
    ...{ id, kind, subject, title },
    startedAt: instant(startedAt),
    steps: run.steps.map((step) => stepOf(run, step, facts)),
    measured: current !== undefined && current.watch.kind !== "person",
    asks: current?.ends ?? false,
    end: end === undefined ? null : {
      how: end.kind,
      text: end.text,
      step: end.kind === "fixed" ? end.step ?? null : null,
      next: end.kind === "handed-on" && end.next ? { kind: end.next, subject: placeOf(end.next) } : null,
      at: instant(end.at),
    },
  };
}

function stepOf(run: Run, step: RunStep, facts: Facts): RunbookStep {
  const { id, text, state } = step;
  const blank = { id, text, likely: true, by: null, already: false, said: null, at: null };
  switch (state.kind) {
    case "later":
      return { ...blank, state: "later", likely: run.end === undefined && !isLikelySkipped(run, step, facts) };
    case "now":
      return { ...blank, state: "now", said: standsNow(step, facts), at: instant(state.since) };
    case "done": {
      const { by, already, evidence, at } = state;
      return { ...blank, state: "done", by, already, said: evidence, at: instant(at) };
    }
    case "skipped":
      return { ...blank, state: "skipped", likely: false, said: state.why, at: instant(state.at) };
  }
}

function standsNow({ watch, state }: RunStep, facts: Facts): string | null {
  if (state.kind !== "now") return null;
  const seen = look(watch, state, facts);
  switch (seen.kind) {
    case "yes":
      return seen.is;
    case "no":
      return seen.now;
    case "unknown":
      return seen.why;
  }
}

function instant(ms: number): string {
  return new Date(ms).toISOString();
}
