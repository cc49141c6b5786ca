/**
 * The hub's HTTP face: JSON endpoints, the live feed, pages. Requests are parsed at this edge with the schemas of shared/api.ts; a bad
 * one is answered with 4xx and `{error: {code, message, issues?}}` and stores nothing.
 */
import { type Context, Hono, type MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { serveStatic } from "hono/deno";
import { secureHeaders } from "hono/secure-headers";
import { BODY_MAX_BYTES } from "../shared/api.ts";
import { WALK_CHUNK_BYTES } from "../shared/install/walk.ts";
import { MENU_BODY_MAX_BYTES } from "../shared/config_api.ts";
import { LAST_WORDS_MAX_BYTES } from "../shared/last_words.ts";
import { configRoutes, type ConfigRoutesDeps } from "./http/config_routes.ts";
import { consoleRoutes, type ConsoleRoutesDeps } from "./http/console_routes.ts";
import { docsRoutes } from "./http/docs_routes.ts";
import { type Env, Guard, type GuardDeps } from "./http/guard.ts";
import { incidentRoutes, type IncidentRoutesDeps } from "./http/incident_routes.ts";
import { installRoutes, type InstallRoutesDeps, isWalkBytes } from "./http/install_routes.ts";
import { answerFailure, Refusal } from "./http/refusal.ts";
import { METRICS_TYPE, metricsText } from "./http/metrics.ts";
import { noticeRoutes, type NoticeRoutesDeps } from "./http/notice_routes.ts";
import { probeRoutes, type ProbeRoutesDeps } from "./http/probe_routes.ts";
import { runbookRoutes, type RunbookRoutesDeps } from "./http/runbook_routes.ts";
import { registerRoutes, type RegisterRoutesDeps } from "./http/register_routes.ts";
import { shortcutRoutes } from "./http/shortcut_routes.ts";
import { trustRoutes, type TrustRoutesDeps } from "./http/trust_routes.ts";
import { staffRoutes, type StaffRoutesDeps } from "./http/staff_routes.ts";
import { venueRoutes } from "./http/venue_routes.ts";

const PAGES = "./web/dist";
const ASSET_AGE = "public, max-age=31536000, immutable"; // asset names carry a hash of their content

export type AppDeps =
  & Omit<RegisterRoutesDeps, "guard">
  & Omit<ConsoleRoutesDeps, "guard">
  & Omit<IncidentRoutesDeps, "guard">
  & Omit<ConfigRoutesDeps, "guard">
  & Omit<StaffRoutesDeps, "guard">
  & Omit<NoticeRoutesDeps, "guard">
  & Omit<InstallRoutesDeps, "guard">
  & Omit<RunbookRoutesDeps, "guard">
  & Omit<ProbeRoutesDeps, "guard">
  & Pick<GuardDeps, "attempts">
  & TrustRoutesDeps
  & {
    readonly opsStored: () => number;
    readonly pages?: string; // folder of the built pages; PAGES when absent
  };

export function createApp(deps: AppDeps): Hono<Env> {
  const app = new Hono<Env>();
  app.onError(answerFailure);
  app.notFound((c) => c.json({ error: { code: "not-found", message: `There is nothing at ${c.req.path}` } }, 404));
  app.use("/healthz", async (c, next) => {
    await next();
    c.header("Cross-Origin-Resource-Policy", "cross-origin"); // asked from plain http whether https is trusted
  });
  app.use(secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'self'"],
      imgSrc: ["'self'", "data:"],
      connectSrc: ["'self'", "ws:", "wss:", (c) => tryable(c, deps)],
    },
    crossOriginOpenerPolicy: false, // both mean nothing on a plain-http page, and browsers complain of them there
    originAgentCluster: false,
    strictTransportSecurity: false,
  }));
  const [usual, wholeMenu, walk] = [BODY_MAX_BYTES, MENU_BODY_MAX_BYTES, WALK_CHUNK_BYTES].map(limitBody);
  const others = new Map([["/api/menu", wholeMenu!], ["/api/last-words", limitBody(LAST_WORDS_MAX_BYTES)]]);
  app.use("/api/*", (c, next) => (others.get(c.req.path) ?? (isWalkBytes(c) ? walk! : usual!))(c, next));

  const guard = new Guard(deps);
  app.route("/api", venueRoutes({ ...deps, guard }));
  app.route("/api", registerRoutes({ ...deps, guard }));
  app.route("/api", consoleRoutes({ ...deps, guard }));
  app.route("/api", incidentRoutes({ ...deps, guard }));
  app.route("/api", trustRoutes(deps));
  app.route("/api", configRoutes({ ...deps, guard }));
  app.route("/api", staffRoutes({ ...deps, guard }));
  app.route("/api", noticeRoutes({ ...deps, guard }));
  app.route("/api", installRoutes({ ...deps, guard }));
  app.route("/api", runbookRoutes({ ...deps, guard }));
  app.route("/api", probeRoutes({ ...deps, guard }));
  app.route("/", docsRoutes());
  app.route("/", shortcutRoutes(deps));
  app.get("/healthz", (c) => c.json({ ok: true }));
  app.get("/metrics", async (c) => {
    const text = await metricsText(deps.hub.view(), deps.opsStored());
    return c.body(text, 200, { "Content-Type": METRICS_TYPE });
  });
  pages(app, deps.pages ?? PAGES);
  return app;
}

/** The page on trust may ask over HTTPS whether this device trusts the hub; no other page leaves its origin. */
function tryable(c: Context, { trust }: TrustRoutesDeps): string {
  const { pathname, hostname } = new URL(c.req.url);
  return (pathname === "/trust" ? trust?.()?.urlFor(hostname) : undefined) ?? "'self'";
}

function limitBody(maxSize: number): MiddlewareHandler<Env> {
  return bodyLimit({
    maxSize,
    onError: () => {
      throw new Refusal(413, "too-large", `A request may be ${maxSize / 1024} KiB at most. Send less at once`);
    },
  });
}

function pages(app: Hono<Env>, folder: string): void {
  app.use("/assets/*", async (c, next) => {
    await next();
    if (c.res.status === 200) c.header("Cache-Control", ASSET_AGE);
  });
  app.get("/", serveStatic({ path: `${folder}/index.html` }));
  app.use("/register-sw.js", async (c, next) => {
    await next();
    c.header("Cache-Control", "no-cache"); // by it a browser learns of a new version
  });
  app.get("/install", serveStatic({ path: `${folder}/install.html` }));
  app.get("/trust", serveStatic({ path: `${folder}/trust.html` }));
  app.get("/register", serveStatic({ path: `${folder}/register.html` }));
  app.get("*", serveStatic({ root: folder }));
}
