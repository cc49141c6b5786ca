/**
 * The life of a finding: opened once it has lasted, changed when it gets worse or its cause is found, resolved once health has lasted.
 * `step` takes what the rules said in one round and returns the next state and the rows to keep. It remembers nothing
 * itself; its state is plain data that survives on disk.
 *
 * Unknown changes nothing: it neither opens nor resolves, and whatever was being waited for begins anew. So nothing is cleared that was
 * not measured healthy, and a register is not accused of what its router did.
 */
import { type Block, blocksIn } from "./block.ts";
import { findingKey, type Outcome, type Reading, type Rule, type Severity, type Strength } from "./rule.ts";

export const ROUND_GAP_MS = 30_000; // rounds come every few seconds; after a longer gap nobody was watching, so waiting begins anew

export interface Incident {
  readonly id: string;
  readonly code: string;
  readonly subject: string;
  readonly severity: Severity;
  readonly strength: Strength;
  readonly title: string;
  readonly headline?: string;
  readonly text: string;
  readonly evidence: readonly string[];
  readonly cause?: string;
  readonly runbook: readonly string[];
  readonly since: number; // when it began, which is before it was opened
  readonly openedAt: number;
  readonly changedAt: number;
  readonly resolvedAt?: number;
  readonly resolution?: "healthy" | "gone"; // gone: its subject is no longer enrolled
  readonly under?: string; // key of the open finding that this one is an effect of
}

/** What is to be kept: the incident as it is from now on, and what happened to it. */
export interface IncidentRow {
  readonly kind: "opened" | "changed" | "resolved";
  readonly incident: Incident;
}

/** What one finding waits for. Without an incident it is not shown yet. */
interface Watch {
  readonly incident?: Incident;
  readonly brokenSince?: number;
  readonly healthySince?: number;
  readonly turn?: { readonly severity: Severity; readonly since: number }; // another severity than shown
}

export interface IncidentState {
  readonly at?: number; // of the last round
  readonly watches: Readonly<Record<string, Watch>>; // by findingKey
  readonly returning: Readonly<Record<string, number>>; // resolved findings, and until when what depends on them may come back
}

export const NO_INCIDENTS: IncidentState = { watches: {}, returning: {} };

/** The state after a restart, from the incidents that were open on disk. None is opened anew; each must be measured healthy to end. */
export function restoreIncidents(open: readonly Incident[]): IncidentState {
  const unresolved = open.filter((incident) => incident.resolvedAt === undefined);
  const watches = unresolved.map((incident) => [findingKey(incident.code, incident.subject), { incident }] as const);
  return { watches: Object.fromEntries(watches), returning: {} };
}

/** What is wrong now, in no order. */
export function openIncidents(state: IncidentState): Incident[] {
  return Object.values(state.watches).flatMap(({ incident }) => incident ? [incident] : []);
}

/** One round: takes what every rule said of every subject at `now`. `newId` names a new incident. */
export function step(
  previous: IncidentState,
  readings: readonly Reading[],
  now: number,
  newId: () => string,
): { state: IncidentState; rows: IncidentRow[] } {
  const { watches: before, returning } = resumed(previous, now);
  const watches: Record<string, Watch> = {};
  const stillReturning = Object.fromEntries(Object.entries(returning).filter(([, until]) => until > now));
  const rows: IncidentRow[] = [];
  const blocks = blocksIn(readings, (key) => before[key]?.incident !== undefined, stillReturning);
  const seen = new Set<string>();
  for (const { rule, subject, outcome } of readings) {
    const key = findingKey(rule.code, subject);
    seen.add(key);
    const block = blocks(rule, subject);
    const round: Round = { rule, subject, outcome: blocked(outcome, block), under: underOf(block), now, newId };
    const { watch, row } = advance(before[key] ?? {}, round);
    if (Object.keys(watch).length > 0) watches[key] = watch;
    if (row) rows.push(row);
    if (row?.kind === "resolved" && rule.returnMs !== undefined) stillReturning[key] = now + rule.returnMs;
  }
  for (const [key, { incident }] of Object.entries(before)) {
    if (incident && !seen.has(key)) rows.push(resolved(incident, "gone", now));
  }
  return { state: { at: now, watches, returning: stillReturning }, rows };
}

