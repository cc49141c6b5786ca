/**
 * A run begins, goes on with what is measured, and ends. Pure: facts in, the next run out. Steps go one after another and never back: each
 * is ticked by measurement or a person, or passed over with its reason, so a run always has a step to do or an end.
 *
 * It ends once what it is about has been well for a moment. The step that is told to have fixed it is the last one that somebody did, or
 * the one that is being done when that has gone on for longer than things need to come back.
 */
import type { Facts } from "../rules/facts.ts";
import { standing } from "./goal.ts";
import { nextAfter, placeOf, type RunbookKind } from "./kind.ts";
import { isAway, look } from "./look.ts";
import { planOf } from "./plan.ts";
import { currentStep, type Run, type RunEnd, type RunStep, type StepState } from "./run.ts";
import { reasonToSkip } from "./skip.ts";
import { registerIn } from "./trouble.ts";

export const HOLD_MS = 10_000; // well for two heartbeats, so that one that slips through ends nothing
export const CREDIT_MS = 60_000; // a register needs about a minute to come back after what was done
export const LEFT_MS = 2 * 60 * 60_000; // nothing was done or measured for so long: whoever began it has gone
const HELP = "Nothing here ended it. Call whoever looks after your network, and show them what was tried.";

/** A run at its first step. Undefined: this runbook cannot be about this subject. */
export function begin(kind: RunbookKind, subject: string, facts: Facts, id: string): Run | undefined {
  const place = placeOf(kind);
  if (place !== "register" && subject !== place) return undefined;
  const plan = planOf(kind, subject, facts);
  if (!plan) return undefined;
  const steps = plan.steps.map((step): RunStep => ({ ...step, state: { kind: "later" } }));
  const { now } = facts;
  const run = { id, kind, subject, title: plan.title, startedAt: now, changedAt: now, troubleSeen: false, steps };
  return advance(run, facts);
}

/** The run as it is at `facts.now`. One that has ended stays as it is. */
export function advance(run: Run, facts: Facts): Run {
  if (run.end) return run;
  if (placeOf(run.kind) === "register" && !registerIn(facts, run.subject)) {
    return ended(run, { kind: "stopped", at: facts.now, text: "This register is no longer enrolled." });
  }
  const judged = judge(walk(run, facts), facts);
  if (judged.end || facts.now - judged.changedAt <= LEFT_MS) return judged;
  return ended(judged, { kind: "stopped", at: facts.now, text: "Nothing happened for two hours, so it was put away." });
}

export type Answered = { readonly ok: true; readonly run: Run } | { readonly ok: false; readonly reason: "not-now" };

/** A person says that the step is done, or goes on without it. */
export function answer(run: Run, step: string, how: "done" | "skipped", facts: Facts): Answered {
  const current = currentStep(run);
  if (current?.id !== step) return { ok: false, reason: "not-now" };
  const { now } = facts;
  const evidence = current.watch.kind === "person" ? "Somebody says so." : "Somebody says so; it was not measured.";
  const state: StepState = how === "done"
    ? { kind: "done", at: now, by: "person", evidence, already: false }
    : { kind: "skipped", at: now, why: "Somebody went on without it." };
  const next = withState(run, step, state, now);
  if (how === "skipped" || !current.ends) return { ok: true, run: advance(next, facts) };
  const text = credit(next, now);
  return { ok: true, run: ended(next, { kind: "fixed", at: now, ...text }) };
}

export function stop(run: Run, now: number): Run {
  return run.end ? run : ended(run, { kind: "stopped", at: now, text: "Somebody stopped here." });
}

/** Goes past every step that is ticked or passed over by what is known now. While all is well no further step is begun. */
function walk(run: Run, facts: Facts): Run {
  for (let next = run;;) {
    const step = next.steps.find(({ state }) => state.kind === "now" || state.kind === "later");
    if (!step || (step.state.kind === "later" && isWell(next, facts))) return next;
    const state = stateOf(next, step, facts);
    if (state === step.state) return next;
    next = withState(
      next,
      step.id,
      state,
      state.kind === "now" && step.state.kind === "now" ? next.changedAt : facts.now,
    );
    if (state.kind === "now") return next;
  }
}

