/**
 * A rule is a pure test over facts: true, false, or not known, for each of its subjects. What is true now is a finding. The same
 * rule may find many subjects, so findings are keyed by code and subject.
 */
import type { Facts } from "./facts.ts";

export type Severity = "info" | "warn" | "fail";
export type Strength = "A" | "B" | "C"; // proves, strong, hints

/** What a rule says of one subject at one moment. */
export type Outcome =
  | { readonly kind: "healthy" }
  | { readonly kind: "unknown"; readonly why: string }
  | {
    readonly kind: "broken";
    readonly severity: Severity;
    readonly strength?: Strength; // absent: the rule's own
    readonly text: string; // what happened, what it means, with names and numbers
    readonly evidence: readonly string[]; // what was measured, a sentence each
    readonly cause?: string; // why, where the rule can tell
  };

export interface Rule {
  readonly code: string;
  readonly title: string; // one short line
  readonly from: "seed" | "own"; // seed: a rule of the help article
  readonly strength: Strength;
  readonly dependsOn: readonly string[]; // codes of findings that, while open, make this one unknown
  readonly openAfterMs: number; // how long broken before it is shown
  readonly closeAfterMs: number; // how long healthy before it is gone
  readonly runbook: readonly string[]; // the next steps, in order, in plain words
  /** The ids of what is tested: a register's id, or "venue", "hub", "router". */
  subjects(facts: Facts): readonly string[];
  test(facts: Facts, subject: string): Outcome;
}

/** What a rule said of a subject in one round. */
export interface Reading {
  readonly rule: Rule;
  readonly subject: string;
  readonly outcome: Outcome;
}

export const HEALTHY: Outcome = { kind: "healthy" };

export function unknown(why: string): Outcome {
  return { kind: "unknown", why };
}

/** Every rule, every subject, one reading each. A rule that throws is a bug and ends the round. */
export function evaluate(rules: readonly Rule[], facts: Facts): Reading[] {
  return rules.flatMap((rule) =>
    rule.subjects(facts).map((subject) => ({ rule, subject, outcome: rule.test(facts, subject) }))
  );
}

/** The name under which a finding is known: one per code and subject. */
export function findingKey(code: string, subject: string): string {
  return `${code} ${subject}`;
}
