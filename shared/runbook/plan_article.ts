/** The two lists of the help article, step by step in its order. */
import type { Facts } from "../rules/facts.ts";
import { nameOf } from "../rules/words.ts";
import { act, look, oneByOne, reopen, restartRouter, SETTLE_MS, spaced, suspects } from "./plan_parts.ts";
import type { PlannedStep } from "./run.ts";
import { presentRegisters } from "./trouble.ts";

export function checkNotFound(facts: Facts): PlannedStep[] {
  const each = suspects(facts);
  return [
    act("front", {
      text: "See that the app is on the screen of every register. Bring it to the front where it is not.",
      watch: { kind: "all-in-front" },
    }),
    act("wifi", {
      text: "See that every register is on the same Wi-Fi. On the iPad: Settings, Wi-Fi.",
      watch: { kind: "all-on-one-network" },
    }),
    ...each.map((register) =>
      act(`quit-${register.id}`, {
        text: `Force-quit the app on ${nameOf(register)}, then switch its Wi-Fi off and on.`,
        watch: { kind: "gone", register: register.id },
        skip: [{ kind: "register-is-fine", register: register.id }],
      })
    ),
    ...spaced(each, "open", (register, id) =>
      act(id, {
        text: `Once ${nameOf(register)} is on the Wi-Fi, open the app on it again.`,
        watch: { kind: "heard", register: register.id },
        skip: [{ kind: "nothing-done", after: `quit-${register.id}` }],
      })),
    diagnostics("Wait a few moments. Then Diagnostics on each register shows whether it is connected."),
    act("there", {
      text: "Look for the check again. Is it there now?",
      watch: { kind: "person" },
      ends: true,
    }),
  ];
}

export function registersDisconnected(facts: Facts): PlannedStep[] {
  const out = suspects(facts);
  const all = oneByOne(presentRegisters(facts));
  return [
    act("sync-on", { text: "In the settings here, see that sync is switched on.", watch: { kind: "sync-on" } }),
    act("version", {
      text: "See that all registers run the same version of the app. Update those that do not.",
      watch: { kind: "all-one-version" },
    }),
    act("wifi", {
      text: "See that every register is on the same Wi-Fi. On the iPad: Settings, Wi-Fi.",
      watch: { kind: "all-on-one-network" },
    }),
    act("front", {
      text: "See that the app is on the screen of every register. Bring it to the front where it is not.",
      watch: { kind: "all-in-front" },
      patienceMs: SETTLE_MS * 2, // one that stays away is for the steps below
    }),
    ...out.map((register) =>
      act(`updates-${register.id}`, {
        text: `Tap “Get Updates” on ${nameOf(register)}.`,
        watch: { kind: "config-current", register: register.id },
        patienceMs: SETTLE_MS,
        skip: [{ kind: "register-is-fine", register: register.id }],
      })
    ),
    diagnostics("Look at the register list under Diagnostics: are all of them there?"),
    ...spaced(out, "reopen", (register, id) => reopen(register, id, "app-only")),
    ...spaced(all, "again", (register, id) => reopen(register, id, "with-wifi")),
    ...out.map((register) =>
      act(`off-${register.id}`, {
        text: `Switch ${nameOf(register)} off: hold its buttons until the slider comes, and slide.`,
        watch: { kind: "gone", register: register.id },
        skip: [{ kind: "register-is-fine", register: register.id }],
      })
    ),
    ...restartRouter(),
    ...spaced(all, "start", (register, id) =>
      act(id, {
        text: `Switch ${nameOf(register)} on and open the app.`,
        watch: { kind: "heard", register: register.id },
        skip: [{ kind: "register-is-fine", register: register.id }],
      })),
    { ...diagnostics("Look at the register list under Diagnostics once more."), id: "list-again" },
  ];
}

function diagnostics(text: string): PlannedStep {
  return look("list", { text, watch: { kind: "all-in-sync" }, patienceMs: SETTLE_MS });
}
