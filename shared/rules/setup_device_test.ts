/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { healthyFacts, levelOf, NOON, outcomeOf, withRegister } from "./fixture.ts";
import { SELF_REPORT_MS } from "./liveness.ts";
import { autoLockOn, deviceMixed, deviceTooOld } from "./setup_device.ts";

const model = (name: string | undefined) => ({ device: { model: name, os: undefined, batteryPercent: undefined } });
const autoLock = (value: number | "never" | undefined) => ({
  state: { autoLock: value, foreground: true, wakeLock: undefined, shiftOpen: undefined },
});

Deno.test("[RUL8] an old iPad fails and names its model", () => {
  const outcome = outcomeOf(deviceTooOld, withRegister(healthyFacts(), 2, model("iPad (4th generation)")), 2);
  assert.ok(outcome.kind === "broken" && outcome.severity === "fail");
  assert.match(outcome.text, /^Terrace is too old an iPad for shared checks: iPad \(4th generation\)\./);
});

Deno.test("[RUL1] a model that is missing or does not say which is unknown", () => {
  assert.equal(levelOf(outcomeOf(deviceTooOld, withRegister(healthyFacts(), 2, model(undefined)), 2)), "unknown");
  assert.equal(levelOf(outcomeOf(deviceTooOld, withRegister(healthyFacts(), 2, model("iPad")), 2)), "unknown");
});

Deno.test("[RUL3] the model of a register not heard for over 10 min is unknown", () => {
  const facts = withRegister(healthyFacts(), 2, { ...model("iPad2,1"), heardAt: NOON - SELF_REPORT_MS - 1 });
  const outcome = outcomeOf(deviceTooOld, facts, 2);
  assert.ok(outcome.kind === "unknown");
  assert.equal(outcome.why, "it has not been heard for 10 min");
});

Deno.test("[RUL9] two models warn, with who has which", () => {
  const outcome = outcomeOf(deviceMixed, withRegister(healthyFacts(), 2, model("iPad Pro (11-inch)")));
  assert.ok(outcome.kind === "broken" && outcome.severity === "warn" && outcome.strength === "A");
  assert.match(
    outcome.text,
    /2 different models: Bar and Till 1 \(iPad Air \(5th generation\)\) and Terrace \(iPad Pro/,
  );
});

Deno.test("[RUL9] an iPad to be replaced, an unknown one, and another way to write the same are not another model", () => {
  for (const name of ["iPad 4", "iPad", undefined, "iPad Air (5th gen) Wi-Fi 64 GB", "iPad13,16"]) {
    assert.equal(levelOf(outcomeOf(deviceMixed, withRegister(healthyFacts(), 2, model(name)))), "healthy", name);
  }
});

Deno.test("[RUL9] two identifiers may be one model with and without mobile data: a hint only", () => {
  const facts = withRegister(withRegister(healthyFacts(), 1, model("iPad13,16")), 2, model("iPad13,17"));
  const outcome = outcomeOf(deviceMixed, facts);
  assert.ok(outcome.kind === "broken" && outcome.strength === "C" && outcome.severity === "warn");
});

Deno.test("[RUL17] minutes fail with the number, never is healthy, silence on it is unknown", () => {
  const outcome = outcomeOf(autoLockOn, withRegister(healthyFacts(), 0, autoLock(2)));
  assert.ok(outcome.kind === "broken" && outcome.severity === "fail");
  assert.match(outcome.text, /^Bar locks itself after 2 min\./);
  assert.equal(levelOf(outcomeOf(autoLockOn, withRegister(healthyFacts(), 0, autoLock("never")))), "healthy");
  assert.equal(levelOf(outcomeOf(autoLockOn, withRegister(healthyFacts(), 0, autoLock(undefined)))), "unknown");
});
