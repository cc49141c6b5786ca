/** What a console shows: the view, live and at once, and history. */
import { Hono } from "hono";
import { streamSSE } from "hono/streaming";
import { ChecksLimit, type ChecksResponse, CheckSummary, type LetGoResponse, SeriesRange } from "../../shared/api.ts";
import { OpId } from "../../shared/ids.ts";
import type { Hub } from "../hub.ts";
import type { Samples } from "../store/samples.ts";
import type { Env, Guard } from "./guard.ts";
import { query } from "./parse.ts";
import { Refusal } from "./refusal.ts";

export interface ConsoleRoutesDeps {
  readonly hub: Hub;
  readonly samples: Samples;
  readonly guard: Guard;
  readonly now: () => number;
}

export function consoleRoutes({ hub, samples, guard, now }: ConsoleRoutesDeps): Hono<Env> {
  const routes = new Hono<Env>();

  routes.get("/view", (c) => {
    guard.needManager(c);
    return c.json(hub.view());
  });

  routes.get("/feed", (c) => {
    guard.needManager(c);
    return streamSSE(c, async (stream) => {
      const closed = new Promise<void>((resolve) => {
        const subscriber = {
          send: (data: string) => {
            if (stream.aborted || stream.closed) return false;
            void stream.writeSSE({ event: "view", data });
            return true;
          },
          close: resolve,
        };
        stream.onAbort(() => hub.feed.remove(subscriber));
        hub.feed.add(subscriber, JSON.stringify(hub.view()));
      });
      await closed;
    });
  });

  routes.get("/registers/:id/series", (c) => {
    guard.needManager(c);
    const range = query(c, "range", SeriesRange.default("hour"));
    return c.json(samples.series(guard.needKnown(c), range, now()));
  });

  routes.get("/incidents", (c) => {
    guard.needManager(c);
    return c.json({ incidents: hub.judge.recent(now()) });
  });

  routes.get("/checks", (c) => {
    guard.needManager(c);
    const state = query(c, "state", CheckSummary.shape.state.optional());
    const limit = query(c, "limit", ChecksLimit);
    return c.json<ChecksResponse>({ checks: hub.ledger.list(state, limit) });
  });

  routes.post("/checks/let-go", (c) => {
    guard.needManager(c);
    return c.json<LetGoResponse>({ count: hub.retirement.letGo("a manager says so") });
  });

  routes.post("/losses/:id/seen", (c) => {
    guard.needManager(c);
    if (!hub.losses.seen(c.req.param("id"))) {
      throw new Refusal(
        404,
        "unknown-loss",
        "No loss with this id is open: the changes turned up, or somebody has seen it",
      );
    }
    return c.body(null, 204);
  });

  // An op's id has a slash in it, so the rest of the path is the check's id; %2F works as well.
  routes.get("/checks/:id{.+}", (c) => {
    guard.needManager(c);
    const id = OpId.safeParse(decodeURIComponent(c.req.param("id")));
    const check = id.success ? hub.ledger.check(id.data) : undefined;
    if (!check) throw new Refusal(404, "unknown-check", "No check with this id is known here");
    return c.json(check);
  });

  return routes;
}
