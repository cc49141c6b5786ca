/**
 * One finding, one round: opened once it has lasted, changed when it gets worse or its cause is found, resolved once health has lasted.
 * Unknown neither opens nor resolves, and whatever was being waited for begins anew; only what stays so for long says nothing of now.
 */
import type { Incident, IncidentRow, Resolution, Watch } from "./incident.ts";
import type { Outcome, Rule, Severity } from "./rule.ts";
import { AT_ONCE_MS } from "./settle.ts";
import { calmed, fallenAgain, isThere, lately, spellAt, STEADY_MS, toldUnstable, unstableAfter } from "./unstable.ts";

export const UNMEASURED_MS = 30 * 60_000; // six times as long as a signal speaks for itself

export interface Round {
  readonly rule: Rule;
  readonly subject: string;
  readonly name: string; // of the subject, as people call it
  readonly outcome: Outcome;
  readonly parent?: { readonly key: string; readonly id: string }; // the open finding that this one waits for
  readonly isWell?: boolean; // behind that, it was measured healthy all the same, as a register is that is heard
  readonly excused: boolean; // what is broken is so on purpose
  readonly openings: readonly number[] | undefined; // of this finding, lately
  readonly muted: boolean;
  readonly warming: boolean; // the hub has just come back: nothing is said that was not said before
  readonly now: number;
  readonly newId: () => string;
}

export interface Advance {
  readonly watch: Watch;
  readonly row?: IncidentRow;
}

type Broken = Extract<Outcome, { kind: "broken" }>;

export function advance(watch: Watch, round: Round): Advance {
  const { outcome, excused, now } = round;
  const incident = watch.incident && unmuted(watch.incident, round);
  switch (outcome.kind) {
    case "unknown":
      return incident ? unmeasured(incident, watch, round) : { watch: {} };
    case "healthy":
      return incident ? healthy({ ...incident, cause: outcome.cause ?? incident.cause }, watch, round) : { watch: {} };
    case "broken":
      if (excused) return incident ? { watch: {}, row: resolved(incident, "closed", now, now) } : { watch: {} };
      return incident ? broken(incident, watch, outcome, round) : opening(watch, outcome, round);
  }
}

function openAfterMs(rule: Rule, { settled }: Broken): number {
  return settled ? AT_ONCE_MS : rule.openAfterMs;
}

/** An incident ends; `endedAt` is when the trouble itself did. */
export function resolved(
  incident: Incident,
  resolution: Resolution,
  now: number,
  endedAt: number,
): IncidentRow {
  const unstable = incident.unstable && isThere(incident) ? calmed(incident.unstable, endedAt) : incident.unstable;
  return {
    kind: "resolved",
    incident: { ...incident, unstable, resolution, endedAt, resolvedAt: now, changedAt: now },
  };
}

function opening(watch: Watch, outcome: Broken, round: Round): Advance {
  const { rule, now, warming } = round;
  const brokenSince = watch.brokenSince ?? now;
  if (warming || now - brokenSince < openAfterMs(rule, outcome)) return { watch: { brokenSince } };
  const incident = open(outcome, brokenSince, round);
  return { watch: { incident }, row: { kind: "opened", incident } };
}

function open(outcome: Broken, brokenSince: number, round: Round): Incident {
  const { rule, subject, now, newId, openings, muted } = round;
  const since = Math.min(now, outcome.since ?? brokenSince); // a measurement may be by a clock that was set back since
  const unstable = unstableAfter(lately(openings, now), since, now);
  return {
    id: newId(),
    code: rule.code,
    subject,
    ...told(outcome, round, unstable),
    worst: outcome.severity,
    since,
    openedAt: now,
    changedAt: now,
    ...(muted ? { muted: true } : {}),
  };
}

/** The part of an incident that follows what the rule says. */
function told(outcome: Broken, { rule, name }: Round, unstable: Incident["unstable"]) {
  const plain = { title: rule.title, headline: outcome.headline, text: outcome.text };
  return {
    severity: outcome.severity,
    strength: outcome.strength ?? rule.strength,
    ...(unstable ? toldUnstable({ title: rule.title, name, said: outcome.text }, unstable) : plain),
    evidence: outcome.evidence,
    cause: outcome.cause,
    runbook: outcome.runbook ?? rule.runbook,
    ...(unstable ? { unstable: spellAt(unstable, outcome.severity) } : {}),
  };
}

/**
 * Still broken. New words are taken as they come; another severity must last first, as long as opening or closing does. What outlasts its
 * parent, and what is unstable and was calm, has to last as long as anything that opens.
 */
