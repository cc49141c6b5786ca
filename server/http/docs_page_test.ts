import assert from "node:assert/strict";
import { docsPage } from "./docs_page.ts";
import { DOCS_STYLE } from "./docs_style.ts";
import { type Document, makeDocument } from "./openapi.ts";

const document = makeDocument("1.2.3");
const render = async (of: Document) => String(await docsPage(of));

Deno.test("[API11] every endpoint and every schema has its place, and every link on the page leads somewhere", async () => {
  const page = await render(document);
  const ids = new Set([...page.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]!));
  for (const name of Object.keys(document.components.schemas)) assert.ok(ids.has(`schema-${name}`), name);
  for (const operation of Object.values(document.paths).flatMap(Object.values)) {
    assert.ok(ids.has(operation.operationId));
  }
  const links = [...page.matchAll(/href="#([^"]+)"/g)].map((match) => match[1]!);
  assert.ok(links.length > 50);
  for (const link of links) assert.ok(ids.has(link), link);
});

Deno.test("[API11] fields stand with type, bounds and meaning, and the heartbeat can be tried", async () => {
  const page = (await render(document)).replace(/<[^>]+>/g, " ").replace(/\s+/g, " ");
  assert.match(page, /rssiDbm optional number or null -120 to 0 Received signal, in dBm/);
  assert.match(page, /op\.stamp|story\[\]\.op\.seq/);
  assert.match(
    page,
    /curl -X POST &quot;http:\/\/HUB:8787\/api\/heartbeats&quot; \\ -H &quot;Authorization: Bearer TOKEN/,
  );
  assert.match(page, /429 .*too-many-attempts/);
});

Deno.test("[API11] there is no script, no inline style, and nothing from elsewhere", async () => {
  const page = await render(document);
  assert.equal(/<script|<style|<img|<iframe|\son\w+=|\sstyle=/i.test(page), false);
  const taken = [...page.matchAll(/(?:src|href)="([^"#][^"]*)"/g)].map((match) => match[1]);
  assert.deepEqual(taken, ["/docs.css", "/api/openapi.json"]);
  assert.equal(/url\(|@import|https?:/.test(DOCS_STYLE), false);
});

Deno.test("[API11] whatever stands in the document is shown as text", async () => {
  const evil = `<script>alert("1")</script>'&`;
  const wicked: Document = JSON.parse(JSON.stringify(document), (_key, value) => value === "text" ? evil : value);
  const said: Document = {
    ...wicked,
    info: { title: evil, version: evil, description: evil },
    components: {
      ...wicked.components,
      schemas: {
        [evil]: {
          type: "object",
          properties: { [evil]: { description: evil, enum: [evil], default: evil, pattern: evil } },
        },
      },
    },
    paths: {
      [evil]: { get: { ...wicked.paths["/api/session"]!["get"]!, operationId: evil, summary: evil } },
    },
  };
  const page = await render(said);
  assert.equal(page.includes("<script"), false);
  assert.ok(page.split("&lt;script&gt;").length > 10);
});
