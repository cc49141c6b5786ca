/** An incident with its whole story, and how much of a time everything was there. */
import { z } from "zod";
import { Incident, Liveness } from "./api.ts";

const Instant = z.iso.datetime();
const Layer = z.enum(["ok", "down", "unknown"]);
const Gap = z.object({ from: Instant, until: Instant });

/** What was measured around an incident: parallel columns, oldest first; null where nothing was measured. */
export const Minutes = z.object({
  stepMs: z.number(),
  t: z.array(z.number()).describe("Start of each step, in milliseconds since 1970"),
  router: z.array(Layer),
  internet: z.array(Layer),
  openChecks: z.array(z.number().nullable()).describe("The most in each step"),
  registers: z.array(z.object({
    id: z.string(),
    name: z.string(),
    state: z.array(Liveness).describe("The worst in each step"),
    rttMs: z.array(z.number().nullable()).describe("Median"),
    rssiDbm: z.array(z.number().nullable()).describe("Mean"),
    unsynced: z.array(z.number().nullable()).describe("Its changes that no other had, the most in each step"),
  })),
});
export type Minutes = z.infer<typeof Minutes>;

export const IncidentStory = Incident.extend({
  told: z.array(z.object({ at: Instant, text: z.string() })).describe("In plain words, in the order of time"),
  minutes: Minutes,
  risk: z.object({
    openChecks: z.number().nullable(),
    unsynced: z.array(z.object({ id: z.string(), name: z.string(), changes: z.number() })),
  }).describe("The most that was at stake while it lasted"),
  gaps: z.array(Gap).describe("The hub itself was off"),
});
export type IncidentStory = z.infer<typeof IncidentStory>;

export const UptimeRange = z.enum(["day", "week", "month"]);
export type UptimeRange = z.infer<typeof UptimeRange>;

/** Each second belongs to one of these; `percent` is of the watched ones. */
export const UptimeView = z.object({
  percent: z.number().nullable().describe("Null: nothing of it was measured"),
  watchedMs: z.number(),
  downMs: z.number(),
  falls: z.number().int(),
  behindMs: z.number().describe("Not counted: something that it depends on was down"),
  gapMs: z.number().describe("Not counted: the hub was off, or nothing had been set up yet"),
  maintenanceMs: z.number().describe("Not counted: maintenance"),
  maintenanceDownMs: z.number(),
  closedMs: z.number().describe("Not counted: the venue was closed"),
});
export type UptimeView = z.infer<typeof UptimeView>;

export const UptimeResponse = z.object({
  range: UptimeRange,
  from: Instant,
  until: Instant,
  router: UptimeView,
  internet: UptimeView,
  registers: z.array(UptimeView.extend({ id: z.string(), name: z.string() })),
  gaps: z.array(Gap).describe("The hub itself was off"),
});
export type UptimeResponse = z.infer<typeof UptimeResponse>;
