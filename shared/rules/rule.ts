/**
 * A rule is a pure test over facts: true, false, or not known, for each of its subjects. What is true now is a finding. The same
 * rule may find many subjects, so findings are keyed by code and subject.
 */
import type { Facts } from "./facts.ts";
import { nameOf } from "./words.ts";

export type Severity = "info" | "warn" | "fail";
export type Strength = "A" | "B" | "C"; // proves, strong, hints

/** What a rule says of one subject at one moment. */
export type Outcome =
  | {
    readonly kind: "healthy";
    readonly cause?: string; // why it was not, where that shows only now
    readonly unsaid?: string; // what of it nobody measures, so that the installer's list does not let it pass for that
  }
  | { readonly kind: "unknown"; readonly why: string }
  | {
    readonly kind: "broken";
    readonly severity: Severity;
    readonly strength?: Strength; // absent: the rule's own
    readonly headline?: string; // one short sentence, a name and no numbers, for the verdict; absent: the text's first sentence
    readonly text: string; // what happened, what it means, what to do, with names and numbers
    readonly evidence: readonly string[]; // what was measured, a sentence each
    readonly cause?: string; // why, where the rule can tell; stable while it stays the same cause
    readonly runbook?: readonly string[]; // what to do about this subject; absent: the rule's own
    readonly since?: number; // when it began, where the facts say; absent: when it was first read
    readonly settled?: true; // measured often enough already, as by two rounds that agree: `openAfterMs` is not waited for
  };

/** Subjects that are not a register. A finding about one of these touches every register. */
export const PLACES = ["venue", "hub", "router"] as const;

export interface Rule {
  readonly code: string;
  readonly title: string; // one short line
  readonly from: "seed" | "own"; // seed: a rule of the help article
  readonly strength: Strength;
  readonly dependsOn: readonly string[]; // codes of findings that, while open, make this one unknown; parents' parents count too
  readonly openAfterMs: number; // how long broken before it is shown
  readonly closeAfterMs: number; // how long healthy before it is gone
  readonly returnMs?: number; // how long what depends on it has to come back once it is gone; absent: 15 s
  readonly outlastsUnknown?: true; // open, it stays until it is measured healthy, however long that takes
  readonly runbook: readonly string[]; // the next steps, in order, in plain words
  /** The ids of what is tested: a register's id, or "venue", "hub", "router". */
  subjects(facts: Facts): readonly string[];
  /** What people call a subject that is neither a register nor a place; absent: its id. */
  name?(facts: Facts, subject: string): string | undefined;
  test(facts: Facts, subject: string): Outcome;
  /** Other subjects that this one hangs on besides the places: what is wrong with them holds it back. */
  within?(facts: Facts, subject: string): readonly string[];
}

/** What a rule said of a subject in one round. */
export interface Reading {
  readonly rule: Rule;
  readonly subject: string;
  readonly outcome: Outcome;
  readonly within?: readonly string[];
  readonly name?: string; // what people call the subject; absent: its id
  readonly excused?: string; // why it is as it should be although it is broken: "the venue is closed"
}

export const HEALTHY: Outcome = { kind: "healthy" };

export function unknown(why: string): Outcome {
  return { kind: "unknown", why };
}

/** Every rule, every subject, one reading each. A rule that throws is a bug and ends the round. */
export function evaluate(rules: readonly Rule[], facts: Facts): Reading[] {
  const names = new Map<string, string>(facts.registers.map((register) => [register.id, nameOf(register)]));
  for (const place of PLACES) names.set(place, `The ${place}`);
  return rules.flatMap((rule) =>
    rule.subjects(facts).map((subject) => (
      {
        rule,
        subject,
        name: rule.name?.(facts, subject) ?? names.get(subject),
        outcome: capped(rule, rule.test(facts, subject)),
        within: rule.within?.(facts, subject),
      }
    ))
  );
}

/** A hint may warn, never fail: only what is proven or strong turns a rule red. */
function capped(rule: Rule, outcome: Outcome): Outcome {
  if (outcome.kind !== "broken" || outcome.severity !== "fail") return outcome;
  return (outcome.strength ?? rule.strength) === "C" ? { ...outcome, severity: "warn" } : outcome;
}

/** The name under which a finding is known: one per code and subject. */
export function findingKey(code: string, subject: string): string {
  return `${code} ${subject}`;
}
