/**
 * The specification and the tests hold each other: every numbered rule is cited by a test, every citation names a rule.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { isProof, sourceFiles } from "../tools/source_files.ts";
import { disagreements, rulesIn } from "./support/spec_rules.ts";

const SPEC = "shared/SPEC.md";
// These hold made-up ids, to test the reading of ids.
const EXAMPLES = ["tests/spec_test.ts", "tests/run_test.ts"];

Deno.test("every rule of SPEC.md is cited by a test, and every citation names one", () => {
  const spec = readFileSync(SPEC, "utf8");
  const paths = sourceFiles(".").filter((path) => isProof(path) && !EXAMPLES.includes(path));
  const tests = new Map(paths.map((path) => [path, readFileSync(path, "utf8")]));
  assert.ok(rulesIn(spec).length > 0, `${SPEC} has no numbered rule`);
  assert.deepEqual(disagreements(spec, tests), []);
});

Deno.test("a rule without a test, a citation without a rule and a number given twice are each found", () => {
  const spec =
    "# Sync\n- **SYN1** ops are kept\n  * **SYN2** in order\n1. **RUL3** once\n- **SYN1** again\nNot one: **SYN9**";
  const tests = new Map([["a_test.ts", 'Deno.test("[SYN1] a"); test(`[SYN2, RUL8] b`); const list = ids[SYN7];']]);
  assert.deepEqual(disagreements(spec, tests), [
    "SYN1 is in the specification twice",
    "a_test.ts cites RUL8, which the specification does not have",
    "RUL3 is cited by no test",
  ]);
});

Deno.test("several rules may be cited by one name", () => {
  const spec = "- **SYN1** a\n- **SYN2** b\n- **SYN3** c";
  assert.deepEqual(disagreements(spec, new Map([["a_test.ts", 'test("[SYN1][SYN2] [SYN3] all")']])), []);
});
