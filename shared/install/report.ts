/** The installer's report: all of it as it stood when somebody signed it. It never changes afterwards. Pure. */
import { z } from "zod";
import { Name } from "../api.ts";
import { Row, type RowState } from "./list.ts";
import { Pair } from "./pairs.ts";
import { Answer, NOTE_MAX } from "./survey.ts";
import { WalkResult } from "./walk.ts";

export const REPORTS_MAX = 200; // kept; a venue has a few in its life
export const REPORTS_LISTED = 20; // in the list, the newest

export const Totals = z.object({
  passed: z.number().int(),
  warned: z.number().int(),
  failed: z.number().int(),
  unmeasured: z.number().int(),
});
export type Totals = z.infer<typeof Totals>;

export const ReportRequest = z.object({
  by: Name.describe("Who signs it"),
  note: z.string().trim().max(NOTE_MAX).default(""),
});

export const ReportHead = z.object({ id: z.string(), at: z.iso.datetime(), by: z.string(), totals: Totals });
export type ReportHead = z.infer<typeof ReportHead>;

export const Report = ReportHead.extend({
  version: z.literal(1),
  venue: z.string(),
  hub: z.string().describe("Its version"),
  note: z.string(),
  registers: z.array(z.object({
    id: z.string(),
    name: z.string(),
    letter: z.string(),
    device: z.string().nullable(),
    app: z.string().nullable(),
    address: z.string().nullable(),
    signalDbm: z.number().nullable(),
  })),
  rows: z.array(Row),
  answers: z.array(Answer),
  walks: z.array(WalkResult).describe("The newest of each register and spot"),
  pairs: z.array(Pair),
});
export type Report = z.infer<typeof Report>;

export function totalsOf(rows: readonly Pick<Row, "state">[]): Totals {
  const of = (state: RowState) => rows.filter((row) => row.state === state).length;
  return { passed: of("passed"), warned: of("warned"), failed: of("failed"), unmeasured: of("unmeasured") };
}
