/**
 * The agent as people start it, against a real hub: on a computer whose `iw` is a stand-in that prints as the real one does. What it
 * may do, keeps, says, and how it ends.
 */
import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RegisterView } from "../shared/api.ts";
import { descendants } from "./support/child_processes.ts";
import { eventually } from "./support/eventually.ts";
import { Manager } from "./support/hub_client.ts";
import { startHub } from "./support/hub_process.ts";
import { unless } from "./support/skip.ts";

const NOT_LINUX = Deno.build.os === "linux" ? undefined : "the stand-in for iw is for Linux";
const IW = `#!/bin/sh
case "$*" in
  dev) printf 'phy#0\\n\\tInterface lo\\n\\t\\ttype managed\\n' ;;
  "dev lo link") printf 'Connected to a4:2b:b0:01:02:03 (on lo)\\n\\tSSID: Shop\\n\\tfreq: 5220\\n\\tsignal: -58 dBm\\n' ;;
  "dev lo survey dump") printf 'Survey data from lo\\n\\tfrequency:\\t5220 MHz [in use]\\n\\tnoise:\\t-94 dBm\\n' ;;
  *) exit 1 ;;
esac
`;

interface Agent {
  output(): string;
  stop(): Promise<void>;
  ended(): Promise<number>;
}

/** `deno task agent`, with the stand-in found first. */
function startAgent(folder: string, ...args: string[]): Agent {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["task", "agent", ...args],
    env: {
      NO_COLOR: "1",
      PATH: `${folder}:${Deno.env.get("PATH")}`,
      HOME: folder,
      XDG_CONFIG_HOME: "",
      XDG_STATE_HOME: "",
    },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>)
      .pipeTo(new WritableStream({ write: (chunk) => void (text += chunk) })).catch(() => {});
  }
  return {
    output: () => text,
    ended: async () => (await child.status).code,
    async stop() {
      for (const { pid, command } of await descendants(child.pid)) {
        if (command.includes("agent/start.ts")) Deno.kill(pid, "SIGTERM");
      }
      await child.status;
    },
  };
}

async function withComputer(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "counterpart-till-"));
  try {
    writeFileSync(join(folder, "iw"), IW);
    chmodSync(join(folder, "iw"), 0o755);
    await test(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

Deno.test(
  unless(
    NOT_LINUX,
    "[AGT1, AGT7, AGT8, AGT11] a till enrols once, reports its radio, outlives the hub, and ends when un-enrolled",
    () =>
      withComputer(async (folder) => {
        const hubData = mkdtempSync(join(tmpdir(), "counterpart-hub-"));
        let hub = await startHub({ data: hubData });
        let agent: Agent | undefined;
        try {
          const manager = await Manager.setUp(hub);
          const { code } = await manager.offer();
          const told = ["--hub", hub.url, "--code", code, "--name", "Window"];
          const register = async () => (await manager.view()).registers[0];
          const reports = (view?: RegisterView) => view?.signalDbm === -58 && view.state === "ok";

          agent = startAgent(folder, ...told);
          const first = await eventually(register, reports);
          assert.ok(reports(first), agent.output());
          const { ssid, bssid, band, channel, noiseDbm } = first!.network!;
          assert.deepEqual([first!.name, ssid, bssid, band, channel, noiseDbm], [
            "Window",
            "Shop",
            "a4:2b:b0:01:02:03",
            "5GHz",
            44,
            -94,
          ]);
          const data = join(folder, ".local/state/counterpart-agent");
          const file = join(data, "register.json");
          assert.deepEqual([statSync(data).mode & 0o777, statSync(file).mode & 0o777], [0o700, 0o600]);
          assert.ok(!agent.output().includes(JSON.parse(readFileSync(file, "utf8")).token), "the token is not shown");

          const heard = (await register())!.lastHeard!;
          await hub.stop();
          hub = await startHub({ data: hubData, port: hub.port });
          const back = await eventually(register, (view) => view!.lastHeard! > heard);
          assert.ok(back!.lastHeard! > heard, agent.output());

          await agent.stop();
          chmodSync(file, 0o644);
          agent = startAgent(folder, ...told); // the same command again: the code is used up, and needed no more
          await eventually(() => Promise.resolve(agent!.output()), (text) => text.includes("Reporting to"));
          assert.match(agent.output(), /Reporting to/);
          assert.equal((await manager.view()).registers.length, 1);
          assert.equal(statSync(file).mode & 0o777, 0o600, "what was open to others is closed");

          const gone = await fetch(`${hub.url}/api/registers/${back!.id}?force=true`, {
            method: "DELETE",
            headers: { cookie: manager.cookie },
          });
          assert.equal(gone.status, 204);
          assert.equal(await agent.ended(), 3);
          assert.match(agent.output(), /does not know this computer any more.*“Add a register”/s);
        } finally {
          await agent?.stop();
          await hub.stop();
          rmSync(hubData, { recursive: true, force: true });
        }
      }),
  ),
);

Deno.test(
  unless(
    NOT_LINUX,
    "[AGT5, AGT10] --once --json needs no hub, and prints what was measured and what was not",
    () =>
      withComputer(async (folder) => {
        const { code, stdout } = await new Deno.Command(Deno.execPath(), {
          args: ["task", "--quiet", "agent", "--once", "--json"],
          env: { NO_COLOR: "1", PATH: `${folder}:${Deno.env.get("PATH")}`, HOME: folder },
        }).output();
        assert.equal(code, 0);
        const { network, notes, device } = JSON.parse(new TextDecoder().decode(stdout));
        assert.deepEqual([network.rssiDbm, network.ssid], [-58, "Shop"]);
        assert.ok(Array.isArray(notes));
        assert.match(device.os, /\w/);
        assert.ok(!existsSync(join(folder, ".local")), "nothing is written");
      }),
  ),
);

Deno.test(
  unless(
    NOT_LINUX,
    "[AGT9] --install writes a file, prints the one command, and enables nothing",
    () =>
      withComputer(async (folder) => {
        await using hub = await startHub();
        const { code } = await (await Manager.setUp(hub)).offer();
        const agent = startAgent(folder, "--hub", hub.url, "--code", code, "--install");
        assert.equal(await agent.ended(), 0, agent.output());
        const unit = readFileSync(join(folder, ".config/systemd/user/counterpart-agent.service"), "utf8");
        assert.match(unit, new RegExp(`"--allow-net=127\\.0\\.0\\.1:${hub.port}"`));
        assert.ok(
          !unit.includes(code) && !unit.includes(
            JSON.parse(
              readFileSync(join(folder, ".local/state/counterpart-agent/register.json"), "utf8"),
            ).token,
          ),
          "no secret stands in it",
        );
        assert.match(agent.output(), /systemctl --user enable --now counterpart-agent\.service/);
      }),
  ),
);
