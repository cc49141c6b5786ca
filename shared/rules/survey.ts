/** Is every register close to the router, as somebody paced it out or walked it? A hint. */
import { aboutRegister } from "./about_register.ts";
import type { RegisterFacts } from "./facts.ts";
import type { WalkFact } from "./survey_fact.ts";
import { HEALTHY, type Outcome, type Rule, unknown } from "./rule.ts";
import { AT_ONCE_MS } from "./settle.ts";
import { figure, list, nameOf } from "./words.ts";

export const FAR_M = 9; // 30 ft, as the setup guide has it

export const tooFar: Rule = aboutRegister({
  code: "too-far",
  title: "Register is far from the router",
  from: "seed",
  strength: "C",
  dependsOn: [],
  openAfterMs: AT_ONCE_MS,
  closeAfterMs: AT_ONCE_MS,
  runbook: [
    "Move the register closer to the router, or the router closer to it: within 30 ft (9 m).",
    "If it has to stay there, add an access point that is wired to the router. A repeater makes it worse.",
    "Do the walk test at the spot again, and correct the distance on the installer's page.",
  ],
  check(register, facts) {
    const survey = facts.venue.survey;
    const metres = survey?.metres[register.id];
    const walks = survey?.walks.filter((walk) => walk.register === register.id && walk.state !== "unmeasured") ?? [];
    const failed = walks.filter(({ state }) => state === "failed");
    if (failed.length > 0) return badSpot(register, failed);
    if (metres === undefined) {
      return walks.length > 0 ? HEALTHY : unknown("no walk test was done with it");
    }
    return metres > FAR_M ? far(register, metres) : HEALTHY;
  },
});

function badSpot(register: RegisterFacts, walks: readonly WalkFact[]): Outcome {
  const name = nameOf(register);
  return {
    kind: "broken",
    severity: "warn",
    headline: `${name} did not pass its walk test.`,
    text:
      `${name} did not pass its walk test at ${list(walks.map(({ spot }) => `“${spot}”`))}. It may be too far from ` +
      `the router, or behind a wall. Move it closer, then do the walk test again.`,
    evidence: walks.map(({ spot, why }) => `At “${spot}”: ${list(why)}`),
  };
}

function far(register: RegisterFacts, metres: number): Outcome {
  const name = nameOf(register);
  return {
    kind: "broken",
    severity: "warn",
    headline: `${name} is far from the router.`,
    text: `${name} is ${figure(metres)} m from the router, and ${FAR_M} m (30 ft) is as far as it should be. ` +
      `Move one of them closer, or add an access point that is wired to the router.`,
    evidence: [`The installer paced out ${figure(metres)} m`],
  };
}
