import assert from "node:assert/strict";
import { readFlags } from "./flags.ts";
import { commandOf } from "./permissions.ts";

const plan = { deno: "deno", script: "run.ts", system: "linux", data: "/d,e", ca: undefined, args: [] } as const;

Deno.test("[AGT10] leave for the hub, the folder and commands that read; without a hub no network at all", () => {
  const command = commandOf({ ...plan, hub: "http://192.168.1.10:8787" });
  assert.deepEqual(command.filter((each) => each.startsWith("--allow")), [
    "--allow-net=192.168.1.10:8787",
    "--allow-read=/d,,e",
    "--allow-write=/d,,e",
    "--allow-run=iw,nmcli,ip,hostnamectl,upower",
    "--allow-sys=networkInterfaces,osRelease,hostname",
  ]);
  assert.ok(commandOf({ ...plan, hub: "https://hub.local" }).includes("--allow-net=hub.local:443"));
  assert.ok(!commandOf({ ...plan, hub: undefined }).some((each) => each.startsWith("--allow-net")));
});

Deno.test("[AGT10] flags that make no sense are refused by name", () => {
  const wrong = (...args: string[]) => {
    const flags = readFlags(args);
    return "wrong" in flags ? flags.wrong : undefined;
  };
  assert.match(wrong() ?? "", /^--hub is missing/);
  assert.match(wrong("--hub", "ftp://x") ?? "", /^--hub wants .*“ftp:\/\/x”/);
  assert.match(wrong("--hub", "http://x", "--name", " ") ?? "", /^--name/);
  assert.match(wrong("--once", "--install") ?? "", /^--once and --install/);
  assert.match(wrong("--fast") ?? "", /--fast/);
  assert.equal(wrong("--once", "--json"), undefined);
  const flags = readFlags(["--hub", "http://x:8787/register#code=1", "--name", " Bar "]);
  assert.deepEqual("wrong" in flags ? flags : [flags.hub, flags.name], ["http://x:8787", "Bar"]);
});
