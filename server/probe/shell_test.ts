import assert from "node:assert/strict";
import { runCommand } from "./shell.ts";

const DENO = Deno.execPath(); // the one command that is there on every machine
const script = (code: string) => ["eval", code];

Deno.test("a command's output is handed back", async () => {
  assert.deepEqual(
    await runCommand(DENO, script("console.log('grüß ' + 'x'.repeat(70_000))"), { ms: 20_000, bytes: 80_000 }),
    {
      ok: true,
      stdout: `grüß ${"x".repeat(70_000)}\n`,
    },
  );
});

Deno.test("a command that is not there is named", async () => {
  const result = await runCommand("no-such-command-here", []);
  assert.deepEqual(result, {
    ok: false,
    why: "missing",
    reason: "no-such-command-here is not installed on this hub",
  });
});

Deno.test("a command that ends badly tells its code", async () => {
  const result = await runCommand(DENO, script("Deno.exit(7)"), { ms: 20_000, bytes: 100 });
  assert.ok(!result.ok && result.why === "exit");
  assert.equal(result.exitCode, 7);
});

Deno.test("a command that hangs is ended", async () => {
  const result = await runCommand(DENO, script("setInterval(() => {}, 1000)"), { ms: 50, bytes: 100 });
  assert.ok(!result.ok);
  assert.equal(result.why, "too-slow");
});

Deno.test("a command that never stops printing is ended", async () => {
  const result = await runCommand(DENO, script("while (true) console.log('x'.repeat(1000))"), {
    ms: 20_000,
    bytes: 5_000,
  });
  assert.ok(!result.ok);
  assert.equal(result.why, "too-long");
});

Deno.test("without leave to run it the command is named", { permissions: { run: false } }, async () => {
  const result = await runCommand("ip", ["-j", "route"]);
  assert.deepEqual(result, { ok: false, why: "not-allowed", reason: "this hub was started without leave to run ip" });
});
