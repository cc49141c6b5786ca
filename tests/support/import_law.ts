/**
 * The import law: which part may know of which. Pure, so that a small made-up graph can prove that each article bites.
 * Unit tests may import what they like of their own part and of shared, and packages; the articles on text do not bind them.
 */
import { isProof } from "../../tools/source_files.ts";
import type { Import, Module } from "./module_graph.ts";

export const LINES_MAX = 300; // a file is about 100 lines, seldom 250

const PARTS = ["shared", "server", "agent", "web", "tools", "tests"] as const;
const APART = ["server", "agent", "web"]; // their contract lives in shared
const WIRING = ["server/hub.ts", "server/main.ts", "server/start.ts", "server/doctor.ts"];
const PREACT = ["npm:preact", "npm:@preact/signals"];
const CHECK_SEES = ["shared/sync/hlc.ts", "shared/sync/op.ts"];
const RULES_SEE = ["shared/heartbeat.ts", "shared/ids.ts", "shared/last_words.ts", "shared/link_words.ts"];
const DEFAULT_EXPORT_ALLOWED = ["tools/lint_plugin.ts"]; // Deno loads a plugin by its default export

/** One article: what is wrong with this import of this source file, or nothing. */
type Article = (path: string, { to, kind }: Import) => string | undefined;

const ARTICLES: readonly Article[] = [
  (_, { to }) => to.startsWith("missing:") ? "is not there" : undefined,
  (path, { to }) => {
    if (isProof(to) || isIn(to, "tests")) {
      return isIn(path, "tests") || isProof(path) ? undefined : "source does not import tests";
    }
  },
  (path, { to }) => isIn(to, "tools") && !isIn(path, "tools", "tests") ? "tools are for developers" : undefined,
  (path, { to }) => {
    if (isIn(path, "shared") && !isIn(to, "shared") && to !== "npm:zod") return "shared imports shared and zod only";
  },
  (path, { to }) => isIn(path, "shared/sync") && isIn(to, "shared/check") ? "sync never sees check" : undefined,
  (path, { to }) => {
    if (!isIn(path, "shared/check") || !isIn(to, "shared/sync")) return;
    if (!CHECK_SEES.includes(to)) return "check takes only the op and its stamp from sync";
  },
  (path, { to }) => {
    if (!isIn(path, "shared/rules") || isIn(to, "shared/rules") || !isIn(to, "shared")) return;
    if (!RULES_SEE.includes(to)) return "rules see only facts";
  },
  (path, { to }) => isIn(path, "web/console") && isIn(to, "web/register") ? "console never sees register" : undefined,
  (path, { to }) => isIn(path, "web/register") && isIn(to, "web/console") ? "register never sees console" : undefined,
  (path, { to }) => {
    if (isIn(path, "web/lib") && isIn(to, "web/console", "web/register")) return "lib is under both apps";
  },
  (path, { to }) => {
    if (isIn(path, "web/ui") && !isIn(to, "web/ui") && !PREACT.includes(to)) return "ui imports nothing but preact";
  },
  (path, { to }) => {
    const [from, other] = [partOf(path), partOf(to)];
    if (from !== other && isApart(from) && isApart(other)) return "they meet in shared, types too";
  },
  (path, { to, kind }) => isIn(path, "server") && isIn(to, "server") ? serverArticle(path, to, kind) : undefined,
];

/**
 * Only the wiring makes and calls its siblings; the others may name their types, for what they are handed. A store sees the database;
 * probes see each other, as they build on one another, and so do the parts of HTTPS and of multicast DNS, the channels of notices,
 * and the routes, which the app puts together.
 */
function serverArticle(path: string, to: string, kind: Import["kind"]): string | undefined {
  if (WIRING.includes(path)) return;
  if (kind === "type" && !isIn(path, "server/store", "server/probe")) return;
  if (isIn(to, "server/http") && (path === "server/app.ts" || isIn(path, "server/http"))) return;
  if (isIn(path, "server/store") && (to === "server/store/db.ts" || isIn(to, "server/store/migrations"))) return;
  if (isIn(path, "server/probe") && isIn(to, "server/probe")) return;
  if (isIn(path, "server/mdns") && isIn(to, "server/mdns")) return;
  if (isIn(path, "server/tls") && isIn(to, "server/tls")) return;
  if (isIn(path, "server/notify") && isIn(to, "server/notify")) return;
  return "siblings do not import siblings";
}

/** Everything in the graph that breaks the law, a sentence each. */
export function violations(graph: readonly Module[]): string[] {
  return [...graph.flatMap(importViolations), ...graph.flatMap(textViolations), ...cycles(graph)];
}

function importViolations({ path, imports }: Module): string[] {
  return imports.flatMap((imported) =>
    ARTICLES.flatMap((article) => {
      if (isProof(path) && isOwnBusiness(path, imported)) return [];
      const why = article(path, imported);
      return why === undefined ? [] : [`${path} imports ${imported.to}: ${why}`];
    })
  );
}

/** A unit test may import packages, helpers for tests, and all of its own part. */
function isOwnBusiness(path: string, { to }: Import): boolean {
  return /^(npm|node):/.test(to) || isIn(to, "tests", "tools") || partOf(to) === partOf(path);
}

function textViolations({ path, text }: Module): string[] {
  if (isProof(path)) return [];
  const found: string[] = [];
  const lines = text.trimEnd().split("\n").length;
  if (lines > LINES_MAX) found.push(`${path} has ${lines} lines: more than ${LINES_MAX}, so it is two nouns`);
  if (/^export (?:type )?(?:\*|\{[^}]*\}) (?:as \w+ )?from\b|^export \* as/m.test(text)) {
    found.push(`${path} is a barrel`);
  }
  const isDefault = /^export default\b|^export \{[^}]*\bas default\b/m.test(text);
  if (isDefault && !DEFAULT_EXPORT_ALLOWED.includes(path)) found.push(`${path} has a default export`);
  return found;
}

/** Each cycle once, as the path that leads back, whether of values or of types. */
function cycles(graph: readonly Module[]): string[] {
  const modules = new Map(graph.map((module) => [module.path, module]));
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (path: string, trail: readonly string[]) => {
    const start = trail.indexOf(path);
    if (start >= 0) found.push(`cycle: ${[...trail.slice(start), path].join(" → ")}`);
    if (start >= 0 || done.has(path)) return;
    for (const { to } of modules.get(path)?.imports ?? []) visit(to, [...trail, path]);
    done.add(path);
  };
  for (const path of modules.keys()) visit(path, []);
  return found;
}

function isIn(path: string, ...folders: readonly string[]): boolean {
  return folders.some((folder) => path.startsWith(`${folder}/`));
}

function partOf(path: string): string | undefined {
  return PARTS.find((part) => isIn(path, part));
}

function isApart(part: string | undefined): boolean {
  return part !== undefined && APART.includes(part);
}
