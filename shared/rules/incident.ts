/**
 * An incident: one trouble of one subject from its beginning to its end, as it is told and kept. What is waited for between rounds stands
 * beside it. All of it is plain data that survives on disk; step.ts makes the next from the last.
 */
import { findingKey, type Severity, type Strength } from "./rule.ts";

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
  readonly resolution?: Resolution; // absent: not resolved, or in rows from before this field
  readonly endedAt?: number; // when the trouble itself was over, which is before health had lasted
  readonly worst?: Severity; // the gravest that it ever was; absent in rows from before this field
  readonly under?: string; // key of the open finding that this one is an effect of
  readonly parentId?: string; // id of that one's incident
  readonly effects?: readonly Effect[]; // what is not judged for itself because of this one
  readonly unstable?: Unstable;
  readonly muted?: true; // it came during maintenance that is not over: kept, and nobody is told
}

/** `gone`: no longer enrolled. `closed`: as it should be, the venue closed. `unmeasured`: nobody knows any more. */
export type Resolution = "healthy" | "gone" | "closed" | "unmeasured";

/** What another finding says because of this one. */
export interface Effect {
  readonly code: string;
  readonly subject: string;
  readonly name: string; // of the subject, as people call it
  readonly since: number;
  readonly until?: number; // absent: until the end of the incident that it is an effect of
}

/** Of a trouble that comes and goes: one incident for all of its spells. */
export interface Unstable {
  readonly falls: number; // how often it began, with those told one by one before
  readonly since: number; // when the first of these was opened
  readonly spells: readonly Spell[]; // the times in which it was really there, oldest first
}
export interface Spell {
  readonly since: number;
  readonly until?: number;
  readonly worst?: Severity; // the gravest that this one was; absent in rows from before this field
}

/** What is to be kept: the incident as it is from now on, and what happened to it. */
export interface IncidentRow {
  readonly kind: "opened" | "changed" | "resolved";
  readonly incident: Incident;
  readonly quiet?: true; // for the record: another effect, or another spell of what is unstable
}

/** What one finding waits for. Without an incident it is not shown yet. */
export interface Watch {
  readonly incident?: Incident;
  readonly brokenSince?: number;
  readonly brokenAt?: number; // open, and in this round or the last in which it was: what begins later is no effect of it
  readonly healthySince?: number; // since when it is waited whether that lasts
  readonly wellSince?: number; // the same, or earlier, while its parent was there
  readonly unknownSince?: number; // not measured, and nothing above it is open that explains that
  readonly turn?: { readonly severity: Severity; readonly since: number }; // another severity than shown
}

export interface IncidentState {
  readonly at?: number; // of the last round
  readonly watches: Readonly<Record<string, Watch>>; // by findingKey
  readonly returning: Readonly<Record<string, number>>; // resolved findings, and until when what depends on them may come back
  readonly openings: Readonly<Record<string, readonly number[]>>; // lately, by findingKey: who opens too often is unstable
}

export const NO_INCIDENTS: IncidentState = { watches: {}, returning: {}, openings: {} };

/**
 * The state after a restart, from the incidents on disk: those that are open, and lately ended ones. None is opened anew; each must be
 * measured healthy to end.
 */
export function restoreIncidents(kept: readonly Incident[]): IncidentState {
  const keyOf = (incident: Incident) => findingKey(incident.code, incident.subject);
  const unresolved = kept.filter((incident) => incident.resolvedAt === undefined);
  const plain = kept.filter((incident) => incident.unstable === undefined);
  const openings = Object.entries(Object.groupBy(plain, keyOf)).map(([key, own = []]) =>
    [key, own.map(({ openedAt }) => openedAt).sort((a, b) => a - b)] as const
  );
  return {
    watches: Object.fromEntries(unresolved.map((incident) => [keyOf(incident), { incident }])),
    returning: {},
    openings: Object.fromEntries(openings),
  };
}

/** What is wrong now, in no order. */
export function openIncidents(state: IncidentState): Incident[] {
  return Object.values(state.watches).flatMap(({ incident }) => incident ? [incident] : []);
}
