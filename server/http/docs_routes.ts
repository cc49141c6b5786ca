/**
 * The contract, for machines and for readers. Both are open to all: they say nothing of the venue. Most hubs are never asked, so what
 * makes it is loaded on first use: it takes as much memory as all checks of a week.
 */
import { Hono } from "hono";
import { VERSION } from "../../shared/version.ts";
import { DOCS_STYLE, STYLE_AT } from "./docs_style.ts";
import type { Env } from "./guard.ts";
import type { Document } from "./openapi.ts";

export function docsRoutes(): Hono<Env> {
  const routes = new Hono<Env>();
  let made: Document | undefined;
  const document = async () => made ??= (await import("./openapi.ts")).makeDocument(VERSION);

  routes.get("/api/openapi.json", async (c) => c.json(await document()));
  routes.get("/api/docs", async (c) => {
    const { docsPage } = await import("./docs_page.ts");
    return c.html(docsPage(await document()));
  });
  routes.get(STYLE_AT, (c) => c.body(DOCS_STYLE, 200, { "Content-Type": "text/css; charset=utf-8" }));

  return routes;
}
