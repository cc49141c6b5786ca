/** When a step cannot help, and the sentence that says why. */
import type { Facts } from "../rules/facts.ts";
import { liveness } from "../rules/liveness.ts";
import { nameOf, namesOf } from "../rules/words.ts";
import type { PlannedStep, Run, RunStep, Skip } from "./run.ts";
import { presentRegisters, registerIn, troubled, troubleOf } from "./trouble.ts";

/** Why this step is passed over now. Undefined: it may help. */
export function reasonToSkip(run: Run, step: RunStep, facts: Facts): string | undefined {
  const gone = "register" in step.watch && !registerIn(facts, step.watch.register);
  if (gone) return "This register is no longer enrolled.";
  for (const skip of step.skip ?? []) {
    const why = reason(skip, run, facts);
    if (why !== undefined) return why;
  }
  return undefined;
}

function reason(skip: Skip, run: Run, facts: Facts): string | undefined {
  switch (skip.kind) {
    case "router-is-fine":
      return routerIsFine(facts);
    case "register-is-fine":
      return registerIsFine(skip.register, facts);
    case "in-background":
      return inBackground(skip.register, facts);
    case "nothing-done": {
      const before = run.steps.find(({ id }) => id === skip.after);
      return before?.state.kind === "skipped" || before === undefined
        ? "The step before it was not needed."
        : undefined;
    }
  }
}

/** Where there are several registers, somebody must be heard over it: a router that answers the hub may still serve nobody. */
function routerIsFine(facts: Facts): string | undefined {
  if (facts.router.alive !== true) return undefined;
  const all = presentRegisters(facts);
  if (all.length < 2) return "The router answers, so a restart would not help.";
  const heard = all.filter((register) => liveness(register, facts) === "ok");
  if (heard.length === 0) return undefined;
  const who = `${namesOf(heard)} ${heard.length === 1 ? "is" : "are"}`;
  return `The router answers and ${who} heard, so a restart would not help.`;
}

/** Fine counts only while the trouble is measured elsewhere: where nothing is, every register is gone through. */
function registerIsFine(id: string, facts: Facts): string | undefined {
  const register = registerIn(facts, id);
  if (!register || troubleOf(register, facts) !== undefined || troubled(facts).length === 0) return undefined;
  return `${nameOf(register)} is heard and in sync.`;
}

function inBackground(id: string, facts: Facts): string | undefined {
  const register = registerIn(facts, id);
  if (register?.state?.foreground !== false) return undefined;
  return `The last word of ${nameOf(register)} was that its app went to the background, so that comes first.`;
}

/** True when a step that is still to come would be passed over as things are. */
export function isLikelySkipped(run: Run, step: RunStep, facts: Facts): boolean {
  const follows = (each: PlannedStep) =>
    step.skip?.some((skip) => skip.kind === "nothing-done" && skip.after === each.id) ?? false;
  const before = run.steps.find(follows);
  if (before?.state.kind === "later" && isLikelySkipped(run, before, facts)) return true;
  return reasonToSkip(run, step, facts) !== undefined;
}
