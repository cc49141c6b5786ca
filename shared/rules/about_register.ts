/**
 * The two kinds of rule that are tested once per register: those about the register as the hub sees it, and those about what it says
 * of itself, which are unknown once it has not been heard for a while.
 */
import type { Facts, RegisterFacts } from "./facts.ts";
import { isCurrent, notHeard } from "./liveness.ts";
import { type Outcome, type Rule, unknown } from "./rule.ts";

/** A rule without its subjects, tested on one register. */
export interface RegisterRule extends Omit<Rule, "subjects" | "test"> {
  check(register: RegisterFacts, facts: Facts): Outcome;
}

/** A rule with every enrolled register as a subject. */
export function aboutRegister({ check, ...rule }: RegisterRule): Rule {
  return {
    ...rule,
    subjects: (facts) => facts.registers.map((register) => register.id),
    test(facts, subject) {
      const register = facts.registers.find((each) => each.id === subject);
      return register ? check(register, facts) : unknown("no longer enrolled");
    },
  };
}

/** The same, for what a register says of itself: never held against it when it is old. */
export function aboutSelfReport(rule: RegisterRule): Rule {
  return aboutRegister({
    ...rule,
    check: (register, facts) =>
      isCurrent(register, facts.now) ? rule.check(register, facts) : notHeard(register, facts.now),
  });
}
