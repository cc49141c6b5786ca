/**
 * A guided runbook under way: its steps in order, and where each stands. Plain data, so that it survives a restart of the hub as JSON.
 */
import type { RunbookKind } from "./kind.ts";
import type { Watch } from "./watch.ts";

/** When a step cannot help, so that it is passed over with the reason. */
export type Skip =
  | { readonly kind: "router-is-fine" }
  | { readonly kind: "register-is-fine"; readonly register: string } // while another one is not
  | { readonly kind: "in-background"; readonly register: string } // then its app is what to look at
  | { readonly kind: "nothing-done"; readonly after: string }; // the step that it follows was passed over

export interface PlannedStep {
  readonly id: string;
  readonly text: string;
  readonly watch: Watch; // what ticks it
  readonly role: "act" | "look"; // a look changes nothing, so it never is what fixed it
  readonly skip?: readonly Skip[]; // the first that holds
  readonly patienceMs?: number; // after so long without effect it is passed over; absent: it waits for the hub or a person
  readonly ends?: true; // a person who ticks it says that all is well again
}

export type StepState =
  | { readonly kind: "later" }
  | { readonly kind: "now"; readonly since: number; readonly goneAt?: number } // when what is to come back was seen away
  | {
    readonly kind: "done";
    readonly at: number;
    readonly by: "hub" | "person";
    readonly evidence: string;
    readonly already: boolean; // it was so before anybody did it
  }
  | { readonly kind: "skipped"; readonly at: number; readonly why: string };

export interface RunStep extends PlannedStep {
  readonly state: StepState;
}

export type RunEnd =
  | { readonly kind: "fixed"; readonly at: number; readonly step?: string; readonly text: string }
  | { readonly kind: "handed-on"; readonly at: number; readonly next?: RunbookKind; readonly text: string }
  | { readonly kind: "stopped"; readonly at: number; readonly text: string };

export interface Run {
  readonly id: string;
  readonly kind: RunbookKind;
  readonly subject: string; // a register's id, "venue" or "router"
  readonly title: string;
  readonly startedAt: number;
  readonly changedAt: number; // when a step or the end last changed
  readonly troubleSeen: boolean; // what it is to end was measured since it began
  readonly goodSince?: number; // since when that is no longer so
  readonly steps: readonly RunStep[];
  readonly end?: RunEnd;
}

/** The step to do now. Undefined: the run has ended. */
export function currentStep(run: Run): RunStep | undefined {
  return run.end ? undefined : run.steps.find(({ state }) => state.kind === "now");
}
