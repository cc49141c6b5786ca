/** Staff, for managers. A PIN goes in and never comes out, not even as its hash: that is for registers only. */
import { Hono } from "hono";
import { StaffChange, StaffRequest, type StaffView } from "../../shared/config_api.ts";
import { STAFF_MAX, type StaffMember } from "../../shared/staff.ts";
import type { Hub } from "../hub.ts";
import type { StaffOutcome, StaffSettings } from "../staff.ts";
import type { Env, Guard } from "./guard.ts";
import { body } from "./parse.ts";
import { Refusal } from "./refusal.ts";

export interface StaffRoutesDeps {
  readonly hub: Hub;
  readonly staff: StaffSettings;
  readonly guard: Guard;
}

export function staffRoutes({ hub, staff, guard }: StaffRoutesDeps): Hono<Env> {
  const routes = new Hono<Env>();

  routes.get("/staff", (c) => {
    guard.needManager(c);
    return c.json({ staff: staff.all.map(viewOf) });
  });

  routes.post("/staff", async (c) => {
    guard.needManager(c);
    return c.json(changed(await staff.add(await body(c, StaffRequest))), 201);
  });

  routes.patch("/staff/:id", async (c) => {
    guard.needManager(c);
    return c.json(changed(await staff.change(c.req.param("id"), await body(c, StaffChange))));
  });

  routes.delete("/staff/:id", (c) => {
    guard.needManager(c);
    if (!staff.remove(c.req.param("id"))) throw refusal("unknown");
    hub.desk.announce();
    return c.body(null, 204);
  });

  function changed(outcome: StaffOutcome): StaffView {
    if (!outcome.ok) throw refusal(outcome.reason);
    hub.desk.announce();
    return viewOf(outcome.member);
  }

  return routes;
}

function viewOf({ id, name, role }: StaffMember): StaffView {
  return { id, name, role };
}

function refusal(reason: Extract<StaffOutcome, { ok: false }>["reason"]): Refusal {
  switch (reason) {
    case "name-taken":
      return new Refusal(
        409,
        "name-taken",
        "Somebody has this name already. Add a letter, so that the two are told apart",
      );
    case "full":
      return new Refusal(409, "staff-full", `A venue has ${STAFF_MAX} people at most. Remove who has left`);
    case "unknown":
      return new Refusal(404, "unknown-staff", "Nobody with this id works here. They may be removed already");
  }
}
