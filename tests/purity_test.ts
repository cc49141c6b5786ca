/**
 * `shared/` reaches no clock, no chance and no I/O: the linter or the type check refuses each way to do it. Each slip is written into a
 * copy of the tree and must be refused there; a clean file beside them must not, or a broken set-up would refuse all and prove nothing.
 */
import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lint } from "../tools/lint.ts";

const SLIPS: Record<string, string> = {
  clock: "Date.now()",
  clock_by_index: `Date["now"]()`,
  clock_as_date: "new Date()",
  clock_as_text: "Date()",
  clock_renamed: "(({ now }) => now())(Date)",
  clock_aside: "globalThis.Date.now()",
  stopwatch: "performance.now()",
  temporal: "Temporal.Now.instant()",
  chance: "Math.random()",
  chance_by_index: `Math["random"]()`,
  chance_by_hand_over: "[1, 2].map(Math.random)",
  uuid: "crypto.randomUUID()",
  timer: "setTimeout(() => {}, 1)",
  interval: "setInterval(() => {}, 1)",
  file: `Deno.readTextFile("x")`,
  environment: "process.env",
  network: `fetch("x")`,
  socket: `new WebSocket("ws://x")`,
  page: "document.title",
  storage: "localStorage.length",
  terminal: "console.log(1)",
};
const CLEAN = "new Date(Date.parse(`1970`)).toISOString() + Math.max(1, 2)";
const TEST =
  `/// <reference lib="deno.ns" />\nimport "node:assert/strict";\nDeno.test("brings in all types", () => {});\n`;
const COPIED = ["deno.json", "deno.lock", "shared", "tools"];

Deno.test("lint or the type check refuses every way out of shared/", async () => {
  const root = mkdtempSync(join(tmpdir(), "counterpart-pure-"));
  try {
    for (const path of COPIED) cpSync(path, join(root, path), { recursive: true });
    mkdirSync(join(root, "web"));
    cpSync("web/deno.json", join(root, "web/deno.json"));
    for (const [name, code] of Object.entries({ ...SLIPS, clean: CLEAN })) {
      writeFileSync(join(root, "shared", `slip_${name}.ts`), `export const slip = () => ${code};\n`);
    }
    writeFileSync(join(root, "shared", "slip_test.ts"), TEST);
    const said = (await lint(root)).output + await typeCheck(root);
    const through = Object.keys(SLIPS).filter((name) => !said.includes(`slip_${name}.ts`));
    assert.deepEqual(through, [], said);
    assert.equal(said.includes("slip_clean.ts"), false, said);
  } finally {
    rmSync(root, { recursive: true });
  }
});

async function typeCheck(root: string): Promise<string> {
  const args = ["run", "-A", "tools/check.ts"];
  const command = new Deno.Command(Deno.execPath(), { args, cwd: root, env: { NO_COLOR: "1" } });
  const { stdout, stderr } = await command.output();
  return new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
}
