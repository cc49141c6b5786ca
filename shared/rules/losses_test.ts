/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import type { Facts, LossFact } from "./facts.ts";
import { healthyFacts, levelOf, NOON } from "./fixture.ts";
import { changesLost } from "./losses.ts";
import { moment } from "./words.ts";

const LOSS: LossFact = {
  register: "reg70000",
  name: "Bar",
  how: "removed",
  count: 3,
  named: true,
  heardAt: NOON - 60_000,
  since: NOON,
};
const withLosses = (...losses: LossFact[]): Facts => ({ ...healthyFacts(), losses });

Deno.test("[RUL29] a loss fails, proven, with how many of whom, when they were made at the latest and what to do", () => {
  const outcome = changesLost.test(withLosses(LOSS), "reg70000");
  assert.ok(outcome.kind === "broken");
  assert.deepEqual([outcome.severity, outcome.strength, outcome.since], ["fail", "A", NOON]);
  assert.ok(
    outcome.text.startsWith(`3 changes of Bar reached nobody. They were made before ${moment(NOON - 60_000)}. `),
    outcome.text,
  );
  assert.match(outcome.text, /enrol it again and it hands them over\.$/);
});

Deno.test("[RUL29] one change that was cleared reads as one", () => {
  const outcome = changesLost.test(withLosses({ ...LOSS, how: "cleared", count: 1, heardAt: undefined }), "reg70000");
  assert.ok(outcome.kind === "broken");
  assert.match(outcome.text, /^1 change of Bar reached nobody\. The storage of Bar was cleared or put back/);
});

Deno.test("[RUL29] what was only counted is probable, and no proof", () => {
  const outcome = changesLost.test(withLosses({ ...LOSS, named: false }), "reg70000");
  assert.ok(outcome.kind === "broken" && outcome.strength === "B");
  assert.match(outcome.text, /^Probably 3 changes of Bar reached nobody\./);
});

Deno.test("[RUL29] two losses of one register are one finding; another register has none; unknown is unknown", () => {
  const facts = withLosses(LOSS, { ...LOSS, how: "cleared", count: 1 });
  assert.equal(changesLost.subjects(facts).filter((each) => each === "reg70000").length, 1);
  const outcome = changesLost.test(facts, "reg70000");
  assert.ok(outcome.kind === "broken" && outcome.evidence.length === 2);
  assert.equal(levelOf(changesLost.test(facts, facts.registers[0]!.id)), "healthy");
  assert.equal(levelOf(changesLost.test({ ...facts, losses: undefined }, "reg70000")), "unknown");
});

Deno.test("a moment is said by the clock on the wall", () => {
  assert.equal(moment(new Date(2026, 10, 23, 19, 4).getTime()), "19:04 on 23 Nov");
  assert.equal(moment(new Date(2027, 0, 2, 9, 30).getTime()), "09:30 on 2 Jan");
});
