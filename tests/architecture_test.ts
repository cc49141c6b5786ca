/**
 * The import law holds in this tree, and each of its articles bites: a small made-up graph that breaks it is refused.
 */
import assert from "node:assert/strict";
import { LINES_MAX, violations } from "./support/import_law.ts";
import { type Import, type Module, moduleGraph } from "./support/module_graph.ts";

const MODULES_MIN = 20; // fewer means that the graph was not read, and an empty graph breaks no law

function module(path: string, imports: readonly (string | Import)[] = [], text = ""): Module {
  const full = imports.map((to) => typeof to === "string" ? { to, kind: "value" as const } : to);
  return { path, imports: full, text };
}

function type(to: string): Import {
  return { to, kind: "type" };
}

/** What the law must refuse: one import each. */
const REFUSED: readonly (readonly [from: string, to: string | Import, why: RegExp])[] = [
  ["shared/money.ts", "node:fs", /shared and zod only/],
  ["shared/money.ts", "npm:preact", /shared and zod only/],
  ["shared/money.ts", type("server/hub.ts"), /shared and zod only/],
  ["shared/sync/log.ts", type("shared/check/op.ts"), /sync never sees check/],
  ["shared/check/op.ts", "shared/sync/log.ts", /only the op and its stamp/],
  ["shared/check/op.ts", type("shared/sync/vector.ts"), /only the op and its stamp/],
  ["shared/rules/live.ts", "shared/sync/log.ts", /only facts/],
  ["shared/rules/live.ts", type("shared/check/fold.ts"), /only facts/],
  ["shared/rules/live.ts", "shared/api.ts", /only facts/],
  ["server/relay.ts", "server/presence.ts", /siblings/],
  ["server/presence.ts", "server/hub.ts", /siblings/],
  ["server/feed.ts", "server/store/samples.ts", /siblings/],
  ["server/app.ts", "server/hub.ts", /siblings/],
  ["server/socket.ts", "server/presence.ts", /siblings/],
  ["server/http/guard.ts", "server/auth.ts", /siblings/],
  ["server/feed.ts", "server/http/guard.ts", /siblings/],
  ["server/store/ops.ts", "server/store/samples.ts", /siblings/],
  ["server/store/ops.ts", type("server/presence.ts"), /siblings/],
  ["server/probe/router.ts", "server/store/db.ts", /siblings/],
  ["server/tls/certificate.ts", "server/store/db.ts", /siblings/],
  ["server/notify/webhook.ts", "server/store/db.ts", /siblings/],
  ["server/notices.ts", "server/notify/send.ts", /siblings/],
  ["web/console/main.tsx", "web/register/main.tsx", /console never sees register/],
  ["web/register/main.tsx", type("web/console/main.tsx"), /register never sees console/],
  ["web/lib/http.ts", "web/register/main.tsx", /under both apps/],
  ["web/ui/button.tsx", "npm:chart.js", /nothing but preact/],
  ["web/ui/button.tsx", "web/lib/http.ts", /nothing but preact/],
  ["web/ui/button.tsx", "shared/money.ts", /nothing but preact/],
  ["server/app.ts", "web/build.ts", /meet in shared/],
  ["web/lib/http.ts", type("server/app.ts"), /meet in shared/],
  ["agent/demo.ts", type("server/hub.ts"), /meet in shared/],
  ["agent/demo.ts", "web/lib/http.ts", /meet in shared/],
  ["agent/demo_test.ts", "server/main.ts", /meet in shared/],
  ["shared/money_test.ts", type("server/hub.ts"), /shared and zod only/],
  ["server/app.ts", "tests/support/skip.ts", /source does not import tests/],
  ["server/app.ts", "server/socket_test.ts", /source does not import tests/],
  ["shared/sync/log.ts", "shared/sync/log_contract.ts", /source does not import tests/],
  ["server/app.ts", "tools/check.ts", /for developers/],
  ["server/app.ts", "missing:./nothing.ts", /not there/],
];

