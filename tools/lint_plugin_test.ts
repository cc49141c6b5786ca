/**
 * Each of our own lint rules refuses what it is for, and nothing like it.
 */
import assert from "node:assert/strict";
import plugin from "./lint_plugin.ts";

/** The ids of the rules that refuse `source` in the file `filename`. */
function refusals(source: string, filename = "/tree/shared/money.ts"): string[] {
  return Deno.lint.runPlugin(plugin, filename, source).map((diagnostic) => diagnostic.id);
}

const IMPURE = [
  "Date.now()",
  `Date["now"]()`,
  "new Date()",
  "Date()",
  "const clock = Date;",
  "const { now } = Date;",
  "read(Date)",
  "globalThis.Date.now()",
  "performance.now()",
  "Temporal.Now.instant()",
  "Math.random()",
  `Math["random"]()`,
  "const { random } = Math;",
  "[1].map(Math.random)",
  "crypto.randomUUID()",
  "const { crypto } = globalThis;",
  "const all = { Date };",
];

const PURE = [
  "new Date(0)",
  "Date.parse(text)",
  "Date.UTC(2020, 1)",
  "value instanceof Date",
  "Math.max(1, 2)",
  "let when: Date;",
  "function at(when: Date): Date { return when; }",
  "const page = { performance: 1 }; page.performance;",
  "Temporal.Instant.from(text)",
];

for (const source of IMPURE) {
  Deno.test(`pure-shared refuses ${source}`, () => {
    assert.ok(refusals(source).includes("counterpart/pure-shared"));
  });
}

Deno.test("pure-shared lets through what asks for no time and no chance", () => {
  for (const source of PURE) assert.deepEqual(refusals(source), [], source);
});

Deno.test("pure-shared binds neither tests nor other folders", () => {
  assert.deepEqual(refusals("Date.now()", "/tree/shared/money_test.ts"), []);
  assert.deepEqual(refusals("Date.now()", "/tree/shared/sync/log_contract.ts"), []);
  assert.deepEqual(refusals("Date.now()", "/tree/server/main.ts"), []);
  assert.deepEqual(refusals("Date.now()", "C:\\tree\\shared\\money.ts"), ["counterpart/pure-shared"]);
});

Deno.test("no-default-export refuses a default export, except in the plugin that needs one", () => {
  assert.deepEqual(refusals("export default 1;"), ["counterpart/no-default-export"]);
  assert.deepEqual(refusals("export default 1;", "/tree/tools/lint_plugin.ts"), []);
  assert.deepEqual(refusals("export const a = 1;"), []);
});

Deno.test("no-barrel refuses to pass on another file's names", () => {
  assert.deepEqual(refusals(`export * from "./ids.ts";`), ["counterpart/no-barrel"]);
  assert.deepEqual(refusals(`export { id } from "./ids.ts";`), ["counterpart/no-barrel"]);
  assert.deepEqual(refusals(`export type { Id } from "./ids.ts";`), ["counterpart/no-barrel"]);
  assert.deepEqual(refusals("const a = 1; export { a };"), []);
});
