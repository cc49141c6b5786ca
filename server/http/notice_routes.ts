/** Channels and notices, for managers. */
import { Hono } from "hono";
import { NoticeSettingsRequest } from "../../shared/notice_api.ts";
import type { ReplaceOutcome } from "../channels.ts";
import type { NoticeDesk } from "../notice_desk.ts";
import type { Env, Guard } from "./guard.ts";
import { body } from "./parse.ts";
import { Refusal } from "./refusal.ts";

export interface NoticeRoutesDeps {
  readonly desk: NoticeDesk;
  readonly guard: Guard;
}

export function noticeRoutes({ desk, guard }: NoticeRoutesDeps): Hono<Env> {
  const routes = new Hono<Env>();

  routes.get("/notices", (c) => {
    guard.needManager(c);
    return c.json({ notices: desk.recent() });
  });

  routes.get("/notices/channels", (c) => {
    guard.needManager(c);
    return c.json(desk.settings());
  });

  routes.put("/notices/channels", async (c) => {
    guard.needManager(c);
    const outcome = desk.replace((await body(c, NoticeSettingsRequest)).channels);
    if (!outcome.ok) throw refusal(outcome);
    return c.json(desk.settings());
  });

  routes.post("/notices/channels/:id/test", async (c) => {
    guard.needManager(c);
    const tested = await desk.test(c.req.param("id"));
    if (!tested) throw new Refusal(404, "unknown-channel", "There is no such channel. It may be removed already");
    return c.json(tested);
  });

  return routes;
}

function refusal({ reason, name }: Extract<ReplaceOutcome, { ok: false }>): Refusal {
  switch (reason) {
    case "unknown":
      return new Refusal(409, "changed-meanwhile", `${name} was removed meanwhile. Look at the channels again`);
    case "address-missing":
      return new Refusal(409, "address-missing", `${name} has no address yet. Enter the one to send to`);
    case "secret-missing":
      return new Refusal(
        409,
        "secret-missing",
        `${name} leads to another server now. Enter its password or token again`,
      );
  }
}
