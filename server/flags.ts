/** What the hub is told on its command line. */
import { parseArgs } from "node:util";

const DEFAULT_PORT = 8787;
const PORT_MAX = 65_535;
export const USAGE =
  "deno task start [--host 0.0.0.0] [--port 8787] [--https-port 8788|off] [--data ./data] [--mdns on|off] " +
  "[--probe-targets JSON|off]";

export interface Flags {
  readonly host: string;
  readonly port: number;
  readonly httpsPort: number | undefined; // undefined: off
  readonly data: string;
  readonly probeTargets: string | undefined; // what to ask on the internet; undefined: as usual
  readonly mdns: "on" | "off";
}

/** The flags, or what is wrong with them. */
export function readFlags(args: string[]): Flags | { readonly wrong: string } {
  let values;
  try {
    values = parseArgs({
      args,
      options: {
        host: { type: "string", default: "0.0.0.0" },
        port: { type: "string", default: String(DEFAULT_PORT) },
        "https-port": { type: "string" },
        data: { type: "string", default: "./data" },
        mdns: { type: "string", default: "on" },
        "probe-targets": { type: "string" },
      },
    }).values;
  } catch (thrown) {
    return { wrong: thrown instanceof Error ? thrown.message : String(thrown) };
  }
  const { host, data, mdns, port: http, "https-port": https, "probe-targets": probeTargets } = values;
  if (mdns !== "on" && mdns !== "off") return { wrong: `--mdns wants “on” or “off”, not “${mdns}”` };
  const port = portOf(http);
  if (port === undefined) return { wrong: `--port wants a number from 0 to ${PORT_MAX}, not “${http}”` };
  if (https === undefined) return { host, port, data, mdns, probeTargets, httpsPort: beside(port) };
  if (https === "off") return { host, port, data, mdns, probeTargets, httpsPort: undefined };
  const httpsPort = portOf(https);
  if (httpsPort === undefined) {
    return { wrong: `--https-port wants “off” or a number from 0 to ${PORT_MAX}, not “${https}”` };
  }
  return { host, port, data, mdns, probeTargets, httpsPort };
}

/** HTTPS is next to plain http unless it is told otherwise; where http takes any free port, so does HTTPS. */
function beside(port: number): number | undefined {
  return port === 0 ? 0 : port === PORT_MAX ? undefined : port + 1;
}

function portOf(text: string): number | undefined {
  const port = Number(text);
  return text.trim() !== "" && Number.isInteger(port) && port >= 0 && port <= PORT_MAX ? port : undefined;
}
