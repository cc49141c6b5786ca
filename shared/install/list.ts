/**
 * The installer's list: one row for every rule, passed, warned, failed or not measured, with how, when and which numbers. What was measured
 * and what somebody answered stand beside each other; neither is ever taken for the other. Pure.
 */
import { z } from "zod";
import { blocksIn } from "../rules/block.ts";
import type { Facts } from "../rules/facts.ts";
import { evaluate, type Reading, type Rule, unknown } from "../rules/rule.ts";
import { list, nameOf } from "../rules/words.ts";
import { CATALOGUE, type Entry, entryOf, takenAt } from "./catalogue.ts";
import { QUESTIONS } from "./questions.ts";
import { type Answer, weigh } from "./survey.ts";

export const RowState = z.enum(["passed", "warned", "failed", "unmeasured"]);
export type RowState = z.infer<typeof RowState>;

export const Row = z.object({
  code: z.string(),
  from: z.enum(["seed", "own"]).describe("seed: a rule of the help article"),
  wants: z.string().describe("What should be so"),
  state: RowState,
  by: z.enum(["measured", "answered", "nothing"]).describe("What the state rests on"),
  measured: z.object({
    state: RowState,
    text: z.string().describe("The numbers; or what is wrong; or why it was not measured"),
    how: z.string(),
    at: z.iso.datetime().nullable(),
    broken: z.array(z.string()).describe("What this is wrong of: names of registers, or the place"),
    todo: z.string().nullable().describe("The first step that mends it"),
  }),
  answered: z.object({ state: RowState, text: z.string() }).nullable().describe("What a person answered to it"),
});
export type Row = z.infer<typeof Row>;

const GRAVITY: readonly RowState[] = ["unmeasured", "passed", "warned", "failed"];

/** `rules` are those of this hub; rules of the catalogue that it does not have stand as not measured. */
export function makeList(rules: readonly Rule[], facts: Facts, answers: readonly Answer[]): Row[] {
  const readings = readingsOf(rules, withoutAnswers(facts));
  const strange = rules.filter(({ code }) => !CATALOGUE.some((entry) => entry.code === code)).map(entryOf);
  return [...CATALOGUE, ...strange].map((entry) => {
    const own = readings.filter(({ rule }) => rule.code === entry.code);
    return together(entry, measure(entry, own, facts), answerTo(entry.code, answers, facts), own);
  });
}

/** What is measured is measured without what was answered; walks are measurements. */
function withoutAnswers(facts: Facts): Facts {
  const walks = facts.venue.survey?.walks ?? [];
  return { ...facts, venue: { ...facts.venue, survey: { metres: {}, walks } } };
}

/** While a parent is broken, what depends on it is not known, and nobody is accused. What is healthy but for what nobody measures is not either. */
function readingsOf(rules: readonly Rule[], facts: Facts): Reading[] {
  const readings = evaluate(rules, facts);
  const blocks = blocksIn(readings, () => false, {});
  return readings.map((reading) => {
    const block = blocks(reading.rule, reading.subject);
    const why = block.kind === "none" ? unsaidOf(reading) : "not known while something it depends on is down";
    return why === undefined ? reading : { ...reading, outcome: unknown(why) };
  });
}

function unsaidOf({ outcome }: Reading): string | undefined {
  return outcome.kind === "healthy" ? outcome.unsaid : undefined;
}

function measure(entry: Entry, readings: readonly Reading[], facts: Facts): Row["measured"] {
  const at = takenAt(entry.source, facts);
  const base = { how: entry.how, at: at === undefined ? null : new Date(at).toISOString(), broken: [], todo: null };
  const gravest = readings.toSorted((a, b) => GRAVITY.indexOf(stateOf(b)) - GRAVITY.indexOf(stateOf(a)))[0];
  if (gravest === undefined) return { ...base, at: null, state: "unmeasured", text: whyNothing(entry, facts) };
  const broken = readings.filter(({ outcome }) => outcome.kind === "broken");
  const { outcome, rule } = gravest;
  if (outcome.kind === "broken") {
    const texts = broken.map((each) => each.outcome.kind === "broken" ? each.outcome.text : "");
    const subjects = broken.map(({ subject, rule }) => rule.name?.(facts, subject) ?? sayName(subject, facts));
    const todo = (outcome.runbook ?? rule.runbook)[0] ?? null;
    return { ...base, state: stateOf(gravest), text: texts.join(" "), broken: subjects, todo };
  }
  const unknown = readings.filter((each) => each.outcome.kind === "unknown");
  if (unknown.length === 0) return { ...base, state: "passed", text: entry.numbers?.(facts) || "Nothing found" };
  const all = unknown.length === readings.length;
  const isTold = !all || entry.source === "asked"; // that somebody asked is told even where nothing came of it
  return {
    ...base,
    at: isTold ? base.at : null,
    state: "unmeasured",
    text: sayUnknown(unknown, readings.length, facts),
  };
}

