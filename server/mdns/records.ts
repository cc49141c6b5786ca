/**
 * What the hub says of itself by multicast DNS, as records, and how the announcement of another one is read. Whatever comes from the
 * network is text of bounded length without control characters, or it is not there.
 */

export const SERVICE = "_counterpart._tcp.local";
const SERVICES = "_services._dns-sd._udp.local"; // what browsers for all kinds of services ask for
const LONG_TTL_S = 4_500; // RFC 6762, section 10: records that do not name a host
const HOST_TTL_S = 120; // and those that do
const FLUSH = true; // this record replaces what was known before; shared ones (PTR) do not
const TXT_MAX = 255; // bytes of one entry
const VENUE_MAX = 60; // characters, as the API allows
const ID = /^[\w-]{1,40}$/;
const VERSION = /^[\w.+-]{1,40}$/;

/** What this hub tells. */
export interface Announced {
  readonly venue: string; // empty: not set up yet
  readonly hubId: string; // of its data
  readonly boot: string; // of this process: a copy of the data tells the same hub id
  readonly version: string;
  readonly http: number; // port
  readonly https: number | undefined; // undefined: off
}

/** A record as the library takes it and gives it. */
export interface DnsRecord {
  readonly name: string;
  readonly type: string;
  readonly ttl?: number;
  readonly flush?: boolean;
  readonly data?: unknown;
}

/** Everything that is said at once, to any question: service, place, text, address, and that there is no other kind of address. */
export function recordsOf(told: Announced, host: string, address: string): DnsRecord[] {
  const instance = instanceOf(told.boot);
  return [
    { name: SERVICES, type: "PTR", ttl: LONG_TTL_S, data: SERVICE },
    { name: SERVICE, type: "PTR", ttl: LONG_TTL_S, data: instance },
    { name: instance, type: "SRV", ttl: HOST_TTL_S, flush: FLUSH, data: { port: told.http, target: host } },
    { name: instance, type: "TXT", ttl: LONG_TTL_S, flush: FLUSH, data: textOf(told) },
    addressRecord(host, address),
    { name: host, type: "NSEC", ttl: HOST_TTL_S, flush: FLUSH, data: { nextDomain: host, rrtypes: ["A"] } },
  ];
}

export function addressRecord(host: string, address: string): DnsRecord {
  return { name: host, type: "A", ttl: HOST_TTL_S, flush: FLUSH, data: address };
}

export function instanceOf(boot: string): string {
  return `counterpart-${boot}.${SERVICE}`;
}

/** Is a question of this name one that we answer? */
export function isOurs(name: string, told: Announced, host: string): boolean {
  const asked = name.toLowerCase();
  return asked === SERVICE || asked === SERVICES || asked === host || asked === instanceOf(told.boot).toLowerCase();
}

/** What the text record of a hub tells, as far as it can be believed to be one; undefined otherwise. */
export function readAnnounced(record: DnsRecord): (Announced & { readonly ended: boolean }) | undefined {
  if (record.type !== "TXT" || !record.name.toLowerCase().endsWith(`.${SERVICE}`)) return undefined;
  const entries = entriesOf(record.data);
  const [hubId, boot, http] = [entries.get("id"), entries.get("boot"), portOf(entries.get("http"))];
  if (hubId === undefined || !ID.test(hubId) || boot === undefined || !ID.test(boot) || http === undefined) {
    return undefined;
  }
  const version = entries.get("version") ?? "";
  return {
    hubId,
    boot,
    http,
    https: portOf(entries.get("https")),
    version: VERSION.test(version) ? version : "",
    venue: plainText(entries.get("venue") ?? "", VENUE_MAX),
    ended: record.ttl === 0,
  };
}

/** Text from outside as it may be shown: no control, no invisible character that turns the reading direction, no more than `max`. */
export function plainText(text: string, max: number): string {
  return [...text.replace(/\p{C}/gu, " ").replace(/\s+/g, " ").trim()].slice(0, max).join("");
}

function textOf({ venue, hubId, boot, version, http, https }: Announced): string[] {
  const ports = https === undefined ? [`http=${http}`] : [`http=${http}`, `https=${https}`];
  return [
    "txtvers=1",
    `venue=${plainText(venue, VENUE_MAX)}`,
    `id=${hubId}`,
    `boot=${boot}`,
    `version=${version}`,
    ...ports,
  ]
    .filter((entry) => new TextEncoder().encode(entry).length <= TXT_MAX);
}

/** Keys are without case, and the first of two alike counts (RFC 6763, section 6.4). */
function entriesOf(data: unknown): Map<string, string> {
  const entries = new Map<string, string>();
  for (const each of Array.isArray(data) ? data : [data]) {
    if (!(each instanceof Uint8Array) && typeof each !== "string") continue;
    const text = typeof each === "string" ? each : new TextDecoder().decode(each);
    const at = text.indexOf("=");
    if (at < 1) continue;
    const key = text.slice(0, at).toLowerCase();
    if (!entries.has(key)) entries.set(key, text.slice(at + 1));
  }
  return entries;
}

function portOf(text: string | undefined): number | undefined {
  const port = Number(text);
  return text !== undefined && /^\d{1,5}$/.test(text) && port > 0 && port <= 65_535 ? port : undefined;
}
