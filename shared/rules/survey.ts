/** Rules about what a person has answered or walked out: is the router a box of its own, and is every register close to it? Both are hints. */
import { aboutRegister } from "./about_register.ts";
import type { Facts, RegisterFacts, WalkFact } from "./facts.ts";

import { HEALTHY, type Outcome, type Rule, unknown } from "./rule.ts";
import { AT_ONCE_MS } from "./settle.ts";
import { figure, list, nameOf } from "./words.ts";

export const FAR_M = 9; // 30 ft, as the setup guide has it

export const routerCombo: Rule = {
  code: "router-combo",
  title: "Modem and router are one box",
  from: "seed",
  strength: "C",
  dependsOn: [],
  openAfterMs: AT_ONCE_MS,
  closeAfterMs: AT_ONCE_MS,
  runbook: [
    "Get a Wi-Fi router of its own for the registers.",
    "Ask the internet provider how to put the modem in bridge mode, or switch its Wi-Fi off.",
    "Connect the router to the modem by a cable, and all registers to the router's Wi-Fi.",
    "Answer the question again on the installer's page.",
  ],
  subjects: () => ["venue"],
  test: comboBySurvey,
};

/** The half of `router-combo` that a person answers. */
export function comboBySurvey(facts: Facts): Outcome {
  const router = facts.venue.survey?.router;
  if (router === undefined) return unknown("only a person can tell");
  if (router !== "combo") return HEALTHY;
  return {
    kind: "broken",
    severity: "warn",
    headline: "Modem and router are one box.",
    text: "Modem and router are one box, as the installer answered. Such boxes are slow at passing messages between " +
      "registers. Put it in bridge mode and connect a router of its own.",
    evidence: ["The installer answered that one box does both"],
  };
}

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
