/** Steps that several runbooks share, one maker each. */
import type { Facts, RegisterFacts } from "../rules/facts.ts";
import { nameOf } from "../rules/words.ts";
import type { PlannedStep } from "./run.ts";
import { presentRegisters, troubled } from "./trouble.ts";

export const APART_MS = 60_000; // the help article: wait about a minute between registers
export const SETTLE_MS = 60_000; // as long as registers need to find each other again
export const REGISTERS_MAX = 8; // gone through one by one; more than that nobody does by hand
const ROUTER_OFF =
  "Unplug the router from the power, count to ten, and plug it in again. Leave the iPads alone meanwhile.";

type Part = Omit<PlannedStep, "id" | "role">;

export function act(id: string, part: Part): PlannedStep {
  return { id, role: "act", ...part };
}

export function look(id: string, part: Part): PlannedStep {
  return { id, role: "look", ...part };
}

/** The registers to go through one by one. */
export function oneByOne(registers: readonly RegisterFacts[]): readonly RegisterFacts[] {
  return registers.slice(0, REGISTERS_MAX);
}

/** Those in trouble; all of them where nothing tells which. */
export function suspects(facts: Facts): readonly RegisterFacts[] {
  const found = troubled(facts);
  return oneByOne(found.length > 0 ? found : presentRegisters(facts));
}

/** The same for each register, with about a minute between one and the next. */
export function spaced(
  registers: readonly RegisterFacts[],
  prefix: string,
  step: (register: RegisterFacts, id: string) => PlannedStep,
): PlannedStep[] {
  return registers.flatMap((register, n) => {
    const id = `${prefix}-${register.id}`;
    const next = registers[n + 1];
    return [step(register, id), ...(next ? [pause(id, next)] : [])];
  });
}

export function pause(after: string, next: RegisterFacts): PlannedStep {
  return look(`pause-${after}`, {
    text: `Wait about a minute before you go on to ${nameOf(next)}.`,
    watch: { kind: "wait", ms: APART_MS },
    skip: [{ kind: "nothing-done", after }],
  });
}

/** The router's power off and on, unless it is fine, and the wait for it. */
export function restartRouter(skip: PlannedStep["skip"] = []): PlannedStep[] {
  return [
    act("router", {
      text: ROUTER_OFF,
      watch: { kind: "router-cycled" },
      skip: [{ kind: "router-is-fine" }, ...skip],
    }),
    look("router-back", {
      text: "Wait until the router answers. It takes about two minutes.",
      watch: { kind: "router-answers" },
      skip: [{ kind: "nothing-done", after: "router" }],
    }),
  ];
}

export function unplugDeadRouter(): PlannedStep {
  return act("router", { text: ROUTER_OFF, watch: { kind: "router-answers" } });
}

/** The app closed, the Wi-Fi off and on, the app opened. */
export function reopen(register: RegisterFacts, id: string, wifi: "with-wifi" | "app-only"): PlannedStep {
  const name = nameOf(register);
  const text = wifi === "with-wifi"
    ? `Force-quit the app on ${name}, switch its Wi-Fi off and on, and open the app again.`
    : `Force-quit the app on ${name}, wait a few moments, and open it again.`;
  return act(id, {
    text,
    watch: { kind: "reopened", register: register.id },
    skip: [{ kind: "register-is-fine", register: register.id }],
  });
}

export function chooseWifi(register: RegisterFacts, ssid: string | undefined): PlannedStep {
  const which = ssid === undefined ? "the network that the other registers use" : `“${ssid}”, as the others`;
  return act("wifi", {
    text: `On ${nameOf(register)}, open Settings, tap Wi-Fi, and choose ${which}.`,
    watch: { kind: "same-network", register: register.id },
  });
}

/** The Wi-Fi that most of the others use, as far as they say. */
export function usualSsid(register: RegisterFacts, facts: Facts): string | undefined {
  const names = facts.registers.flatMap(({ id, network }) => id !== register.id && network?.ssid ? [network.ssid] : []);
  const groups = [...Map.groupBy(names, (name) => name).values()].toSorted((a, b) => b.length - a.length);
  return groups[0]?.[0];
}
