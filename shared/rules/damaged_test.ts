/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { hubDamaged } from "./damaged.ts";
import { healthyFacts, levelOf, NOON } from "./fixture.ts";

const found = (count: number, checks: readonly string[]) => {
  const facts = healthyFacts();
  return hubDamaged.test({ ...facts, hub: { ...facts.hub, damaged: { count, checks, since: NOON } } }, "hub");
};

Deno.test("[SYN41] damaged rows warn, with how many and of which checks, and what was done", () => {
  const outcome = found(2, ["B12"]);
  assert.ok(outcome.kind === "broken" && outcome.severity === "warn" && outcome.since === NOON);
  assert.ok(
    outcome.text.startsWith(
      "2 stored changes of check B12 are damaged; they were asked for again from the registers. ",
    ),
    outcome.text,
  );
  const one = found(1, []);
  assert.ok(one.kind === "broken" && one.text.startsWith("1 stored change is damaged; it was asked for again"));
  const several = found(3, ["A1", "B12"]);
  assert.ok(
    several.kind === "broken" && several.text.startsWith("3 stored changes of checks A1 and B12 are damaged; "),
  );
  assert.equal(levelOf(hubDamaged.test(healthyFacts(), "hub")), "healthy");
});
