/** Several registers that fall silent at once on one access point or extender are one trouble, and it is not theirs. */
import type { Facts } from "./facts.ts";
import { liveness } from "./liveness.ts";
import { lostWith, pointOf, TOGETHER_MS } from "./quiet.ts";
import { HEALTHY, type Rule, unknown } from "./rule.ts";
import { AT_ONCE_MS, PLAIN_CLOSE_MS } from "./settle.ts";
import { namesOf, span } from "./words.ts";

export const POINT_RETURN_MS = 60_000; // iPads are back on the Wi-Fi within a minute of their access point
const PREFIX = "ap-";

/** The subject under which an access point or extender is known, by its hardware address. */
export function pointSubject(point: string): string {
  return `${PREFIX}${point}`;
}

/** The access point that a register hangs on, as a subject. */
export function pointsOf(facts: Facts, register: string): readonly string[] {
  const found = facts.registers.find(({ id }) => id === register);
  const point = found && pointOf(found, facts);
  return point === undefined ? [] : [pointSubject(point)];
}

export const accessPointDown: Rule = {
  code: "access-point-down",
  title: "Access point or extender is gone",
  from: "own",
  strength: "B",
  dependsOn: ["router-down"],
  openAfterMs: AT_ONCE_MS, // lateness was waited for
  closeAfterMs: PLAIN_CLOSE_MS,
  returnMs: POINT_RETURN_MS,
  runbook: [
    "Look for the access point or extender near the registers named here: are its lights on, and is its plug in?",
    "See that its cable to the router is in at both ends.",
    "Unplug it from the power, wait ten seconds, and plug it in again. Leave the iPads alone for two minutes.",
    "Then look at the registers one at a time, about a minute apart.",
  ],
  subjects(facts) {
    const points = facts.registers.flatMap((register) => pointOf(register, facts) ?? []);
    const shared = points.filter((point, i) => points.indexOf(point) !== i);
    return [...new Set(shared)].map(pointSubject);
  },
  name(facts, subject) {
    const point = subject.slice(PREFIX.length);
    const names = namesOf(facts.registers.filter((register) => pointOf(register, facts) === point));
    return `The access point ${point}${names && ` (${names})`}`;
  },
  test(facts, subject) {
    const point = subject.slice(PREFIX.length);
    const group = lostWith(point, facts);
    if (group.length < 2) {
      const carries = facts.registers.some((each) => pointOf(each, facts) === point && liveness(each, facts) === "ok");
      return carries ? HEALTHY : unknown("no register on it is heard");
    }
    const names = namesOf(group);
    return {
      kind: "broken",
      severity: "fail",
      headline: "An access point or extender seems to be gone.",
      text: `${names} went quiet within ${span(TOGETHER_MS)} of each other. Probably the access point or extender ` +
        `${point}, which they share, has no power or no cable. Look at it before you touch the registers.`,
      evidence: [
        `${names} were last heard within ${span(TOGETHER_MS)} of each other`,
        `${names} were last seen on ${point}, on which nobody is heard now`,
      ],
      since: Math.min(...group.map(({ heardAt }) => heardAt ?? facts.now)),
    };
  },
};
