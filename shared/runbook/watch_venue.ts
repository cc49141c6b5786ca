/** What is measured of all registers together, and of the router. */
import type { Facts, RegisterFacts } from "../rules/facts.ts";
import { liveness } from "../rules/liveness.ts";
import { otherNetwork } from "../rules/other_network.ts";
import { versionMismatch } from "../rules/setup_version.ts";
import { count, list, nameOf, namesOf } from "../rules/words.ts";
import { presentRegisters, troubled, troubleOf } from "./trouble.ts";
import type { Look, Sight, VenueWatch } from "./watch.ts";

export function lookAtVenue(watch: VenueWatch, { goneAt }: Sight, facts: Facts): Look {
  switch (watch.kind) {
    case "sync-on":
      return facts.venue.sync.enabled
        ? { kind: "yes", is: "Sync is switched on." }
        : { kind: "no", now: "Sync is switched off." };
    case "all-in-front":
      return allInFront(facts);
    case "all-on-one-network":
      return allOnOneNetwork(facts);
    case "all-one-version":
      return allOneVersion(facts);
    case "all-in-sync":
      return allInSync(facts);
    case "router-answers":
      return router(facts, true);
    case "router-cycled":
      return router(facts, goneAt !== undefined);
  }
}

function allInFront(facts: Facts): Look {
  const all = presentRegisters(facts);
  if (all.length === 0) return { kind: "unknown", why: "No register was heard in the last day." };
  const wrong = all.flatMap((register) => {
    if (liveness(register, facts) !== "ok") return [`${nameOf(register)} is not heard`];
    return register.state?.foreground === false ? [`${nameOf(register)} is in the background`] : [];
  });
  if (wrong.length > 0) return { kind: "no", now: `${list(wrong)}.` };
  const mute = all.filter(({ state }) => state?.foreground === undefined);
  if (mute.length > 0) {
    return { kind: "unknown", why: `${namesOf(mute)} ${mute.length === 1 ? "does" : "do"} not say it. Look there.` };
  }
  return { kind: "yes", is: `${allOf(all)} in front.`, again: `${allOf(all)} in front again.` };
}

function allOnOneNetwork(facts: Facts): Look {
  const all = presentRegisters(facts).map((register) => ({ register, found: otherNetwork.test(facts, register.id) }));
  const apart = all.filter(({ found }) => found.kind === "broken").map(({ register }) => register);
  if (apart.length > 0) return { kind: "no", now: `${namesOf(apart)} ${are(apart)} on another network.` };
  const unheard = all.filter(({ found }) => found.kind === "unknown").map(({ register }) => register);
  if (unheard.length > 0 || all.length === 0) {
    return { kind: "unknown", why: `Which network ${namesOf(unheard) || "they"} ${are(unheard)} on is not measured.` };
  }
  return { kind: "yes", is: `${allOf(all.map(({ register }) => register))} on one network.` };
}

function allOneVersion(facts: Facts): Look {
  const outcome = versionMismatch.test(facts, "venue");
  switch (outcome.kind) {
    case "healthy":
      return { kind: "yes", is: "All run the same version." };
    case "broken":
      return { kind: "no", now: `${list(outcome.evidence)}.` };
    case "unknown":
      return { kind: "unknown", why: "No register told its version lately." };
  }
}

function allInSync(facts: Facts): Look {
  const all = presentRegisters(facts);
  const wrong = troubled(facts).map((register) => `${nameOf(register)} ${troubleOf(register, facts)}`);
  if (wrong.length > 0) return { kind: "no", now: `${list(wrong)}.` };
  const mute = all.filter(({ unsynced }) => unsynced === undefined);
  if (mute.length > 0 || all.length === 0) return { kind: "unknown", why: "Not every register says what only it has." };
  return { kind: "yes", is: `${allOf(all)} heard and in sync.` };
}

function router({ router: { alive, how } }: Facts, counts: boolean): Look {
  switch (alive) {
    case true:
      return counts
        ? { kind: "yes", is: `The router answers: ${how}.`, again: `The router answers again: ${how}.` }
        : { kind: "no", now: "The router has not been off yet." };
    case false:
      return { kind: "no", now: "The router does not answer." };
    case undefined:
      return { kind: "unknown", why: "The router is not measured now." };
  }
}

function allOf(registers: readonly RegisterFacts[]): string {
  return registers.length > 4
    ? `All ${count(registers.length, "register")} are`
    : `${namesOf(registers)} ${are(registers)}`;
}

function are(registers: readonly unknown[]): string {
  return registers.length === 1 ? "is" : "are";
}
