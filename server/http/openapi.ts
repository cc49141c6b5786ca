/**
 * The OpenAPI 3.1 document, made from the table of endpoints and the zod schemas themselves, so that no shape is written twice. Pure.
 */
import { BODY_MAX_BYTES } from "../../shared/api.ts";
import { CLOSE, MESSAGE_MAX_BYTES, WIRE_VERSION } from "../../shared/wire.ts";
import type { Caller, Endpoint } from "./endpoint.ts";
import { ENDPOINTS } from "./endpoints.ts";
import { COOKIE } from "./guard.ts";
import { componentSchemas, inPlace, type Json, reference } from "./schemas.ts";

/** One operation of the document, as the page for readers needs it. */
export interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly security: readonly Json[];
  readonly parameters?: readonly { name: string; in: string; required: boolean; description: string; schema: Json }[];
  readonly requestBody?: { required: true; content: Content };
  readonly responses: Readonly<Record<string, Response>>;
  readonly "x-websocket"?: Json;
}
type Content = Readonly<Record<string, { schema: Json; example?: unknown }>>;
interface Response {
  readonly description: string;
  readonly content?: Content;
  readonly "x-codes"?: readonly string[]; // of `error.code`
}

export interface Document {
  readonly openapi: "3.1.0";
  readonly info: { title: string; version: string; description: string };
  readonly servers: readonly Json[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { schemas: Readonly<Record<string, Json>>; securitySchemes: Readonly<Record<string, Json>> };
}

const REFUSED_OF: Record<Caller, readonly (readonly [number, string])[]> = {
  anyone: [],
  manager: [[401, "not-signed-in"]],
  register: [[401, "unknown-token"]],
};
const REFUSED_REPORT: typeof REFUSED_OF[Caller] = [[429, "too-many-reports"]]; // what a register sends
const REFUSED_BODY: typeof REFUSED_OF[Caller] = [[400, "not-json"], [400, "bad-request"], [413, "too-large"]];

export function makeDocument(version: string): Document {
  const paths: Record<string, Record<string, Operation>> = {};
  for (const endpoint of ENDPOINTS) (paths[endpoint.path] ??= {})[endpoint.method] = operation(endpoint);
  return {
    openapi: "3.1.0",
    info: {
      title: "Counterpart hub",
      version,
      description:
        "The hub of one venue. Times are ISO 8601 in UTC unless they are named otherwise; more fields may come, none goes. " +
        `A body may be ${BODY_MAX_BYTES / 1024} KiB at most.`,
    },
    servers: [{ url: "/", description: "This hub" }],
    paths,
    components: {
      schemas: componentSchemas(),
      securitySchemes: {
        manager: { type: "apiKey", in: "cookie", name: COOKIE, description: "Set by /api/setup and /api/sign-in" },
        register: { type: "http", scheme: "bearer", description: "The token that enrolment gave" },
      },
    },
  };
}

function operation(endpoint: Endpoint): Operation {
  const { method, path, caller, says, body, bodyMedia = "application/json", example, answer, also } = endpoint;
  const parameters = parametersOf(endpoint);
  const content: Content = { [bodyMedia]: { schema: inPlace(body), ...(example ? { example } : {}) } };
  return {
    operationId: `${method}${path.replace(/[^a-z]+/gi, "_").replace(/_$/, "")}`,
    summary: says,
    tags: [caller],
    security: securityOf(caller),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body ? { requestBody: { required: true, content } } : {}),
    responses: {
      [answer.status]: answered(answer),
      ...(also ? { [also.status]: answered(also) } : {}),
      ...refusals(endpoint),
    },
    ...(answer.status === 101 ? { "x-websocket": session() } : {}),
  };
}

function securityOf(caller: Caller): Json[] {
  return caller === "anyone" ? [] : [{ [caller]: [] }];
}

function parametersOf({ params = {}, query = {} }: Endpoint): NonNullable<Operation["parameters"]> {
  return [
    ...Object.entries(params).map(([name, description]) => (
      { name, in: "path", required: true, description, schema: { type: "string" } }
    )),
    ...Object.entries(query).map(([name, { says, schema }]) => (
      { name, in: "query", required: false, description: says, schema: inPlace(schema) }
    )),
  ];
}

function answered({ says, schema, media = "application/json", status }: Endpoint["answer"]): Response {
  const hasBody = status === 200 || status === 201;
  return { description: says, ...(hasBody ? { content: { [media]: { schema: inPlace(schema) } } } : {}) };
}

/** By status: what each may be refused for, with the codes to tell them apart. */
function refusals({ caller, body, refused = [] }: Endpoint): Record<string, Response> {
  const ofBody = [...(body ? REFUSED_BODY : []), ...(body && caller === "register" ? REFUSED_REPORT : [])];
  const codes = Map.groupBy([...refused, ...REFUSED_OF[caller], ...ofBody], ([status]) => status);
  const refusal = (description: string, own: readonly string[]): Response => (
    { description, content: { "application/json": { schema: reference("ErrorResponse") } }, "x-codes": own }
  );
  const byStatus = [...codes].map(([status, entries]) => {
    const own = entries.map(([, code]) => code);
    return [status, refusal(`Refused: ${own.join(", ")}`, own)] as const;
  });
  return { ...Object.fromEntries(byStatus), default: refusal("The hub could not do it", ["internal"]) };
}

/** What travels in a register's session, and why the hub ends one. */
function session(): Json {
  return {
    version: WIRE_VERSION,
    maxMessageBytes: MESSAGE_MAX_BYTES,
    first: reference("Hello"),
    registerSends: reference("RegisterMessage"),
    hubSends: reference("HubMessage"),
    closes: Object.values(CLOSE).map(({ code, reason }) => ({ code, reason })),
  };
}
