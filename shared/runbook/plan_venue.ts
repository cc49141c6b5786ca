/** Steps that end a finding about the router or about all registers together. */
import type { Facts } from "../rules/facts.ts";
import { compareVersions, newest } from "../rules/version.ts";
import { nameOf } from "../rules/words.ts";
import { act, look, oneByOne, spaced, unplugDeadRouter } from "./plan_parts.ts";
import { updateTo } from "./plan_register.ts";
import type { PlannedStep } from "./run.ts";
import { presentRegisters } from "./trouble.ts";

export function versionMismatch(facts: Facts): PlannedStep[] {
  const all = presentRegisters(facts);
  const latest = facts.venue.latestVersion ?? newest(all.flatMap(({ app }) => app ? [app.version] : []));
  const behind = all.filter(({ app }) => app && latest !== undefined && compareVersions(app.version, latest) < 0);
  return [
    act("shift", {
      text: "Choose a quiet moment and close the shift on the registers that are to be updated.",
      watch: { kind: "person" },
    }),
    ...oneByOne(behind).map((register) => updateTo(register, latest)),
    look("alike", { text: "Wait until all registers tell the same version.", watch: { kind: "all-one-version" } }),
  ];
}

/** The router first; then what did not come back by itself, one at a time. */
export function routerDown(facts: Facts): PlannedStep[] {
  return [
    act("plug", {
      text: "Look at the router: are its lights on, and is its plug in?",
      watch: { kind: "person" },
    }),
    unplugDeadRouter(),
    look("router-back", {
      text: "Wait until the registers are back. They need about a minute after the router.",
      watch: { kind: "wait", ms: 60_000 },
    }),
    ...spaced(oneByOne(presentRegisters(facts)), "back", (register, id) =>
      act(id, {
        text: `Wake ${nameOf(register)} and bring the app to the screen.`,
        watch: { kind: "heard", register: register.id },
        skip: [{ kind: "register-is-fine", register: register.id }],
      })),
  ];
}
