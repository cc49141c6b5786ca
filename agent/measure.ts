/**
 * One look at this computer: its radio, its place on the network, what it is. What could not be had is left out, and said with the name of
 * the command that would have told it.
 */
import { type DeviceInfo, NetworkInfo } from "../shared/heartbeat.ts";
import { parseHostnamectl, parseModel, parsePmset, parseUpower, systemName } from "./device.ts";
import { parseSummary } from "./radio/ipconfig.ts";
import { parseDevices, parseLink, parseNoise, parseStation } from "./radio/iw.ts";
import { NETSH_ARGS, parseNetsh } from "./radio/netsh.ts";
import { NMCLI_ARGS, parseNmcli } from "./radio/nmcli.ts";
import type { Radio, RadioReading } from "./radio/radio.ts";
import { parseProfiler, PROFILER_ARGS } from "./radio/system_profiler.ts";
import { type Listed, parseIpRoute, parseRouteGet, parseRoutePrint, placeOf, type Route } from "./routes.ts";
import type { CommandRunner } from "./shell.ts";

export type System = "linux" | "darwin" | "windows";

/** Every command of each system, for which the agent needs leave. */
export const COMMANDS: Record<System, readonly string[]> = {
  linux: ["iw", "nmcli", "ip", "hostnamectl", "upower"],
  darwin: ["system_profiler", "ipconfig", "route", "sysctl", "pmset"],
  windows: ["netsh", "route"],
};

export interface MeasureDeps {
  readonly system: System;
  readonly run: CommandRunner;
  readonly interfaces: () => readonly Listed[];
  readonly release: () => string; // of the operating system
}

export interface Measured {
  readonly network: NetworkInfo;
  readonly notes: readonly string[]; // what is not known or not measured, and why: a sentence each
}

type Asked = { readonly reading: RadioReading } | { readonly why: string };

export async function measureNetwork(deps: MeasureDeps): Promise<Measured> {
  const notes: string[] = [];
  const radio = radioFrom(await askRadio(deps), notes);
  const place = placeOf(await askRoutes(deps, notes), listed(deps, notes), radio.device);
  const { device: _device, ...rest } = radio;
  return { network: fit({ ...rest, ...place }, notes), notes };
}

/** What kind of computer this is, and its battery. It changes slowly: ask once a minute. */
export async function measureDevice({ system, run, release }: MeasureDeps): Promise<DeviceInfo> {
  const os = systemName(system, release());
  const said = async (command: string, ...args: string[]) => {
    const result = await run(command, args);
    return result.ok ? result.stdout : "";
  };
  switch (system) {
    case "linux": {
      const named = parseHostnamectl(await said("hostnamectl", "--json=short"));
      const battery = await said("upower", "-i", "/org/freedesktop/UPower/devices/DisplayDevice");
      return { model: named.model, os: named.os ?? os, batteryPercent: parseUpower(battery) };
    }
    case "darwin": {
      const model = parseModel(await said("sysctl", "-n", "hw.model"));
      return { model, os, batteryPercent: parsePmset(await said("pmset", "-g", "batt")) };
    }
    case "windows":
      return { model: undefined, os, batteryPercent: undefined };
  }
}

function radioFrom(asked: Asked, notes: string[]): Radio {
  if ("why" in asked) {
    notes.push(`The Wi-Fi signal is not known: ${asked.why}`);
    return {};
  }
  const { reading } = asked;
  if (reading.kind === "unreadable") return {};
  if (reading.kind === "off") {
    notes.push(`There is no Wi-Fi signal: ${reading.why}`);
    return {};
  }
  if (reading.estimated) notes.push(`The Wi-Fi signal is an estimate, ${reading.estimated}`);
  else if (reading.radio.rssiDbm === undefined) {
    notes.push("The Wi-Fi signal is not known: the system does not tell it");
  }
  return reading.radio;
}

async function askRadio(deps: MeasureDeps): Promise<Asked> {
  switch (deps.system) {
    case "linux":
      return await askLinux(deps);
    case "darwin":
      return await askMac(deps);
    case "windows":
      return read(
        "netsh",
        await deps.run("netsh", NETSH_ARGS),
        parseNetsh,
        ". Windows tells it with location switched on",
      );
  }
}

