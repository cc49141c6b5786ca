/**
 * Every endpoint, once: who may call it, what it takes and answers, by the very schemas that parse it. The OpenAPI document and the page
 * for readers are made from this table; a test holds it against the routes that the app serves.
 */
import { z } from "zod";
import {
  ChecksLimit,
  ChecksResponse,
  CheckSummary,
  Config,
  EnrollmentResponse,
  EnrolRequest,
  EnrolResponse,
  HeartbeatResponse,
  IncidentsResponse,
  LetGoResponse,
  RenameRequest,
  Series,
  SeriesRange,
  SessionResponse,
  Settings,
  SettingsRequest,
  SetupRequest,
  SignInRequest,
  TrustResponse,
  VenueResponse,
  View,
} from "../../shared/api.ts";
import { CheckStory } from "../../shared/check_story.ts";
import { Heartbeat, SignalReport } from "../../shared/heartbeat.ts";
import { LastWordsRequest } from "../../shared/last_words.ts";
import { CONFIG_ENDPOINTS } from "./config_endpoints.ts";
import type { Endpoint, Refused } from "./endpoint.ts";
import { INCIDENT_ENDPOINTS } from "./incident_endpoints.ts";
import { INSTALL_ENDPOINTS } from "./install_endpoints.ts";
import { NOTICE_ENDPOINTS } from "./notice_endpoints.ts";
import { RUNBOOK_ENDPOINTS } from "./runbook_endpoints.ts";

const REGISTER = { id: "The register's id" };
const UNKNOWN_REGISTER: Refused = [404, "unknown-register"];
const BAD_QUERY: Refused = [400, "bad-request"];
const GUESSED: Refused = [429, "too-many-attempts"];

const EXAMPLE_HEARTBEAT = {
  sentAt: "2026-11-23T19:04:05.123Z",
  app: { version: "3.2.0" },
  network: { ssid: "Shop", rssiDbm: -58 },
  state: { foreground: true, autoLock: "never" },
};

const AUTHORITY_FILES = [
  ["ca.pem", "application/x-x509-ca-cert", "The certificate of the hub's own authority, as PEM."],
  ["ca.crt", "application/x-x509-ca-cert", "The same as DER, under the ending that Windows and Android go by."],
  [
    "counterpart.mobileconfig",
    "application/x-apple-aspen-config",
    "The same as a profile, as iPads and iPhones take it.",
  ],
] as const;

