/** Looking back: the story of an incident, and how much of a time everything was there. */
import type { IncidentStory, UptimeRange, UptimeResponse, UptimeView } from "../shared/incident_api.ts";
import { closedSpans, type OpeningHours } from "../shared/rules/hours.ts";
import { GAP_MIN_MS } from "../shared/rules/hub_off.ts";
import type { Incident } from "../shared/rules/incident.ts";
import { type Span, without } from "../shared/rules/spans.ts";
import { riskOf, tell } from "../shared/rules/story.ts";
import { BEHIND_CODES, DOWN_CODES, type Frame, type Uptime, UPTIME_CODES, uptimeOf } from "../shared/rules/uptime.ts";
import type { Incidents } from "./store/incidents.ts";
import type { Maintenance } from "./store/maintenance.ts";
import type { Moments } from "./store/moments.ts";
import type { Runs } from "./store/runs.ts";
import type { Samples } from "./store/samples.ts";
import type { RegisterRow } from "./store/venue.ts";

const MINUTE_MS = 60_000;
const QUARTER_MS = 15 * MINUTE_MS;
const AROUND_MS = 10 * MINUTE_MS; // told of the time before and after
const POINTS_MAX = 384; // six hours of minutes, or four days of quarters
const MINUTES_KEPT_MS = 29 * 24 * 60 * MINUTE_MS; // of older times only quarters are left
const STORY_REGISTERS_MAX = 16;
const RANGE_MS: Record<UptimeRange, number> = {
  day: 24 * 60 * MINUTE_MS,
  week: 7 * 24 * 60 * MINUTE_MS,
  month: 30 * 24 * 60 * MINUTE_MS,
};

export interface HistoryDeps {
  readonly store: {
    readonly runs: Runs;
    readonly maintenance: Maintenance;
    readonly moments: Moments;
    readonly incidents: Incidents<Incident>;
    readonly samples: Samples;
  };
  readonly hours: () => OpeningHours | undefined;
  readonly registers: () => readonly RegisterRow[];
}

export class History {
  readonly #deps: HistoryDeps;

  constructor(deps: HistoryDeps) {
    this.#deps = deps;
  }

  /** What is told of an incident beside itself. */
  story(incident: Incident, now: number): Pick<IncidentStory, "told" | "minutes" | "risk" | "gaps"> {
    const end = incident.endedAt ?? incident.resolvedAt ?? now;
    const span = { from: incident.since - AROUND_MS, until: Math.min(now, end + AROUND_MS) };
    const minutes = this.#minutes(span, this.#involved(incident), now);
    const gaps = this.#gaps(span, now);
    const maintenance = this.#maintenanceIn(span);
    const parts = { measured: minutes, gaps, maintenance, now };
    return {
      told: tell(incident, parts).map(({ at, text }) => ({ at: instant(at), text })),
      minutes,
      risk: { ...riskOf(incident, parts), unsynced: [...riskOf(incident, parts).unsynced] },
      gaps: gaps.map(gapView),
    };
  }

  uptime(range: UptimeRange, now: number): UptimeResponse {
    const { store, hours, registers } = this.#deps;
    const span = { from: now - RANGE_MS[range], until: now };
    const incidents = store.incidents.ofCodes(UPTIME_CODES, span.from);
    const maintenance = this.#maintenanceIn(span);
    const watched = this.#watched(span, now);
    const always: Frame = { span, watched, maintenance, closed: [] };
    const whenOpen: Frame = { ...always, closed: closedSpans(hours(), span) };
    const layer = (name: "router" | "internet"): UptimeView => {
      const uptime = uptimeView(uptimeOf({ codes: DOWN_CODES[name], behind: BEHIND_CODES[name] }, incidents, always));
      const known = uptime.downMs > 0 || store.moments.isMeasured(name, span.from, span.until);
      return known ? uptime : { ...uptime, percent: null };
    };
    return {
      range,
      from: instant(span.from),
      until: instant(span.until),
      router: layer("router"),
      internet: layer("internet"),
      registers: registers().map(({ id, name, enrolledAt }) => ({
        ...{ id, name },
        ...uptimeView(
          uptimeOf({ subject: id, codes: DOWN_CODES.register, since: enrolledAt }, incidents, whenOpen),
        ),
      })),
      gaps: this.#gaps(span, now).map(gapView),
    };
  }

  #maintenanceIn({ from, until }: Span): (Span & { words: string })[] {
    return this.#deps.store.maintenance.since(from).filter(({ startsAt }) => startsAt < until)
      .map(({ startsAt, endsAt, words }) => ({ from: startsAt, until: endsAt, words }));
  }

  #watched({ from }: Span, now: number): Span[] {
    const runs = this.#deps.store.runs.since(from);
    return runs.map((run, index) => index === runs.length - 1 ? { ...run, until: now } : run);
  }

  #gaps(span: Span, now: number): Span[] {
    const runs = this.#watched(span, now);
    const known = { from: Math.max(span.from, runs[0]?.from ?? span.until), until: span.until };
    return without([known], runs).filter(({ from, until }) => until - from >= GAP_MIN_MS);
  }

  /** The registers it is about or has touched; when none is named, all of them. */
  #involved({ subject, effects = [] }: Incident): { id: string; name: string }[] {
    const enrolled = this.#deps.registers().map(({ id, name }) => ({ id: id as string, name }));
    const ofRegisters = effects.filter(({ code }) => code !== "access-point-down");
    const touched = new Map(ofRegisters.map(({ subject: id, name }) => [id, { id, name }]));
    const own = enrolled.filter(({ id }) => id === subject || touched.has(id));
    const gone = [...touched.values()].filter(({ id }) => !enrolled.some((each) => each.id === id));
    return [...(own.length + gone.length === 0 ? enrolled : own), ...gone].slice(0, STORY_REGISTERS_MAX);
  }

  #minutes({ from, until }: Span, registers: readonly { id: string; name: string }[], now: number) {
    const { moments, samples } = this.#deps.store;
    const isShort = until - from <= POINTS_MAX * MINUTE_MS && now - from < MINUTES_KEPT_MS;
    const step = isShort ? "minute" : "quarter";
    const stepMs = isShort ? MINUTE_MS : QUARTER_MS;
    const first = from - from % stepMs;
    const points = Math.min(POINTS_MAX, Math.max(1, Math.ceil((until - first) / stepMs)));
    const { layers, openChecks, unsynced } = moments.background(first, points, step);
    const tracks = samples.track(registers.map(({ id }) => id), first, points, step);
    return {
      stepMs,
      t: Array.from({ length: points }, (_, index) => first + index * stepMs),
      router: layers.router,
      internet: layers.internet,
      openChecks,
      registers: registers.map(({ id, name }) => ({
        ...{ id, name },
        ...tracks.get(id)!,
        unsynced: unsynced.get(id) ?? new Array<number | null>(points).fill(null),
      })),
    };
  }
}

function uptimeView({ percent, ...rest }: Uptime): UptimeView {
  return { percent: percent ?? null, ...rest };
}

function gapView({ from, until }: Span): { from: string; until: string } {
  return { from: instant(from), until: instant(until) };
}

function instant(ms: number): string {
  return new Date(ms).toISOString();
}