/** By `iw`, which measures; else by NetworkManager, which estimates. */
async function askLinux({ run }: MeasureDeps): Promise<Asked> {
  const listed = await run("iw", ["dev"]);
  if (!listed.ok) {
    const byManager = read("nmcli", await run("nmcli", NMCLI_ARGS), parseNmcli);
    return "why" in byManager ? { why: `${listed.why}, and ${byManager.why}` } : byManager;
  }
  let last: Asked = { reading: { kind: "off", why: "this computer has no Wi-Fi" } };
  for (const device of parseDevices(listed.stdout)) {
    last = read("iw", await run("iw", ["dev", device, "link"]), (stdout) => parseLink(stdout, device));
    if ("why" in last || last.reading.kind !== "on") continue;
    const [stations, survey] = [
      await run("iw", ["dev", device, "station", "dump"]),
      await run("iw", ["dev", device, "survey", "dump"]),
    ];
    const rssiDbm = (stations.ok ? parseStation(stations.stdout) : undefined) ?? last.reading.radio.rssiDbm;
    const noiseDbm = survey.ok ? parseNoise(survey.stdout) : undefined;
    return { reading: { kind: "on", radio: { ...last.reading.radio, rssiDbm, noiseDbm } } };
  }
  return last;
}

/** `wdutil` would tell more, but only to root. */
async function askMac({ run }: MeasureDeps): Promise<Asked> {
  const asked = read("system_profiler", await run("system_profiler", PROFILER_ARGS), parseProfiler);
  if ("why" in asked || asked.reading.kind !== "on") return asked;
  const { radio } = asked.reading;
  if (radio.device === undefined) return asked;
  const summary = await run("ipconfig", ["getsummary", radio.device]);
  const named = summary.ok ? parseSummary(summary.stdout) : {};
  return { reading: { kind: "on", radio: { ...radio, ssid: radio.ssid ?? named.ssid, bssid: named.bssid } } };
}

function read(
  command: string,
  result: Awaited<ReturnType<CommandRunner>>,
  parse: (stdout: string) => RadioReading,
  hint = "",
): Asked {
  if (!result.ok) return { why: result.why + hint };
  const reading = parse(result.stdout);
  return reading.kind === "unreadable"
    ? { why: `${command} printed something that cannot be read${hint}` }
    : { reading };
}

const ROUTES: Record<
  System,
  { command: string; args: readonly string[]; parse: (stdout: string) => Route[] | undefined }
> = {
  linux: { command: "ip", args: ["-j", "-4", "route", "show", "default"], parse: parseIpRoute },
  darwin: { command: "route", args: ["-n", "get", "default"], parse: parseRouteGet },
  windows: { command: "route", args: ["print", "-4"], parse: parseRoutePrint },
};

async function askRoutes({ system, run }: MeasureDeps, notes: string[]): Promise<readonly Route[]> {
  const { command, args, parse } = ROUTES[system];
  const result = await run(command, args);
  const routes = result.ok ? parse(result.stdout) : undefined;
  if (routes === undefined) {
    const why = result.ok ? `${command} printed something that cannot be read` : result.why;
    notes.push(`The router is not known: ${why}`);
  }
  return routes ?? [];
}

function listed({ interfaces }: MeasureDeps, notes: string[]): readonly Listed[] {
  try {
    return interfaces();
  } catch {
    notes.push("The address is not known: the system does not list its interfaces");
    return [];
  }
}

/** The fields that the hub would take; one that it would not must not cost the others. */
function fit(network: NetworkInfo, notes: string[]): NetworkInfo {
  const fitting = Object.entries(network).filter(([key, value]) => {
    const takes = NetworkInfo.shape[key as keyof NetworkInfo].safeParse(value).success;
    if (!takes) notes.push(`“${key}” is left out: its value is out of bounds`);
    return takes && value !== undefined;
  });
  return NetworkInfo.parse(Object.fromEntries(fitting));
}
