/** Changes that are lost: a register held them alone, and it is gone or no longer has them. Only a person can make them good. */
import type { Facts, LossFact } from "./facts.ts";
import { HEALTHY, type Rule, unknown } from "./rule.ts";
import { AT_ONCE_MS } from "./settle.ts";
import { count, moment } from "./words.ts";

export const changesLost: Rule = {
  code: "changes-lost",
  title: "Changes reached nobody",
  from: "own",
  strength: "A",
  dependsOn: [],
  openAfterMs: AT_ONCE_MS, // the hub has looked at all that is known to hold anything
  closeAfterMs: AT_ONCE_MS, // a manager has seen it, or the changes are here
  runbook: [
    "If the register's device is still at hand and its page was not cleared, enrol it again: it hands over what it kept.",
    "Ask who worked on it what they entered last, and look for it in the open checks.",
    "Enter again what is missing, and settle with the guest what was paid.",
    "Then say here that you have seen it.",
  ],
  subjects: ({ registers, losses = [] }) => [
    ...new Set([...registers.map(({ id }) => id), ...losses.map(({ register }) => register)]),
  ],
  test({ losses }: Facts, subject) {
    if (losses === undefined) return unknown("losses are not known");
    const own = losses.filter(({ register }) => register === subject);
    const [first] = own;
    if (first === undefined) return HEALTHY;
    return {
      kind: "broken",
      severity: "fail",
      strength: own.some(({ named }) => named) ? "A" : "B",
      headline: `Changes of ${first.name} reached nobody.`,
      text: own.map(told).join(" "),
      evidence: own.map(evidenceOf),
      since: Math.min(...own.map(({ since }) => since)),
    };
  },
};

/** "3 changes of Bar reached nobody. They were made before 19:04 on 23 Nov." */
function told({ name, how, count: n, named, heardAt }: LossFact): string {
  const they = n === 1 ? "It was" : "They were";
  return [
    `${named ? "" : "Probably "}${count(n, "change")} of ${name} reached nobody.`,
    heardAt === undefined ? "" : `${they} made before ${moment(heardAt)}.`,
    remedy(name, how),
  ].filter(Boolean).join(" ");
}

function remedy(name: string, how: LossFact["how"]): string {
  switch (how) {
    case "removed":
      return `${name} was taken off the list while it alone held them. If its page was not cleared, enrol it again and it hands them over.`;
    case "cleared":
      return `The storage of ${name} was cleared or put back since. Ask who worked on it, and enter again what is missing.`;
  }
}

function evidenceOf({ name, how, count: n, named }: LossFact): string {
  if (!named) return `${name} last reported ${count(n, "change")} that no other register had, without naming them`;
  const then = how === "removed" ? "it was un-enrolled" : "it reported that it does not hold them";
  return `${name} named ${
    count(n, "change")
  } that neither the hub nor another enrolled register is known to hold; then ${then}`;
}
