/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import type { VenueFact } from "./facts.ts";
import { healthyFacts, levelOf, NOON, outcomeOf, withBeat, withRegister } from "./fixture.ts";
import { LATE_MS } from "./liveness.ts";
import { appHidden, HIDDEN_MS, shiftOpen, syncOff } from "./setup_use.ts";

function withSync(sync: VenueFact["sync"]) {
  const facts = healthyFacts();
  return { ...facts, venue: { ...facts.venue, sync } };
}
const bar = healthyFacts().registers[0]!.id;

Deno.test("[RUL20] sync switched off fails", () => {
  assert.equal(levelOf(outcomeOf(syncOff, withSync({ enabled: true, openShifts: [] }))), "healthy");
  assert.equal(levelOf(outcomeOf(syncOff, withSync({ enabled: false, openShifts: [] }))), "fail");
});

Deno.test("[RUL19] a shift open when sync was switched fails, for that register only, until it is closed", () => {
  const facts = withSync({ enabled: true, changedAt: NOON - 120_000, openShifts: [bar] });
  const outcome = outcomeOf(shiftOpen, facts, 0);
  assert.ok(outcome.kind === "broken" && outcome.severity === "fail");
  assert.match(outcome.text, /^Sync was switched on 2 min ago while Bar had an open shift\./);
  assert.equal(levelOf(outcomeOf(shiftOpen, facts, 1)), "healthy");
  assert.equal(levelOf(outcomeOf(shiftOpen, withBeat(facts, 0, { state: { shiftOpen: false } }), 0)), "healthy");
});

Deno.test("[RUL19] an open shift alone is the ordinary way to work", () => {
  assert.equal(levelOf(outcomeOf(shiftOpen, withBeat(healthyFacts(), 0, { state: { shiftOpen: true } }))), "healthy");
});

Deno.test("[RUL18] hidden for over 30 s fails with the time; a glance elsewhere does not", () => {
  const hidden = withBeat(healthyFacts(), 0, { state: { foreground: false } });
  assert.equal(levelOf(outcomeOf(appHidden, withRegister(hidden, 0, { hiddenSince: NOON - HIDDEN_MS }))), "healthy");
  const outcome = outcomeOf(appHidden, withRegister(hidden, 0, { hiddenSince: NOON - 45_000 }));
  assert.ok(outcome.kind === "broken" && outcome.severity === "fail");
  assert.match(outcome.text, /in the background on Bar for 45 s\./);
});

Deno.test("[RUL18] a register that is not heard is not accused of being hidden", () => {
  const facts = withRegister(withBeat(healthyFacts(), 0, { state: { foreground: false } }), 0, {
    hiddenSince: NOON - 60_000,
    heardAt: NOON - LATE_MS,
  });
  assert.equal(levelOf(outcomeOf(appHidden, facts)), "unknown");
});

Deno.test("[RUL1] a register that does not say whether it is in front is unknown", () => {
  const facts = withRegister(healthyFacts(), 0, { state: undefined, hiddenSince: NOON - 60_000 });
  assert.equal(levelOf(outcomeOf(appHidden, facts)), "unknown");
});
