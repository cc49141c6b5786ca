/**
 * Starts the agent with leave for its hub, its own folder and a few commands that read, and for nothing else. Hub and folder are only
 * known here, which is why this file exists.
 */
import { dataFolder } from "./credentials.ts";
import { readFlags, USAGE } from "./flags.ts";
import type { System } from "./measure.ts";
import { commandOf } from "./permissions.ts";
import { serviceFolder } from "./service.ts";

if (Deno.args.includes("--help")) {
  console.log(USAGE);
  Deno.exit(0);
}
const flags = readFlags(Deno.args);
if ("wrong" in flags) fail(flags.wrong);
const os = Deno.build.os;
const system: System = os === "darwin" || os === "windows" ? os : "linux"; // others are asked as Linux is
const env = (name: string) => Deno.env.get(name);
const data = flags.data ?? dataFolder(system, env);
if (data === undefined) fail("Nothing here says where your own folder is: choose one with --data");
const services = flags.does === "install" ? serviceFolder(system, data, env) : undefined;
if (flags.does === "install" && services === undefined) {
  fail("Nothing here says where your own services are: HOME is not set");
}

const script = new URL("run.ts", import.meta.url).pathname.replace(/^\/([A-Z]:)/i, "$1");
const [deno = "", ...args] = commandOf({
  deno: Deno.execPath(),
  script: decodeURIComponent(script),
  system,
  hub: flags.hub,
  data,
  alsoWrites: services,
  ca: flags.ca,
  args: [...Deno.args, "--data", data, ...(services === undefined ? [] : ["--services", services])],
});
const agent = new Deno.Command(deno, { args, stdin: "null" }).spawn();
for (const signal of os === "windows" ? ["SIGINT" as const] : ["SIGINT" as const, "SIGTERM" as const]) {
  Deno.addSignalListener(signal, () => {
    try {
      agent.kill("SIGTERM");
    } catch {
      // It has ended already.
    }
  });
}
Deno.exit((await agent.status).code);

function fail(words: string): never {
  console.error(words);
  Deno.exit(2);
}
