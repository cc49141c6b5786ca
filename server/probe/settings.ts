/**
 * Whom the probes ask on the internet, how often, and how long each may take. Everything has a default; a manager sets others on the page,
 * and a venue behind a strict firewall, or a lab, names whom with `--probe-targets '{"internet":["10.9.0.1:443"]}'`, or nobody with
 * `--probe-targets off`: then what is behind the router is not known.
 */
import { ProbeAsked, type ProbeTimes, USUAL_PROBING } from "../../shared/probing_api.ts";

/** A machine and its port. */
export interface Target {
  readonly address: string;
  readonly port: number;
}

export interface ProbeTargets {
  readonly internet: readonly Target[]; // two, of owners that do not share a fault; none: not asked
  readonly dns?: Target; // a public name server
  readonly dnsName?: string; // a name that every name server finds
  readonly portal?: string; // a page over plain http that answers 204
  readonly time?: Target; // a public time server
}

/** All that a round goes by. */
export interface ProbePlan {
  readonly targets: ProbeTargets;
  readonly limits: typeof LIMITS_MS;
  readonly roundEveryMs: number;
  readonly knockEveryMs: number;
}

/** In milliseconds. The longest path through a round is asking for the route, the router's ports and its ping, one after another. */
export const LIMITS_MS = {
  knock: 300, // the own network; a router that is merely busy loses a knock, and the round that follows clears it
  ...overInternet(USUAL_PROBING.waitMs),
  peers: 300, // on the own network
  ssdp: 700, // a router that waits longer is asked again after NAT_EVERY_MS
  soap: 350, // a page of a machine on the own network; two of them follow the search
  portMapping: 500,
  dhcp: 5_000, // by hand only; a server may first look for three seconds whether an address is free
} as const;

export const NAT_EVERY_MS = 5 * 60_000; // how the router is set up changes seldom, and multicast wakes every device

export const DEFAULT_TARGETS: ProbeTargets = targetsOf(USUAL_PROBING);

/** What is set, as a round takes it; `byFlag` comes before it. */
export function planOf(set: ProbeAsked & ProbeTimes = USUAL_PROBING, byFlag?: ProbeTargets): ProbePlan {
  return {
    targets: byFlag ?? targetsOf(set),
    limits: { ...LIMITS_MS, ...overInternet(set.waitMs) },
    roundEveryMs: set.roundSeconds * 1_000,
    knockEveryMs: set.knockSeconds * 1_000,
  };
}

/** Whom `--probe-targets` names: undefined without it, nobody ("off"), the usual ones but for those given, or what is wrong with it. */
export function readTargets(json: string | undefined): ProbeTargets | undefined | { readonly wrong: string } {
  if (json === undefined) return undefined;
  if (json === "off") return { internet: [] };
  let given: unknown;
  try {
    given = JSON.parse(json);
  } catch {
    return { wrong: "--probe-targets wants “off” or JSON" };
  }
  const read = ProbeAsked.partial().safeParse(given);
  if (read.success) return targetsOf({ ...USUAL_PROBING, ...read.data });
  const [issue] = read.error.issues;
  return { wrong: `--probe-targets: ${issue?.path.join(".") || "it"} ${issue?.message ?? "is not understood"}` };
}

function targetsOf({ internet, dns, dnsName, portal, time }: ProbeAsked): ProbeTargets {
  return {
    internet: internet.map(targetOf),
    dns: dns === null ? undefined : targetOf(dns),
    dnsName: dnsName ?? undefined,
    portal: portal ?? undefined,
    time: time === null ? undefined : targetOf(time),
  };
}

function targetOf(text: string): Target {
  const [address = "", port] = text.split(":");
  return { address, port: Number(port) };
}

/** What crosses the line to the provider, where it answers in `waitMs` at the latest: names are found a little sooner, a page later. */
function overInternet(waitMs: number) {
  return {
    internet: waitMs,
    dns: 0.9 * waitMs,
    system: 0.9 * waitMs, // the system's own resolver
    portal: 1.1 * waitMs, // a name to find and a page to fetch
    time: waitMs,
  };
}
