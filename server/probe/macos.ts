/** macOS: `netstat -rn` lists every default route, `route -n get default` names the one in use when the first cannot be had. */
import { normalizeMac } from "../../shared/heartbeat.ts";
import { readHopPing, readHopTrace } from "./hop.ts";
import type { Link, Neighbour, Platform, Route } from "./platform.ts";

export const MACOS: Platform = {
  defaultRoutes: [
    { command: "netstat", args: ["-rn", "-f", "inet"], parse: parseNetstat },
    { command: "route", args: ["-n", "get", "default"], parse: parseRouteGet },
  ],
  neighbours: [{ command: "arp", args: ["-an"], parse: parseArp }],
  ping: {
    command: "ping",
    args: (address) => ["-n", "-c", "1", "-W", "1000", "-t", "1", address], // -W in milliseconds, -t in seconds
    silentExit: 2,
  },
  links: [{ command: "ifconfig", args: ["-a"], parse: parseIfconfig }],
  secondHop: [
    {
      command: "ping",
      args: (address) => ["-n", "-c", "1", "-W", "1000", "-t", "1", "-m", "2", address], // -m is the number of routers
      parse: (stdout, target) => readHopPing(stdout, target, /^PING .*data bytes/m),
    },
    {
      command: "traceroute",
      args: (address) => ["-n", "-f", "2", "-m", "2", "-q", "1", "-w", "1", address],
      parse: readHopTrace,
    },
  ],
};

const SCOPED_METRIC = 1; // flag I: used only by what asks for that interface, so after the one without it

/** Lines of `default GATEWAY FLAGS INTERFACE`. A gateway such as `link#18` is an interface, not a machine. */
export function parseNetstat(stdout: string): Route[] | undefined {
  if (!/^\s*Destination\s+Gateway\s/m.test(stdout)) return undefined;
  return lines(stdout).flatMap((line): Route[] => {
    const [destination, gateway, flags, device] = line.trim().split(/\s+/);
    if (destination !== "default" || !gateway || !flags || !device) return [];
    return [{ gateway: ipv4(gateway), device, metric: flags.includes("I") ? SCOPED_METRIC : 0 }];
  });
}

export function parseRouteGet(stdout: string): Route[] | undefined {
  const device = /^\s*interface:\s*(\S+)/m.exec(stdout)?.[1];
  if (!device) return undefined;
  return [{ gateway: ipv4(/^\s*gateway:\s*(\S+)/m.exec(stdout)?.[1]), device, metric: 0 }];
}

/** Lines of `? (192.168.1.1) at a4:2b:b0:1:2:3 on en0`. The table does not say whether an entry still answers. */
export function parseArp(stdout: string): Neighbour[] {
  return lines(stdout).flatMap((line): Neighbour[] => {
    const [, address, hardware] = /\((\d+\.\d+\.\d+\.\d+)\) at (\S+)/.exec(line) ?? [];
    if (!address || !hardware) return [];
    if (hardware === "(incomplete)") return [{ address, state: "asking" }];
    if (!/^[0-9a-f]{1,2}(:[0-9a-f]{1,2}){5}$/i.test(hardware)) return [];
    const mac = normalizeMac(hardware);
    return isGroup(mac) ? [] : [{ address, mac, state: "remembered" }];
  });
}

/**
 * Blocks that begin with `en0: flags=…`. A cable says its speed (`1000baseT`), a radio that is joined says `autoselect` alone. What
 * has no `status` line is no network card.
 */
export function parseIfconfig(stdout: string): Link[] | undefined {
  const blocks = stdout.split(/\r?\n(?=\S)/);
  const links = blocks.flatMap((block): Link[] => {
    const name = /^([a-z]+\d+): flags=/.exec(block)?.[1];
    const status = /^\s+status: (active|inactive)\s*$/m.exec(block)?.[1];
    if (name === undefined || status === undefined) return [];
    const media = /^\s+media: (.*)$/m.exec(block)?.[1]?.trim();
    const medium = media?.includes("base")
      ? "wired"
      : media === "autoselect" && status === "active"
      ? "wireless"
      : undefined;
    return [{ name, carrier: status === "active", medium }];
  });
  return /^lo0: flags=/m.test(stdout) ? links : undefined;
}

/** A multicast or broadcast address: no machine. */
function isGroup(mac: string): boolean {
  return (parseInt(mac.slice(0, 2), 16) & 1) === 1;
}

function ipv4(text: string | undefined): string | undefined {
  return text && /^\d+\.\d+\.\d+\.\d+$/.test(text) ? text : undefined;
}

function lines(text: string): string[] {
  return text.split(/\r?\n/);
}