/** Where the first open step stands now. */
function stateOf(run: Run, step: RunStep, facts: Facts): StepState {
  const { now } = facts;
  const already = step.state.kind === "later"; // what was done by now is ticked, even where it would be passed over from now on
  const why = reasonToSkip(run, step, facts);
  if (why !== undefined && already) return { kind: "skipped", at: now, why };
  const sight = step.state.kind === "now" ? step.state : { kind: "now" as const, since: now };
  const seen = look(step.watch, sight, facts);
  if (seen.kind === "yes") {
    return { kind: "done", at: now, by: "hub", evidence: already ? seen.is : seen.again ?? seen.is, already };
  }
  if (why !== undefined) return { kind: "skipped", at: now, why };
  if (step.patienceMs !== undefined && now - sight.since >= step.patienceMs) {
    return { kind: "skipped", at: now, why: `No effect yet. ${seen.kind === "no" ? seen.now : seen.why}` };
  }
  return sight.goneAt === undefined && isAway(step.watch, facts) ? { ...sight, goneAt: now } : sight;
}

/** Is what it is about well by now? And is there nothing left to try? */
function judge(run: Run, facts: Facts): Run {
  const { now } = facts;
  if (isWell(run, facts)) {
    const goodSince = run.goodSince ?? now;
    if (now - goodSince >= HOLD_MS) return ended(run, { kind: "fixed", at: now, ...credit(run, goodSince) });
    return run.goodSince === undefined ? { ...run, goodSince } : run;
  }
  const unsettled = run.goodSince === undefined ? run : { ...run, goodSince: undefined };
  const isSeen = run.troubleSeen || standing(run.kind, run.subject, facts) === "bad";
  const noted = isSeen === run.troubleSeen ? unsettled : { ...unsettled, troubleSeen: isSeen };
  return currentStep(noted) ? noted : handedOn(noted, facts);
}

/** What it is to end has ended. Where no trouble was measured at all, only the article's lists go on: a check may be missing all the same. */
function isWell(run: Run, facts: Facts): boolean {
  return (run.troubleSeen || isAboutFinding(run)) && standing(run.kind, run.subject, facts) === "good";
}

function isAboutFinding({ kind }: Run): boolean {
  return kind !== "check-not-found" && kind !== "registers-disconnected";
}

/** Past the last step with the trouble still there, once what was done had its minute. */
function handedOn(run: Run, { now }: Facts): Run {
  const acted = run.steps.filter(({ role, state }) => role === "act" && state.kind === "done" && !state.already);
  const last = Math.max(run.startedAt - CREDIT_MS, ...acted.map(({ state }) => state.kind === "done" ? state.at : 0));
  if (now - last < CREDIT_MS && run.troubleSeen) return run;
  const next = nextAfter(run.kind);
  const text = next ? "Nothing here ended it. There is more to try." : HELP;
  return ended(run, { kind: "handed-on", at: now, next, text });
}

/** What is told to have fixed it, for something that has been well since `goodSince`. */
function credit(run: Run, goodSince: number): Pick<Extract<RunEnd, { kind: "fixed" }>, "step" | "text"> {
  const done = run.steps.findLast(({ role, state, ends }) =>
    role === "act" && !ends && state.kind === "done" && !state.already && state.at <= goodSince
  );
  const current = run.steps.find(({ state }) => state.kind === "now");
  const lasted = current?.state.kind === "now" ? goodSince - current.state.since : 0;
  const doing = current?.role === "act" && !current.ends && (done === undefined ? lasted > 0 : lasted >= CREDIT_MS);
  const step = doing ? current : done;
  return step ? { step: step.id, text: step.text } : { text: "It ended by itself, before any step was taken." };
}

function withState(run: Run, id: string, state: StepState, changedAt: number): Run {
  return { ...run, changedAt, steps: run.steps.map((step) => step.id === id ? { ...step, state } : step) };
}

function ended(run: Run, end: RunEnd): Run {
  const steps = run.steps.map((step): RunStep =>
    step.state.kind === "now" ? { ...step, state: { kind: "later" } } : step
  );
  return { ...run, changedAt: end.at, steps, end };
}
