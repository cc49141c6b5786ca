/**
 * Every HTTP endpoint's shapes. Times are ISO 8601 in UTC. The names of fields are part of the contract: more may come, none goes.
 */
import { z } from "zod";
import { AppInfo, DeviceInfo, LinkReport, NetworkInfo } from "./heartbeat.ts";
import { Effect, MaintenanceWindow, OpeningHours, Unstable } from "./hours_api.ts";
import { MenuItem, VenueTax } from "./menu.ts";
import { RunbookView } from "./runbook_api.ts";
import { StaffMember } from "./staff.ts";

export const API_VERSION = 1; // 1: first
export const BODY_MAX_BYTES = 64 * 1024; // a heartbeat is under 2 kB; no request needs more

const NAME_MAX = 60; // characters of a venue's or register's name
export const PASSPHRASE_MIN = 8;
export const Name = z.string().trim().min(1).max(NAME_MAX);
const Instant = z.iso.datetime();

export const SetupRequest = z.object({
  code: z.string().min(1).max(20).describe("As the hub's terminal shows it; case and blanks do not matter"),
  venue: Name,
  passphrase: z.string().min(PASSPHRASE_MIN).max(200),
});
export const SignInRequest = z.object({ passphrase: z.string().min(1).max(200) });
export const VenueResponse = z.object({ venue: z.string() });
export type VenueResponse = z.infer<typeof VenueResponse>;

/** Before anything else: is the venue set up, and is this browser signed in. */
export const SessionResponse = z.object({ setUp: z.boolean(), signedIn: z.boolean(), venue: z.string().nullable() });
export type SessionResponse = z.infer<typeof SessionResponse>;

export const EnrollmentResponse = z.object({
  code: z.string(),
  url: z.string().describe("Where the register opens it, with the code filled in"),
  secureUrl: z.string().nullable().default(null).describe(
    "The same over HTTPS, for a device that trusts the hub; null: HTTPS is off",
  ),
  expiresAt: Instant,
});
export type EnrollmentResponse = z.infer<typeof EnrollmentResponse>;

export const EnrolRequest = z.object({
  code: z.string().min(1).max(20),
  name: Name,
  device: DeviceInfo.nullish().transform((device) => device ?? undefined),
  app: AppInfo.nullish().transform((app) => app ?? undefined),
});
export const EnrolResponse = z.object({
  registerId: z.string(),
  token: z.string().describe("Sent as `Authorization: Bearer …` from now on; shown this once only"),
  name: z.string(),
  letter: z.string(),
  venue: z.string(),
});
export type EnrolResponse = z.infer<typeof EnrolResponse>;
export const RenameRequest = z.object({ name: Name });

/** How this hub is reached over HTTPS, and what a device has to trust for that. All null and empty: HTTPS is off. */
export const TrustResponse = z.object({
  url: z.string().nullable().describe("For a browser that reached the hub as the asking one did"),
  urls: z.array(z.string()).describe("Every one, best first"),
  name: z.string().nullable().describe("Of the hub's certificate authority, as a device lists it"),
  fingerprint: z.string().nullable().describe("Its SHA-256, pairs of hex digits with colons"),
});
export type TrustResponse = z.infer<typeof TrustResponse>;
export const NO_DISCOUNT_LIMIT = 100; // percent: nobody can give more
const DiscountPercent = z.number().min(0).max(NO_DISCOUNT_LIMIT); // of a discount that needs no manager

export const DAY_BEGINS = "04:00"; // after the last guest, before the first
const DayBegins = z.string().regex(/^([01][0-9]|2[0-3]):[0-5][0-9]$/, "a time such as 04:00")
  .describe(
    "When a business day begins, by the hub's clock: then registers let go of the closed checks of the day before",
  );

