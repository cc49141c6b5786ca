/** Registers: enrolment, names, heartbeats, what they fetch, and their session. */
import { Hono } from "hono";
import { EnrolRequest, RenameRequest } from "../../shared/api.ts";
import type { EnrollmentResponse, EnrolResponse } from "../../shared/api.ts";
import { Heartbeat, SignalReport } from "../../shared/heartbeat.ts";
import { LastWordsRequest } from "../../shared/last_words.ts";
import type { Hub } from "../hub.ts";
import type { EnrolOutcome, Venue } from "../venue.ts";
import type { Env, Guard } from "./guard.ts";
import { body } from "./parse.ts";
import { Refusal } from "./refusal.ts";
import type { TrustRoutesDeps } from "./trust_routes.ts";

export interface RegisterRoutesDeps {
  readonly hub: Hub;
  readonly venue: Venue;
  readonly guard: Guard;
  readonly baseUrl: (request: Request) => string; // where registers reach this hub
  readonly trust?: TrustRoutesDeps["trust"];
  readonly serveSocket: (socket: WebSocket, source: string | undefined) => void;
}

export function registerRoutes({ hub, venue, guard, baseUrl, trust, serveSocket }: RegisterRoutesDeps): Hono<Env> {
  const routes = new Hono<Env>();

  routes.post("/enrollments", (c) => {
    guard.needManager(c);
    const { code, expiresAt } = venue.offerEnrollment();
    const base = baseUrl(c.req.raw);
    const secure = trust?.()?.urlFor(new URL(base).hostname);
    const link = (origin: string) => `${origin}/register#code=${code}`;
    return c.json<EnrollmentResponse>({
      code,
      url: link(base),
      secureUrl: secure === undefined ? null : link(secure),
      expiresAt: new Date(expiresAt).toISOString(),
    }, 201);
  });

  routes.post("/registers", async (c) => {
    const request = await body(c, EnrolRequest);
    const outcome = await guard.guess(
      c,
      () => venue.enrol(request),
      (result) => !result.ok && result.reason === "unknown",
    );
    if (!outcome.ok) throw enrolRefusal(outcome.reason);
    const { register: { id, name, letter }, token } = outcome;
    hub.desk.enrolled(outcome.register, { app: request.app, device: request.device });
    return c.json<EnrolResponse>({ registerId: id, token, name, letter, venue: venue.name }, 201);
  });

  routes.patch("/registers/:id", async (c) => {
    guard.needManager(c);
    const id = guard.needKnown(c);
    hub.desk.rename(id, (await body(c, RenameRequest)).name);
    return c.body(null, 204);
  });

  routes.delete("/registers/:id", (c) => {
    guard.needManager(c);
    const id = guard.needKnown(c);
    const { name = id, unsynced = 0 } = hub.register(id) ?? {};
    if (unsynced > 0 && c.req.query("force") !== "true") {
      const what = unsynced === 1 ? "1 change that is" : `${unsynced} changes that are`;
      const message = `${name} holds ${what} nowhere else. Let it sync first, or un-enrol it all the same`;
      throw new Refusal(409, "unsynced", message);
    }
    hub.desk.remove(id);
    return c.body(null, 204);
  });

  routes.post("/heartbeats", async (c) => {
    const register = guard.needReporter(c, "heartbeats");
    return c.json(hub.heartbeat(register, await body(c, Heartbeat), c.env?.remote));
  });

  routes.post("/signals", async (c) => {
    const register = guard.needReporter(c, "signal reports");
    return c.json(hub.signal(register, await body(c, SignalReport)));
  });

  routes.post("/last-words", async (c) => {
    const words = await body(c, LastWordsRequest);
    hub.silences.lastWords(guard.needKnownToken(words.token), words);
    return c.body(null, 204);
  });

  routes.get("/config", (c) => {
    guard.needRegister(c);
    return c.json(venue.config());
  });

  routes.get("/link", (c) => {
    if (c.req.header("upgrade")?.toLowerCase() !== "websocket") {
      throw new Refusal(426, "websocket-only", "Registers connect here by WebSocket");
    }
    const { socket, response } = Deno.upgradeWebSocket(c.req.raw, { idleTimeout: 0 }); // our own pings decide
    serveSocket(socket, c.env?.remote);
    return response;
  });

  return routes;
}

function enrolRefusal(reason: Extract<EnrolOutcome, { ok: false }>["reason"]): Refusal {
  switch (reason) {
    case "unknown":
      return new Refusal(403, "wrong-code", "This code is not known. Compare it with the manager's page");
    case "used":
      return new Refusal(409, "code-used", "This code was used already. Each register needs its own: make a new one");
    case "expired":
      return new Refusal(410, "code-expired", "This code is too old. Make a new one on the manager's page");
    case "full":
      return new Refusal(
        409,
        "venue-full",
        "This venue has as many registers as it can. Un-enrol one that is not used",
      );
  }
}
