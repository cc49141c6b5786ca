/**
 * The helper that starts a hub, tried on a stand-in that prints and answers as the hub does: so that a test which measures or kills
 * "the hub" has the hub, and not the task around it.
 */
import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startHub } from "./support/hub_process.ts";
import { unless } from "./support/skip.ts";

const NO_SIGNALS = Deno.build.os === "windows" ? "Windows has no signals" : undefined;
const TASK = "deno eval 0 && deno run --allow-net --allow-write server/start.ts";
const STAND_IN = `
  const flag = (name) => Deno.args[Deno.args.indexOf(name) + 1];
  Deno.addSignalListener("SIGTERM", () => { Deno.writeTextFileSync(flag("--data") + "/closed", ""); Deno.exit(0); });
  Deno.serve({ port: Number(flag("--port")), hostname: "127.0.0.1", onListen: () => {
    console.log("  Setup code: AB12CD");
    console.log("  Open http://127.0.0.1:" + flag("--port"));
  } }, (request) => new Response(String(new URL(request.url).pathname === "/healthz" ? Deno.pid : "")));
`;

async function withTree(start: string, test: (root: string) => Promise<void>): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), "counterpart-stand-in-"));
  try {
    writeFileSync(join(root, "deno.json"), JSON.stringify({ tasks: { start: TASK } }));
    mkdirSync(join(root, "server"));
    mkdirSync(join(root, "data"));
    writeFileSync(join(root, "server/start.ts"), start);
    await test(root);
  } finally {
    rmSync(root, { recursive: true });
  }
}

Deno.test(
  unless(
    NO_SIGNALS,
    "a started hub is known by its own pid, and stopped as by Ctrl-C",
    () =>
      withTree(STAND_IN, async (root) => {
        const data = join(root, "data");
        const hub = await startHub({ root, data });
        assert.equal(await (await fetch(`${hub.url}/healthz`)).text(), String(hub.pid));
        assert.equal(hub.setupCode, "AB12CD");
        assert.ok(await hub.rssKb() > 1_000);
        await hub.stop();
        assert.ok(existsSync(join(data, "closed")));
        await assert.rejects(fetch(`${hub.url}/healthz`));
      }),
  ),
);

Deno.test(
  unless(NO_SIGNALS, "a killed hub closes nothing, and its data stays", () =>
    withTree(STAND_IN, async (root) => {
      const data = join(root, "data");
      const hub = await startHub({ root, data });
      await hub.kill9();
      await hub.kill9(); // twice is once
      assert.equal(existsSync(join(data, "closed")), false);
      assert.ok(existsSync(data));
      await assert.rejects(fetch(`${hub.url}/healthz`));
    })),
);

Deno.test(
  unless(
    NO_SIGNALS,
    "a hub that ends at once is told with what it said",
    () =>
      withTree(`console.error("The port is taken"); Deno.exit(3);`, async (root) => {
        await assert.rejects(startHub({ root }), /ended with code 3[\s\S]*The port is taken/);
      }),
  ),
);
