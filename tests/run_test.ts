/**
 * The test command is itself tested: on a small tree it must tell a passing, failing, skipped and unloadable test apart. It closes
 * with the plain line and the exit code that build machines read.
 */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { readJunit } from "./support/junit.ts";

const RUN = import.meta.resolve("./run.ts");
const SKIP = import.meta.resolve("./support/skip.ts");
const PASSING = `Deno.test("[SYN1] adds", () => {});`;
const FAILING = `Deno.test("subtracts", () => { throw new Error("it does not"); });`;
const SKIPPED = `import { unless } from "${SKIP}"; Deno.test(unless("no <till> here", "prints", () => {}));`;
const UNLOADABLE = `Deno.test("never reached", () => {}); throw new Error("cannot load");`;

interface Ended {
  readonly code: number;
  readonly lastLine: string;
  readonly output: string;
}

/** Runs the test command on a tree of these files. */
async function runOn(files: Record<string, string>, args: readonly string[] = []): Promise<Ended> {
  const root = mkdtempSync(join(tmpdir(), "counterpart-run-"));
  try {
    for (const [path, text] of Object.entries({ "deno.json": "{}", ...files })) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    const env = { NO_COLOR: "1", COUNTERPART_CHROMIUM: "none" };
    const command = new Deno.Command(Deno.execPath(), { args: ["run", "-A", RUN, ...args], cwd: root, env });
    const { code, stdout, stderr } = await command.output();
    const output = new TextDecoder().decode(stdout);
    return { code, lastLine: output.trimEnd().split("\n").at(-1)!, output: output + new TextDecoder().decode(stderr) };
  } finally {
    rmSync(root, { recursive: true });
  }
}

Deno.test("a passing tree ends with its count and code 0", async () => {
  const { code, lastLine, output } = await runOn({ "shared/a_test.ts": PASSING, "tests/b_test.ts": PASSING });
  assert.equal(lastLine, "2 passed, 0 failed, 0 skipped", output);
  assert.equal(code, 0);
});

Deno.test("a failing, a skipped and an unloadable file are each told", async () => {
  const { code, lastLine, output } = await runOn({
    "shared/a_test.ts": `${PASSING}${FAILING}`,
    "server/b_test.ts": UNLOADABLE,
    "web/c_test.ts": SKIPPED,
    "tests/d_test.ts": UNLOADABLE,
  });
  assert.equal(lastLine, "1 passed, 3 failed, 1 skipped", output);
  assert.equal(code, 1);
  assert.match(output, /shared\/a_test\.ts: subtracts/);
  assert.match(output, /server\/b_test\.ts: could not be loaded/);
  assert.match(output, /tests\/d_test\.ts: could not be loaded/);
  assert.match(output, /web\/c_test\.ts: prints \(skipped: no <till> here\)/);
});

Deno.test("what runs beside the others is shown whole, and counts", async () => {
  const { code, lastLine, output } = await runOn({ "tests/b_test.ts": PASSING, "tests/lan_a_test.ts": FAILING });
  assert.equal(lastLine, "1 passed, 1 failed, 0 skipped", output);
  assert.equal(code, 1);
  assert.match(output, /running 1 test from \.\/tests\/lan_a_test\.ts\nsubtracts \.\.\. FAILED/);
  assert.match(output, /tests\/lan_a_test\.ts: subtracts/);
});

Deno.test("a tree without a test, or with skipped ones only, has failed", async () => {
  const { code, lastLine, output } = await runOn({ "web/c_test.ts": SKIPPED });
  assert.equal(lastLine, "0 passed, 1 failed, 1 skipped", output);
  assert.equal(code, 1);
  assert.match(output, /no test was run/);
});

Deno.test("a slip that only the type check sees has failed", async () => {
  const { code, lastLine, output } = await runOn({
    "shared/a.ts": `export const a: string = 1;`,
    "shared/a_test.ts": PASSING,
  });
  assert.equal(lastLine, "1 passed, 1 failed, 0 skipped", output);
  assert.equal(code, 1);
});

Deno.test("an import of nothing fails its own file and no other", async () => {
  const { code, lastLine, output } = await runOn({
    "shared/a_test.ts": PASSING,
    "shared/b_test.ts": `import "./nothing_here.ts"; ${PASSING}`,
  });
  assert.equal(lastLine, "1 passed, 2 failed, 0 skipped", output); // the type check is the other
  assert.equal(code, 1);
});

Deno.test("a run that ends with a code which no test explains has failed", async () => {
  const { code, lastLine, output } = await runOn({
    "shared/a_test.ts": `Deno.test.only("alone", () => {}); ${PASSING}`,
  });
  assert.equal(lastLine, "1 passed, 1 failed, 1 skipped", output);
  assert.equal(code, 1);
});

Deno.test("a path and a filter choose the tests", async () => {
  const tree = { "shared/a_test.ts": `${PASSING}${FAILING}`, "server/b_test.ts": FAILING };
  const { code, lastLine, output } = await runOn(tree, ["--filter", "SYN1", "shared"]);
  assert.equal(lastLine, "1 passed, 0 failed, 0 skipped", output);
  assert.equal(code, 0);
});

Deno.test("a filter that matches nothing has failed", async () => {
  const { code, lastLine } = await runOn({ "shared/a_test.ts": PASSING }, ["--filter", "no such test"]);
  assert.equal(lastLine, "0 passed, 1 failed, 0 skipped");
  assert.equal(code, 1);
});

Deno.test("a JUnit case is read with its marks undone, a cancelled one as failed", () => {
  const xml = `<testsuite><testcase name="a &lt;b&gt; &amp; &#39;c&#x27;" classname="./x_test.ts" time="0"></testcase>
    <testcase name="d" classname="./x_test.ts"><error message="Cancelled"/></testcase></testsuite>`;
  assert.deepEqual(readJunit(xml), [
    { file: "./x_test.ts", name: "a <b> & 'c'", result: "passed" },
    { file: "./x_test.ts", name: "d", result: "failed" },
  ]);
});