export const ENDPOINTS: readonly Endpoint[] = [
  {
    method: "post",
    path: "/api/heartbeats",
    caller: "register",
    says: "What a register says of itself, every 5 s; only the time and the app's version are required.",
    body: Heartbeat,
    example: EXAMPLE_HEARTBEAT,
    answer: { status: 200, says: "The hub's time and what is found about this register", schema: HeartbeatResponse },
  },
  {
    method: "post",
    path: "/api/signals",
    caller: "register",
    says: "The radio alone, now and then, as an iOS Shortcut can send it; it is no sign of life of the app.",
    body: SignalReport,
    example: { rssiDbm: "-61", noiseDbm: "-92", ssid: "Shop", channel: "44" },
    answer: { status: 200, says: "The same as to a heartbeat", schema: HeartbeatResponse },
  },
  {
    method: "post",
    path: "/api/last-words",
    caller: "anyone",
    says:
      "What a register says as it goes: hidden, or closing. The token is in the body, as text, so that a beacon can carry it.",
    body: LastWordsRequest,
    bodyMedia: "text/plain",
    example: { token: "TOKEN", kind: "hidden", sentAt: "2026-11-23T19:04:05.123Z", idleSeconds: 120 },
    answer: { status: 204, says: "Taken; the next heartbeat takes it back" },
    refused: [[401, "unknown-token"]],
  },
  {
    method: "get",
    path: "/api/config",
    caller: "register",
    says: "Menu and settings; to be fetched again when a heartbeat's answer names a later version.",
    answer: { status: 200, says: "The settings", schema: Config },
  },
  {
    method: "get",
    path: "/api/link",
    caller: "anyone",
    says: "A register's session, by WebSocket: its first message carries the token, then ops travel both ways.",
    answer: { status: 101, says: "The session begins; its messages are JSON text, as described here" },
    refused: [[426, "websocket-only"]],
  },
  {
    method: "post",
    path: "/api/registers",
    caller: "anyone",
    says: "Enrols a register with a one-time code.",
    body: EnrolRequest,
    example: { code: "7K2M9Q", name: "Bar", app: { version: "3.2.0" } },
    answer: { status: 201, says: "The register and its token", schema: EnrolResponse },
    refused: [[403, "wrong-code"], [409, "code-used"], [409, "venue-full"], [410, "code-expired"], GUESSED],
  },
  {
    method: "post",
    path: "/api/enrollments",
    caller: "manager",
    says: "Makes a one-time code for one register, good for 15 min.",
    answer: { status: 201, says: "The code", schema: EnrollmentResponse },
  },
  {
    method: "patch",
    path: "/api/registers/{id}",
    caller: "manager",
    says: "Renames a register.",
    params: REGISTER,
    body: RenameRequest,
    example: { name: "Terrace" },
    answer: { status: 204, says: "Renamed" },
    refused: [UNKNOWN_REGISTER],
  },
  {
    method: "delete",
    path: "/api/registers/{id}",
    caller: "manager",
    says: "Un-enrols a register at once: its token opens nothing any more.",
    params: REGISTER,
    query: { force: { says: "Even if it holds changes that nobody else has", schema: z.literal("true").optional() } },
    answer: { status: 204, says: "Un-enrolled" },
    refused: [UNKNOWN_REGISTER, [409, "unsynced"]],
  },
  {
    method: "get",
    path: "/api/session",
    caller: "anyone",
    says: "Whether the venue is set up and this browser signed in.",
    answer: { status: 200, says: "Both", schema: SessionResponse },
  },
  {
    method: "post",
    path: "/api/setup",
    caller: "anyone",
    says: "Sets the venue up, once, with the code that the hub's terminal shows, and signs in.",
    body: SetupRequest,
    example: { code: "7K2M9Q", venue: "Bar Lola", passphrase: "a quiet evening" },
    answer: { status: 201, says: "Set up; the answer sets the cookie", schema: VenueResponse },
    refused: [[403, "wrong-code"], [409, "set-up-already"], GUESSED],
  },
  {
    method: "post",
    path: "/api/sign-in",
    caller: "anyone",
    says: "Signs this browser in with the venue's passphrase.",
    body: SignInRequest,
    example: { passphrase: "a quiet evening" },
    answer: { status: 200, says: "Signed in; the answer sets the cookie", schema: VenueResponse },
    refused: [[401, "wrong-passphrase"], [409, "not-set-up"], GUESSED],
  },
  {
    method: "post",
    path: "/api/sign-out",
    caller: "anyone",
    says: "Ends the sign-in of the cookie that is sent along, if any.",
    answer: { status: 204, says: "Signed out" },
  },
  {
    method: "patch",
    path: "/api/settings",
    caller: "manager",
    says: "Changes settings; what is absent stays.",
    body: SettingsRequest,
    example: { latestVersion: "3.2.0" },
    answer: { status: 200, says: "The settings as they are now", schema: Settings },
  },
  ...CONFIG_ENDPOINTS,
  ...INCIDENT_ENDPOINTS,
  ...[...NOTICE_ENDPOINTS, ...RUNBOOK_ENDPOINTS],
  ...INSTALL_ENDPOINTS,
  {
    method: "get",
    path: "/api/view",
    caller: "manager",
    says: "Everything a console shows, as one object.",
    answer: { status: 200, says: "The view", schema: View },
  },
  {
    method: "get",
    path: "/api/feed",
    caller: "manager",
    says: "The same view, whole, whenever it changes and at least every 5 s, as server-sent events named “view”.",
    answer: { status: 200, says: "A stream; each event's data is one view", schema: View, media: "text/event-stream" },
  },
  {
    method: "get",
    path: "/api/registers/{id}/series",
    caller: "manager",
    says: "A register's history, as parallel columns, oldest first.",
    params: REGISTER,
    query: { range: { says: "How far back", schema: SeriesRange.default("hour") } },
    answer: { status: 200, says: "The columns; null where nothing was heard", schema: Series },
    refused: [BAD_QUERY, UNKNOWN_REGISTER],
  },
  {
    method: "get",
    path: "/api/incidents",
    caller: "manager",
    says: "What is wrong, and what was in the last day.",
    answer: { status: 200, says: "Open ones first, then the newest", schema: IncidentsResponse },
  },
  {
    method: "get",
    path: "/api/checks",
    caller: "manager",
    says: "Checks, the last changed first.",
    query: {
      state: { says: "Only these", schema: CheckSummary.shape.state.optional() },
      limit: { says: "How many at most", schema: ChecksLimit },
    },
    answer: { status: 200, says: "The checks", schema: ChecksResponse },
    refused: [BAD_QUERY],
  },
  {
    method: "get",
    path: "/api/checks/{id}",
    caller: "manager",
    says: "A check with its whole story.",
    params: { id: "The check's id; its slash may stand as it is or as %2F" },
    answer: { status: 200, says: "The check", schema: CheckStory },
    refused: [[404, "unknown-check"]],
  },
  {
    method: "post",
    path: "/api/checks/let-go",
    caller: "manager",
    says: "Has registers let go of closed checks of earlier days, although not every register is known to hold them.",
    answer: { status: 200, says: "How many; the hub keeps them", schema: LetGoResponse },
  },
  {
    method: "post",
    path: "/api/losses/{id}/seen",
    caller: "manager",
    says: "Says that a manager has seen that changes are lost; its finding ends.",
    params: { id: "The loss's id, as the view lists it" },
    answer: { status: 204, says: "Seen" },
    refused: [[404, "unknown-loss"]],
  },
  {
    method: "get",
    path: "/api/trust",
    caller: "anyone",
    says: "How the hub is reached over HTTPS, and what a device has to trust for that.",
    answer: { status: 200, says: "All null and empty where HTTPS is off", schema: TrustResponse },
  },
  ...AUTHORITY_FILES.map(([file, media, says]): Endpoint => ({
    ...{ method: "get", path: `/api/trust/${file}`, caller: "anyone", says },
    answer: { status: 200, says: "The file", media },
    refused: [[404, "https-off"]],
  })),
  {
    method: "get",
    path: "/api/openapi.json",
    caller: "anyone",
    says: "This document.",
    answer: { status: 200, says: "OpenAPI 3.1" },
  },
  {
    method: "get",
    path: "/api/docs",
    caller: "anyone",
    says: "This document as a page to read.",
    answer: { status: 200, says: "The page", media: "text/html" },
  },
  {
    method: "get",
    path: "/healthz",
    caller: "anyone",
    says: "Whether the hub runs.",
    answer: { status: 200, says: "It runs" },
  },
  {
    method: "get",
    path: "/metrics",
    caller: "anyone",
    says: "Numbers for Prometheus: no secret, no address, no amount of money.",
    answer: { status: 200, says: "Prometheus text", media: "text/plain" },
  },
];
