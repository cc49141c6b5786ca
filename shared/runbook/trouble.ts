/** Which registers are in trouble, as far as it is measured: the same tests for every runbook. */
import type { Facts, RegisterFacts } from "../rules/facts.ts";
import { UNSYNCED_WARN_MS } from "../rules/live.ts";
import { liveness } from "../rules/liveness.ts";
import { otherNetwork } from "../rules/other_network.ts";

const AWAY_MS = 24 * 60 * 60_000; // not heard for a day: it is in a drawer, and nobody waits for it

export function registerIn(facts: Facts, id: string): RegisterFacts | undefined {
  return facts.registers.find((register) => register.id === id);
}

/** The registers that take part in the day. */
export function presentRegisters(facts: Facts): RegisterFacts[] {
  return facts.registers.filter(({ heardAt }) => heardAt !== undefined && facts.now - heardAt <= AWAY_MS);
}

/** What is wrong with a register, to go behind its name: "is not heard". Undefined: nothing that is measured. */
export function troubleOf(register: RegisterFacts, facts: Facts): string | undefined {
  if (liveness(register, facts) !== "ok") return "is not heard";
  if (register.state?.foreground === false) return "has its app in the background";
  if (isElsewhere(register, facts)) return "is on another network";
  const { unsynced = 0, unsyncedSince: since } = register;
  if (unsynced > 0 && since !== undefined && facts.now - since > UNSYNCED_WARN_MS) {
    return "has changes that only it has";
  }
  return undefined;
}

export function troubled(facts: Facts): RegisterFacts[] {
  return presentRegisters(facts).filter((register) => troubleOf(register, facts) !== undefined);
}

export function isElsewhere(register: RegisterFacts, facts: Facts): boolean {
  return otherNetwork.test(facts, register.id).kind === "broken";
}
