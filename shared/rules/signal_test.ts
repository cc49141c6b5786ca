/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { SIGNAL_WINDOW_MS, type SignalReading } from "./facts.ts";
import { healthyFacts, levelOf, NOON, outcomeOf, withRegister } from "./fixture.ts";
import { networkNow, signalNow } from "./readings.ts";
import { signalWeak, SPARSE_MS } from "./signal.ts";

/** Readings every 5 s up to now. */
function steady(dbm: readonly number[], noiseDbm?: number): SignalReading[] {
  return dbm.map((rssiDbm, i) => ({ at: NOON - (dbm.length - 1 - i) * 5_000, rssiDbm, noiseDbm }));
}
function outcome(signal: readonly SignalReading[]) {
  return outcomeOf(signalWeak, withRegister(healthyFacts(), 2, { signal }), 2);
}

for (const [dbm, level] of [[-60, "healthy"], [-66, "healthy"], [-67, "warn"], [-70, "warn"], [-71, "fail"]] as const) {
  Deno.test(`[RUL15] a median of ${dbm} dBm is ${level}`, () =>
    assert.equal(levelOf(outcome(steady([dbm, dbm, dbm]))), level));
}

Deno.test("[RUL15] the text carries the median, the span and how many readings", () => {
  const weak = outcome(steady(Array(61).fill(-75)));
  assert.ok(weak.kind === "broken");
  assert.equal(
    weak.text,
    "Terrace has a weak Wi-Fi signal: −75 dBm over the last 5 min (61 readings). iPads begin to roam below −70 dBm. " +
      "Move it closer to the router, or the router closer to it.",
  );
});

Deno.test("[RUL15] somebody walking past does not move the median", () => {
  assert.equal(levelOf(outcome(steady([-55, -90, -55, -91, -56]))), "healthy");
});

Deno.test("[RUL15] readings older than 5 min do not count", () => {
  const old = steady([-80, -80, -80]).map((reading) => ({ ...reading, at: reading.at - SIGNAL_WINDOW_MS }));
  assert.equal(levelOf(outcome([...old.slice(0, 2), ...steady([-50, -50, -50])])), "healthy");
});

Deno.test("[RUL15] under 15 dB above the noise fails, however strong", () => {
  const noisy = outcome(steady([-60, -60, -60], -74));
  assert.ok(noisy.kind === "broken" && noisy.severity === "fail");
  assert.match(noisy.text, /only 14 dB above the noise over the last 10 s \(3 readings\)/);
  assert.equal(levelOf(outcome(steady([-60, -60, -60], -75))), "healthy");
});

Deno.test("[RUL51] a signal of a while ago is not known: it neither warns nor passes", () => {
  for (const dbm of [-50, -80]) {
    const facts = withRegister(healthyFacts(), 2, { signal: steady([dbm, dbm, dbm]) });
    const then = { ...facts, now: NOON + SIGNAL_WINDOW_MS + 1 };
    assert.equal(levelOf(outcomeOf(signalWeak, then, 2)), "unknown");
    const [register] = then.registers.slice(2);
    assert.deepEqual([signalNow(register!, NOON), signalNow(register!, then.now)], [dbm, undefined]);
    assert.equal(networkNow(register!, NOON)?.rssiDbm, -55);
    const { rssiDbm, noiseDbm, ssid } = networkNow(register!, then.now)!;
    assert.deepEqual([rssiDbm, noiseDbm, ssid], [undefined, undefined, "Shop"]);
  }
});

Deno.test("[RUL16] one or two readings of a register that reports often say nothing", () => {
  assert.equal(levelOf(outcome([])), "unknown");
  assert.equal(levelOf(outcome(steady([-80]))), "unknown");
  assert.equal(levelOf(outcome(steady([-80, -80]))), "unknown");
});

Deno.test("[RUL16] a lone reading counts once no other has followed for over a minute", () => {
  const lone = (age: number) => outcome([{ at: NOON - age, rssiDbm: -80 }]);
  assert.equal(levelOf(lone(SPARSE_MS)), "unknown");
  const weak = lone(2 * SPARSE_MS);
  assert.ok(weak.kind === "broken");
  assert.match(weak.text, /−80 dBm by one reading 2 min ago\./);
});

Deno.test("[RUL16] two readings over a minute apart count at once", () => {
  const two = [{ at: NOON - SPARSE_MS - 1, rssiDbm: -80 }, { at: NOON, rssiDbm: -72 }];
  assert.equal(levelOf(outcome(two)), "fail");
});
