/** The command line of the agent itself, with leave for its hub, its folder and a few commands that read, and for nothing else. */
import { COMMANDS, type System } from "./measure.ts";

export interface CommandPlan {
  readonly deno: string;
  readonly script: string;
  readonly system: System;
  readonly hub: string | undefined; // its origin; undefined: no network at all
  readonly data: string;
  readonly alsoWrites?: string; // a folder for the service file
  readonly ca: string | undefined;
  readonly args: readonly string[]; // of the agent
}

export function commandOf({ deno, script, system, hub, data, alsoWrites, ca, args }: CommandPlan): string[] {
  const writes = alsoWrites === undefined ? [data] : [data, alsoWrites];
  return [
    deno,
    "run",
    "--quiet",
    "--no-prompt",
    ...(ca === undefined ? [] : ["--cert", ca]),
    ...(hub === undefined ? [] : [`--allow-net=${hostOf(hub)}`]),
    `--allow-read=${listed([data])}`,
    `--allow-write=${listed(writes)}`,
    `--allow-run=${COMMANDS[system].join(",")}`,
    "--allow-sys=networkInterfaces,osRelease,hostname",
    script,
    ...args,
  ];
}

/** Deno lists paths with commas; a comma in a path is written twice. */
function listed(paths: readonly string[]): string {
  return paths.map((path) => path.replaceAll(",", ",,")).join(",");
}

function hostOf(origin: string): string {
  const { hostname, port, protocol } = new URL(origin);
  return `${hostname}:${port || (protocol === "https:" ? 443 : 80)}`;
}
