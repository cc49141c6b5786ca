/** The OpenAPI document as a page to read: plain HTML and one stylesheet, nothing from outside. A pure function of the document. */
import { STYLE_AT } from "./docs_style.ts";
import { html } from "hono/html";
import { choices, fieldsTable, type Html, typeWords } from "./docs_fields.ts";
import type { Caller } from "./endpoint.ts";
import type { Document, Operation } from "./openapi.ts";
import { type Json, SCHEMAS_AT } from "./schemas.ts";

const GROUPS: readonly { readonly caller: Caller; readonly title: string; readonly how: string }[] = [
  {
    caller: "register",
    title: "For registers",
    how: "with the token that enrolment gave: Authorization: Bearer TOKEN",
  },
  { caller: "manager", title: "For managers", how: "with the cookie of a sign-in" },
  { caller: "anyone", title: "For anyone", how: "with neither cookie nor token" },
];

interface Entry {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}

export function docsPage(document: Document): Html {
  const entries = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({ method, path, operation }))
  );
  const { title, version, description } = document.info;
  return html`
    <!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>${title}: the API</title>
        <link rel="stylesheet" href="${STYLE_AT}">
      </head>
      <body>
        <header>
          <h1>${title}</h1>
          <p>Version ${version}. ${description}</p>
          <p>The same for machines: <a href="/api/openapi.json">openapi.json</a></p>
        </header>
        <nav aria-label="Endpoints">${GROUPS.map((group) => contents(group, entries))}</nav>
        <main>
    ${GROUPS.map((group) => section(group, entries, document))}
    <section><h2 id="schemas">Schemas</h2>
    ${Object.entries(document.components.schemas).map(([name, schema]) => schemaSection(name, schema))}</section>
        </main>
      </body>
    </html>
  `;
}

function contents({ caller, title }: typeof GROUPS[number], entries: readonly Entry[]): Html {
  const own = entries.filter((entry) => callerOf(entry) === caller);
  return html`<h2>${title}</h2>
<ul>${
    own.map(({ method, path, operation }) =>
      html`<li><a href="#${operation.operationId}"><b>${method.toUpperCase()}</b> ${path}</a></li>`
    )
  }</ul>`;
}

function section({ caller, title, how }: typeof GROUPS[number], entries: readonly Entry[], document: Document): Html {
  const own = entries.filter((entry) => callerOf(entry) === caller);
  return html`<section><h2>${title}</h2><p>Called ${how}.</p>
${own.map((entry) => endpoint(entry, document))}</section>`;
}

function endpoint(entry: Entry, document: Document): Html {
  const { method, path, operation } = entry;
  const { operationId, summary, parameters = [], requestBody, responses } = operation;
  const body = Object.values(requestBody?.content ?? {})[0];
  const session = operation["x-websocket"];
  return html`<article id="${operationId}">
<h3><span class="method">${method.toUpperCase()}</span> <code>${path}</code></h3>
<p>${summary}</p>
${parameters.length > 0 ? html`<h4>Parameters</h4>${fieldsTable(asObject(parameters))}` : ""}
${body ? html`<h4>Body: ${typeWords(body.schema)}</h4>${fieldsTable(resolve(body.schema, document))}` : ""}
${
    body?.example
      ? html`
        <h4>Example</h4>
        <pre><code>${curl(entry, body.example)}</code></pre>
      `
      : ""
  }
<h4>Answers</h4>
<ul>${Object.entries(responses).map(([status, response]) => answer(status, response))}</ul>
${session ? sessionPart(session) : ""}
</article>`;
}

function answer(status: string, { description, content }: Operation["responses"][string]): Html {
  const shapes = Object.entries(content ?? {}).map(([media, { schema }]) => {
    const type = Object.keys(schema).length > 0 ? html`: ${typeWords(schema)}` : "";
    return html`
      (${media}${type})
    `;
  });
  return html`<li><b>${status === "default" ? "500" : status}</b> ${description}${shapes}</li>`;
}

function sessionPart(session: Json): Html {
  const closes = session["closes"] as readonly { code: number; reason: string }[];
  return html`
    <h4>Messages</h4>
    <ul>
      <li>First, from the register: ${typeWords(session["first"] as Json)}</li>
      <li>Then from the register: ${typeWords(session["registerSends"] as Json)}</li>
      <li>From the hub: ${typeWords(session["hubSends"] as Json)}</li>
      <li>One message holds ${session["maxMessageBytes"]} bytes at most; this is version ${session["version"]}.</li>
    </ul>
    <h4>Why the hub ends a session</h4>
    <ul>${closes.map(({ code, reason }) => html`<li><b>${code}</b> ${reason}</li>`)}</ul>
  `;
}

function schemaSection(name: string, schema: Json): Html {
  const all = choices(schema);
  const shape = all.length > 1
    ? html`<p>One of these:</p>${
      all.map((choice) => choice["$ref"] ? html`<p>${typeWords(choice)}</p>` : fieldsTable(choice))
    }`
    : schema["properties"]
    ? fieldsTable(schema)
    : html`<p>${typeWords(schema)}</p>`;
  return html`<article id="schema-${name}"><h3>${name}</h3>${shape}</article>`;
}

/** What to type in a terminal to try it; HUB and TOKEN are the reader's. */
export function curl({ method, path, operation }: Entry, example: unknown): string {
  const caller = callerOf({ method, path, operation });
  const place = path.replace(/\{(\w+)\}/g, (_, name) => name.toUpperCase());
  const shown = JSON.stringify(example, null, 2).replaceAll("'", "'\\''");
  return [
    `curl -X ${method.toUpperCase()} "http://HUB:8787${place}"`,
    ...(caller === "register" ? [`-H "Authorization: Bearer TOKEN"`] : []),
    ...(caller === "manager" ? ["-b cookies.txt"] : []),
    `-H "Content-Type: application/json"`,
    `-d '${shown}'`,
  ].join(" \\\n  ");
}

function callerOf({ operation }: Entry): Caller {
  return operation.tags[0] as Caller;
}

function asObject(parameters: NonNullable<Operation["parameters"]>): Json {
  return {
    properties: Object.fromEntries(
      parameters.map(({ name, schema, description }) => [name, { ...schema, description }]),
    ),
    required: parameters.filter((parameter) => parameter.required).map(({ name }) => name),
  };
}

function resolve(schema: Json, { components }: Document): Json {
  const name = typeof schema["$ref"] === "string" ? schema["$ref"].slice(SCHEMAS_AT.length) : undefined;
  return name === undefined ? schema : components.schemas[name] ?? {};
}
