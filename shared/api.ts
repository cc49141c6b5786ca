/**
 * Every HTTP endpoint's shapes. Times are ISO 8601 in UTC. The names of fields are part of the contract: more may come, none goes.
 */
import { z } from "zod";
import { AppInfo, DeviceInfo, LinkReport, NetworkInfo } from "./heartbeat.ts";
import { MenuItem, VenueTax } from "./menu.ts";
import { StaffMember } from "./staff.ts";

export const API_VERSION = 1; // 1: first
export const BODY_MAX_BYTES = 64 * 1024; // a heartbeat is under 2 kB; no request needs more

const NAME_MAX = 60; // characters of a venue's or register's name
export const PASSPHRASE_MIN = 8;
export const Name = z.string().trim().min(1).max(NAME_MAX);
const Instant = z.iso.datetime();

export const SetupRequest = z.object({
  code: z.string().min(1).max(20),
  venue: Name,
  passphrase: z.string().min(PASSPHRASE_MIN).max(200),
});
export const SignInRequest = z.object({ passphrase: z.string().min(1).max(200) });

/** Before anything else: is the venue set up, and is this browser signed in. */
export const SessionResponse = z.object({ setUp: z.boolean(), signedIn: z.boolean(), venue: z.string().nullable() });
export type SessionResponse = z.infer<typeof SessionResponse>;

export const EnrollmentResponse = z.object({ code: z.string(), url: z.string(), expiresAt: Instant });
export type EnrollmentResponse = z.infer<typeof EnrollmentResponse>;

export const EnrolRequest = z.object({
  code: z.string().min(1).max(20),
  name: Name,
  device: DeviceInfo.nullish().transform((device) => device ?? undefined),
  app: AppInfo.nullish().transform((app) => app ?? undefined),
});
export const EnrolResponse = z.object({
  registerId: z.string(),
  token: z.string(),
  name: z.string(),
  letter: z.string(),
  venue: z.string(),
});
export type EnrolResponse = z.infer<typeof EnrolResponse>;
export const RenameRequest = z.object({ name: Name });

export const NO_DISCOUNT_LIMIT = 100; // percent: nobody can give more
const DiscountPercent = z.number().min(0).max(NO_DISCOUNT_LIMIT); // of a discount that needs no manager

/** What a manager may set. Every field is optional: what is absent stays. */
export const SettingsRequest = z.object({
  sync: z.boolean(),
  latestVersion: z.string().trim().min(1).max(40).nullable(),
  discountPercent: DiscountPercent,
}).partial();
export const Settings = z.object({
  sync: z.boolean(),
  latestVersion: z.string().nullable(),
  discountPercent: DiscountPercent.default(NO_DISCOUNT_LIMIT),
});
export type Settings = z.infer<typeof Settings>;

/** What a register needs from the hub: "Get Updates". What has a default was not there in an earlier version. */
export const Config = z.object({
  version: z.number().int(),
  venue: z.string(),
  currencyDigits: z.number().int(),
  sync: z.boolean(),
  menu: z.array(MenuItem),
  taxes: z.array(VenueTax).default([]),
  staff: z.array(StaffMember).default([]), // empty: nobody is asked for a PIN
  registers: z.array(z.object({ id: z.string(), name: z.string(), letter: z.string() })).default([]),
  discountPercent: DiscountPercent.default(NO_DISCOUNT_LIMIT),
});
export type Config = z.infer<typeof Config>;

const Severity = z.enum(["info", "warn", "fail"]);
const Strength = z.enum(["A", "B", "C"]);

export const Finding = z.object({
  code: z.string(),
  subject: z.string(), // a register's id, "venue", "hub" or "router"
  severity: Severity,
  strength: Strength,
  title: z.string(),
  text: z.string(),
  evidence: z.array(z.string()),
  since: Instant,
  runbook: z.array(z.string()),
});
export type Finding = z.infer<typeof Finding>;

export const Incident = Finding.extend({
  id: z.string(),
  cause: z.string().nullable(),
  under: z.string().nullable(), // code and subject of the finding that this one is an effect of
  openedAt: Instant,
  changedAt: Instant,
  resolvedAt: Instant.nullable(),
});
export type Incident = z.infer<typeof Incident>;

