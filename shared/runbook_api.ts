/** The shapes by which a console begins, follows and answers guided runbooks. */
import { z } from "zod";
import { RUNBOOK_KINDS } from "./runbook/kind.ts";

export const RUNBOOKS_MAX = 4; // going on at once: one for each pair of hands in a shop

const Instant = z.iso.datetime();
const RunbookKind = z.enum(RUNBOOK_KINDS);

export const RunbookRequest = z.object({
  kind: RunbookKind.describe("One of the article's two, or the code of a finding"),
  subject: z.string().min(1).max(40).default("venue").describe(
    "A register's id, “venue” or “router”, as the finding has it",
  ),
});

export const StepAnswer = z.object({
  how: z.enum(["done", "skipped"]).default("done").describe("Skipped: the person goes on without it"),
});

export const RunbookStep = z.object({
  id: z.string(),
  text: z.string(),
  state: z.enum(["later", "now", "done", "skipped"]),
  likely: z.boolean().describe("False: it is passed over, or will be as things are"),
  by: z.enum(["hub", "person"]).nullable().describe("Who ticked it"),
  already: z.boolean().describe("It was so before anybody did it"),
  said: z.string().nullable().describe("What was measured, or why it is passed over; now: how it stands"),
  at: Instant.nullable().describe("When it was ticked or passed over; now: since when"),
});
export type RunbookStep = z.infer<typeof RunbookStep>;

export const RunbookView = z.object({
  id: z.string(),
  kind: RunbookKind,
  subject: z.string(),
  title: z.string(),
  startedAt: Instant,
  steps: z.array(RunbookStep),
  measured: z.boolean().describe("The step to do now is ticked by measurement; a person may tick it as well"),
  asks: z.boolean().describe("To tick the step to do now is to say that all is well again"),
  end: z.object({
    how: z.enum(["fixed", "handed-on", "stopped"]),
    text: z.string().describe("Fixed: the step that did it"),
    step: z.string().nullable().describe("Its id; null: it ended by itself"),
    next: z.object({ kind: RunbookKind, subject: z.string() }).nullable().describe("The runbook to go on with"),
    at: Instant,
  }).nullable(),
});
export type RunbookView = z.infer<typeof RunbookView>;
