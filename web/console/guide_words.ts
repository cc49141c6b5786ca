/** A guide in words: where it stands, what was ticked last, what came of it. Pure. */
import type { RunbookStep, RunbookView } from "../../shared/runbook_api.ts";
import type { Mark } from "../ui/state_mark.tsx";
import { sayCount } from "./words.ts";

/** "Step 2 of 5": what is passed over, now or as things are, is not counted. */
export function sayProgress({ steps }: RunbookView): { readonly step: number; readonly of: number } {
  const of = steps.filter(({ likely }) => likely).length;
  const done = steps.filter(({ state }) => state === "done").length;
  const now = steps.some(({ state }) => state === "now") ? 1 : 0;
  return { step: Math.max(1, done + now), of: Math.max(1, of) };
}

/** The step that was ticked last. */
export function lastDone({ steps }: RunbookView): RunbookStep | undefined {
  return steps.findLast(({ state }) => state === "done");
}

/** "2 steps done, 3 not needed". */
export function sayPast(steps: readonly RunbookStep[]): string {
  const done = steps.filter(({ state }) => state === "done").length;
  const skipped = steps.filter(({ state }) => state === "skipped").length;
  const both = [done > 0 && `${sayCount(done, "step")} done`, skipped > 0 && `${skipped} passed over`];
  return both.filter(Boolean).join(", ");
}

type End = NonNullable<RunbookView["end"]>;

export function endTitle({ how, step }: End): string {
  switch (how) {
    case "fixed":
      return step === null ? "It is over" : "What fixed it";
    case "handed-on":
      return "Not fixed yet";
    case "stopped":
      return "Stopped";
  }
}

const END_MARKS: Record<End["how"], Mark> = { "fixed": "fine", "handed-on": "look", "stopped": "unknown" };
export function endMark({ how }: End): Mark {
  return END_MARKS[how];
}
