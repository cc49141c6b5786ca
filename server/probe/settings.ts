/**
 * What the probes ask on the internet and how long each may take. Everything has a default; a venue behind a strict firewall, or a lab,
 * names others with `--probe-targets '{"internet":["10.9.0.1:443"]}'`, or nobody with `--probe-targets off`: then what is behind the router is
 * not known.
 */
import { z } from "zod";

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

/** In milliseconds. The longest path through a round is asking for the route, the router's ports and its ping, one after another. */
export const LIMITS_MS = {
  knock: 300, // the own network; a router that is merely busy loses a knock, and the round that follows clears it
  internet: 1_000, // a satellite line answers in 700 ms
  dns: 900,
  system: 900, // the system's own resolver
  portal: 1_100, // a name to find and a page to fetch
  peers: 300, // on the own network
  ssdp: 700, // a router that waits longer is asked again after NAT_EVERY_MS
  soap: 350, // a page of a machine on the own network; two of them follow the search
  portMapping: 500,
  time: 1_000,
  dhcp: 5_000, // by hand only; a server may first look for three seconds whether an address is free
} as const;

export const NAT_EVERY_MS = 5 * 60_000; // how the router is set up changes seldom, and multicast wakes every device

export const DEFAULT_TARGETS: ProbeTargets = {
  internet: [{ address: "1.1.1.1", port: 443 }, { address: "9.9.9.9", port: 443 }],
  dns: { address: "9.9.9.9", port: 53 },
  dnsName: "example.com",
  portal: "http://connectivitycheck.gstatic.com/generate_204",
  time: { address: "162.159.200.1", port: 123 }, // time.cloudflare.com, by address so that no name has to be found
};

const INTERNET_MAX = 4; // each is one connection every few seconds
const HOST = String.raw`\d{1,3}(?:\.\d{1,3}){3}`;
const Endpoint = z.string().regex(new RegExp(`^${HOST}:\\d{1,5}$`), "wants an address and a port, as in 10.9.0.1:443")
  .transform((text): Target => ({ address: text.split(":")[0]!, port: Number(text.split(":")[1]) }))
  .refine(({ port }) => port > 0 && port <= 65_535, "has no such port");

const Given = z.strictObject({
  internet: z.array(Endpoint).min(1).max(INTERNET_MAX).optional(),
  dns: Endpoint.optional(),
  dnsName: z.string().regex(/^[a-z\d-]{1,63}(\.[a-z\d-]{1,63}){0,7}$/i, "wants a host name").optional(),
  portal: z.url({ protocol: /^http$/ }).optional(),
  time: Endpoint.optional(),
});

/** The defaults (no flag), nobody ("off"), or the defaults with what `--probe-targets` gives in their place, or what is wrong with it. */
export function readTargets(json: string | undefined): ProbeTargets | { readonly wrong: string } {
  if (json === undefined) return DEFAULT_TARGETS;
  if (json === "off") return { internet: [] };
  let given: unknown;
  try {
    given = JSON.parse(json);
  } catch {
    return { wrong: "--probe-targets wants “off” or JSON" };
  }
  const read = Given.safeParse(given);
  if (read.success) return { ...DEFAULT_TARGETS, ...read.data };
  const [issue] = read.error.issues;
  return { wrong: `--probe-targets: ${issue?.path.join(".") || "it"} ${issue?.message ?? "is not understood"}` };
}
