/** Some evenings from a seed, looked at as they go by, and all that did not hold. */
import type { UptimeResponse } from "../../shared/incident_api.ts";
import { DAY_MS, type Season } from "./calendar.ts";
import { forgettingFaults, leftOver, LONG_AWAY_MS, MINUTES_KEPT_S } from "./judge_forgetting.ts";
import { brokenNow, incidentFaults, stuck } from "./judge_incidents.ts";
import { lostSamples, rollUpFaults } from "./judge_samples.ts";
import { uptimeFaults } from "./judge_uptime.ts";
import { Rows } from "./rows.ts";
import { World } from "./world.ts";

export interface Outcome {
  readonly broken: readonly string[];
  readonly figures: Readonly<Record<string, number>>;
}

/** `said` hears of each evening that is over. */
export async function runEvenings(
  folder: string,
  { seed, season, said = () => {} }: {
    readonly seed: number;
    readonly season: Season;
    readonly said?: (word: string) => void;
  },
): Promise<Outcome> {
  const path = `${folder}/counterpart.db`;
  const world = new World(path, seed, season);
  const { days } = season;
  const broken: string[] = [];
  const note = (day: number, faults: readonly string[]) =>
    broken.push(...faults.map((fault) => `day ${day}: ${fault}`));
  await world.open();
  const rows = new Rows(path);
  const judge = async (day: number, ranges: readonly string[]) => {
    for (const range of ranges) {
      const told: UptimeResponse = await world.hub.call("GET", `/api/uptime?range=${range}`);
      note(day, uptimeFaults(told, rows, world.ledger, season));
    }
  };
  try {
    for (let day = 0; day < days; day++) {
      await world.night(day);
      note(day, stuck(world.hub).map((fault) => `at night, ${fault}`));
      await world.evening(day, () => note(day, world.isUp ? brokenNow(world.hub) : []));
      note(day, stuck(world.hub));
      note(day, rollUpFaults(rows, (world.clock.now - DAY_MS) / 1_000));
      await judge(day, ["day"]);
      said(`day ${day + 1}: ${rows.incidents().length} incidents, ${broken.length} faults`);
    }
    await judge(days, ["week", "month"]);
    note(days, incidentFaults(rows.incidents(), world.ledger.setBacks));
    const now = world.clock.now / 1_000;
    note(days, lostSamples(rows, 1, world.ledger, Math.max(0, now - MINUTES_KEPT_S)));
    note(days, lostSamples(rows, 3, world.ledger));
    note(days, forgettingFaults(rows, world.clock.now, world.began / 1_000));
    const figures = figuresOf(world, rows);
    await world.away(LONG_AWAY_MS);
    note(days, leftOver(rows));
    return { broken, figures };
  } finally {
    rows.close();
    world.close();
  }
}

function figuresOf({ ledger, ticks, restarts, faults, hub, clock }: World, rows: Rows): Outcome["figures"] {
  const incidents = rows.incidents();
  const { bytes, free } = rows.size();
  const chartFrom = performance.now();
  for (const [id] of ledger.tills) hub.store.samples.series(id, "year", clock.now);
  const chartMs = (performance.now() - chartFrom) / ledger.tills.size;
  return {
    ...{ rounds: ticks, heartbeats: ledger.heartbeats, samples: ledger.samples, faults, restarts },
    incidents: incidents.length,
    unstable: incidents.filter(({ unstable }) => unstable).length,
    databaseBytes: bytes,
    databaseFreeBytes: free,
    yearChartMs: Number(chartMs.toFixed(2)),
  };
}
