/**
 * Answers of the survey: who said what and when, with a note and a photo where one helps. They are kept apart from what was measured, and
 * a few of them are facts for rules.
 */
import { z } from "zod";
import { Name } from "../api.ts";
import type { SurveyFact } from "../rules/survey_fact.ts";
import { FAR_M } from "../rules/survey.ts";
import { figure } from "../rules/words.ts";
import { type AnswerState, FEET_PER_METRE, questionOf } from "./questions.ts";

export const NOTE_MAX = 300; // characters: three sentences
export const PHOTO_MAX = 48_000; // characters of a data URL, some 36 kB: 640 pixels as JPEG
const DISTANCE_MOST = 1_000; // of either unit; no register is further

const Distance = z.object({ amount: z.number().min(0).max(DISTANCE_MOST), unit: z.enum(["m", "ft"]) });
export type Distance = z.infer<typeof Distance>;

const what = {
  question: z.string().max(40).describe("The question's id, as the list names it"),
  register: z.string().max(40).nullable().default(null).describe("The register's id; null: about the venue"),
  choice: z.string().max(20).nullable().default(null).describe("The option's value"),
  distance: Distance.nullable().default(null),
};

/** An answer as it is given; it replaces an earlier one to the same question. With neither choice nor distance it takes that one back. */
export const AnswerRequest = z.object({
  ...what,
  by: Name.describe("Who says so"),
  note: z.string().trim().max(NOTE_MAX).default(""),
  photo: z.string().max(PHOTO_MAX).regex(/^data:image\/(jpeg|png|webp);base64,[A-Za-z0-9+/]+=*$/).nullish()
    .describe("As a data URL; absent: the one that is there stays; null: there is none"),
}).superRefine((answer, context) => {
  const issue = issueOf(answer);
  if (issue) context.addIssue({ code: "custom", ...issue });
});
export type AnswerRequest = z.infer<typeof AnswerRequest>;

/** An answer as it is kept and shown. */
export const Answer = z.object({
  ...what,
  by: z.string(),
  at: z.iso.datetime(),
  note: z.string(),
  photo: z.string().nullable().describe("Its id: GET /api/install/photos/{id}"),
});
export type Answer = z.infer<typeof Answer>;

/** What is wrong with an answer as an answer to its question; undefined: nothing. */
function issueOf({ question: id, register, choice, distance }: z.infer<z.ZodObject<typeof what>>) {
  const question = questionOf(id);
  if (!question) return { path: ["question"], message: "there is no such question" };
  if ((question.kind === "distance") !== (register !== null)) {
    return { path: ["register"], message: register ? "it is asked of the venue" : "it is asked of a register" };
  }
  if (question.kind === "distance") return choice === null ? undefined : { path: ["choice"], message: "not a choice" };
  if (distance !== null) return { path: ["distance"], message: "not a distance" };
  const known = choice === null || question.options.some(({ value }) => value === choice);
  return known ? undefined : { path: ["choice"], message: "there is no such option" };
}

export function metresOf({ amount, unit }: Distance): number {
  return unit === "m" ? amount : amount / FEET_PER_METRE;
}

/** What an answer means for its rule, and the answer in words. */
export function weigh({ question: id, choice, distance }: Answer): { state: AnswerState; text: string } {
  const question = questionOf(id);
  if (question?.kind === "distance" && distance) {
    const state = metresOf(distance) > FAR_M ? "warned" : "passed";
    return { state, text: `${figure(distance.amount)} ${distance.unit}` };
  }
  const option = question?.kind === "choice" ? question.options.find(({ value }) => value === choice) : undefined;
  return option ? { state: option.state, text: option.text } : { state: "unmeasured", text: "Not answered" };
}

/** What rules may know of the survey. */
export function surveyFact(answers: readonly Answer[]): Pick<SurveyFact, "router" | "metres" | "allWired"> {
  const choice = (id: string) => answers.find(({ question }) => question === id)?.choice;
  const router = choice("router");
  const wired = choice("wired");
  return {
    router: router === "alone" || router === "bridged" || router === "combo" ? router : undefined,
    allWired: wired === "yes" ? true : wired === "no" ? false : undefined,
    metres: Object.fromEntries(
      answers.flatMap(({ register, distance }) => register && distance ? [[register, metresOf(distance)]] : []),
    ),
  };
}
