import assert from "node:assert/strict";
import { Pace, PACE_TICK_MS } from "./pace.ts";

Deno.test("[PRB24] rounds and knocks come at the pace that is set, from the moment that it is set", () => {
  let plan = { roundEveryMs: 5_000, knockEveryMs: 1_000 };
  let [rounds, knocks] = [0, 0];
  const pace = new Pace({ plan: () => plan, round: () => rounds++, knock: () => knocks++ }, 0);
  let now = 0;
  const pass = (seconds: number) => {
    [rounds, knocks] = [0, 0];
    for (let i = 0; i < (seconds * 1_000) / PACE_TICK_MS; i++) pace.tick(now += PACE_TICK_MS - i % 2); // a timer is never exact
    return [rounds, knocks];
  };
  assert.deepEqual(pass(60), [12, 60]);
  plan = { roundEveryMs: 30_000, knockEveryMs: 5_000 };
  assert.deepEqual(pass(60), [2, 12]);
  plan = { roundEveryMs: 2_000, knockEveryMs: 1_000 };
  assert.deepEqual(pass(60), [30, 60]);
});