/** What a manager may set. Every field is optional: what is absent stays. */
export const SettingsRequest = z.object({
  sync: z.boolean(),
  latestVersion: z.string().trim().min(1).max(40).nullable(),
  discountPercent: DiscountPercent,
  openingHours: OpeningHours.nullable(),
  dayBegins: DayBegins,
}).partial();
export const Settings = z.object({
  sync: z.boolean(),
  latestVersion: z.string().nullable(),
  discountPercent: DiscountPercent.default(NO_DISCOUNT_LIMIT),
  openingHours: OpeningHours.nullable().default(null).describe("Null: always open"),
  dayBegins: DayBegins.default(DAY_BEGINS),
});
export type Settings = z.infer<typeof Settings>;

/** What a register needs from the hub: "Get Updates". What has a default was not there in an earlier version. */
export const Config = z.object({
  version: z.number().int(),
  venue: z.string(),
  currencyDigits: z.number().int().describe("Digits of a minor unit: 2 where 1450 is 14.50"),
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
  subject: z.string().describe("A register's id, a check's number, “venue”, “hub” or “router”"),
  severity: Severity,
  strength: Strength.describe("How far the evidence carries: A proves, B is strong, C hints"),
  title: z.string(),
  text: z.string(),
  evidence: z.array(z.string()),
  since: Instant,
  runbook: z.array(z.string()).describe("What to do, step by step"),
});
export type Finding = z.infer<typeof Finding>;

export const Incident = Finding.extend({
  id: z.string(),
  cause: z.string().nullable(),
  under: z.string().nullable().describe("Code and subject of the finding that this one is an effect of"),
  openedAt: Instant,
  changedAt: Instant,
  resolvedAt: Instant.nullable(),
  endedAt: Instant.nullable().default(null).describe("When the trouble itself was over, before health had lasted"),
  resolution: z.enum(["healthy", "gone", "closed", "unmeasured"]).nullable().default(null)
    .describe("Seen to be well, off the list, the venue closed, or not measured any more; null: open, or not known"),
  parentId: z.string().nullable().default(null).describe("The incident that this one is an effect of"),
  effects: z.array(Effect).default([]).describe("What is not judged for itself because of this one"),
  unstable: Unstable.nullable().default(null).describe("It comes and goes: one incident for all of it"),
  muted: z.boolean().default(false).describe("It came during maintenance: kept, and nobody is told"),
  fixedBy: z.string().nullable().default(null).describe("The step of a guided runbook that ended it; null: not known"),
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
  cause: z.string().nullable().describe("Why it is late or silent; “probably” unless proven"),
  app: AppInfo.nullable(),
  lastHeard: Instant.nullable(),
  enrolledAt: Instant,
  connected: z.boolean().describe("Has a session now, and is heard over it"),
  foreground: z.boolean().nullable(),
  shiftOpen: z.boolean().nullable().describe("By its last heartbeat; sync is not to be switched meanwhile"),
  address: z.string().nullable().describe("Where its messages come from"),
  device: DeviceInfo.nullable(),
  network: NetworkInfo.nullable(),
  rttMs: z.number().nullable().describe("Round trip to the hub, in milliseconds"),
  lossPercent: z.number().nullable().describe("Of the session's pings"),
  signalDbm: z.number().nullable().describe("Its last reading, in dBm"),
  clockOffsetMs: z.number().nullable().describe("Its clock minus the hub's: positive is ahead"),
  configVersion: z.number().nullable(),
  unsynced: z.number().nullable().describe("Its ops that exist on it only"),
  behind: z.number().nullable().describe("Ops the hub holds and it lacks"),
  day: z.array(Liveness).describe("The last 24 h in 96 equal parts, oldest first"),
});
export type RegisterView = z.infer<typeof RegisterView>;
export const DAY_BARS = 96; // quarters of an hour

export const LinkView = LinkReport.extend({ from: z.string() });
export type LinkView = z.infer<typeof LinkView>;

export const LayerView = z.object({
  state: z.enum(["ok", "down", "unknown"]),
  text: z.string().describe("What was measured, in words"),
  address: z.string().nullable(),
  rttMs: z.number().nullable(),
  checkedAt: Instant.nullable(),
});
export type LayerView = z.infer<typeof LayerView>;

