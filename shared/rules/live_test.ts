/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { emptyFacts, enrolled, healthyFacts, levelOf, NOON, outcomeOf, withRegister } from "./fixture.ts";
import { clockSkew } from "./clock.ts";
import { hubStorage, registerSilent, unsyncedChanges } from "./live.ts";
import { routerDown } from "./ladder_rules.ts";
import type { Facts } from "./facts.ts";
import { LATE_MS, liveness, SILENT_MS, WARMING_MS } from "./liveness.ts";

function quietFor(ms: number) {
  return withRegister(healthyFacts(), 2, { heardAt: NOON - ms });
}

for (
  const [ms, state, level] of [
    [0, "ok", "healthy"],
    [LATE_MS - 1, "ok", "healthy"],
    [LATE_MS, "late", "warn"],
    [SILENT_MS - 1, "late", "warn"],
    [SILENT_MS, "silent", "fail"],
    [-3_000, "ok", "healthy"],
  ] as const
) {
  Deno.test(`[RUL21] ${ms} ms after its last message a register is ${state}`, () => {
    const facts = quietFor(ms);
    assert.equal(liveness(facts.registers[2]!, facts), state);
    assert.equal(levelOf(outcomeOf(registerSilent, facts, 2)), level);
  });
}

Deno.test("[RUL21] the numbers are 15 s and 40 s", () => assert.deepEqual([LATE_MS, SILENT_MS], [15_000, 40_000]));

Deno.test("[CAU30] a register that is back tells with its health why it was away, where its return shows it", () => {
  const move = { at: NOON - 1_000, what: "Wi-Fi", from: "Shop", to: "Guest" } as const;
  const outcome = outcomeOf(registerSilent, withRegister(healthyFacts(), 2, { move }), 2);
  assert.deepEqual(outcome, { kind: "healthy", cause: "It moved to another network." });
});

/** No register tells of the others. */
function alone(facts: Facts): Facts {
  return { ...facts, registers: facts.registers.map((register) => ({ ...register, links: [] })) };
}

Deno.test("[RUL21] the text tells how long, why, and what is at stake", () => {
  const outcome = outcomeOf(registerSilent, alone(withRegister(quietFor(45_000), 2, { unsynced: 2 })), 2);
  assert.ok(outcome.kind === "broken");
  assert.equal(
    outcome.text,
    "Terrace has been silent for 45 s. Probably asleep, off Wi-Fi or switched off. It left no last words, so it is not known which. " +
      "Its 2 new changes are on it alone.",
  );
  assert.equal(outcome.since, NOON - 45_000);
});

Deno.test("[RUL21] a register never heard is unknown", () => {
  const facts = { ...emptyFacts(), registers: [enrolled(0, "Bar")] };
  assert.equal(liveness(facts.registers[0]!, facts), "unknown");
  assert.equal(levelOf(outcomeOf(registerSilent, facts)), "unknown");
});

Deno.test("[RUL21] for 60 s after its start the hub accuses nobody it has not heard since", () => {
  const started = (ago: number, heardSinceStart: boolean) => {
    const facts = withRegister(quietFor(5 * 60_000), 2, { heardSinceStart });
    return outcomeOf(registerSilent, { ...facts, hub: { ...facts.hub, startedAt: NOON - ago } }, 2);
  };
  assert.equal(levelOf(started(WARMING_MS - 1, false)), "unknown");
  assert.equal(levelOf(started(WARMING_MS, false)), "fail");
  assert.equal(levelOf(started(WARMING_MS - 1, true)), "fail");
});

const unsynced = (ms: number, n = 2) => withRegister(healthyFacts(), 1, { unsynced: n, unsyncedSince: NOON - ms });

Deno.test("[RUL22] unsynced for 30 s is fine, longer warns, over 5 min fails", () => {
  assert.equal(levelOf(outcomeOf(unsyncedChanges, unsynced(30_000), 1)), "healthy");
  assert.equal(levelOf(outcomeOf(unsyncedChanges, unsynced(30_001), 1)), "warn");
  assert.equal(levelOf(outcomeOf(unsyncedChanges, unsynced(300_000), 1)), "warn");
  assert.equal(levelOf(outcomeOf(unsyncedChanges, unsynced(300_001), 1)), "fail");
});

