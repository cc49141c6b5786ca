/** Steps that end a finding about one register. */
import type { Facts, RegisterFacts } from "../rules/facts.ts";
import { newest } from "../rules/version.ts";
import { nameOf } from "../rules/words.ts";
import { act, chooseWifi, look, reopen, restartRouter, usualSsid } from "./plan_parts.ts";
import type { PlannedStep } from "./run.ts";

export function registerSilent(register: RegisterFacts): PlannedStep[] {
  const { id } = register;
  const name = nameOf(register);
  const inBackground = { kind: "in-background", register: id } as const;
  return [
    ...restartRouter([inBackground]),
    act("front", {
      text: `Go to ${name}. Wake it, and bring the app to the screen.`,
      watch: { kind: "heard", register: id },
    }),
    act("wifi", {
      text: `On ${name}, open Settings, tap Wi-Fi, and see that it is on the same network as the others.`,
      watch: { kind: "heard", register: id },
      skip: [inBackground],
    }),
    act("reopen", {
      text: `Force-quit the app on ${name}, switch its Wi-Fi off and on, and open the app again.`,
      watch: { kind: "heard", register: id },
    }),
    act("power", {
      text: `Switch ${name} off and on, and open the app. It takes about a minute.`,
      watch: { kind: "heard", register: id },
    }),
  ];
}

export function appHidden(register: RegisterFacts): PlannedStep[] {
  const name = nameOf(register);
  return [
    act("front", {
      text: `Go to ${name} and bring the app back to the screen.`,
      watch: { kind: "in-front", register: register.id },
    }),
    act("quit-others", {
      text: `Close the other apps on ${name}, and leave ours on the screen.`,
      watch: { kind: "in-front", register: register.id },
    }),
  ];
}

export function otherNetwork(register: RegisterFacts, facts: Facts): PlannedStep[] {
  const name = nameOf(register);
  return [
    chooseWifi(register, usualSsid(register, facts)),
    act("forget", {
      text: `On ${name}, in Settings, Wi-Fi: forget the wrong network, so that it does not go back to it.`,
      watch: { kind: "same-network", register: register.id },
    }),
    act("second-router", {
      text: `Look for a second router or a repeater near ${name}, and unplug it.`,
      watch: { kind: "same-network", register: register.id },
    }),
  ];
}

export function signalWeak(register: RegisterFacts): PlannedStep[] {
  const name = nameOf(register);
  const watch = { kind: "signal-strong", register: register.id } as const;
  return [
    act("closer", {
      text: `Bring ${name} within 30 ft (9 m) of the router, with no wall or metal between.`,
      watch,
    }),
    act("case", { text: `Take ${name} out of a metal stand or a thick case.`, watch }),
    act("router-place", { text: `Move the router closer to ${name}, up high and in the open.`, watch }),
    act("access-point", {
      text: `If ${name} has to stay there, add an access point that is wired to the router. A repeater makes it worse.`,
      watch,
    }),
  ];
}

export function versionOutdated(register: RegisterFacts, facts: Facts): PlannedStep[] {
  const latest = facts.venue.latestVersion ?? newest(facts.registers.flatMap(({ app }) => app ? [app.version] : []));
  return [act("shift", closeShift(register)), updateTo(register, latest)];
}

/** The app from the App Store, opened again. */
export function updateTo(register: RegisterFacts, version: string | undefined): PlannedStep {
  const name = nameOf(register);
  return act(`update-${register.id}`, {
    text: `Update the app on ${name} from the App Store${version ? ` to ${version}` : ""}, and open it again.`,
    watch: version === undefined ? { kind: "person" } : { kind: "version-is", register: register.id, version },
  });
}

export function configBehind(register: RegisterFacts): PlannedStep[] {
  const name = nameOf(register);
  return [
    look("front", {
      text: `Go to ${name}, with the app on the screen.`,
      watch: { kind: "in-front", register: register.id },
    }),
    act("updates", {
      text: `Sign in on ${name} as a manager and tap “Get Updates”.`,
      watch: { kind: "config-current", register: register.id },
    }),
    reopen(register, "reopen", "app-only"),
    act("updates-again", {
      text: `Tap “Get Updates” on ${name} once more.`,
      watch: { kind: "config-current", register: register.id },
    }),
  ];
}

export function autoLockOn(register: RegisterFacts): PlannedStep[] {
  const name = nameOf(register);
  return [
    act("settings", {
      text: `On ${name}, open Settings, tap Display & Brightness, then Auto-Lock, and choose Never.`,
      watch: { kind: "person" },
    }),
    act("back", {
      text: `Go back to the app on ${name}.`,
      watch: { kind: "never-locks", register: register.id },
    }),
  ];
}

export function unsyncedChanges(register: RegisterFacts): PlannedStep[] {
  const { id } = register;
  const name = nameOf(register);
  const watch = { kind: "synced", register: id } as const;
  return [
    act("front", {
      text: `Keep ${name} on, with the app on the screen. Do not delete the app: the changes are safe on it.`,
      watch: { kind: "in-front", register: id },
    }),
    act("wifi", {
      text: `See that ${name} is on the same Wi-Fi as the others.`,
      watch: { kind: "same-network", register: id },
    }),
    act("closer", { text: `Bring ${name} close to the router and wait a minute.`, watch, patienceMs: 2 * 60_000 }),
    act("reopen", {
      text: `Force-quit the app on ${name}, switch its Wi-Fi off and on, and open the app again.`,
      watch,
    }),
  ];
}

function closeShift(register: RegisterFacts): Omit<PlannedStep, "id" | "role"> {
  return {
    text: `Choose a quiet moment and close the shift on ${nameOf(register)}.`,
    watch: { kind: "person" },
  };
}
