/**
 * The hub's HTTP face: pages, JSON endpoints, the live feed. Requests are parsed here with the schemas of shared/api.ts; a bad one is
 * answered with 4xx and `{error: {code, message, issues?}}` and stores nothing.
 */
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { serveStatic } from "hono/deno";
import { secureHeaders } from "hono/secure-headers";
import { streamSSE } from "hono/streaming";
import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { z } from "zod";
import {
  BODY_MAX_BYTES,
  EnrolRequest,
  RenameRequest,
  SeriesRange,
  SettingsRequest,
  SetupRequest,
  SignInRequest,
} from "../shared/api.ts";
import type { EnrolResponse } from "../shared/api.ts";
import { Heartbeat } from "../shared/heartbeat.ts";
import { OpId, type RegisterId } from "../shared/ids.ts";
import type { Attempts } from "./auth.ts";
import type { Hub } from "./hub.ts";
import type { Samples } from "./store/samples.ts";
import type { Venue } from "./venue.ts";
import { serveSocket } from "./socket.ts";

const COOKIE = "counterpart";
const COOKIE_MAX_AGE_S = 30 * 24 * 60 * 60;
const CHECKS_MAX = 500; // in one answer
const PAGES = "./web/dist";
const ASSET_AGE = "public, max-age=31536000, immutable"; // asset names carry a hash of their content

export interface AppDeps {
  readonly hub: Hub;
  readonly venue: Venue;
  readonly samples: Samples;
  readonly attempts: Attempts;
  readonly now: () => number;
  readonly pages?: string; // folder of the built pages; PAGES when absent
  readonly baseUrl: (request: Request) => string; // where registers reach this hub
}

type Env = { Bindings: { remote?: string }; Variables: { register: RegisterId } };

/** A refusal: thrown by handlers, answered as JSON. */
class Refusal extends Error {
  constructor(
    readonly status: ContentfulStatusCode,
    readonly code: string,
    message: string,
    readonly issues?: { path: string; message: string }[],
  ) {
    super(message);
  }
}

