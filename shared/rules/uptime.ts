/**
 * How much of a time something was there, from the incidents of that time and not from counts: each second belongs to one thing. What
 * nobody could know is not counted either way: the hub's own gaps, and a register behind a router that was down. Maintenance and closed
 * hours are left out and told beside.
 */
import type { Incident } from "./incident.ts";
import { common, lengthOf, merged, type Span, without } from "./spans.ts";

/** What counts as not there, by what it is of. Slow or far is not down; an internet without names is, as nothing in it is found. */
export const DOWN_CODES = {
  register: ["register-silent"],
  router: ["router-down"],
  internet: ["modem-down", "internet-down", "dns-down"],
} as const;

/** What it cannot be judged behind: while one of these is there, nobody knows. A register is where these list it as touched. */
export const BEHIND_CODES = {
  register: [],
  router: ["hub-link-down"],
  internet: ["hub-link-down", "router-down"],
} as const;

/** The kinds of incidents that uptime is computed from. */
export const UPTIME_CODES: readonly string[] = [
  ...Object.values(DOWN_CODES).flat(),
  ...["hub-link-down", "access-point-down"],
];

/** The time that is looked at, and what is left out of it. */
export interface Frame {
  readonly span: Span;
  readonly watched: readonly Span[]; // the hub ran
  readonly maintenance: readonly Span[];
  readonly closed: readonly Span[]; // empty for what has to be there at night as well
}

export interface Uptime {
  readonly percent: number | undefined; // undefined: nothing of it was watched
  readonly watchedMs: number; // what the percentage is of
  readonly downMs: number;
  readonly falls: number;
  readonly behindMs: number; // not known: something it depends on was down
  readonly gapMs: number; // not known: the hub was off
  readonly maintenanceMs: number;
  readonly maintenanceDownMs: number; // down, and expected to be
  readonly closedMs: number;
}

/** Of one subject; `codes` are the findings by which it is down, `behind` those that leave it unknown. */
export function uptimeOf(
  { subject, codes, behind: over = [], since }: {
    readonly subject?: string;
    readonly codes: readonly string[];
    readonly behind?: readonly string[];
    readonly since?: number;
  },
  incidents: readonly Incident[],
  { span, watched, maintenance, closed }: Frame,
): Uptime {
  const whole = [{ from: Math.max(span.from, since ?? span.from), until: span.until }];
  const isOwn = (each: Incident) => codes.includes(each.code) && (subject === undefined || each.subject === subject);
  const own = incidents.filter(isOwn);
  const behind = common(
    whole,
    incidents.flatMap((each) => [
      ...isOwn(each) ? [] : effectSpans(each, { subject, codes }, span.until), // down by one of its kinds it is down
      ...over.includes(each.code) ? downSpans(each, span.until) : [],
    ]),
  );
  const down = common(whole, own.flatMap((each) => downSpans(each, span.until)));
  const seen = common(whole, watched);
  const inMaintenance = common(seen, maintenance);
  const open = without(without(seen, inMaintenance), closed);
  const counted = without(open, behind);
  const counts = common(down, counted);
  const watchedMs = lengthOf(counted);
  const downMs = lengthOf(counts);
  return {
    percent: watchedMs === 0 ? undefined : (1 - downMs / watchedMs) * 100,
    watchedMs,
    downMs,
    falls: counts.length,
    behindMs: lengthOf(common(open, behind)),
    gapMs: lengthOf(whole) - lengthOf(seen),
    maintenanceMs: lengthOf(inMaintenance),
    maintenanceDownMs: lengthOf(common(down, inMaintenance)),
    closedMs: lengthOf(common(without(seen, inMaintenance), closed)),
  };
}

/** The times in which an incident was really there. Late is not down: one that never got grave counts for nothing. */
export function downSpans(incident: Incident, now: number): Span[] {
  if ((incident.worst ?? incident.severity) !== "fail") return [];
  const end = incident.endedAt ?? incident.resolvedAt ?? now;
  if (incident.unstable === undefined) return merged([{ from: incident.since, until: end }]);
  const grave = incident.unstable.spells.filter(({ worst = "fail" }) => worst === "fail");
  return merged(grave.map(({ since, until = end }) => ({ from: since, until })));
}

function effectSpans(
  { effects = [], resolvedAt }: Incident,
  { subject, codes }: { readonly subject?: string; readonly codes: readonly string[] },
  now: number,
): Span[] {
  return effects.filter((effect) =>
    (subject === undefined || effect.subject === subject) && codes.includes(effect.code)
  )
    .map(({ since, until = resolvedAt ?? now }) => ({ from: since, until }));
}
