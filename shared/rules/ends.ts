/**
 * How findings ended. That one is not open any more does not say that its trouble is over: the venue may have closed, or its register was
 * taken off the list. Only what was seen to be well may be told as over.
 */
import type { Facts } from "./facts.ts";
import type { Incident } from "./incident.ts";
import { liveness } from "./liveness.ts";
import { findingKey } from "./rule.ts";

export const ENDS_MAX = 1_000; // the newest; more than a venue has findings in a month

/** `over`: it was seen to be well. `closed`: the venue closed. `gone`: what it was about is not on the list any more. `unmeasured`: nobody knows. */
export type End = "over" | "closed" | "gone" | "unmeasured";

/** How each finding that ended lately did so, by findingKey, the last one last. */
export type Ends = ReadonlyMap<string, End>;

export const NO_ENDS: Ends = new Map();

/** With the incidents that have `ended` since. */
export function endsAfter(
  ends: Ends,
  ended: readonly Incident[],
  facts?: Pick<Facts, "registers" | "now" | "hub">,
): Ends {
  if (ended.length === 0) return ends;
  const next = new Map(ends);
  for (const incident of ended) {
    const key = findingKey(incident.code, incident.subject);
    next.delete(key);
    next.set(key, endOf(incident, facts));
  }
  return new Map([...next].slice(-ENDS_MAX));
}

/** What is gone with all that it held back well again is over: registers that are heard through another access point. */
function endOf({ resolution, effects = [] }: Incident, facts?: Pick<Facts, "registers" | "now" | "hub">): End {
  switch (resolution) {
    case "closed":
    case "unmeasured":
      return resolution;
    case "gone": {
      const touched = facts?.registers.filter(({ id }) => effects.some(({ subject }) => subject === id)) ?? [];
      return facts && touched.length > 0 && touched.every((each) => liveness(each, facts) === "ok") ? "over" : "gone";
    }
    case "healthy":
    case undefined: // of an earlier version
      return "over";
  }
}
