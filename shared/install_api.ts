/** What the installer's page is told and asks for, beside the shapes of shared/install themselves. */
import { z } from "zod";
import { Drift } from "./install/compare.ts";
import { Row } from "./install/list.ts";
import { Next } from "./install/next.ts";
import { Pair } from "./install/pairs.ts";
import { Report, ReportHead, Totals } from "./install/report.ts";
import { Answer } from "./install/survey.ts";
import { WalkRequest, WalkResult } from "./install/walk.ts";

/** A walk test that was asked for or is under way. */
export const WalkNow = z.object({
  id: z.string(),
  register: z.string(),
  name: z.string(),
  spot: z.string(),
  phase: z.enum(["asked", "running"]),
  since: z.iso.datetime().describe("When this phase began"),
  forMs: z.number().describe("How long it runs"),
  pings: z.number().int().describe("As many as have arrived"),
});
export type WalkNow = z.infer<typeof WalkNow>;

/** A walk test that came to nothing. */
export const WalkLost = z.object({ name: z.string(), spot: z.string(), text: z.string() });
export type WalkLost = z.infer<typeof WalkLost>;

export const InstallView = z.object({
  venue: z.string(),
  now: z.iso.datetime(),
  next: Next,
  totals: Totals,
  rows: z.array(Row).describe("Rules of the help article first, in its order"),
  answers: z.array(Answer),
  registers: z.array(z.object({
    id: z.string(),
    name: z.string(),
    letter: z.string(),
    canWalk: z.boolean().describe("Whether it can be asked for a walk test from here"),
  })),
  walks: z.array(WalkResult).describe("The newest of each register and spot"),
  walking: WalkNow.nullable(),
  lost: WalkLost.nullable().describe("The last one, if it came to nothing"),
  pairs: z.array(Pair),
  reports: z.array(ReportHead).describe("The newest first"),
});
export type InstallView = z.infer<typeof InstallView>;

/** From the installer's page: a register and where it stands. */
export const WalkAskRequest = WalkRequest.extend({ register: z.string().max(40).describe("The register's id") });
export type WalkAskRequest = z.infer<typeof WalkAskRequest>;

export const ReportResponse = z.object({
  report: Report,
  before: ReportHead.nullable().describe("The one signed before it"),
  drift: z.array(Drift).describe("What changed since then, the worst first"),
});
export type ReportResponse = z.infer<typeof ReportResponse>;

export const WalkTook = z.object({ bytes: z.number().int() });
