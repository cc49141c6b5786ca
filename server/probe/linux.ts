/** Linux, by `ip -j`, which needs no leave to read `/proc`. */
import { readHopPing, readHopTrace } from "./hop.ts";
import type { Link, Neighbour, Platform, Route } from "./platform.ts";

// How the kernel and systemd name links by what they are: wlan0, wlp2s0; eth0, enp3s0.
const WIRELESS = /^(wl|ath\d|ra\d)/;
const WIRED = /^(eth|en)/;
const IPUTILS = /bytes of data/; // busybox prints "data bytes" and does not tell who answered

export const LINUX: Platform = {
  defaultRoutes: [{ command: "ip", args: ["-j", "-4", "route", "show", "default"], parse: parseRoutes }],
  neighbours: [{ command: "ip", args: ["-j", "neigh"], parse: parseNeighbours }],
  ping: {
    command: "ping",
    args: (address) => ["-n", "-c", "1", "-W", "1", address], // -W in seconds
    silentExit: 1,
  },
  links: [{ command: "ip", args: ["-j", "link"], parse: parseLinks }],
  secondHop: [
    {
      command: "ping",
      args: (address) => ["-n", "-c", "1", "-W", "1", "-t", "2", address], // -t is the number of routers
      parse: (stdout, target) => readHopPing(stdout, target, IPUTILS),
    },
    {
      command: "traceroute",
      args: (address) => ["-n", "-f", "2", "-m", "2", "-q", "1", "-w", "1", address],
      parse: readHopTrace,
    },
  ],
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

export function parseLinks(stdout: string): Link[] | undefined {
  return parseRows(stdout)?.flatMap(({ ifname, flags, link_type }): Link[] => {
    if (typeof ifname !== "string" || !Array.isArray(flags) || link_type !== "ether" || flags.includes("NOARP")) {
      return [];
    }
    const carrier = flags.includes("LOWER_UP")
      ? true
      : flags.includes("NO-CARRIER") || !flags.includes("UP")
      ? false
      : undefined;
    const medium = WIRELESS.test(ifname) ? "wireless" : WIRED.test(ifname) ? "wired" : undefined;
    return [{ name: ifname, carrier, medium }];
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
