/** When the venue is open, when it is worked on, and what an incident carries along, as they travel. Times are ISO 8601 in UTC. */
import { z } from "zod";

export const OPENINGS_MAX = 28; // four a day
const WORDS_MAX = 200;
const Instant = z.iso.datetime();
const Clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "A time of day, as 18:30");

export const OpeningHours = z.object({
  timeZone: z.string().max(60).refine(isZone, "The name of a time zone, as Europe/Lisbon"),
  week: z.array(z.object({
    day: z.number().int().min(0).max(6).describe("0 is Monday"),
    opens: Clock,
    closes: Clock.describe("Before `opens`: on the next morning. The same as `opens`: a whole day"),
  })).max(OPENINGS_MAX),
});
export type OpeningHours = z.infer<typeof OpeningHours>;

export const MAINTENANCE_MAX_MS = 7 * 24 * 60 * 60_000; // longer would be a way to never hear of anything

/** A time in which things are expected to be down: nobody is told, everything is kept. */
export const MaintenanceRequest = z.object({
  startsAt: Instant,
  endsAt: Instant,
  words: z.string().trim().min(1).max(WORDS_MAX).describe("What is done, for those who read it later"),
}).refine(({ startsAt, endsAt }) => lengthOf(startsAt, endsAt) > 0, {
  path: ["endsAt"],
  message: "It ends before it starts",
})
  .refine(({ startsAt, endsAt }) => lengthOf(startsAt, endsAt) <= MAINTENANCE_MAX_MS, {
    path: ["endsAt"],
    message: "It is longer than a week",
  });
export const MaintenanceWindow = z.object({ id: z.string(), startsAt: Instant, endsAt: Instant, words: z.string() });
export type MaintenanceWindow = z.infer<typeof MaintenanceWindow>;
export const MaintenanceResponse = z.object({
  windows: z.array(MaintenanceWindow).describe("Those to come first, then past ones"),
});
export type MaintenanceResponse = z.infer<typeof MaintenanceResponse>;

/** What another finding says because of the incident that carries this. */
export const Effect = z.object({
  code: z.string(),
  subject: z.string(),
  name: z.string().describe("Of the subject, as people call it"),
  since: Instant,
  until: Instant.nullable(),
});
export type Effect = z.infer<typeof Effect>;

/** Of an incident that comes and goes: one for all of its spells. */
export const Unstable = z.object({
  falls: z.number().int().describe("How often it began"),
  since: Instant,
  isThere: z.boolean().describe("False: it is fine just now, and has not been so for long"),
});

function lengthOf(startsAt: string, endsAt: string): number {
  return Date.parse(endsAt) - Date.parse(startsAt);
}

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en-GB", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
