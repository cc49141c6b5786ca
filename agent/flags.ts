/** What the agent is told on its command line. */
import { parseArgs } from "node:util";
import { VERSION } from "../shared/version.ts";

export const USAGE =
  `deno task agent --hub http://ADDRESS:8787 --code CODE [--name NAME]   enrols this computer, then reports
deno task agent --hub http://ADDRESS:8787                             reports
deno task agent --once [--json]                                       measures once, prints it, needs no hub
deno task agent --hub http://ADDRESS:8787 --install                   writes a service file, and says how to enable it
Further: --data FOLDER (where its token is kept), --app VERSION (of the selling app here), --ca FILE (of a hub over https)`;

const NAME_MAX = 60; // characters, as the hub allows

export interface Flags {
  readonly does: "report" | "once" | "install";
  readonly hub: string | undefined; // its origin; undefined only with "once"
  readonly code: string | undefined;
  readonly name: string | undefined;
  readonly data: string | undefined; // undefined: the user's own folder
  readonly services: string | undefined; // folder for the service file; start.ts finds it out
  readonly app: string; // version that heartbeats tell
  readonly ca: string | undefined;
  readonly prints: "words" | "json";
}

/** The flags, or what is wrong with them. */
export function readFlags(args: string[]): Flags | { readonly wrong: string } {
  let values;
  try {
    values = parseArgs({
      args,
      options: {
        hub: { type: "string" },
        code: { type: "string" },
        name: { type: "string" },
        data: { type: "string" },
        services: { type: "string" },
        app: { type: "string", default: VERSION },
        ca: { type: "string" },
        once: { type: "boolean", default: false },
        json: { type: "boolean", default: false },
        install: { type: "boolean", default: false },
      },
    }).values;
  } catch (thrown) {
    return { wrong: `${thrown instanceof Error ? thrown.message : thrown}\n\n${USAGE}` };
  }
  const { once, install, json, code, name, data, services, app, ca } = values;
  if (once && install) return { wrong: "--once and --install are two different things: give one" };
  const hub = values.hub === undefined ? undefined : originOf(values.hub);
  if (values.hub !== undefined && hub === undefined) {
    return { wrong: `--hub wants an address such as http://192.168.1.10:8787, not “${values.hub}”` };
  }
  if (hub === undefined && !once) return { wrong: `--hub is missing: the address that the hub prints.\n\n${USAGE}` };
  if (name !== undefined && (name.trim() === "" || name.length > NAME_MAX)) {
    return { wrong: `--name wants 1 to ${NAME_MAX} characters` };
  }
  const does = once ? "once" : install ? "install" : "report";
  return { does, hub, code, name: name?.trim(), data, services, app, ca, prints: json ? "json" : "words" };
}

function originOf(text: string): string | undefined {
  try {
    const { protocol, origin } = new URL(text);
    return protocol === "http:" || protocol === "https:" ? origin : undefined;
  } catch {
    return undefined;
  }
}