Deno.test("[RUL22] the text tells how many, where, how long and what to do", () => {
  const outcome = outcomeOf(unsyncedChanges, unsynced(45_000), 1);
  assert.ok(outcome.kind === "broken");
  assert.match(outcome.text, /^2 changes on Till 1 have been on it alone for 45 s\. Keep Till 1 on,/);
  const one = outcomeOf(unsyncedChanges, unsynced(45_000, 1), 1);
  assert.ok(one.kind === "broken");
  assert.match(one.text, /^1 change on Till 1 has been on it alone/);
});

Deno.test("[RUL22] it stays while the register is silent", () => {
  assert.equal(
    levelOf(outcomeOf(unsyncedChanges, withRegister(unsynced(900_000), 1, { heardAt: NOON - 890_000 }), 1)),
    "fail",
  );
});

Deno.test("[RUL1] without a count, or without its age, nothing is unsynced", () => {
  assert.equal(
    levelOf(outcomeOf(unsyncedChanges, withRegister(unsynced(900_000), 1, { unsynced: undefined }), 1)),
    "unknown",
  );
  assert.equal(
    levelOf(outcomeOf(unsyncedChanges, withRegister(unsynced(900_000), 1, { unsyncedSince: undefined }), 1)),
    "healthy",
  );
});

for (
  const [ms, level, words] of [
    [2_000, "healthy", ""],
    [-2_000, "healthy", ""],
    [2_001, "warn", "is 2 s ahead"],
    [-60_000, "warn", "is 60 s behind"],
    [-94_985, "fail", "is 2 min behind"],
    [86_400_000, "fail", "is 24 h ahead"],
  ] as const
) {
  Deno.test(`[RUL23] a clock ${ms} ms off is ${level}`, () => {
    const outcome = outcomeOf(clockSkew, withRegister(healthyFacts(), 0, { clockOffsetMs: ms }));
    assert.equal(levelOf(outcome), level);
    if (outcome.kind === "broken") assert.ok(outcome.text.startsWith(`The clock of Bar ${words}.`), outcome.text);
  });
}

Deno.test("[RUL23] the clock of a register that is not heard is unknown", () => {
  const facts = withRegister(healthyFacts(), 0, { clockOffsetMs: 90_000, heardAt: NOON - LATE_MS });
  assert.equal(levelOf(outcomeOf(clockSkew, facts)), "unknown");
});

Deno.test("[RUL24] a router that does not answer fails, and says that registers still sync", () => {
  const down = { address: "192.168.1.1", alive: false, since: NOON - 20_000, how: "TCP 53, 80 and 443 unreachable" };
  const outcome = outcomeOf(routerDown, { ...healthyFacts(), router: down });
  assert.ok(outcome.kind === "broken" && outcome.severity === "fail");
  assert.match(
    outcome.text,
    /^The router at 192\.168\.1\.1 has not answered for 20 s\. Registers still sync with one another/,
  );
  assert.deepEqual(outcome.evidence, ["TCP 53, 80 and 443 unreachable"]);
  assert.deepEqual(routerDown.subjects(healthyFacts()), ["router"]);
});

Deno.test("[RUL24] not probed, or not within a minute, is unknown", () => {
  assert.equal(levelOf(outcomeOf(routerDown, { ...healthyFacts(), router: { how: "" } })), "unknown");
  const old = { alive: false, checkedAt: NOON - 60_001, how: "" };
  assert.equal(levelOf(outcomeOf(routerDown, { ...healthyFacts(), router: old })), "unknown");
  assert.equal(
    levelOf(outcomeOf(routerDown, { ...healthyFacts(), router: { ...old, checkedAt: NOON - 60_000 } })),
    "fail",
  );
});

Deno.test("[RUL25] a write that failed fails, with the reason", () => {
  const facts = healthyFacts();
  assert.equal(levelOf(outcomeOf(hubStorage, facts)), "healthy");
  const hub = { ...facts.hub, storageError: { at: NOON - 3_000, message: "database or disk is full" } };
  const outcome = outcomeOf(hubStorage, { ...facts, hub });
  assert.ok(outcome.kind === "broken" && outcome.severity === "fail");
  assert.match(outcome.text, /^The hub could not save 3 s ago: database or disk is full\./);
});
