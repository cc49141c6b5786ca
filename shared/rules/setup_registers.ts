/** Setup rules about how many registers there are and what they are called. */
import { aboutRegister } from "./about_register.ts";
import type { Facts, RegisterFacts } from "./facts.ts";
import { currentRegisters, SELF_REPORT_MS } from "./liveness.ts";
import { HEALTHY, type Rule, unknown } from "./rule.ts";
import { AT_ONCE_MS, PLAIN_CLOSE_MS, PLAIN_OPEN_MS } from "./settle.ts";
import { count, nameOf, namesOf, span } from "./words.ts";

export const REGISTERS_MAX = 4; // what the setup guide recommends in one place; a recommendation, not a limit

/** Names that a device or an app gives by itself. They tell nobody which register it is. */
const DEFAULT_NAME = /^(?:(?:new |my )?(?:register|ipad)|unnamed|untitled|no name)(?: \(\d+\))?$/i;

export const tooManyRegisters: Rule = {
  code: "too-many-registers",
  title: "More registers than recommended",
  from: "seed",
  strength: "A",
  dependsOn: [],
  openAfterMs: PLAIN_OPEN_MS,
  closeAfterMs: PLAIN_CLOSE_MS,
  runbook: [
    `Count the registers that really share checks. Up to ${REGISTERS_MAX} is recommended.`,
    "Remove registers that are no longer used from the list.",
    "If you need them all, have the Wi-Fi checked with a walk test at each register.",
  ],
  subjects: () => ["venue"],
  test(facts) {
    const heard = currentRegisters(facts);
    if (heard.length === 0) return unknown(`no register heard in the last ${span(SELF_REPORT_MS)}`);
    if (heard.length <= REGISTERS_MAX) return HEALTHY;
    return {
      kind: "broken",
      severity: "warn",
      headline: "More registers are in use than recommended.",
      text: `${heard.length} registers are in use: ${namesOf(heard)}. Up to ${REGISTERS_MAX} is recommended. ` +
        `With more it still works, but trouble is more likely and harder to find.`,
      evidence: [`${count(heard.length, "register")} heard in the last ${span(SELF_REPORT_MS)}`],
    };
  },
};

export const registerUnnamed: Rule = aboutRegister({
  code: "register-unnamed",
  title: "Register without a name of its own",
  from: "seed",
  strength: "A",
  dependsOn: [],
  openAfterMs: AT_ONCE_MS,
  closeAfterMs: AT_ONCE_MS,
  runbook: [
    "Open the list of registers and choose this one.",
    "Give it a name that says where it stands, such as Bar or Terrace, different from all others.",
  ],
  check(register, facts) {
    const name = register.name.trim();
    const advice = `Name it after its place, so that everyone knows which register is meant.`;
    if (name === "" || DEFAULT_NAME.test(name)) {
      return {
        kind: "broken",
        severity: "warn",
        headline: `Register ${register.letter} has no name yet.`,
        text: `Register ${register.letter} has no name of its own yet. ${advice}`,
        evidence: [name === "" ? "Its name is blank" : `Its name is “${name}”, which is only a default`],
      };
    }
    const namesake = elderNamesake(register, facts);
    if (!namesake) return HEALTHY;
    return {
      kind: "broken",
      severity: "warn",
      headline: `Two registers are called ${nameOf(register)}.`,
      text: `Two registers are called ${nameOf(register)}: ${namesake.letter} and ${register.letter}. ` +
        `Rename ${register.letter}. ${advice}`,
      evidence: [`${namesake.letter} is “${namesake.name}”, ${register.letter} is “${register.name}”`],
    };
  },
});

/** The register that had this one's name first. Only the later one is told to change, so two alike make one finding. */
function elderNamesake(register: RegisterFacts, facts: Facts): RegisterFacts | undefined {
  const key = alike(register.name);
  return facts.registers.find((other) =>
    other.id !== register.id && alike(other.name) === key && isElder(other, register)
  );
}

function alike(name: string): string {
  return name.trim().replace(/\s+/g, " ").toLowerCase();
}

function isElder(a: RegisterFacts, b: RegisterFacts): boolean {
  return a.enrolledAt < b.enrolledAt || (a.enrolledAt === b.enrolledAt && a.id < b.id);
}
