/** The steps of each runbook, with the names of this venue. The help article's order is kept: registers one by one, the router before the iPads. */
import type { Facts } from "../rules/facts.ts";
import { nameOf } from "../rules/words.ts";
import type { RunbookKind } from "./kind.ts";
import { checkNotFound, registersDisconnected } from "./plan_article.ts";
import {
  appHidden,
  autoLockOn,
  configBehind,
  otherNetwork,
  registerSilent,
  signalWeak,
  unsyncedChanges,
  versionOutdated,
} from "./plan_register.ts";
import { routerDown, versionMismatch } from "./plan_venue.ts";
import type { PlannedStep } from "./run.ts";
import { registerIn } from "./trouble.ts";

export interface Plan {
  readonly title: string;
  readonly steps: readonly PlannedStep[];
}

/** Undefined: the subject is not one that this runbook can be about. */
export function planOf(kind: RunbookKind, subject: string, facts: Facts): Plan | undefined {
  switch (kind) {
    case "check-not-found":
      return { title: "A check is not found", steps: checkNotFound(facts) };
    case "registers-disconnected":
      return { title: "Registers are out of sync", steps: registersDisconnected(facts) };
    case "version-mismatch":
      return { title: "Bring all registers to one version", steps: versionMismatch(facts) };
    case "router-down":
      return { title: "Bring the router back", steps: routerDown(facts) };
    default:
      return aboutOne(kind, subject, facts);
  }
}

type AboutOne = Exclude<RunbookKind, "check-not-found" | "registers-disconnected" | "version-mismatch" | "router-down">;

function aboutOne(kind: AboutOne, subject: string, facts: Facts): Plan | undefined {
  const register = registerIn(facts, subject);
  if (!register) return undefined;
  const name = nameOf(register);
  switch (kind) {
    case "register-silent":
      return { title: `Bring ${name} back`, steps: registerSilent(register) };
    case "app-hidden":
      return { title: `Bring ${name} to the front`, steps: appHidden(register) };
    case "other-network":
      return { title: `Put ${name} on the right Wi-Fi`, steps: otherNetwork(register, facts) };
    case "signal-weak":
      return { title: `Give ${name} a better signal`, steps: signalWeak(register) };
    case "version-outdated":
      return { title: `Update ${name}`, steps: versionOutdated(register, facts) };
    case "config-behind":
      return { title: `Bring the settings of ${name} up to date`, steps: configBehind(register) };
    case "auto-lock-on":
      return { title: `Keep ${name} awake`, steps: autoLockOn(register) };
    case "unsynced-changes":
      return { title: `Save the changes of ${name}`, steps: unsyncedChanges(register) };
  }
}
