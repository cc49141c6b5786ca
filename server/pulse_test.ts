import assert from "node:assert/strict";
import { Pulse, PULSE_EVERY_MS } from "./pulse.ts";

Deno.test("[RUL56] turns that come late are seen at once, and forgotten two seconds after the last of them", () => {
  const pulse = new Pulse();
  assert.equal(pulse.isLate(0), false); // before the first turn nothing is known to be late
  for (let at = 0; at <= 1_000; at += PULSE_EVERY_MS) pulse.beat(at + at % 3); // timers are never exact
  assert.equal(pulse.isLate(1_010), false);
  assert.equal(pulse.isLate(1_290), true); // the next one is overdue
  pulse.beat(1_300);
  assert.equal(pulse.isLate(1_310), true);
  for (let at = 1_550; at <= 4_000; at += PULSE_EVERY_MS) pulse.beat(at);
  assert.equal(pulse.isLate(3_200), true);
  assert.equal(pulse.isLate(3_310), false);
});
