/** Whether the tiers of samples say the same thing: each adds up to the one below it, and both to what was taken. */
import type { Ledger, Tally } from "./ledger.ts";
import type { Rows, SampleRow } from "./rows.ts";

const STEPS_S = [5, 60, 900, 86_400];
const NAMES = ["raw", "minutes", "quarters", "days"];
const TOLD_MAX = 5; // sentences of one kind: thousands of rows may be wrong in one way

/** Each tier against the one below, from the first whole period on that the lower one still has. */
export function rollUpFaults(rows: Rows, from = 0): string[] {
  return [1, 2, 3].flatMap((tier) => {
    const step = STEPS_S[tier]!;
    const first = Math.max(from, rows.oldest("samples", tier - 1) ?? Infinity);
    if (first === Infinity) return [];
    const begin = Math.ceil(first / step) * step;
    const below = Map.groupBy(rows.samples(tier - 1, begin), ({ register, t }) => `${register} ${t - t % step}`);
    const own = rows.samples(tier, begin);
    const missing = below.size - own.length;
    const wrong = own.flatMap((row) => {
      const key = `${row.register} ${row.t}`;
      return differences(row, below.get(key) ?? []).map((what) => `${NAMES[tier]} at ${key}: ${what}`);
    });
    return [
      ...missing === 0 ? [] : [`${missing} periods of the ${NAMES[tier - 1]} are not in the ${NAMES[tier]}`],
      ...wrong.slice(0, TOLD_MAX),
    ];
  });
}

/** The stored periods of these tallies against what the hub handed in, from second `from` on. */
export function lostSamples(rows: Rows, tier: 1 | 3, { minutes, days }: Ledger, from = 0): string[] {
  const tallies = tier === 1 ? minutes : days;
  const stored = new Map(rows.samples(tier, from).map((row) => [`${row.register} ${row.t}`, row]));
  const expected = [...tallies].filter(([key]) => Number(key.split(" ")[1]) >= from);
  const wrong = expected.flatMap(([key, tally]) => {
    const row = stored.get(key);
    const what = row === undefined ? ["is not there"] : tallyDifferences(row, tally);
    return what.map((each) => `${NAMES[tier]} at ${key}: ${each}`);
  });
  const invented = stored.size - expected.filter(([key]) => stored.has(key)).length;
  return [...wrong.slice(0, TOLD_MAX), ...invented === 0 ? [] : [`${invented} ${NAMES[tier]} were never measured`]];
}

function differences(row: SampleRow, below: readonly SampleRow[]): string[] {
  const sum = (value: (each: SampleRow) => number) => below.reduce((total, each) => total + value(each), 0);
  const lowest = below.flatMap(({ rssiMin }) => rssiMin === null ? [] : [rssiMin]);
  const rtt = row.rtt.map((_, bucket) => sum((each) => each.rtt[bucket] ?? 0));
  return [
    ...(["ok", "late", "silent", "unknown", "rssiN", "rssiSum", "rttN"] as const).flatMap((what) =>
      differs(what, row[what], sum((each) => each[what]))
    ),
    ...differs("rssiMin", row.rssiMin, lowest.length === 0 ? null : Math.min(...lowest)),
    ...differs("rtt", row.rtt.join(), rtt.join()),
  ];
}

function tallyDifferences(row: SampleRow, { states, rttN, rssiN, rssiSum, rssiMin }: Tally): string[] {
  return [
    ...(["ok", "late", "silent", "unknown"] as const).flatMap((what) => differs(what, row[what], states[what])),
    ...differs("rttN", row.rttN, rttN),
    ...differs("rssiN", row.rssiN, rssiN),
    ...differs("rssiSum", row.rssiSum, rssiSum),
    ...differs("rssiMin", row.rssiMin, rssiMin ?? null),
  ];
}

function differs<T>(what: string, stored: T, expected: T): string[] {
  return stored === expected ? [] : [`${what} is ${stored}, not ${expected}`];
}
