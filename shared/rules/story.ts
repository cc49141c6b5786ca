/**
 * An incident as people tell it: what was before, what happened, who was touched, what was at stake, and how it ended, each with its
 * moment. Only what was measured is told; what nobody watched is said to be so.
 */
import type { Effect, Incident } from "./incident.ts";
import type { Span } from "./spans.ts";
import { count, figure, list, median, span } from "./words.ts";

const TOGETHER_MS = 60_000; // of those who come back; nobody reads it to the second

export interface Sentence {
  readonly at: number;
  readonly text: string;
}

/** What was measured around an incident, in equal steps; a null was not measured. */
export interface Measured {
  readonly t: readonly number[];
  readonly openChecks: readonly (number | null)[];
  readonly registers: readonly {
    readonly id: string;
    readonly name: string;
    readonly rttMs: readonly (number | null)[];
    readonly rssiDbm: readonly (number | null)[];
    readonly unsynced: readonly (number | null)[];
  }[];
}

/** What was at stake while it lasted: the most of each. */
export interface Risk {
  readonly openChecks: number | null;
  readonly unsynced: readonly { readonly id: string; readonly name: string; readonly changes: number }[];
}

export interface StoryParts {
  readonly measured: Measured;
  readonly gaps: readonly Span[]; // the hub was off
  readonly maintenance: readonly (Span & { readonly words: string })[];
  readonly now: number;
}

/** The most that was at stake between the beginning of an incident and its end. */
export function riskOf(incident: Incident, { measured, now }: Pick<StoryParts, "measured" | "now">): Risk {
  const until = incident.endedAt ?? incident.resolvedAt ?? now;
  const during = measured.t.flatMap((at, index) =>
    at + stepOf(measured) > incident.since && at <= until ? [index] : []
  );
  const most = (values: readonly (number | null)[]) =>
    during.reduce<number | null>((best, index) => {
      const value = values[index] ?? null;
      return value === null ? best : Math.max(best ?? 0, value);
    }, null);
  return {
    openChecks: most(measured.openChecks),
    unsynced: measured.registers.flatMap(({ id, name, unsynced }) => {
      const changes = most(unsynced) ?? 0;
      return changes > 0 ? [{ id, name, changes }] : [];
    }),
  };
}

/** The story in the order of time. */
export function tell(incident: Incident, parts: StoryParts): Sentence[] {
  return [
    ...before(incident, parts),
    { at: incident.since, text: began(incident) },
    ...touched(incident),
    ...spells(incident),
    ...stake(incident, parts),
    ...parts.gaps.map(({ from, until }) => ({
      at: from,
      text: `The hub itself was off for ${span(until - from)}. What happened meanwhile was not measured.`,
    })),
    ...parts.maintenance.map(({ from, words }) => ({ at: from, text: `Maintenance: ${words}` })),
    ...ended(incident, parts.now),
  ].sort((a, b) => a.at - b.at);
}

/** How it usually was, of the register that it is about. */
function before(incident: Incident, { measured }: StoryParts): Sentence[] {
  const register = measured.registers.find(({ id }) => id === incident.subject);
  const at = measured.t[0];
  if (register === undefined || at === undefined || at >= incident.since) return [];
  const usual = (values: readonly (number | null)[]) =>
    median(values.filter((value, index): value is number => value !== null && measured.t[index]! < incident.since));
  const [rtt, signal] = [usual(register.rttMs), usual(register.rssiDbm)];
  const said = [
    ...(rtt === undefined ? [] : [`a round trip of ${figure(rtt)} ms`]),
    ...(signal === undefined ? [] : [`a signal of ${figure(signal)} dBm`]),
  ];
  return said.length === 0 ? [] : [{ at, text: `Until then ${register.name} had ${list(said)}.` }];
}

function began({ title, openedAt, since, cause }: Incident): string {
  const noticed = openedAt - since < 1_000 ? "" : ` The hub was sure after ${span(openedAt - since)}.`;
  return [`It began: ${title}.${noticed}`, cause].filter(Boolean).join(" ");
}

function touched({ effects = [], resolvedAt, since }: Incident): Sentence[] {
  const silent = effects.filter(({ code }) => code === "register-silent");
  if (silent.length === 0) return [];
  const names = list(silent.map(({ name }) => name));
  const gone = {
    at: Math.max(since, ...silent.map((effect) => effect.since)),
    text: `Not heard because of it: ${names}.`,
  };
  const away = silent.filter(({ until }) => until === undefined);
  if (resolvedAt === undefined || away.length === 0) return [gone, ...returns(silent)];
  return [gone, ...returns(silent), {
    at: resolvedAt,
    text: `Not back yet by then: ${list(away.map(({ name }) => name))}.`,
  }];
}

/** Who came back within a minute of one another is told in one breath. */
function returns(effects: readonly Effect[]): Sentence[] {
  const back = effects.flatMap(({ name, until }) => until === undefined ? [] : [{ name, at: until }]);
  const groups: { at: number; names: string[] }[] = [];
  for (const { name, at } of back.toSorted((a, b) => a.at - b.at)) {
    const last = groups.at(-1);
    if (last && at - last.at < TOGETHER_MS) last.names.push(name);
    else groups.push({ at, names: [name] });
  }
  return groups.map(({ at, names }) => ({
    at,
    text: `${list(names)} ${names.length === 1 ? "was" : "were"} heard again.`,
  }));
}

function spells({ unstable, since }: Incident): Sentence[] {
  if (unstable === undefined) return [];
  const again = unstable.spells.filter((spell) => spell.since > since);
  const earlier = unstable.falls - unstable.spells.length;
  const told = earlier > 0 ? [{ at: since, text: `It had come and gone ${count(earlier, "time")} before.` }] : [];
  return [
    ...told,
    ...again.map(({ since: at, until }) => ({
      at,
      text: until === undefined ? "It came again." : `It came again, for ${span(until - at)}.`,
    })),
  ];
}

function stake(incident: Incident, parts: StoryParts): Sentence[] {
  const { openChecks, unsynced } = riskOf(incident, parts);
  const at = incident.openedAt;
  return [
    ...(openChecks === null ? [] : [{
      at,
      text: openChecks === 0 ? "No check was open." : `${count(openChecks, "check was", "checks were")} open.`,
    }]),
    ...unsynced.map(({ name, changes }) => ({
      at,
      text: `${count(changes, "change was", "changes were")} on ${name} alone.`,
    })),
  ];
}

function ended({ resolvedAt, endedAt, resolution, since }: Incident, now: number): Sentence[] {
  if (resolvedAt === undefined) return [{ at: now, text: `It is still so, after ${span(now - since)}.` }];
  const at = endedAt ?? resolvedAt;
  switch (resolution) {
    case "gone":
      return [{ at, text: "What it was about is no longer enrolled here." }];
    case "closed":
      return [{ at, text: "The venue closed, so it is as it should be." }];
    case "unmeasured":
      return [{ at, text: "From here on it was not measured, so whether it is still so is not known." }];
    default:
      return [{ at, text: `It was over, after ${span(at - since)}.` }];
  }
}

function stepOf({ t }: Measured): number {
  return (t[1] ?? 0) - (t[0] ?? 0);
}
