/**
 * Starts the hub with the least permissions that its flags need: it may write its data folder and nothing else, and run the few
 * commands that its probes use on this system. A folder given by `--data` is only known here, which is why this file exists.
 */
import { parseArgs } from "node:util";

const COMMANDS: Partial<Record<typeof Deno.build.os, readonly string[]>> = {
  linux: ["ip", "ping", "traceroute"],
  darwin: ["route", "netstat", "arp", "ping", "ifconfig", "traceroute"],
  windows: ["route", "netstat", "arp", "ping", "netsh"],
};

const { values: flags } = parseArgs({
  args: Deno.args,
  options: {
    host: { type: "string" },
    port: { type: "string" },
    "https-port": { type: "string" },
    data: { type: "string" },
    "probe-targets": { type: "string" },
    mdns: { type: "string" },
    help: { type: "boolean" },
  },
});
if (flags.help) {
  console.log(
    "deno task start [--host 0.0.0.0] [--port 8787] [--https-port 8788|off] [--data ./data] [--mdns on|off] " +
      "[--probe-targets JSON|off]",
  );
  Deno.exit(0);
}
const data = flags.data ?? "./data";

const hub = new Deno.Command(Deno.execPath(), {
  args: [
    "run",
    "--quiet",
    "--no-prompt",
    // A small computer beside the till: memory before speed. A shop's load never needs the compiler that takes most of it.
    "--v8-flags=--optimize-for-size,--max-semi-space-size=1,--no-turbofan",
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