export const IncidentsResponse = z.object({ incidents: z.array(Incident) });
export type IncidentsResponse = z.infer<typeof IncidentsResponse>;

export const HeartbeatResponse = z.object({
  now: Instant,
  configVersion: z.number().int(),
  findings: z.array(Finding),
});
export type HeartbeatResponse = z.infer<typeof HeartbeatResponse>;

export const Liveness = z.enum(["ok", "late", "silent", "unknown"]);
export type Liveness = z.infer<typeof Liveness>;

export const RegisterView = z.object({
  id: z.string(),
  name: z.string(),
  letter: z.string(),
  state: Liveness,
  cause: z.string().nullable(), // why it is late or silent, "probably" unless proven
  app: AppInfo.nullable(),
  lastHeard: Instant.nullable(),
  enrolledAt: Instant,
  connected: z.boolean(), // has a session now
  foreground: z.boolean().nullable(),
  shiftOpen: z.boolean().nullable(), // by its last heartbeat: sync is not to be switched meanwhile
  address: z.string().nullable(),
  device: DeviceInfo.nullable(),
  network: NetworkInfo.nullable(),
  rttMs: z.number().nullable(),
  lossPercent: z.number().nullable(),
  signalDbm: z.number().nullable(),
  clockOffsetMs: z.number().nullable(),
  configVersion: z.number().nullable(),
  unsynced: z.number().nullable(), // its ops that exist on it only
  behind: z.number().nullable(), // ops the hub holds and it lacks
  day: z.array(Liveness), // the last 24 h in DAY_BARS equal parts, oldest first
});
export type RegisterView = z.infer<typeof RegisterView>;
export const DAY_BARS = 96; // quarters of an hour

export const LinkView = LinkReport.extend({ from: z.string() });
export type LinkView = z.infer<typeof LinkView>;

export const LayerView = z.object({
  state: z.enum(["ok", "down", "unknown"]),
  text: z.string(), // what was measured, in words
  address: z.string().nullable(),
  rttMs: z.number().nullable(),
  checkedAt: Instant.nullable(),
});
export type LayerView = z.infer<typeof LayerView>;

export const View = z.object({
  venue: z.object({ name: z.string(), configVersion: z.number(), settings: Settings }),
  now: Instant,
  verdict: z.object({ level: z.enum(["ok", "warn", "fail", "unknown"]), text: z.string() }),
  router: LayerView,
  internet: LayerView,
  registers: z.array(RegisterView),
  links: z.array(LinkView),
  findings: z.array(Finding),
  incidents: z.array(Incident), // open ones, and those resolved in the last day
  hub: z.object({ version: z.string(), startedAt: Instant, urls: z.array(z.string()) }),
  checks: z.object({ open: z.number(), attention: z.number() }),
});
export type View = z.infer<typeof View>;

/** A check in a list. Amounts are minor units. */
export const CheckSummary = z.object({
  id: z.string(),
  number: z.string(),
  state: z.enum(["awaited", "open", "closed", "void", "merged"]),
  mergedInto: z.string().nullable(), // the id of the check where all of it is now
  owner: z.string().nullable(),
  name: z.string().nullable(),
  table: z.string().nullable(),
  guests: z.number().nullable(),
  openedBy: z.string().nullable(), // the register's id
  openedAt: Instant.nullable(),
  changedAt: Instant,
  closedAt: Instant.nullable(),
  total: z.number(),
  paid: z.number(),
  due: z.number(),
  flags: z.array(z.object({ code: z.string(), amount: z.number() })),
});
export type CheckSummary = z.infer<typeof CheckSummary>;

/** A register's history: parallel columns, oldest first; null where nothing was heard. */
export const SeriesRange = z.enum(["hour", "day", "month", "year"]);
export type SeriesRange = z.infer<typeof SeriesRange>;
export const Series = z.object({
  range: SeriesRange,
  stepMs: z.number(),
  t: z.array(z.number()), // milliseconds since 1970, start of each step
  rttMs: z.array(z.number().nullable()), // median
  rttP95Ms: z.array(z.number().nullable()),
  rssiDbm: z.array(z.number().nullable()), // mean
  missed: z.array(z.number()), // heartbeats that did not come
});
export type Series = z.infer<typeof Series>;

export const ErrorResponse = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    issues: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  }),
});
export type ErrorResponse = z.infer<typeof ErrorResponse>;