/** After a gap nobody watched, or a clock that was set back: incidents stay, everything that was waited for begins anew. */
function resumed(state: IncidentState, now: number): IncidentState {
  const elapsed = state.at === undefined ? Infinity : now - state.at;
  if (elapsed >= 0 && elapsed <= ROUND_GAP_MS) return state;
  const open = Object.entries(state.watches).filter(([, { incident }]) => incident);
  return {
    watches: Object.fromEntries(open.map(([key, { incident }]) => [key, { incident }])),
    returning: elapsed < 0 ? {} : state.returning,
  };
}

/** What a block leaves of an outcome. While things come back, health counts and trouble does not yet. */
function blocked(outcome: Outcome, block: Block): Outcome {
  switch (block.kind) {
    case "none":
      return outcome;
    case "parent":
      return { kind: "unknown", why: `while ${block.key} is open` };
    case "returning":
      return outcome.kind === "broken" ? { kind: "unknown", why: `${block.key} has just ended` } : outcome;
  }
}

function underOf(block: Block): string | undefined {
  switch (block.kind) {
    case "none":
      return undefined;
    case "parent":
      return block.open ? block.key : undefined;
    case "returning":
      return block.key;
  }
}

interface Round {
  readonly rule: Rule;
  readonly subject: string;
  readonly outcome: Outcome;
  readonly under: string | undefined;
  readonly now: number;
  readonly newId: () => string;
}

interface Advance {
  readonly watch: Watch;
  readonly row?: IncidentRow;
}

function advance(watch: Watch, round: Round): Advance {
  const { rule, outcome, now } = round;
  const { incident } = watch;
  switch (outcome.kind) {
    case "unknown":
      return incident ? hung(incident, round) : { watch: {} };
    case "healthy": {
      if (!incident) return { watch: {} };
      const healthySince = watch.healthySince ?? now;
      if (now - healthySince >= rule.closeAfterMs) return { watch: {}, row: resolved(incident, "healthy", now) };
      return { watch: { incident, healthySince } };
    }
    case "broken": {
      if (incident) return changed(incident, watch, outcome, round);
      const brokenSince = watch.brokenSince ?? now;
      if (now - brokenSince < rule.openAfterMs) return { watch: { brokenSince } };
      const opened = open(outcome, brokenSince, round);
      return { watch: { incident: opened }, row: { kind: "opened", incident: opened } };
    }
  }
}

type Broken = Extract<Outcome, { kind: "broken" }>;

function open(outcome: Broken, brokenSince: number, { rule, subject, now, newId }: Round): Incident {
  return {
    id: newId(),
    code: rule.code,
    subject,
    ...told(rule, outcome),
    since: outcome.since ?? brokenSince,
    openedAt: now,
    changedAt: now,
  };
}

/** The part of an incident that follows what the rule says. */
function told(rule: Rule, outcome: Broken) {
  return {
    severity: outcome.severity,
    strength: outcome.strength ?? rule.strength,
    title: rule.title,
    headline: outcome.headline,
    text: outcome.text,
    evidence: outcome.evidence,
    cause: outcome.cause,
    runbook: rule.runbook,
  };
}

/** Still broken. New words are taken as they come; another severity must last first, as long as opening or closing does. */
function changed(incident: Incident, watch: Watch, outcome: Broken, { rule, now }: Round): Advance {
  const turn = outcome.severity === incident.severity
    ? undefined
    : { severity: outcome.severity, since: watch.turn?.severity === outcome.severity ? watch.turn.since : now };
  const settleMs = rank(outcome.severity) > rank(incident.severity) ? rule.openAfterMs : rule.closeAfterMs;
  if (turn && now - turn.since < settleMs) return { watch: { incident, turn } };
  const next: Incident = { ...incident, ...told(rule, outcome), under: undefined };
  const worthARow = turn !== undefined || next.cause !== incident.cause || incident.under !== undefined;
  if (!worthARow) return { watch: { incident: next } };
  const marked = { ...next, changedAt: now };
  return { watch: { incident: marked }, row: { kind: "changed", incident: marked } };
}

/** Not judged this round; when that is because of an open parent, it is from now on told as that one's effect. */
function hung(incident: Incident, { under, now }: Round): Advance {
  if (under === undefined || under === incident.under) return { watch: { incident } };
  const marked = { ...incident, under, changedAt: now };
  return { watch: { incident: marked }, row: { kind: "changed", incident: marked } };
}

function resolved(incident: Incident, resolution: "healthy" | "gone", now: number): IncidentRow {
  return { kind: "resolved", incident: { ...incident, resolution, resolvedAt: now, changedAt: now } };
}

function rank(severity: Severity): number {
  return ["info", "warn", "fail"].indexOf(severity);
}
