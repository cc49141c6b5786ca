/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import type { SurveyFact, WalkFact } from "./survey_fact.ts";
import { healthyFacts, levelOf, NOON, outcomeOf } from "./fixture.ts";
import { extenderSuspected } from "./setup_network.ts";
import { tooFar } from "./survey.ts";
import { withBeat } from "./fixture.ts";

const facts = healthyFacts();
const bar = facts.registers[0]!.id;
const told = (survey: Partial<SurveyFact> | undefined) => ({
  ...facts,
  venue: { ...facts.venue, survey: survey && { metres: {}, walks: [], ...survey } },
});
const walk = (state: WalkFact["state"], register = bar): WalkFact => ({
  register,
  spot: "Door",
  at: NOON,
  state,
  why: [],
});

Deno.test("[INS7] far when paced out at over 9 m, near at 9 m, and not known when nobody went there", () => {
  const level = (survey: Partial<SurveyFact> | undefined) => levelOf(outcomeOf(tooFar, told(survey)));
  assert.equal(level(undefined), "unknown");
  assert.equal(level({ metres: { other: 4 } }), "unknown");
  assert.equal(level({ metres: { [bar]: 9 } }), "healthy");
  assert.equal(level({ metres: { [bar]: 9.1 } }), "warn");
});

Deno.test("[INS7] a walk test that failed outweighs the distance, one that passed stands for it", () => {
  const level = (survey: Partial<SurveyFact>) => levelOf(outcomeOf(tooFar, told(survey)));
  assert.equal(level({ metres: { [bar]: 3 }, walks: [walk("failed")] }), "warn");
  assert.equal(level({ walks: [walk("passed")] }), "healthy");
  assert.equal(level({ walks: [walk("unmeasured")] }), "unknown");
  assert.equal(level({ walks: [walk("failed", "other")] }), "unknown");
});

Deno.test("[INS4] wired access points are no suspicion any more", () => {
  const several = withBeat(told({}), 1, { network: { bssid: "11:22:33:44:55:66" } });
  assert.equal(levelOf(outcomeOf(extenderSuspected, several)), "warn");
  const wired = { ...several, venue: told({ allWired: true }).venue };
  assert.equal(levelOf(outcomeOf(extenderSuspected, wired)), "healthy");
});