const ALLOWED: readonly (readonly [from: string, to: string | Import])[] = [
  ["shared/api.ts", "npm:zod"],
  ["shared/api.ts", "shared/heartbeat.ts"],
  ["shared/check/op.ts", type("shared/sync/hlc.ts")],
  ["shared/rules/live.ts", "shared/rules/facts.ts"],
  ["shared/rules/facts.ts", type("shared/heartbeat.ts")],
  ["shared/money_test.ts", "npm:fast-check"],
  ["shared/money_test.ts", "node:assert/strict"],
  ["shared/sync/log_contract.ts", "node:assert/strict"],
  ["server/store/ops_test.ts", "shared/sync/log_contract.ts"],
  ["server/hub.ts", "server/presence.ts"],
  ["server/main.ts", "server/hub.ts"],
  ["server/app.ts", type("server/hub.ts")],
  ["server/app.ts", "server/http/guard.ts"],
  ["server/http/parse.ts", "server/http/refusal.ts"],
  ["server/socket.ts", type("server/presence.ts")],
  ["shared/check/fold.ts", "shared/sync/op.ts"],
  ["server/app.ts", "npm:hono"],
  ["server/relay.ts", "shared/ids.ts"],
  ["server/relay_test.ts", "server/presence.ts"],
  ["server/store/ops.ts", "server/store/db.ts"],
  ["server/probe/router.ts", "server/probe/linux.ts"],
  ["server/tls/certificate.ts", "server/tls/pair.ts"],
  ["server/notify/webhook.ts", "server/notify/post.ts"],
  ["web/console/main.tsx", "web/ui/button.tsx"],
  ["web/ui/button.tsx", "npm:@preact/signals"],
  ["web/ui/button.tsx", "web/ui/icon.tsx"],
  ["tests/e2e_test.ts", "server/main.ts"],
];

Deno.test("this tree keeps the import law", async () => {
  const graph = await moduleGraph(Deno.cwd());
  assert.ok(graph.length >= MODULES_MIN, `only ${graph.length} modules were found`);
  assert.ok(graph.some((module) => module.imports.length > 0), "no module imports anything");
  assert.deepEqual(violations(graph), []);
});

for (const [from, to, why] of REFUSED) {
  const imported = typeof to === "string" ? to : `the types of ${to.to}`;
  Deno.test(`the law refuses ${from} importing ${imported}`, () => {
    const found = violations([module(from, [to])]);
    assert.equal(found.length > 0, true);
    assert.match(found.join("\n"), why);
  });
}

Deno.test("the law lets through what the design draws", () => {
  for (const [from, to] of ALLOWED) assert.deepEqual(violations([module(from, [to])]), []);
});

Deno.test("the law refuses a cycle, of types too, and names it once", () => {
  const graph = [
    module("shared/a.ts", ["shared/b.ts"]),
    module("shared/b.ts", [type("shared/c.ts")]),
    module("shared/c.ts", ["shared/a.ts"]),
  ];
  assert.deepEqual(violations(graph), ["cycle: shared/a.ts → shared/b.ts → shared/c.ts → shared/a.ts"]);
});

Deno.test("the law refuses barrels and default exports", () => {
  const barrels = [`export * from "./b.ts";`, `export { b } from "./b.ts";`, `export type { B } from "./b.ts";`];
  for (const text of barrels) assert.match(violations([module("shared/a.ts", [], text)]).join(), /barrel/);
  for (const text of ["export default 1;", "const a = 1;\nexport { a as default };"]) {
    assert.match(violations([module("shared/a.ts", [], text)]).join(), /default export/);
  }
  assert.deepEqual(violations([module("shared/a.ts", [], "export const from = 1;\nexport { from };")]), []);
});

Deno.test("the law refuses a file that is too long, unless it is a test", () => {
  const long = "\n".repeat(LINES_MAX) + "x";
  assert.match(violations([module("web/lib/a.ts", [], long)]).join(), /more than 300/);
  assert.deepEqual(violations([module("web/lib/a_test.ts", [], long)]), []);
});