/** "Not measured on 2 of 3: Bar and Till 1: neither its Wi-Fi name nor its address can be compared." */
function sayUnknown(unknown: readonly Reading[], of: number, facts: Facts): string {
  const reasons = Map.groupBy(unknown, ({ outcome }) => outcome.kind === "unknown" ? outcome.why : "");
  const said = [...reasons].map(([why, readings]) => {
    const who = readings.map(({ subject }) => facts.registers.find(({ id }) => id === subject)).filter((one) => !!one);
    if (who.length === 0) return why;
    const isAll = who.length > 1 && who.length === facts.registers.length;
    return `${isAll ? "every register" : list(who.map(nameOf))}: ${why}`;
  });
  const start = unknown.length < of ? `Not measured on ${unknown.length} of ${of}. ` : "";
  return start + sentence(said.join("; "));
}

function whyNothing({ code }: Entry, facts: Facts): string {
  if (facts.registers.length === 0) return "No register is enrolled yet.";
  return QUESTIONS.some(({ rule }) => rule === code) ? "Only a person can tell." : "This hub does not measure it.";
}

/** The answers to a rule's questions, taken together: the gravest counts, and all of them have to be there to pass. */
function answerTo(code: string, answers: readonly Answer[], facts: Facts): Row["answered"] {
  const questions = QUESTIONS.filter(({ rule }) => rule === code);
  const given = questions.flatMap((question) => {
    if (question.kind === "choice") return [answers.find((answer) => answer.question === question.id)];
    return facts.registers.map(({ id }) => answers.find((answer) => answer.register === id));
  });
  const weighed = given.flatMap((answer) => answer ? [{ answer, ...weigh(answer) }] : []);
  const known = weighed.filter(({ state }) => state !== "unmeasured");
  if (known.length === 0) return null;
  const gravest = known.map(({ state }) => state).sort((a, b) => GRAVITY.indexOf(b) - GRAVITY.indexOf(a))[0]!;
  const state = gravest === "passed" && known.length < given.length ? "unmeasured" : gravest;
  const text = known.map(({ answer, text }) => answer.register ? `${sayName(answer.register, facts)} ${text}` : text);
  return { state, text: text.join(", ") };
}

/**
 * Measured before answered: an answer settles what was not measured, and what is only a hint; it makes nothing better that was proven. What
 * somebody saw to be wrong is wrong, whatever was measured.
 */
function together(
  entry: Entry,
  measured: Row["measured"],
  answered: Row["answered"],
  readings: readonly Reading[],
): Row {
  const { code, from, wants } = entry;
  const row = { code, from, wants, measured, answered };
  const answer = answered?.state ?? "unmeasured";
  // Nobody's answer outweighs a walk test that failed.
  const isHint = entry.source !== "walks" &&
    readings.every(({ rule, outcome }) => outcome.kind !== "broken" || (outcome.strength ?? rule.strength) === "C");
  const worse = GRAVITY.indexOf(answer) > Math.max(1, GRAVITY.indexOf(measured.state));
  const settles = measured.state === "unmeasured" || (measured.state === "warned" && isHint);
  if (answer !== "unmeasured" && (worse || settles)) return { ...row, state: answer, by: "answered" };
  return { ...row, state: measured.state, by: measured.state === "unmeasured" ? "nothing" : "measured" };
}

function stateOf({ outcome }: Reading): RowState {
  switch (outcome.kind) {
    case "healthy":
      return "passed";
    case "unknown":
      return "unmeasured";
    case "broken":
      return outcome.severity === "fail" ? "failed" : "warned";
  }
}

function sayName(subject: string, { registers }: Facts): string {
  const register = registers.find(({ id }) => id === subject);
  return register ? nameOf(register) : subject;
}

function sentence(text: string): string {
  return text === "" ? text : `${text.charAt(0).toUpperCase()}${text.slice(1).replace(/\.$/, "")}.`;
}
