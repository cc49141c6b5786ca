/** The page with the steps for an iPad's Shortcut. Open to all, and it tells no secret. */
import { Hono } from "hono";
import type { Venue } from "../venue.ts";
import type { Env } from "./guard.ts";
import { shortcutPage } from "./shortcut_page.ts";

export interface ShortcutRoutesDeps {
  readonly venue: Venue;
  readonly baseUrl: (request: Request) => string; // where registers reach this hub
}

export function shortcutRoutes({ venue, baseUrl }: ShortcutRoutesDeps): Hono<Env> {
  const routes = new Hono<Env>();
  routes.get("/shortcut", (c) => c.html(shortcutPage({ venue: venue.name, base: baseUrl(c.req.raw) })));
  return routes;
}
