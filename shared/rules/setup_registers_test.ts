/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { emptyFacts, enrolled, healthyFacts, levelOf, NOON, outcomeOf, withBeat, withRegister } from "./fixture.ts";
import { noteHeartbeat } from "./facts.ts";
import { beatAt } from "./fixture.ts";
import { SELF_REPORT_MS } from "./liveness.ts";
import { registerUnnamed, tooManyRegisters } from "./setup_registers.ts";

function factsWith(n: number) {
  const registers = Array.from(
    { length: n },
    (_, i) => noteHeartbeat(enrolled(i, `R${i}`), beatAt(NOON, `192.168.1.${30 + i}`), { now: NOON, configVersion: 7 }),
  );
  return { ...emptyFacts(), registers };
}

Deno.test("[RUL4] four registers are fine, a fifth warns with the count and all names", () => {
  assert.equal(levelOf(outcomeOf(tooManyRegisters, factsWith(4))), "healthy");
  const outcome = outcomeOf(tooManyRegisters, factsWith(5));
  assert.ok(outcome.kind === "broken" && outcome.severity === "warn");
  assert.match(outcome.text, /^5 registers are in use: R0, R1, R2, R3 and R4\./);
});

Deno.test("[RUL4] even eight only warn", () => {
  assert.equal(levelOf(outcomeOf(tooManyRegisters, factsWith(8))), "warn");
});

Deno.test("[RUL4] a register not heard for over 10 min is not counted", () => {
  const five = factsWith(5);
  assert.equal(levelOf(outcomeOf(tooManyRegisters, withRegister(five, 4, { heardAt: NOON - SELF_REPORT_MS }))), "warn");
  assert.equal(
    levelOf(outcomeOf(tooManyRegisters, withRegister(five, 4, { heardAt: NOON - SELF_REPORT_MS - 1 }))),
    "healthy",
  );
});

Deno.test("[RUL1] with no register heard the count is unknown", () => {
  assert.equal(levelOf(outcomeOf(tooManyRegisters, emptyFacts())), "unknown");
});

for (const name of ["", "   ", "iPad", "iPad (2)", "Register", "new register", "Unnamed"]) {
  Deno.test(`[RUL10] “${name}” is no name`, () => {
    const outcome = outcomeOf(registerUnnamed, withRegister(healthyFacts(), 1, { name }), 1);
    assert.ok(outcome.kind === "broken" && outcome.severity === "warn");
    assert.match(outcome.text, /^Register B has no name of its own yet\./);
  });
}

for (const name of ["Till 1", "Register 2", "Register by the door", "iPad bar"]) {
  Deno.test(`[RUL10] “${name}” is a name`, () => {
    assert.equal(levelOf(outcomeOf(registerUnnamed, withRegister(healthyFacts(), 1, { name }), 1)), "healthy");
  });
}

Deno.test("[RUL10] of two alike but for case and blanks, the later one is asked to change", () => {
  const facts = withRegister(healthyFacts(), 2, { name: " bAr " });
  assert.equal(levelOf(outcomeOf(registerUnnamed, facts, 0)), "healthy");
  const outcome = outcomeOf(registerUnnamed, facts, 2);
  assert.ok(outcome.kind === "broken");
  assert.match(outcome.text, /A and C\. Rename C\./);
});

Deno.test("[RUL10] a name is known without any heartbeat", () => {
  const facts = { ...emptyFacts(), registers: [enrolled(0, "")] };
  assert.equal(levelOf(outcomeOf(registerUnnamed, facts)), "warn");
});

Deno.test("[RUL3] a register heard again counts again", () => {
  const old = withRegister(factsWith(5), 4, { heardAt: NOON - SELF_REPORT_MS - 1 });
  assert.equal(levelOf(outcomeOf(tooManyRegisters, withBeat(old, 4, {}))), "warn");
});
