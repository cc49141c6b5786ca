/** Setup rules about the iPads themselves: new enough, alike, and never locking themselves. */
import { aboutSelfReport } from "./about_register.ts";
import type { RegisterFacts } from "./facts.ts";
import { lockHabit } from "./lock_habit.ts";
import { currentRegisters } from "./liveness.ts";
import { ageOf, isIdentifier, plainModel } from "./model.ts";
import { HEALTHY, type Rule, unknown } from "./rule.ts";
import { PLAIN_CLOSE_MS, PLAIN_OPEN_MS } from "./settle.ts";
import { list, nameOf } from "./words.ts";

export const deviceTooOld: Rule = aboutSelfReport({
  code: "device-too-old",
  title: "iPad is too old",
  from: "seed",
  strength: "A",
  dependsOn: [],
  openAfterMs: PLAIN_OPEN_MS,
  closeAfterMs: PLAIN_CLOSE_MS,
  runbook: [
    "Close open shifts on this register and wait until its checks are on the others.",
    "Replace the iPad with an iPad Air or later, the same model as the other registers.",
    "Install the app on it and add it as a register. Then remove the old one.",
  ],
  check(register) {
    const model = register.device?.model;
    if (model === undefined) return unknown("its model is not known");
    switch (ageOf(model)) {
      case "recent":
        return HEALTHY;
      case "unknown":
        return unknown(`it says only “${model}”`);
      case "too-old":
        return {
          kind: "broken",
          severity: "fail",
          headline: `${nameOf(register)} is too old an iPad.`,
          text:
            `${
              nameOf(register)
            } is too old an iPad for shared checks: ${model}. The iPad 4 and earlier, and the first iPad ` +
            `mini, lag and lose sync when it is busy. Replace it with an iPad Air or later.`,
          evidence: [`It reports its model as “${model}”`],
        };
    }
  },
});

export const deviceMixed: Rule = {
  code: "device-mixed",
  title: "Different iPad models",
  from: "seed",
  strength: "A",
  dependsOn: [],
  openAfterMs: PLAIN_OPEN_MS,
  closeAfterMs: PLAIN_CLOSE_MS,
  runbook: [
    "Nothing needs to be done tonight: checks sync between different models.",
    "When a register is next replaced, choose the model that most of the others are.",
  ],
  subjects: () => ["venue"],
  test(facts) {
    // An iPad that is too old is to be replaced anyway, and "iPad" alone names no model.
    const known = currentRegisters(facts).filter((register) => ageOf(register.device?.model ?? "ipad") === "recent");
    const names = byModel(known.filter((register) => !isIdentifier(register.device?.model ?? "")));
    const identifiers = byModel(known.filter((register) => isIdentifier(register.device?.model ?? "")));
    const differing = [names, identifiers].find((groups) => groups.length > 1);
    if (!differing) return known.length > 1 ? HEALTHY : unknown("fewer than two registers tell their model");
    const models = list(differing.map(({ model, registers }) => `${list(registers.map(nameOf))} (${model})`));
    return {
      kind: "broken",
      severity: "warn",
      // Two identifiers can be one model, with and without mobile data; two names cannot.
      strength: differing === names ? "A" : "C",
      headline: "The registers are different iPad models.",
      text:
        `The registers are ${differing.length} different models: ${models}. The same model everywhere syncs most evenly. ` +
        `Keep it in mind for the next replacement.`,
      evidence: differing.map(({ model, registers }) => `${model}: ${list(registers.map(nameOf))}`),
    };
  },
};

export const autoLockOn: Rule = aboutSelfReport({
  code: "auto-lock-on",
  title: "Auto-Lock is on",
  from: "seed",
  strength: "A",
  dependsOn: [],
  openAfterMs: PLAIN_OPEN_MS,
  closeAfterMs: PLAIN_CLOSE_MS,
  runbook: [
    "On the iPad, open Settings.",
    "Tap Display & Brightness, then Auto-Lock.",
    "Choose Never, and go back to the app.",
  ],
  check(register) {
    const autoLock = register.state?.autoLock;
    const habit = lockHabit(register.falls ?? []);
    if (autoLock === undefined && habit) {
      return {
        kind: "broken",
        severity: "fail",
        strength: "B",
        headline: `${nameOf(register)} seems to lock itself.`,
        text:
          `${
            nameOf(register)
          } went dark ${habit.times} times about ${habit.minutes} min after the last touch. Probably Auto-Lock ` +
          `is on, and a locked register does not sync. Set Auto-Lock to Never in Settings, Display & Brightness.`,
        evidence: [`${habit.times} times its last words came ${habit.minutes} min after the screen was last touched`],
      };
    }
    if (autoLock === undefined) return unknown("it does not say whether it locks itself");
    if (autoLock === "never") return HEALTHY;
    return {
      kind: "broken",
      severity: "fail",
      headline: `${nameOf(register)} locks itself.`,
      text: `${nameOf(register)} locks itself after ${autoLock} min. A locked register does not sync. ` +
        `Set Auto-Lock to Never in Settings, Display & Brightness.`,
      evidence: [`It reports Auto-Lock after ${autoLock} min`],
    };
  },
});

function byModel(registers: readonly RegisterFacts[]): { model: string; registers: RegisterFacts[] }[] {
  const groups = new Map<string, { model: string; registers: RegisterFacts[] }>();
  for (const register of registers) {
    const model = register.device?.model ?? "";
    const group = groups.get(plainModel(model));
    if (group) group.registers.push(register);
    else groups.set(plainModel(model), { model, registers: [register] });
  }
  return [...groups.values()];
}
