/**
 * The zod schemas of the contract as JSON Schema, each by its name. A schema is given as what travels, which is what it reads ("input"):
 * so an answer may get more fields later, and one that a console parses with a transform is shown as it comes over the wire.
 */
import { z } from "zod";
import * as api from "../../shared/api.ts";
import { CheckStory } from "../../shared/check_story.ts";
import { CheckBody, KnownBody, OpaqueBody } from "../../shared/check/op.ts";
import * as hours from "../../shared/hours_api.ts";
import * as incidents from "../../shared/incident_api.ts";
import * as heartbeat from "../../shared/heartbeat.ts";
import * as configApi from "../../shared/config_api.ts";
import { Drift } from "../../shared/install/compare.ts";
import { Row } from "../../shared/install/list.ts";
import { Next } from "../../shared/install/next.ts";
import { Pair } from "../../shared/install/pairs.ts";
import { Report, ReportHead, ReportRequest, Totals } from "../../shared/install/report.ts";
import { Answer, AnswerRequest } from "../../shared/install/survey.ts";
import * as walk from "../../shared/install/walk.ts";
import * as installApi from "../../shared/install_api.ts";
import { MenuEntry, MenuItem, ModifierGroup, Tax, VenueTax } from "../../shared/menu.ts";
import * as probeApi from "../../shared/probe_api.ts";
import { ProbingRequest, ProbingView } from "../../shared/probing_api.ts";
import * as noticeApi from "../../shared/notice_api.ts";
import * as runbookApi from "../../shared/runbook_api.ts";
import { StaffMember } from "../../shared/staff.ts";
import { Stamp } from "../../shared/sync/hlc.ts";
import { Vector } from "../../shared/sync/vector.ts";
import * as wire from "../../shared/wire.ts";

export type Json = { readonly [key: string]: unknown };

export const SCHEMAS_AT = "#/components/schemas/";
const IN_PLACE = ["Name", "ChecksLimit"]; // a plain text and a plain number need no name of their own

const CANDIDATES: Readonly<Record<string, unknown>> = {
  ...{
    ...api,
    ...configApi,
    ...heartbeat,
    ...hours,
    ...incidents,
    ...installApi,
    ...noticeApi,
    ...probeApi,
    ...runbookApi,
    ...walk,
    ...wire,
  },
  ...{
    ...{ Answer, AnswerRequest, Drift, Next, Pair, Report, ReportHead, ReportRequest, Row, Totals },
    ...{ ProbingRequest, ProbingView },
    CheckStory,
    CheckBody,
    KnownBody,
    OpaqueBody,
    MenuEntry,
    MenuItem,
    ModifierGroup,
    StaffMember,
    Tax,
    VenueTax,
    Stamp,
    Vector,
  },
};

/** Schemas that have a name: all that the contract's files export, and what those are made of. */
const NAMED: ReadonlyMap<string, z.ZodType> = new Map(
  Object.entries(CANDIDATES).flatMap(([name, value]) =>
    value instanceof z.ZodType && !IN_PLACE.includes(name) ? [[name, value]] : []
  ),
);

export function componentSchemas(): Record<string, Json> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of NAMED) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, { io: "input", uri: (id) => `${SCHEMAS_AT}${id}`, override: shorten });
  const tidy = Object.entries(schemas).map(([id, schema]) => [id, plain(schema as Json)] as const);
  // It is parsed by hand, so that what is wrong is said for its kind; what it takes is one of these two.
  return { ...Object.fromEntries(tidy), CheckBody: { anyOf: [reference("KnownBody"), reference("OpaqueBody")] } };
}

/** A schema by its name if it has one, else where it stands; without one, anything. */
export function inPlace(schema: z.ZodType | undefined): Json {
  if (!schema) return {};
  const name = [...NAMED].find(([, named]) => named === schema)?.[0];
  return name ? reference(name) : plain(z.toJSONSchema(schema, { io: "input", override: shorten }) as Json);
}

export function reference(name: string): Json {
  return { $ref: `${SCHEMAS_AT}${name}` };
}

/** A format says as much as zod's long pattern for it, and every whole number is a safe one. */
function shorten({ jsonSchema }: { jsonSchema: Record<string, unknown> }): void {
  if (jsonSchema["format"] !== undefined) delete jsonSchema["pattern"];
  if (jsonSchema["minimum"] === Number.MIN_SAFE_INTEGER) delete jsonSchema["minimum"];
  if (jsonSchema["maximum"] === Number.MAX_SAFE_INTEGER) delete jsonSchema["maximum"];
}

/** Without the keys that would move the base of references, or name the dialect that OpenAPI 3.1 has anyway. */
function plain({ $id: _id, $schema: _dialect, ...rest }: Json): Json {
  return rest;
}
