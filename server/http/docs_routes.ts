/** The contract, for machines and for readers. Both are open to all: they say nothing of the venue. */
import { Hono } from "hono";
import { VERSION } from "../../shared/version.ts";
import { docsPage, STYLE_AT } from "./docs_page.ts";
import { DOCS_STYLE } from "./docs_style.ts";
import type { Env } from "./guard.ts";
import { type Document, makeDocument } from "./openapi.ts";

export function docsRoutes(): Hono<Env> {
  const routes = new Hono<Env>();
  let made: Document | undefined; // on first use: most hubs are never asked
  const document = () => made ??= makeDocument(VERSION);

  routes.get("/api/openapi.json", (c) => c.json(document()));
  routes.get("/api/docs", (c) => c.html(docsPage(document())));
  routes.get(STYLE_AT, (c) => c.body(DOCS_STYLE, 200, { "Content-Type": "text/css; charset=utf-8" }));

  return routes;
}
