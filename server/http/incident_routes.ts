/** Looking back and planning ahead: the story of an incident, uptime, maintenance. */
import { Hono } from "hono";
import { MaintenanceRequest, type MaintenanceResponse, type MaintenanceWindow } from "../../shared/hours_api.ts";
import { UptimeRange, type UptimeResponse } from "../../shared/incident_api.ts";
import type { History } from "../history.ts";
import type { Hub } from "../hub.ts";
import type { MaintenancePlan } from "../maintenance.ts";
import type { Env, Guard } from "./guard.ts";
import { body, query } from "./parse.ts";
import { Refusal } from "./refusal.ts";

export interface IncidentRoutesDeps {
  readonly hub: Hub;
  readonly history: History;
  readonly maintenance: MaintenancePlan;
  readonly guard: Guard;
  readonly now: () => number;
}

export function incidentRoutes({ hub, history, maintenance, guard, now }: IncidentRoutesDeps): Hono<Env> {
  const routes = new Hono<Env>();

  routes.get("/incidents/:id", (c) => {
    guard.needManager(c);
    const story = hub.judge.story(c.req.param("id"), now());
    if (!story) throw new Refusal(404, "unknown-incident", "No incident with this id is known here");
    return c.json(story);
  });

  routes.get("/uptime", (c) => {
    guard.needManager(c);
    return c.json<UptimeResponse>(history.uptime(query(c, "range", UptimeRange.default("day")), now()));
  });

  routes.get("/maintenance", (c) => {
    guard.needManager(c);
    return c.json<MaintenanceResponse>({ windows: maintenance.windows(now()) });
  });

  routes.post("/maintenance", async (c) => {
    guard.needManager(c);
    const request = await body(c, MaintenanceRequest);
    if (Date.parse(request.endsAt) <= now()) {
      throw new Refusal(400, "over-already", "It would be over already. Choose a later end");
    }
    const window = maintenance.plan(request);
    if (!window) {
      throw new Refusal(409, "too-many-windows", "There are too many of them. Take some away that are to come");
    }
    return c.json<MaintenanceWindow>(window, 201);
  });

  routes.delete("/maintenance/:id", (c) => {
    guard.needManager(c);
    const outcome = maintenance.cancel(c.req.param("id"), now());
    if (outcome.ok) return c.body(null, 204);
    throw outcome.reason === "unknown"
      ? new Refusal(404, "unknown-window", "No maintenance with this id is known here")
      : new Refusal(409, "window-over", "This maintenance is over. It stays, to explain what happened in it");
  });

  return routes;
}
