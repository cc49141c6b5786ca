/**
 * The tree as a whole: formatted, linted, and with nothing in it that is true on one machine only.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { lint } from "../tools/lint.ts";
import { sourceFiles } from "../tools/source_files.ts";
import { treeViolations } from "./support/tree_law.ts";

const TEXT = /(\.(ts|tsx|js|json|lock|md|css|html|svg|txt|sh|yml|yaml|service|plist|sql)|\.gitignore|\.ci\/run)$/;

Deno.test("no file has a path of one machine or a host of packages", () => {
  const files = sourceFiles(".").filter((path) => TEXT.test(path));
  assert.ok(files.includes("deno.lock") && files.includes(".ci/run"), "the tree was not read");
  assert.deepEqual(files.flatMap((path) => treeViolations(path, readFileSync(path, "utf8"))), []);
});

Deno.test("a path of one machine and a host of packages are each found, with their line", () => {
  const slash = "/"; // so that this file has none of them itself
  for (const folder of ["work", "root", "home/ann", "Users/ann"]) {
    assert.deepEqual(treeViolations("a.md", `fine\n${slash}${folder}${slash}x`), ["a.md:2 has a path of one machine"]);
  }
  assert.deepEqual(treeViolations("a.ts", ["C:", "Users", "ann"].join("\\")), ["a.ts:1 has a path of one machine"]);
  for (const host of [["registry", "example", "org"], ["npm", "mirror", "internal"], ["proxy", "example", "com"]]) {
    assert.deepEqual(treeViolations("a.ts", host.join(".")), ["a.ts:1 names a host of packages"]);
  }
  assert.deepEqual(treeViolations("deno.lock", `"https:${slash}${slash}x"`), ["deno.lock:1 locks a package to a host"]);
  for (const fine of ["the npm registry", "registry.contentType", "GET /api/registers", "/usr/bin/chromium"]) {
    assert.deepEqual(treeViolations("a.ts", fine), []);
  }
});

Deno.test("every file is formatted", async () => {
  const command = new Deno.Command(Deno.execPath(), { args: ["fmt", "--check"], env: { NO_COLOR: "1" } });
  const { success, stdout, stderr } = await command.output();
  assert.ok(success, new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr));
});

Deno.test("the linter finds nothing to say", async () => {
  const { ok, output } = await lint();
  assert.ok(ok, output);
});
