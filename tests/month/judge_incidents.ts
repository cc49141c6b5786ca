/** What has to hold of the incidents on disk, whatever an evening brought. Each thing that does not is a sentence. */
import type { Incident } from "../../shared/rules/incident.ts";
import { findingKey } from "../../shared/rules/rule.ts";
import type { MonthHub } from "./hub.ts";
import type { Ledger } from "./ledger.ts";

/** While things go wrong: a finding is open once, on disk as in the hub's memory. */
export function brokenNow({ hub, store }: MonthHub): string[] {
  const open = hub.judge.open();
  const keys = open.map(({ code, subject }) => findingKey(code, subject));
  const twice = keys.filter((key, i) => keys.indexOf(key) !== i).map((key) => `${key} is open twice`);
  const ids = (incidents: readonly Incident[]) => incidents.map(({ id }) => id).sort().join();
  if (ids(open) !== ids(store.incidents.open())) twice.push("another incident is open on disk than in the hub");
  return twice;
}

/** Once all is mended and has lasted. */
export function stuck({ hub, store }: MonthHub): string[] {
  const open = new Map([...hub.judge.open(), ...store.incidents.open()].map((incident) => [incident.id, incident]));
  return [...open.values()].map(({ code, subject, text }) => `${code} of ${subject} is stuck: ${text}`);
}

/** Of all that were ever opened. */
export function incidentFaults(incidents: readonly Incident[], setBacks: Ledger["setBacks"]): string[] {
  return [
    ...incidents.flatMap((incident) => timeFaults(incident).map((why) => `${incident.code} ${incident.id}: ${why}`)),
    ...overlaps(incidents, setBacks),
  ];
}

function timeFaults({ since, openedAt, changedAt, resolvedAt, endedAt, unstable, effects = [] }: Incident): string[] {
  const faults: string[] = [];
  const inOrder = (what: string, ...times: readonly number[]) => {
    if (times.some((at, i) => at < (times[i - 1] ?? -Infinity))) faults.push(`${what}: ${times.join(", ")}`);
  };
  inOrder("since, opened, changed", since, openedAt, changedAt);
  if (resolvedAt !== undefined) {
    inOrder("changed, resolved", changedAt, resolvedAt);
    inOrder("since, ended, resolved", since, endedAt ?? since, resolvedAt);
    for (const effect of effects) inOrder("an effect", effect.since, effect.until ?? resolvedAt, resolvedAt);
  }
  const spells = unstable?.spells.flatMap(({ since: from, until = endedAt ?? from }) => [from, until]) ?? [];
  inOrder("spells", ...spells);
  return faults;
}

/** One finding is never two incidents at once, but by a clock that went through the same time twice. */
function overlaps(incidents: readonly Incident[], setBacks: Ledger["setBacks"]): string[] {
  const byKey = Map.groupBy(incidents, ({ code, subject }) => findingKey(code, subject));
  return [...byKey].flatMap(([key, own]) =>
    own.flatMap((incident, i) => {
      const before = own[i - 1];
      const until = before === undefined ? -Infinity : before.resolvedAt ?? Infinity;
      const end = incident.resolvedAt ?? Infinity;
      const isTwiceTold = setBacks.some(({ from, to }) =>
        (to < Math.min(until, end) && Math.min(until, end) <= from) || // one ended by a clock that was ahead
        (incident.openedAt <= to && to <= end && incident.openedAt + from - to >= until) // the later moved along
      );
      return until <= incident.openedAt || isTwiceTold
        ? []
        : [`${key} is twice at ${new Date(incident.openedAt).toISOString()}`];
    })
  );
}
