/** Rows of the hub's database that are not what was written. Selling goes on: the registers are asked for them again. */
import type { DamagedFact } from "./facts.ts";
import { HEALTHY, type Rule } from "./rule.ts";
import { AT_ONCE_MS, PLAIN_CLOSE_MS } from "./settle.ts";
import { count, list } from "./words.ts";

export const hubDamaged: Rule = {
  code: "hub-damaged",
  title: "Stored changes are damaged",
  from: "own",
  strength: "A",
  dependsOn: [],
  openAfterMs: AT_ONCE_MS, // it is counted, not measured: once is enough
  closeAfterMs: PLAIN_CLOSE_MS,
  runbook: [
    "Switch on every register, with the app on the screen: whichever holds them hands them over by itself.",
    "If this stays, compare the named checks with the receipts, and enter again what is missing.",
    "If it happens again, replace the disk of the hub's computer. What was damaged is kept in its database.",
  ],
  subjects: () => ["hub"],
  test({ hub: { damaged } }) {
    if (damaged === undefined) return HEALTHY;
    return {
      kind: "broken",
      severity: "warn",
      headline: "The hub's disk has damaged stored changes.",
      text:
        `${told(damaged)}; ${
          damaged.count === 1 ? "it was" : "they were"
        } asked for again from the registers. Selling goes on. ` +
        `Switch on every register, with the app on the screen, until this is gone.`,
      evidence: [`${count(damaged.count, "row")} of the hub's database did not read as written`],
      since: damaged.since,
    };
  },
};

function told({ count: n, checks }: DamagedFact): string {
  const of = checks.length === 0 ? "" : ` of ${checks.length === 1 ? "check" : "checks"} ${list(checks)}`;
  return `${count(n, "stored change")}${of} ${n === 1 ? "is" : "are"} damaged`;
}
