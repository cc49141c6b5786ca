/**
 * Uptime as the hub tells it, held against two others: the same incidents counted second by second, which must agree to the second, and
 * what really happened, as far as that can be told from outside.
 */
import type { UptimeResponse, UptimeView } from "../../shared/incident_api.ts";
import type { Incident } from "../../shared/rules/incident.ts";
import { closing, FIRST_DAY, opening, type Season } from "./calendar.ts";
import type { Account, Ledger } from "./ledger.ts";
import { Strip } from "./paint.ts";
import type { Rows } from "./rows.ts";

const SLACK_S = 15; // for each fall: a heartbeat, and the round in which it is seen
const BEHIND = { router: ["hub-link-down"], internet: ["hub-link-down", "router-down"] };
const CODES = {
  register: ["register-silent"],
  router: ["router-down"],
  internet: ["modem-down", "internet-down", "dns-down"],
};

/** All that the seconds of a time are, but for what is of one subject alone. */
interface Frame {
  readonly watched: Strip;
  readonly maintenance: Strip;
  readonly closed: Strip;
}

type Counted = Pick<UptimeView, "watchedMs" | "downMs" | "behindMs" | "gapMs" | "maintenanceMs" | "closedMs">;

export function uptimeFaults(told: UptimeResponse, rows: Rows, ledger: Ledger, season: Season): string[] {
  const span = { from: Date.parse(told.from), until: Date.parse(told.until) };
  const incidents = rows.incidents();
  const enrolled = rows.enrolledAt();
  const frame = frameOf(rows, ledger.end, span.until, season);
  const always = { ...frame, closed: new Strip(FIRST_DAY, ledger.end) };
  const subjects = [
    {
      name: "router",
      view: told.router,
      codes: CODES.router,
      over: BEHIND.router,
      frame: always,
      account: ledger.router,
    },
    {
      name: "internet",
      view: told.internet,
      codes: CODES.internet,
      over: BEHIND.internet,
      frame: always,
      account: ledger.internet,
    },
    ...told.registers.map((view) => ({
      ...{ name: view.name, view, codes: CODES.register, frame, subject: view.id, since: enrolled.get(view.id) },
      account: ledger.tills.get(view.id),
    })),
  ];
  return subjects.flatMap(({ name, view, account, ...about }) => {
    const counted = count({ since: undefined, subject: undefined, over: [], ...about }, incidents, span, ledger.end);
    const wrong = Object.entries(counted).filter(([key, ms]) => view[key as keyof Counted] !== ms);
    return [
      ...wrong.map(([key, ms]) =>
        `uptime of ${name}, ${told.range}: ${key} ${view[key as keyof Counted]}, counted ${ms}`
      ),
      ...account ? farFromTrue(`${name}, ${told.range}`, view, account, about.frame, span) : [],
    ];
  });
}

function frameOf(rows: Rows, end: number, now: number, season: Season): Frame {
  const [watched, maintenance, closed] = [0, 1, 2].map(() => new Strip(FIRST_DAY, end)) as [Strip, Strip, Strip];
  const runs = rows.runs();
  runs.forEach(({ from, until }, i) => watched.paint(from, i === runs.length - 1 ? now : until));
  for (const { from, until } of rows.maintenance()) maintenance.paint(from, until);
  closed.paint(FIRST_DAY, end);
  for (let day = -1; day <= season.days; day++) closed.paint(opening(day), closing(day, season), 0);
  return { watched, maintenance, closed };
}

function count(
  { subject, codes, over, since, frame }: {
    readonly subject?: string;
    readonly codes: readonly string[];
    readonly over: readonly string[]; // what leaves it unknown
    readonly since?: number;
    readonly frame: Frame;
  },
  incidents: readonly Incident[],
  { from, until }: { readonly from: number; readonly until: number },
  end: number,
): Counted {
  const isIt = (each: { readonly code: string; readonly subject: string }) =>
    codes.includes(each.code) && (subject === undefined || each.subject === subject);
  const [down, behind] = [new Strip(FIRST_DAY, end), new Strip(FIRST_DAY, end)];
  for (const incident of incidents) {
    const end = incident.endedAt ?? incident.resolvedAt ?? until;
    const spells = incident.unstable?.spells.filter(({ worst }) => worst === "fail") ?? [{ since: incident.since }];
    if (isIt(incident) && (incident.worst ?? incident.severity) === "fail") {
      for (const spell of spells) down.paint(spell.since, spell.until ?? end);
    }
    if (over.includes(incident.code)) { for (const spell of spells) behind.paint(spell.since, spell.until ?? end); }
    for (const effect of incident.effects ?? []) {
      if (isIt(effect) && !isIt(incident)) behind.paint(effect.since, effect.until ?? incident.resolvedAt ?? until);
    }
  }
  const seconds = { watchedMs: 0, downMs: 0, behindMs: 0, gapMs: 0, maintenanceMs: 0, closedMs: 0 };
  const first = Math.max(from, since ?? from);
  seconds.gapMs += Math.max(0, Math.min(until, FIRST_DAY) - first) / 1_000; // before there was a strip there was no hub
  for (const second of down.between(first, until)) {
    if (!frame.watched.has(second)) seconds.gapMs++;
    else if (frame.maintenance.has(second)) seconds.maintenanceMs++;
    else if (frame.closed.has(second)) seconds.closedMs++;
    else if (behind.has(second)) seconds.behindMs++;
    else {
      seconds.watchedMs++;
      if (down.has(second)) seconds.downMs++;
    }
  }
  return Object.fromEntries(Object.entries(seconds).map(([key, n]) => [key, n * 1_000])) as unknown as Counted;
}

/** Down for as long as it really was, but for what cannot be told. */
function farFromTrue(
  name: string,
  { downMs }: UptimeView,
  { down, murky, falls }: Account,
  { watched, maintenance, closed }: Frame,
  { from, until }: { readonly from: number; readonly until: number },
): string[] {
  let doubt = 0;
  const sure: number[] = [];
  for (const second of down.between(from, until)) {
    if (!watched.has(second) || maintenance.has(second) || closed.has(second)) continue;
    if (murky.has(second)) doubt++;
    else if (down.has(second)) sure.push(second);
  }
  const stretches = stretchesOf(sure);
  const fell = falls.filter((at) => from <= at && at <= until).length;
  const slack = doubt + SLACK_S * (1 + Math.max(fell, stretches.length));
  const told = downMs / 1_000;
  if (Math.abs(told - sure.length) <= slack) return [];
  return [`${name}: told down ${told} s, was ${sure.length} s (within ${slack} s): ${stretches.join(", ")}`];
}

/** "10-05T19:04:05 to 10-05T19:06:10" of seconds by number. */
function stretchesOf(seconds: readonly number[]): string[] {
  const clock = (second: number) => new Date(FIRST_DAY + second * 1_000).toISOString().slice(5, 19);
  const firsts = seconds.filter((second, i) => second !== seconds[i - 1]! + 1);
  const lasts = seconds.filter((second, i) => second !== seconds[i + 1]! - 1);
  return firsts.map((first, i) => `${clock(first)} to ${clock(lasts[i]! + 1)}`);
}
