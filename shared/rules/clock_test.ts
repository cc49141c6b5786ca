import assert from "node:assert/strict";
import { test } from "node:test";
import { makeList } from "../install/list.ts";
import { RULES } from "./all.ts";
import { clockSkew } from "./clock.ts";
import type { Facts } from "./facts.ts";
import { healthyFacts, levelOf, NOON, outcomeOf, withRegister } from "./fixture.ts";
import { LATE_MS } from "./liveness.ts";
import { Shop } from "./shop_fixture.ts";

const HOUR_MS = 60 * 60_000;

/** The hub's clock off by `ms`, as a time server tells or nobody does; the registers' as they are by the hub's. */
function shop(ms: number | undefined, ...registers: readonly (number | undefined)[]): Facts {
  const facts = healthyFacts();
  return registers.reduce<Facts>(
    (known, clockOffsetMs, n) => withRegister(known, n, { clockOffsetMs }),
    { ...facts, hub: { ...facts.hub, clockOffsetMs: ms }, registers: facts.registers.slice(0, registers.length) },
  );
}
const ofHub = (facts: Facts) => clockSkew.test(facts, "hub");
const levels = (facts: Facts) => clockSkew.subjects(facts).map((subject) => levelOf(clockSkew.test(facts, subject)));

for (
  const [ms, level, by] of [[2_000, "healthy", ""], [-2_001, "warn", "2 s behind"], [
    60_001,
    "fail",
    "60 s ahead",
  ]] as const
) {
  test(`[RUL52] a hub whose clock a time server finds ${ms} ms off is ${level}`, () => {
    const found = ofHub(shop(ms, 0));
    assert.equal(levelOf(found), level);
    if (found.kind !== "broken") return;
    assert.equal(found.strength, "A");
    assert.ok(found.text.startsWith(`The hub's clock is ${by}.`), found.text);
    assert.match(found.text, /Switch on setting the time automatically on the hub's computer\.$/);
    assert.match(found.runbook?.[0] ?? "", /computer the hub runs on/);
  });
}

test("[RUL53] while the hub's clock is wrong no register is accused by it, and one that is right is seen to be", () => {
  const wrong = shop(300_000, -300_000, -299_000, -900_000);
  assert.deepEqual(levels(wrong), ["healthy", "healthy", "unknown", "fail"]);
  const mendedJustNow = shop(300_000, 0, 1_000);
  assert.deepEqual(levels(mendedJustNow), ["unknown", "unknown", "fail"]);
});

test("[RUL53] registers that agree with each other and not with the hub show that it is the hub, probably", () => {
  const facts = shop(undefined, -300_000, -301_000, -299_500);
  assert.deepEqual(levels(facts), ["unknown", "unknown", "unknown", "fail"]);
  const found = ofHub(facts);
  assert.ok(found.kind === "broken" && found.strength === "B");
  assert.match(found.text, /^Probably the hub's clock is 5 min ahead\./);
  assert.match(
    found.evidence[0]!,
    /^Bar, Till 1 and Terrace agree with each other, and their time minus the hub's is −300/,
  );
});

test("[RUL53] a time server's word outweighs registers that agree", () => {
  assert.deepEqual(levels(shop(3, -300_000, -300_000, -300_000)), ["fail", "fail", "fail", "healthy"]);
});

test("[RUL53] without a time server the hub's own word counts as one: who differs from it and another is wrong, probably", () => {
  assert.deepEqual(levels(shop(undefined, 300_000, 0, 100)), ["fail", "healthy", "healthy", "healthy"]);
  assert.deepEqual(levels(shop(undefined, 300_000, 300_000, 0)), ["fail", "fail", "healthy", "unknown"]);
  const alone = outcomeOf(clockSkew, shop(undefined, 300_000));
  assert.ok(alone.kind === "broken" && alone.strength === "B");
  assert.match(alone.text, /^Probably the clock of Bar is 5 min ahead\./);
});

test("[RUL52] with nothing to compare it with the hub's clock is unknown", () => {
  assert.equal(levelOf(ofHub(shop(undefined, undefined))), "unknown");
  const silent = withRegister(shop(undefined, HOUR_MS), 0, { heardAt: NOON - LATE_MS });
  assert.equal(levelOf(ofHub(silent)), "unknown");
});

test("[RUL52] what to do about the hub's clock is about its computer, in the incident and in the installer's list", () => {
  const shop = new Shop();
  shop.set({ hub: { ...shop.facts.hub, clockOffsetMs: 90_000 } });
  shop.seconds(30);
  const [incident] = shop.open;
  assert.deepEqual([incident?.code, incident?.subject], ["clock-skew", "hub"]);
  assert.match(incident!.runbook[0]!, /computer the hub runs on/);
  const row = makeList(RULES, shop.facts, []).find(({ code }) => code === "clock-skew")!;
  assert.deepEqual([row.measured.broken, row.measured.todo], [["hub"], incident!.runbook[0]]);
});