export function createApp({ hub, venue, samples, attempts, now, pages = PAGES, baseUrl }: AppDeps): Hono<Env> {
  const app = new Hono<Env>();

  app.use(secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'self'"],
      imgSrc: ["'self'", "data:"],
      connectSrc: ["'self'", "ws:", "wss:"],
    },
    crossOriginOpenerPolicy: false, // both mean nothing on a plain-http page and browsers complain of them there
    originAgentCluster: false,
    strictTransportSecurity: false,
  }));
  app.use(
    "/api/*",
    bodyLimit({
      maxSize: BODY_MAX_BYTES,
      onError: () => {
        throw new Refusal(413, "too-large", `A request may be ${BODY_MAX_BYTES / 1024} KiB at most. Send less at once`);
      },
    }),
  );
  app.onError((failure, c) => {
    if (failure instanceof Refusal) {
      const { status, code, message, issues } = failure;
      return c.json({ error: { code, message, ...(issues ? { issues } : {}) } }, status);
    }
    console.error(failure);
    return c.json({ error: { code: "internal", message: "The hub could not do this. Its terminal says why" } }, 500);
  });
  app.notFound((c) => c.json({ error: { code: "not-found", message: `There is nothing at ${c.req.path}` } }, 404));

  // ---- who is asking

  const needManager = (c: Context<Env>) => {
    const token = getCookie(c, COOKIE);
    if (!token || !venue.isSignedIn(token)) {
      throw new Refusal(401, "not-signed-in", "Sign in with the venue's passphrase first");
    }
  };
  const needRegister = (c: Context<Env>): RegisterId => {
    const token = /^Bearer (\S+)$/.exec(c.req.header("authorization") ?? "")?.[1];
    const id = token && venue.registerByToken(token);
    if (!id) {
      throw new Refusal(401, "unknown-token", "This token is not known here. Enrol the register with a new code");
    }
    return id;
  };
  const needKnown = (c: Context<Env>): RegisterId => {
    const id = c.req.param("id") ?? "";
    if (!hub.has(id)) throw new Refusal(404, "unknown-register", "No register with this id is enrolled");
    return id;
  };
  /** Runs a guess at a secret; too many wrong ones from one address have to wait. */
  const guess = async <T>(
    c: Context<Env>,
    attempt: () => Promise<T> | T,
    failed: (outcome: T) => boolean,
  ): Promise<T> => {
    const address = c.env?.remote ?? "unknown";
    const wait = attempts.waitMs(address, now());
    if (wait > 0) {
      throw new Refusal(429, "too-many-attempts", `Too many wrong tries. Try again in ${Math.ceil(wait / 60_000)} min`);
    }
    const outcome = await attempt();
    if (failed(outcome)) attempts.failed(address, now());
    else attempts.succeeded(address);
    return outcome;
  };
  const signedIn = (c: Context<Env>, token: string) =>
    setCookie(c, COOKIE, token, { httpOnly: true, sameSite: "Strict", path: "/", maxAge: COOKIE_MAX_AGE_S });

  // ---- first run and sign-in

  app.get("/api/session", (c) => {
    const token = getCookie(c, COOKIE);
    return c.json({
      setUp: venue.isSetUp,
      signedIn: token !== undefined && venue.isSignedIn(token),
      venue: venue.isSetUp ? venue.name : null,
    });
  });

  app.post("/api/setup", async (c) => {
    const request = await body(c, SetupRequest);
    const outcome = await guess(
      c,
      () => venue.setUp(request),
      (result) => !result.ok && result.reason === "wrong-code",
    );
    if (!outcome.ok) {
      throw outcome.reason === "done"
        ? new Refusal(409, "set-up-already", "This hub has a venue already. Sign in with its passphrase")
        : new Refusal(
          403,
          "wrong-code",
          "This is not the setup code. It stands in the hub's terminal, after “Setup code:”",
        );
    }
    signedIn(c, outcome.token);
    return c.json({ venue: venue.name }, 201);
  });

  app.post("/api/sign-in", async (c) => {
    const { passphrase } = await body(c, SignInRequest);
    if (!venue.isSetUp) {
      throw new Refusal(409, "not-set-up", "This hub has no venue yet. Set it up first, with its setup code");
    }
    const token = await guess(c, () => venue.signIn(passphrase), (found) => found === undefined);
    if (token === undefined) throw new Refusal(401, "wrong-passphrase", "This is not the venue's passphrase");
    signedIn(c, token);
    return c.json({ venue: venue.name });
  });

  app.post("/api/sign-out", (c) => {
    const token = getCookie(c, COOKIE);
    if (token) venue.signOut(token);
    deleteCookie(c, COOKIE, { path: "/" });
    return c.body(null, 204);
  });

  // ---- registers

  app.post("/api/enrollments", (c) => {
    needManager(c);
    const { code, expiresAt } = venue.offerEnrollment();
    const url = `${baseUrl(c.req.raw)}/register#code=${code}`;
    return c.json({ code, url, expiresAt: new Date(expiresAt).toISOString() }, 201);
  });

  app.post("/api/registers", async (c) => {
    const request = await body(c, EnrolRequest);
    const outcome = await guess(c, () => venue.enrol(request), (result) => !result.ok && result.reason === "unknown");
    if (!outcome.ok) {
      const refusals = {
        unknown: [403, "wrong-code", "This code is not known. Compare it with the manager's page"],
        used: [409, "code-used", "This code was used already. Each register needs one of its own: make a new one"],
        expired: [410, "code-expired", "This code is too old. Make a new one on the manager's page"],
        full: [409, "venue-full", "This venue has as many registers as it can. Un-enrol one that is not used"],
      } as const;
      const [status, code, message] = refusals[outcome.reason];
      throw new Refusal(status, code, message);
    }
    hub.enrolled(outcome.register, { app: request.app, device: request.device });
    const { id, name, letter } = outcome.register;
    const answer: EnrolResponse = { registerId: id, token: outcome.token, name, letter, venue: venue.name };
    return c.json(answer, 201);
  });

  app.patch("/api/registers/:id", async (c) => {
    needManager(c);
    const id = needKnown(c);
    hub.rename(id, (await body(c, RenameRequest)).name);
    return c.body(null, 204);
  });

  app.delete("/api/registers/:id", (c) => {
    needManager(c);
    const id = needKnown(c);
    const unsynced = hub.unsyncedOf(id) ?? 0;
    if (unsynced > 0 && c.req.query("force") !== "true") {
      const what = unsynced === 1 ? "1 change that is" : `${unsynced} changes that are`;
      throw new Refusal(
        409,
        "unsynced",
        `${hub.nameOf(id)} holds ${what} nowhere else. Let it sync first, or un-enrol it all the same`,
      );
    }
    hub.remove(id);
    return c.body(null, 204);
  });

  app.post("/api/heartbeats", async (c) => {
    const register = needRegister(c);
    return c.json(hub.heartbeat(register, await body(c, Heartbeat), c.env?.remote));
  });

  app.get("/api/config", (c) => {
    needRegister(c);
    return c.json(venue.config());
  });

  app.get("/api/link", (c) => {
    if (c.req.header("upgrade")?.toLowerCase() !== "websocket") {
      throw new Refusal(426, "websocket-only", "Registers connect here by WebSocket");
    }
    const { socket, response } = Deno.upgradeWebSocket(c.req.raw, { idleTimeout: 0 }); // our own pings decide
    serveSocket(hub, socket, c.env?.remote);
    return response;
  });

  // ---- what a console shows

  app.get("/api/view", (c) => {
    needManager(c);
    return c.json(hub.view());
  });

  app.get("/api/feed", (c) => {
    needManager(c);
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

  app.get("/api/registers/:id/series", (c) => {
    needManager(c);
    const range = query(c, "range", SeriesRange.default("hour"));
    return c.json(samples.series(needKnown(c), range, now()));
  });

  app.get("/api/incidents", (c) => {
    needManager(c);
    return c.json({ incidents: hub.incidents() });
  });

  app.get("/api/checks", (c) => {
    needManager(c);
    const state = query(c, "state", z.enum(["open", "closed", "awaited"]).optional());
    const limit = query(c, "limit", z.coerce.number().int().min(1).max(CHECKS_MAX).default(100));
    return c.json({ checks: hub.checks(state, limit) });
  });

  // An op's id has a slash in it, so the rest of the path is the check's id; %2F works as well.
  app.get("/api/checks/:id{.+}", (c) => {
    needManager(c);
    const id = OpId.safeParse(decodeURIComponent(c.req.param("id")));
    const check = id.success ? hub.check(id.data) : undefined;
    if (!check) throw new Refusal(404, "unknown-check", "No check with this id is known here");
    return c.json(check);
  });

  app.patch("/api/settings", async (c) => {
    needManager(c);
    return c.json(hub.change(await body(c, SettingsRequest)));
  });

  app.get("/healthz", (c) => c.json({ ok: true }));

  // ---- pages

  app.use("/assets/*", async (c, next) => {
    await next();
    if (c.res.status === 200) c.header("Cache-Control", ASSET_AGE);
  });
  app.get("/", serveStatic({ path: `${pages}/index.html` }));
  app.get("/register", serveStatic({ path: `${pages}/register.html` }));
  app.get("*", serveStatic({ root: pages }));
  return app;
}

/** Parses a JSON body, or refuses it with what is wrong, field by field. */
async function body<T>(c: Context<Env>, schema: z.ZodType<T>): Promise<T> {
  let value: unknown;
  try {
    value = await c.req.json();
  } catch (failure) {
    if (failure instanceof Refusal) throw failure; // too large, found while reading
    throw new Refusal(400, "not-json", "The body is not JSON, or is cut short");
  }
  return parse(schema, value);
}

function query<T>(c: Context<Env>, name: string, schema: z.ZodType<T>): T {
  return parse(z.object({ [name]: schema }), { [name]: c.req.query(name) })[name] as T;
}

function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path, message }) => ({ path: path.join("."), message }));
  const first = issues[0];
  throw new Refusal(400, "bad-request", `This cannot be read: ${first?.path || "body"}: ${first?.message}`, issues);
}
