/**
 * Starts the hub with the least permissions that its flags need: it may write its data folder and nothing else, and run the few
 * commands that its probes use on this system. A folder given by `--data` is only known here, which is why this file exists.
 */
import { readFlags, USAGE } from "./flags.ts";

const COMMANDS: Partial<Record<typeof Deno.build.os, readonly string[]>> = {
  linux: ["ip", "ping", "traceroute"],
  darwin: ["route", "netstat", "arp", "ping", "ifconfig", "traceroute"],
  windows: ["route", "netstat", "arp", "ping", "netsh"],
};

if (Deno.args.includes("--help")) {
  console.log(USAGE);
  Deno.exit(0);
}
const flags = readFlags(Deno.args);
if ("wrong" in flags) {
  console.error(`${flags.wrong}\n${USAGE}`);
  Deno.exit(2);
}
const { data } = flags;

const hub = new Deno.Command(Deno.execPath(), {
  args: [
    "run",
    "--quiet",
    "--no-prompt",
    // A small computer beside the till: memory before speed. A shop's load never needs the compiler that takes most of it.
    "--v8-flags=--lite-mode,--max-semi-space-size=1",
    "--allow-net",
    `--allow-read=${data},web/dist`,
    `--allow-write=${data}`,
    `--allow-run=${(COMMANDS[Deno.build.os] ?? []).join(",")}`,
    "--allow-sys=networkInterfaces,statfs",
    "server/main.ts",
    ...Deno.args,
  ],
  stdin: "null",
}).spawn();

for (const signal of Deno.build.os === "windows" ? ["SIGINT" as const] : ["SIGINT" as const, "SIGTERM" as const]) {
  Deno.addSignalListener(signal, () => {
    try {
      hub.kill("SIGTERM");
    } catch {
      // It has ended already.
    }
  });
}
Deno.exit((await hub.status).code);
