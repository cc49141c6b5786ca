/** Looks whether what ticks a step is so now. What is to happen (an app opened again, a router restarted) counts only when it was seen. */
import type { Facts } from "../rules/facts.ts";
import { span } from "../rules/words.ts";
import { lookAtRegister } from "./watch_register.ts";
import { lookAtVenue } from "./watch_venue.ts";
import type { Look, Sight, Watch } from "./watch.ts";

export function look(watch: Watch, sight: Sight, facts: Facts): Look {
  switch (watch.kind) {
    case "wait": {
      const left = sight.since + watch.ms - facts.now;
      return left <= 0 ? { kind: "yes", is: `Waited ${span(watch.ms)}.` } : { kind: "no", now: `${span(left)} to go.` };
    }
    case "person":
      return { kind: "unknown", why: "The hub cannot see this. Say when it is done." };
    case "sync-on":
    case "all-in-front":
    case "all-on-one-network":
    case "all-one-version":
    case "all-in-sync":
    case "router-answers":
    case "router-cycled":
      return lookAtVenue(watch, sight, facts);
    case "heard":
    case "in-front":
    case "gone":
    case "reopened":
    case "same-network":
    case "signal-strong":
    case "version-is":
    case "config-current":
    case "never-locks":
    case "synced":
      return lookAtRegister(watch, sight, facts);
  }
}

/** True when what this watch waits for is away at this moment; of the other watches never. */
export function isAway(watch: Watch, facts: Facts): boolean {
  if (watch.kind === "router-cycled") return facts.router.alive === false;
  if (watch.kind !== "reopened") return false;
  return lookAtRegister({ kind: "heard", register: watch.register }, { since: facts.now }, facts).kind === "no";
}
