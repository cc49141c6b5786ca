/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { NOON } from "./fixture.ts";
import { UNMEASURED_MS } from "./incident_life.ts";
import { HEALTHY, unknown } from "./rule.ts";
import { broken, Rounds, ruleOf } from "./step_testing.ts";

const LONG_S = UNMEASURED_MS / 1_000;
const UNKNOWN = unknown("it does not tell its signal");
const silent = ruleOf("register-silent", { openAfterMs: 0 });
const weak = ruleOf("signal-weak", { openAfterMs: 0, dependsOn: ["register-silent"] });
const unsynced = ruleOf("unsynced-changes", { openAfterMs: 0, outlastsUnknown: true });

Deno.test("[INC37] what is not measured for half an hour ends from when it was last known, and is not called well", () => {
  const run = new Rounds().pass(10, [[weak, "bar", broken()]]).pass(LONG_S, [[weak, "bar", UNKNOWN]]);
  assert.deepEqual(run.open.map(({ code }) => code), ["signal-weak"]);
  run.pass(1, [[weak, "bar", UNKNOWN]]);
  assert.deepEqual(run.open, []);
  const { incident } = run.rows.at(-1)!.row;
  assert.deepEqual([incident.resolution, incident.endedAt], ["unmeasured", NOON + 10_000]);
  run.pass(1, [[weak, "bar", broken()]]);
  assert.equal(run.told.at(-1), `${LONG_S + 11} opened signal-weak`);
});

Deno.test("[INC37] one measurement in between begins the half hour anew", () => {
  const run = new Rounds().pass(1, [[weak, "bar", broken()]]);
  for (let i = 0; i < 3; i++) run.pass(LONG_S - 1, [[weak, "bar", UNKNOWN]]).pass(1, [[weak, "bar", broken()]]);
  run.pass(LONG_S - 1, [[weak, "bar", UNKNOWN]]).pass(1, [[weak, "bar", HEALTHY]]).pass(LONG_S, [[
    weak,
    "bar",
    UNKNOWN,
  ]]);
  assert.deepEqual(run.told, ["0 opened signal-weak"]);
});

Deno.test("[INC37] under something that is open it stays, however long that takes, and then has its half hour", () => {
  const run = new Rounds().pass(1, [[silent, "bar", HEALTHY], [weak, "bar", broken()]]);
  run.pass(2 * LONG_S, [[silent, "bar", broken()], [weak, "bar", UNKNOWN]]);
  assert.deepEqual(run.open.map(({ code }) => code).toSorted(), ["register-silent", "signal-weak"]);
  run.pass(LONG_S, [[silent, "bar", HEALTHY], [weak, "bar", UNKNOWN]]);
  assert.deepEqual(run.open.map(({ code }) => code), ["signal-weak"]);
  run.pass(60, [[silent, "bar", HEALTHY], [weak, "bar", UNKNOWN]]);
  assert.deepEqual(run.open, []);
});

Deno.test("[INC37] changes on one register alone stay until somebody says that they are not", () => {
  const run = new Rounds().pass(1, [[unsynced, "bar", broken()]]).pass(3 * LONG_S, [[unsynced, "bar", UNKNOWN]]);
  assert.deepEqual(run.open.map(({ code }) => code), ["unsynced-changes"]);
});
