import assert from "node:assert/strict";
import type { Minutes, UptimeView } from "../../shared/incident_api.ts";
import { fromLocal, toLocal } from "./local_time.ts";
import { lanesOf } from "./story_lanes.ts";
import { sayDown, sayLeftOut, sayUptime } from "./uptime_words.ts";

const ALL: UptimeView = {
  ...{ percent: 100, watchedMs: 1, downMs: 0, falls: 0, behindMs: 0 },
  ...{ gapMs: 0, maintenanceMs: 0, maintenanceDownMs: 0, closedMs: 0 },
};

Deno.test("[INC31] uptime is never rounded up to all of it", () => {
  assert.deepEqual([100, 99.9999, 99.2, 98.77, 0].map((percent) => sayUptime({ percent })), [
    ...["100 %", "99.99 %", "99.20 %", "98.7 %", "0.0 %"],
  ]);
  assert.equal(sayUptime({ percent: null }), "–");
});

Deno.test("[INC31] what was down and what is not counted are said in words", () => {
  assert.equal(sayDown({ ...ALL, percent: null }), "not measured");
  assert.equal(sayDown(ALL), "never down");
  assert.equal(sayDown({ ...ALL, percent: 90, downMs: 360_000, falls: 2 }), "down for 6 min, 2 times");
  assert.equal(sayLeftOut(ALL), "");
  assert.equal(
    sayLeftOut({ ...ALL, behindMs: 60_000, closedMs: 3_600_000 }),
    "not counted: 1 min behind the router, 1 h closed",
  );
});

Deno.test("[INC31] a band says in words what it shows, and a layer nobody measured has none", () => {
  const minutes: Minutes = {
    ...{ stepMs: 60_000, t: [0, 60_000, 120_000], openChecks: [null, null, null] },
    router: ["ok", "down", "down"],
    internet: ["unknown", "unknown", "unknown"],
    registers: [{ id: "b", name: "Bar", state: ["ok", "late", "unknown"], rttMs: [], rssiDbm: [], unsynced: [] }],
  };
  assert.deepEqual(lanesOf(minutes).map(({ name, words }) => `${name}: ${words}`), [
    "Bar: there for 1 min, late for 1 min, not known for 1 min",
    "Router: there for 1 min, not there for 2 min",
  ]);
});

Deno.test("[INC32] a day and a time are the instant that this device means", () => {
  const at = new Date(2026, 10, 23, 19, 4).getTime();
  assert.equal(toLocal(at), "2026-11-23T19:04");
  assert.equal(fromLocal(toLocal(at)), at);
  assert.equal(fromLocal(""), undefined);
  assert.equal(fromLocal("2026-11-23"), undefined);
});