/** Changes that nobody is known to hold any more. */
export const Loss = z.object({
  id: z.string(),
  register: z.string().describe("The register's id; it may be enrolled no more"),
  name: z.string(),
  how: z.enum(["removed", "cleared"]).describe(
    "Un-enrolled while it held them alone; its storage was cleared or put back",
  ),
  count: z.number().int(),
  named: z.boolean().describe("Its heartbeat named the changes; false: it told only how many"),
  heardAt: Instant.nullable().describe("When it was last heard with them: they were made before"),
  since: Instant,
});
export type Loss = z.infer<typeof Loss>;

/** Closed checks of earlier business days that registers would let go of, were they on every register. */
export const HeldUp = z.object({
  checks: z.number().int(),
  registers: z.array(z.string()).describe("Ids of those that are not known to hold all of them"),
});
export type HeldUp = z.infer<typeof HeldUp>;

export const LetGoResponse = z.object({ count: z.number().int().describe("How many checks were let go") });
export type LetGoResponse = z.infer<typeof LetGoResponse>;

export const View = z.object({
  venue: z.object({ name: z.string(), configVersion: z.number(), settings: Settings }),
  now: Instant,
  verdict: z.object({ level: z.enum(["ok", "warn", "fail", "unknown"]), text: z.string() }),
  router: LayerView,
  internet: LayerView,
  registers: z.array(RegisterView),
  links: z.array(LinkView),
  findings: z.array(Finding),
  incidents: z.array(Incident).describe("Open ones, and those resolved in the last day"),
  hub: z.object({ version: z.string(), startedAt: Instant, urls: z.array(z.string()) }),
  checks: z.object({ open: z.number(), attention: z.number().describe("Checks that a person must settle") }),
  open: z.boolean().default(true).describe("By the opening hours; without them always"),
  maintenance: MaintenanceWindow.nullable().default(null).describe("The one that is on now"),
  losses: z.array(Loss).default([]).describe("Until a manager has seen them, or the changes turn up"),
  heldUp: HeldUp.nullable().default(null).describe("Null: nothing waits"),
  runbooks: z.array(RunbookView).default([]).describe("Guides that are gone through now, and those that ended lately"),
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
  openedBy: z.string().nullable().describe("The register's id"),
  openedAt: Instant.nullable(),
  changedAt: Instant,
  closedAt: Instant.nullable(),
  total: z.number().describe("Minor units, tax included"),
  paid: z.number().describe("Minor units, without tips"),
  due: z.number().describe("Minor units; negative when over-paid"),
  flags: z.array(z.object({
    code: z.string(),
    amount: z.number(),
    registers: z.array(z.string()).optional().describe("Ids of those that brought it about, as far as its ops tell"),
  })),
});
export type CheckSummary = z.infer<typeof CheckSummary>;

export const CHECKS_MAX = 500; // in one answer
export const ChecksLimit = z.coerce.number().int().min(1).max(CHECKS_MAX).default(100);
export const ChecksResponse = z.object({ checks: z.array(CheckSummary) });
export type ChecksResponse = z.infer<typeof ChecksResponse>;

/** A register's history: parallel columns, oldest first; null where nothing was heard. */
export const SeriesRange = z.enum(["hour", "day", "month", "year"]);
export type SeriesRange = z.infer<typeof SeriesRange>;
export const Series = z.object({
  range: SeriesRange,
  stepMs: z.number(),
  t: z.array(z.number()).describe("Start of each step, in milliseconds since 1970"),
  rttMs: z.array(z.number().nullable()).describe("Median"),
  rttP95Ms: z.array(z.number().nullable()),
  rssiDbm: z.array(z.number().nullable()).describe("Mean"),
  missed: z.array(z.number()).describe("Heartbeats that did not come"),
});
export type Series = z.infer<typeof Series>;

export const ErrorResponse = z.object({
  error: z.object({
    code: z.string(),
    message: z.string().describe("For a person, with the next step"),
    issues: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  }),
});
export type ErrorResponse = z.infer<typeof ErrorResponse>;
