/** The endpoints by which managers look back and plan ahead. */
import { MaintenanceRequest, MaintenanceResponse, MaintenanceWindow } from "../../shared/hours_api.ts";
import { IncidentStory, UptimeRange, UptimeResponse } from "../../shared/incident_api.ts";
import type { Endpoint } from "./endpoint.ts";

export const INCIDENT_ENDPOINTS: readonly Endpoint[] = [
  {
    method: "get",
    path: "/api/incidents/{id}",
    caller: "manager",
    says: "An incident as a story: what was measured before, while and after it, and what was at stake.",
    params: { id: "The incident's id" },
    answer: { status: 200, says: "The incident and its story", schema: IncidentStory },
    refused: [[404, "unknown-incident"]],
  },
  {
    method: "get",
    path: "/api/uptime",
    caller: "manager",
    says: "How much of a time each register, the router and the internet were there, by their incidents.",
    query: { range: { says: "How far back, from now", schema: UptimeRange.default("day") } },
    answer: { status: 200, says: "Of each, and what is not counted", schema: UptimeResponse },
    refused: [[400, "bad-request"]],
  },
  {
    method: "get",
    path: "/api/maintenance",
    caller: "manager",
    says: "Times in which things are expected to be down.",
    answer: { status: 200, says: "All that are kept", schema: MaintenanceResponse },
  },
  {
    method: "post",
    path: "/api/maintenance",
    caller: "manager",
    says: "Plans one. What comes while it is on is kept as muted, and nobody is told before it is over.",
    body: MaintenanceRequest,
    example: { startsAt: "2026-11-23T09:00:00.000Z", endsAt: "2026-11-23T10:00:00.000Z", words: "A new router" },
    answer: { status: 201, says: "The plan", schema: MaintenanceWindow },
    refused: [[400, "over-already"], [409, "too-many-windows"]],
  },
  {
    method: "delete",
    path: "/api/maintenance/{id}",
    caller: "manager",
    says: "Takes one away that is to come, or ends the one that is on.",
    params: { id: "Its id" },
    answer: { status: 204, says: "Done" },
    refused: [[404, "unknown-window"], [409, "window-over"]],
  },
];
