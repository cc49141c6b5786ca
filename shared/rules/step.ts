/**
 * One round of all findings: takes what the rules said and returns the next state and the rows to keep. It remembers nothing itself.
 * Nothing is cleared that was not measured healthy, and a register is not accused of what its router did.
 */
import { type Block, blocksIn } from "./block.ts";
import { withEffects } from "./effects.ts";
import type { Incident, IncidentRow, IncidentState, Watch } from "./incident.ts";
import { advance, resolved } from "./incident_life.ts";
import { findingKey, type Outcome, type Reading } from "./rule.ts";
import { incidentSetBack } from "./set_back.ts";
import { isThere, lately } from "./unstable.ts";

export const ROUND_GAP_MS = 30_000; // rounds come every few seconds; after a longer gap nobody was watching, so waiting begins anew
export const AFTERMATH_MS = 15_000; // what a rule's children get to come back in when it names no time: three heartbeats

/** What holds for the whole round. */
export interface Weather {
  readonly muted?: boolean; // maintenance is on: what opens is kept, and nobody is told
  readonly warming?: boolean; // the hub has just come back: nothing opens and nothing gets graver
}

/** One round at `now`. `newId` names a new incident. */
export function step(
  previous: IncidentState,
  readings: readonly Reading[],
  now: number,
  newId: () => string,
  { muted = false, warming = false }: Weather = {},
): { state: IncidentState; rows: IncidentRow[] } {
  const { watches: before, returning, openings } = resumed(previous, now);
  const watches: Record<string, Watch> = {};
  const stillReturning = Object.fromEntries(Object.entries(returning).filter(([, until]) => until > now));
  const stillOpenings = Object.fromEntries(
    Object.entries(openings).map(([key, at]) => [key, lately(at, now)] as const).filter(([, at]) => at.length > 0),
  );
  const rows: IncidentRow[] = now < (previous.at ?? now) ? setBackRows(before) : [];
  const blocks = blocksIn(readings, (key) => holdsBack(before[key]), stillReturning);
  const blockOf = new Map(readings.map((reading) => [reading, blocks(reading.rule, reading.subject)]));
  const seen = new Set<string>();
  for (const reading of readings) {
    const { rule, subject, outcome, excused } = reading;
    const key = findingKey(rule.code, subject);
    seen.add(key);
    const block = blockOf.get(reading)!;
    const { watch, row } = advance(before[key] ?? {}, {
      ...{ rule, subject, muted, warming, now, newId },
      name: reading.name ?? subject,
      outcome: blocked(outcome, block),
      parent: parentOf(block, before),
      isWell: outcome.kind === "healthy",
      excused: excused !== undefined,
      openings: stillOpenings[key],
    });
    const brokenAt = outcome.kind === "broken" ? now : before[key]?.brokenAt;
    if (Object.keys(watch).length > 0) watches[key] = watch.incident ? { ...watch, brokenAt } : watch;
    if (row) rows.push(row);
    if (row?.kind === "opened") stillOpenings[key] = [...stillOpenings[key] ?? [], now];
    if (row?.kind === "resolved" && row.incident.unstable) delete stillOpenings[key]; // steady: the next one is the first
    if (holdsBack(before[key]) && !holdsBack(watch)) stillReturning[key] = now + (rule.returnMs ?? AFTERMATH_MS);
  }
  for (const [key, { incident }] of Object.entries(before)) {
    if (incident && !seen.has(key)) rows.push(resolved(incident, "gone", now, now));
  }
  const marked = withEffects(watches, readings, { blocks: (reading) => blockOf.get(reading)!, now });
  const state = { at: now, watches: marked.watches, returning: stillReturning, openings: stillOpenings };
  return { state, rows: [...rows.map((row) => withLast(row, marked.rows)), ...marked.rows.filter(isAlone(rows))] };
}

/**
 * After a gap nobody watched, or a clock that was set back: incidents stay, everything that was waited for begins anew. With the clock the
 * incidents move too, so that none ends before it began.
 */
function resumed(state: IncidentState, now: number): IncidentState {
  const elapsed = state.at === undefined ? Infinity : now - state.at;
  if (elapsed >= 0 && elapsed <= ROUND_GAP_MS) return state;
  const open = Object.entries(state.watches).filter(([, { incident }]) => incident);
  return {
    watches: Object.fromEntries(
      open.map((
        [key, { incident }],
      ) => [key, { incident: elapsed < 0 ? incidentSetBack(incident!, -elapsed) : incident }]),
    ),
    returning: elapsed < 0 ? {} : state.returning,
    openings: elapsed < 0 ? {} : state.openings,
  };
}

/** The disk is to know them by the same clock. */
function setBackRows(watches: IncidentState["watches"]): IncidentRow[] {
  return Object.values(watches).flatMap(({ incident }) => incident ? [{ kind: "changed", incident, quiet: true }] : []);
}

/** An open finding holds back what depends on it; one that comes and goes only while it is there. */
function holdsBack(watch: Watch | undefined): boolean {
  return watch?.incident !== undefined && isThere(watch.incident);
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

function parentOf(block: Block, before: IncidentState["watches"]): { key: string; id: string } | undefined {
  if (block.kind !== "parent" || !block.open) return undefined;
  const id = before[block.key]?.incident?.id;
  return id === undefined ? undefined : { key: block.key, id };
}

/** Two rows of one incident in one round are one: the louder, with all that is known. */
function withLast(row: IncidentRow, later: readonly IncidentRow[]): IncidentRow {
  const last = later.find(({ incident }) => incident.id === row.incident.id);
  return last ? { ...row, incident: last.incident } : row;
}

function isAlone(rows: readonly IncidentRow[]): (row: IncidentRow) => boolean {
  const told = new Set(rows.map(({ incident }: { incident: Incident }) => incident.id));
  return ({ incident }) => !told.has(incident.id);
}
