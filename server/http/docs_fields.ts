/** JSON Schema in words: what a field is, between which bounds, and the rows of a table of fields. Pure; escaped by hono's `html`. */
import { html } from "hono/html";
import { type Json, SCHEMAS_AT } from "./schemas.ts";

export type Html = ReturnType<typeof html>;
type Words = Html | string;

interface Field {
  readonly name: string; // "network.rssiDbm", "links[].peer"
  readonly schema: Json;
  readonly required: boolean;
}

export function fieldsTable(schema: Json): Words {
  const fields = fieldsOf(schema);
  if (fields.length === 0) return "";
  const rows = fields.map(({ name, schema, required }) =>
    html`
      <tr>
        <td><code>${name}</code>${required ? "" : html`
          <small>optional</small>
        `}</td>
        <td>${typeWords(schema)}</td>
        <td>${boundsWords(schema)}</td>
        <td>${text(schema["description"])}</td>
      </tr>
    `
  );
  return html`
    <div class="wide" tabindex="0" role="region" aria-label="Fields">
      <table>
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col">Type</th>
            <th scope="col">Bounds</th>
            <th scope="col">Meaning</th>
          </tr>
        </thead>
        <tbody>${rows}</tbody>
      </table>
    </div>
  `;
}

/** Fields of an object, those of objects inside it after their own, with a dotted name. */
export function fieldsOf(schema: Json, prefix = ""): Field[] {
  const required = (schema["required"] ?? []) as readonly string[];
  return Object.entries((schema["properties"] ?? {}) as Record<string, Json>).flatMap(([key, field]) => {
    const name = prefix + key;
    const inner = choices(field).flatMap((choice) =>
      choice["type"] === "array"
        ? choices(choice["items"] as Json).flatMap((item) => fieldsOf(item, `${name}[].`))
        : fieldsOf(choice, `${name}.`)
    );
    return [{ name, schema: field, required: required.includes(key) }, ...inner];
  });
}

/** What a value may be: "whole number or null", with a link to a schema that has a name. */
export function typeWords(schema: Json): Words {
  const all = choices(schema);
  return all.map((choice, i) => html`${i > 0 ? " or " : ""}${oneType(choice)}`) as unknown as Html;
}

/** All alternatives of a schema, however deep they are nested; itself when there is only one. */
export function choices(schema: Json | undefined): Json[] {
  if (!schema) return [];
  const inner = (schema["anyOf"] ?? schema["oneOf"]) as readonly Json[] | undefined;
  if (inner) return inner.flatMap(choices);
  const { type } = schema;
  return Array.isArray(type) ? type.map((one) => ({ ...schema, type: one })) : [schema];
}

function oneType(schema: Json): Words {
  const { $ref, const: only, enum: some, type, format, items, additionalProperties } = schema;
  if (typeof $ref === "string") return schemaLink($ref.slice(SCHEMAS_AT.length));
  if (only !== undefined) return html`<code>${JSON.stringify(only)}</code>`;
  if (Array.isArray(some)) return listed(some.map((value) => html`<code>${JSON.stringify(value)}</code>`));
  switch (type) {
    case "array":
      return items ? html`list of ${typeWords(items as Json)}` : "list of parts";
    case "object":
      return isSchema(additionalProperties) ? html`names, each with ${typeWords(additionalProperties)}` : "object";
    case "integer":
      return "whole number";
    case "boolean":
      return "true or false";
    case "string":
      return format === "date-time" ? "date and time" : typeof format === "string" ? `text (${format})` : "text";
    case "number":
    case "null":
      return type;
    default:
      return "anything";
  }
}

function boundsWords(schema: Json): Words {
  const said = choices(schema).flatMap((choice) => {
    const { minimum, exclusiveMinimum, maximum, minLength, maxLength, minItems, maxItems, pattern } = choice;
    return [
      span(minimum ?? exclusiveMinimum, maximum, exclusiveMinimum === undefined ? "" : ", the first not included"),
      span(minLength, maxLength, " characters"),
      choice["items"] ? span(minItems, maxItems, " entries") : "",
      typeof pattern === "string" ? html`like <code>${pattern}</code>` : "",
    ].filter((words) => words !== "");
  });
  const preset = schema["default"] === undefined
    ? []
    : [html`<code>${JSON.stringify(schema["default"])}</code> when absent`];
  return listed([...said, ...preset]);
}

function span(from: unknown, to: unknown, unit: string): string {
  if (from === undefined && to === undefined) return "";
  if (from === undefined) return `up to ${figure(to)}${unit}`;
  return to === undefined ? `${figure(from)} or more${unit}` : `${figure(from)} to ${figure(to)}${unit}`;
}

function figure(value: unknown): string {
  return Number(value).toLocaleString("en");
}

function schemaLink(name: string): Words {
  return html`<a href="#schema-${name}">${name}</a>`;
}

function listed(words: readonly Words[]): Words {
  return words.map((word, i) => html`${i > 0 ? ", " : ""}${word}`) as unknown as Html;
}

function isSchema(value: unknown): value is Json {
  return typeof value === "object" && value !== null && Object.keys(value).length > 0;
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
