/** Linux, by `ip -j`, which needs no leave to read `/proc`. */
import type { Neighbour, Platform, Route } from "./platform.ts";

export const LINUX: Platform = {
  defaultRoutes: [{ command: "ip", args: ["-j", "-4", "route", "show", "default"], parse: parseRoutes }],
  neighbours: [{ command: "ip", args: ["-j", "neigh"], parse: parseNeighbours }],
  ping: {
    command: "ping",
    args: (address) => ["-n", "-c", "1", "-W", "1", address], // -W in seconds
    silentExit: 1,
  },
};

export function parseRoutes(stdout: string): Route[] | undefined {
  return parseRows(stdout)?.filter(({ dst }) => dst === "default").flatMap((row) => {
    const hops = Array.isArray(row.nexthops) ? row.nexthops.filter(isRow) : [row]; // several gateways under one route
    return hops.flatMap((hop) => toRoute(hop, row));
  });
}

export function parseNeighbours(stdout: string): Neighbour[] | undefined {
  return parseRows(stdout)?.flatMap(({ dst, lladdr, state }): Neighbour[] => {
    if (typeof dst !== "string") return [];
    const states = Array.isArray(state) ? state : [];
    const mac = typeof lladdr === "string" ? lladdr.toLowerCase() : undefined;
    return [{ address: dst, mac, state: stateOf(states, mac) }];
  });
}

function toRoute(hop: Row, { metric }: Row): Route[] {
  if (typeof hop.dev !== "string") return [];
  const down = Array.isArray(hop.flags) && hop.flags.some((flag) => flag === "dead" || flag === "linkdown");
  if (down) return []; // no carrier: nothing goes this way
  const gateway = typeof hop.gateway === "string" ? hop.gateway : undefined;
  return [{ gateway, device: hop.dev, metric: typeof metric === "number" ? metric : 0 }];
}

function stateOf(states: readonly unknown[], mac: string | undefined): Neighbour["state"] {
  if (states.includes("REACHABLE")) return "reachable";
  if (states.includes("FAILED")) return "failed";
  return mac === undefined ? "asking" : "remembered"; // INCOMPLETE, or STALE, DELAY, PROBE, PERMANENT
}

type Row = Record<string, unknown>;

/** The objects of a JSON list. No text at all is an empty list: that is how some versions say "none". */
function parseRows(stdout: string): Row[] | undefined {
  if (stdout.trim() === "") return [];
  try {
    const rows: unknown = JSON.parse(stdout);
    return Array.isArray(rows) ? rows.filter(isRow) : undefined;
  } catch {
    return undefined;
  }
}

function isRow(value: unknown): value is Row {
  return typeof value === "object" && value !== null;
}
