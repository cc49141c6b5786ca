import assert from "node:assert/strict";
import { openDatabase } from "./db.ts";
import { createRuns } from "./runs.ts";

Deno.test("[INC20] a run goes on for as long as it is noted, and never backwards", () => {
  const runs = createRuns(openDatabase(":memory:"));
  assert.equal(runs.last(), undefined);
  runs.begin(1_000);
  runs.alive(5_000);
  runs.alive(4_000); // the clock was set back
  assert.deepEqual(runs.last(), { from: 1_000, until: 5_000 });
  runs.begin(9_000);
  runs.alive(9_500);
  assert.deepEqual(runs.since(0), [{ from: 1_000, until: 5_000 }, { from: 9_000, until: 9_500 }]);
  assert.deepEqual(runs.since(6_000), [{ from: 9_000, until: 9_500 }]);
});

Deno.test("runs are forgotten with the incidents of their time", () => {
  const runs = createRuns(openDatabase(":memory:"));
  runs.begin(0);
  runs.prune(401 * 24 * 3_600_000);
  assert.equal(runs.last(), undefined);
});

Deno.test("[INC34] a run that begins by a clock that was set back cuts off what was noted as later", () => {
  const runs = createRuns(openDatabase(":memory:"));
  runs.begin(1_000);
  runs.alive(5_000);
  runs.begin(60_000); // the clock was ahead
  runs.alive(61_000);
  runs.begin(4_000);
  runs.alive(9_000);
  assert.deepEqual(runs.since(0), [{ from: 1_000, until: 4_000 }, { from: 4_000, until: 9_000 }]);
});