function broken(incident: Incident, watch: Watch, outcome: Broken, round: Round): Advance {
  const { rule, now, warming } = round;
  const calm = !isThere(incident);
  const brokenSince = calm || incident.under !== undefined ? watch.brokenSince ?? now : undefined;
  if (brokenSince !== undefined && (warming || now - brokenSince < openAfterMs(rule, outcome))) {
    return { watch: { incident, brokenSince } };
  }
  const turn = outcome.severity === incident.severity
    ? undefined
    : { severity: outcome.severity, since: watch.turn?.severity === outcome.severity ? watch.turn.since : now };
  const graver = rank(outcome.severity) > rank(incident.severity);
  const settleMs = graver ? openAfterMs(rule, outcome) : rule.closeAfterMs;
  if (turn && ((graver && warming) || now - turn.since < settleMs)) return { watch: { incident, turn, brokenSince } };
  const unstable = calm
    ? fallenAgain(incident.unstable!, Math.min(now, outcome.since ?? brokenSince ?? now))
    : incident.unstable;
  const next: Incident = {
    ...incident,
    ...told(outcome, round, unstable),
    worst: graverOf(incident.worst ?? incident.severity, outcome.severity),
    under: undefined,
    parentId: undefined,
  };
  const news = turn !== undefined || next.cause !== incident.cause || incident.under !== undefined;
  if (!news && !calm) return changedIf(watch, next);
  const marked = { ...next, changedAt: now };
  const row: IncidentRow = {
    kind: "changed",
    incident: marked,
    ...(incident.unstable && !graver ? { quiet: true } : {}),
  };
  return { watch: { incident: marked }, row };
}

/** Without news of its own it is kept as it is; no longer muted is news. */
function changedIf(watch: Watch, next: Incident): Advance {
  if (watch.incident?.muted === next.muted) return { watch: { incident: next } };
  return { watch: { incident: next }, row: { kind: "changed", incident: next } };
}

function healthy(incident: Incident, watch: Watch, { rule, name, now }: Round): Advance {
  const { healthySince = now, wellSince = healthySince } = watch;
  const { unstable } = incident;
  const waited = now - healthySince;
  if (unstable === undefined) {
    if (waited < rule.closeAfterMs) return { watch: { incident, healthySince, wellSince } };
    return { watch: {}, row: resolved(incident, "healthy", now, wellSince) };
  }
  if (!isThere(incident)) {
    const calmSince = unstable.spells.at(-1)?.until ?? wellSince;
    if (waited < STEADY_MS) return { watch: { incident, healthySince, wellSince } };
    return { watch: {}, row: resolved(incident, "healthy", now, calmSince) };
  }
  if (waited < rule.closeAfterMs) return { watch: { incident, healthySince, wellSince } };
  const calm = calmed(unstable, wellSince);
  const next: Incident = {
    ...incident,
    ...toldUnstable({ title: rule.title, name }, calm),
    unstable: calm,
    under: undefined,
    parentId: undefined,
    changedAt: now,
  };
  return { watch: { incident: next, healthySince }, row: { kind: "changed", incident: next, quiet: true } };
}

/** Not judged this round: told as the effect of the open parent that explains it, or else given up once it has been so for long. */
function unmeasured(incident: Incident, watch: Watch, round: Round): Advance {
  const { parent, rule, now } = round;
  if (parent) {
    const { watch: next, row } = hung(incident, watch, parent, now);
    return { watch: { ...next, wellSince: round.isWell ? watch.wellSince ?? now : undefined }, row };
  }
  const unknownSince = watch.unknownSince ?? now;
  if (!rule.outlastsUnknown && now - unknownSince >= UNMEASURED_MS) {
    return { watch: {}, row: resolved(incident, "unmeasured", now, unknownSince) };
  }
  const { watch: { incident: kept }, row } = changedIf(watch, incident);
  return { watch: { incident: kept, unknownSince }, row };
}

/** From now on it is told as the effect of its parent. */
function hung(incident: Incident, watch: Watch, parent: NonNullable<Round["parent"]>, now: number): Advance {
  if (parent.key === incident.under && parent.id === incident.parentId) return changedIf(watch, incident);
  const marked = { ...incident, under: parent.key, parentId: parent.id, changedAt: now };
  return { watch: { incident: marked }, row: { kind: "changed", incident: marked } };
}

/** The maintenance that it came in is over. */
function unmuted(incident: Incident, { muted }: Round): Incident {
  if (!incident.muted || muted) return incident;
  const { muted: _over, ...loud } = incident;
  return loud;
}

function rank(severity: Severity): number {
  return ["info", "warn", "fail"].indexOf(severity);
}

function graverOf(a: Severity, b: Severity): Severity {
  return rank(a) >= rank(b) ? a : b;
}
