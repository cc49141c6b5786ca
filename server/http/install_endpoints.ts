/** The endpoints of the installer's page, with what it has the hub ask of the network, and of a walk test on a register. */
import { ReportRequest } from "../../shared/install/report.ts";
import { AnswerRequest } from "../../shared/install/survey.ts";
import { WALK_CHUNK_BYTES, WalkReading, WalkRequest, WalkResult, WalkStart } from "../../shared/install/walk.ts";
import { InstallView, ReportResponse, WalkAskRequest, WalkTook } from "../../shared/install_api.ts";
import { DhcpAnswer } from "../../shared/probe_api.ts";
import { ProbingRequest, ProbingView, USUAL_PROBING } from "../../shared/probing_api.ts";
import type { Endpoint, Refused } from "./endpoint.ts";

const WALK = { id: "The walk test's id" };
const UNKNOWN_REGISTER: Refused = [404, "unknown-register"];
const BUSY: Refused = [409, "walk-under-way"];
const OF_WALK: readonly Refused[] = [[404, "unknown-walk"], [429, "too-much"]];

export const INSTALL_ENDPOINTS: readonly Endpoint[] = [
  {
    method: "get",
    path: "/api/install",
    caller: "manager",
    says: "The installer's list with all that goes with it: every rule, answers, walk tests, pairs and signed reports.",
    answer: { status: 200, says: "The list as of now", schema: InstallView },
  },
  {
    method: "put",
    path: "/api/install/survey",
    caller: "manager",
    says: "Answers one question that only a person can; without choice and distance it takes the answer back.",
    body: AnswerRequest,
    example: { question: "router", choice: "alone", by: "Ana", note: "The black box is the router" },
    answer: { status: 200, says: "The list with the answer", schema: InstallView },
    refused: [UNKNOWN_REGISTER, [409, "photos-full"]],
  },
  {
    method: "get",
    path: "/api/install/photos/{id}",
    caller: "manager",
    says: "The photo of an answer. It stays when the answer changes, for reports that show it.",
    params: { id: "The photo's id, as the answer names it" },
    answer: { status: 200, says: "The photo", media: "image/jpeg" },
    refused: [[404, "unknown-photo"]],
  },
  {
    method: "post",
    path: "/api/install/walks",
    caller: "manager",
    says: "Asks a register for a walk test where it stands now. One runs at a time in a venue.",
    body: WalkAskRequest,
    example: { register: "b4r00001", spot: "Terrace, by the door" },
    answer: { status: 201, says: "Asked; `walking` in the list says how it goes", schema: InstallView },
    refused: [UNKNOWN_REGISTER, BUSY, [409, "register-away"], [409, "cannot-walk"]],
  },
  {
    method: "get",
    path: "/api/probes/settings",
    caller: "manager",
    says: "Whom the hub asks to see how far the network works, how often, and how long it waits.",
    answer: { status: 200, says: "As it is set, and as usual", schema: ProbingView },
  },
  {
    method: "put",
    path: "/api/probes/settings",
    caller: "manager",
    says: "Sets whom the hub asks and how often, from the next round on. Null takes it back to what is usual.",
    body: ProbingRequest,
    example: { set: { ...USUAL_PROBING, waitMs: 2_500 } },
    answer: { status: 200, says: "As it is set now", schema: ProbingView },
  },
  {
    method: "post",
    path: "/api/probes/dhcp",
    caller: "manager",
    says: "Asks the network who hands out addresses, as a new device would. It takes 5 s, and the answer is kept.",
    answer: { status: 200, says: "Who answered, or what kept the hub from asking", schema: DhcpAnswer },
    refused: [[429, "asked-just-now"]],
  },
  {
    method: "post",
    path: "/api/install/reports",
    caller: "manager",
    says: "Signs the list as it is now. A signed report never changes.",
    body: ReportRequest,
    example: { by: "Ana" },
    answer: { status: 201, says: "The report, and what drifted since the one before", schema: ReportResponse },
    refused: [[409, "reports-full"]],
  },
  {
    method: "get",
    path: "/api/install/reports/{id}",
    caller: "manager",
    says: "A signed report, and what drifted since the one before it.",
    params: { id: "The report's id" },
    answer: { status: 200, says: "The report", schema: ReportResponse },
    refused: [[404, "unknown-report"]],
  },
  {
    method: "post",
    path: "/api/walks",
    caller: "register",
    says: "Begins a walk test: some seconds of pings, then bytes down and up, then the result.",
    body: WalkRequest,
    example: { spot: "Terrace, by the door" },
    answer: { status: 201, says: "Its id, and how long each part takes", schema: WalkStart },
    refused: [BUSY, [429, "too-many-walks"]],
  },
  {
    method: "get",
    path: "/api/walks/{id}/ping",
    caller: "register",
    says: "Answers at once and says nothing, for its round trip.",
    params: WALK,
    answer: { status: 204, says: "Here" },
    refused: OF_WALK,
  },
  {
    method: "get",
    path: "/api/walks/{id}/bytes",
    caller: "register",
    says: `${WALK_CHUNK_BYTES / 1024} KiB to measure how fast they come.`,
    params: WALK,
    answer: { status: 200, says: "The bytes", media: "application/octet-stream" },
    refused: OF_WALK,
  },
  {
    method: "post",
    path: "/api/walks/{id}/bytes",
    caller: "register",
    says: `Takes up to ${WALK_CHUNK_BYTES / 1024} KiB of anything, to measure how fast they go.`,
    params: WALK,
    answer: { status: 200, says: "How many came", schema: WalkTook },
    refused: [...OF_WALK, [413, "too-large"]],
  },
  {
    method: "post",
    path: "/api/walks/{id}/result",
    caller: "register",
    says: "What the register counted; ends the walk test.",
    params: WALK,
    body: WalkReading,
    example: { rttMs: [3.1, 3.4, 2.9], lost: 0, down: { bytes: 5_242_880, ms: 2_000 }, up: { bytes: 0, ms: 0 } },
    answer: { status: 201, says: "What it comes to", schema: WalkResult },
    refused: [[404, "unknown-walk"]],
  },
];
