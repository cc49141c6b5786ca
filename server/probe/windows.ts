/** Windows, whose commands print in the language of the system: rows are known by the shape of their columns alone. */
import { normalizeMac } from "../../shared/heartbeat.ts";
import { readHopPing } from "./hop.ts";
import type { Link, Neighbour, Platform, Route } from "./platform.ts";

export const WINDOWS: Platform = {
  defaultRoutes: [
    { command: "route", args: ["print", "-4"], parse: parseRoutePrint },
    { command: "netstat", args: ["-rn"], parse: parseRoutePrint },
  ],
  neighbours: [{ command: "arp", args: ["-a"], parse: parseArp }],
  ping: {
    command: "ping",
    args: (address) => ["-n", "1", "-w", "1000", address], // -n is the count, -w in milliseconds
    silentExit: 1,
  },
  links: [{ command: "netsh", args: ["wlan", "show", "interfaces"], parse: parseWlan }],
  secondHop: [{
    command: "ping",
    args: (address) => ["-n", "1", "-w", "1000", "-i", "2", address], // -i is the number of routers
    parse: (stdout, target) => readHopPing(stdout, target, ANY_IPV4),
  }],
};

const IPV4 = String.raw`\d{1,3}(?:\.\d{1,3}){3}`;
// Destination, mask, gateway ("On-link" and its translations may be several words), own address, metric. A persistent route has no
// own address and so is another shape: it is listed once more above when it is in force.
const DEFAULT_ROW = new RegExp(String.raw`^\s*0\.0\.0\.0\s+0\.0\.0\.0\s+(\S.*?)\s+(${IPV4})\s+(\d+)\s*$`);
const ANY_ROW = new RegExp(String.raw`^\s*${IPV4}\s+${IPV4}\s+\S.*?\s+${IPV4}\s+\d+\s*$`);
const ANY_IPV4 = new RegExp(IPV4);
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const ARP_ROW = new RegExp(String.raw`^\s*(${IPV4})\s+([0-9a-f]{2}(?:-[0-9a-f]{2}){5})\s+\S`, "i");

export function parseRoutePrint(stdout: string): Route[] | undefined {
  const rows = lines(stdout);
  if (!rows.some((row) => ANY_ROW.test(row))) return undefined; // not even loopback: not a routing table
  return rows.flatMap((row): Route[] => {
    const [, gateway, device, metric] = DEFAULT_ROW.exec(row) ?? [];
    if (!gateway || !device) return [];
    return [{ gateway: isIpv4(gateway) ? gateway : undefined, device, metric: Number(metric) }];
  });
}

/** The table does not say whether an entry still answers, and leaves out what is being asked. */
export function parseArp(stdout: string): Neighbour[] {
  return lines(stdout).flatMap((row): Neighbour[] => {
    const [, address, hardware] = ARP_ROW.exec(row) ?? [];
    if (!address || !hardware) return [];
    const mac = normalizeMac(hardware);
    const group = (parseInt(mac.slice(0, 2), 16) & 1) === 1; // multicast or broadcast: no machine
    return group ? [] : [{ address, mac, state: "remembered" }];
  });
}

/**
 * The radios, which Windows lists apart: each a few rows of `word : value`, the interface's name two rows before its GUID. Whether one is
 * joined is said in words of the system's language, but one that is not has no address either.
 */
export function parseWlan(stdout: string): Link[] | undefined {
  const values = lines(stdout).map((row) => /^\s+\S.*?\s+: (.*)$/.exec(row)?.[1]?.trim() ?? "");
  const links = values.flatMap((value, i): Link[] => {
    const name = values[i - 2];
    return GUID.test(value) && name ? [{ name, medium: "wireless" }] : [];
  });
  return links.length > 0 ? links : undefined;
}

function isIpv4(text: string): boolean {
  return new RegExp(`^${IPV4}$`).test(text);
}

function lines(text: string): string[] {
  return text.split(/\r?\n/);
}
