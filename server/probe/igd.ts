/**
 * What the router says of its own address on the internet, over UPnP: found by multicast, asked by SOAP. Only a machine that speaks
 * for itself is asked, so a stranger cannot send the hub anywhere else. Behind a second NAT some routers answer without an address, and
 * that they do is what we want to know; nothing here is ever a failure.
 */
import type { NatFact } from "../../shared/rules/network.ts";
import { fetchPage } from "./http.ts";
import type { Fetch } from "./portal.ts";
import type { Target } from "./settings.ts";
import type { Gather } from "./udp.ts";

const SSDP: Target = { address: "239.255.255.250", port: 1900 };
const SEARCHED = "urn:schemas-upnp-org:device:InternetGatewayDevice:1"; // version 2 answers to it too
const TEXT_MAX = 64; // characters of a stranger's word that are kept

type Igd = NatFact["igd"];

export interface IgdDeps {
  readonly gather: Gather;
  readonly fetch: Fetch;
  readonly limits: { readonly ssdp: number; readonly soap: number };
  readonly by?: string; // the own address to ask from
  readonly ssdp?: Target; // tests have their own
}

export async function askIgd(gateway: string, deps: IgdDeps): Promise<Igd> {
  const location = await findIgd(gateway, deps);
  if (typeof location !== "string") return location;
  const description = await fetchPage(deps.fetch, location, deps.limits.soap);
  if (!description.ok) return { how: `The router's UPnP description was not read: ${description.why}` };
  const service = serviceIn(description.text, location);
  if (service === undefined) return { how: "The router's UPnP description names no way to the internet" };
  const [address, status] = await Promise.all([
    call(service, "GetExternalIPAddress", deps),
    call(service, "GetStatusInfo", deps),
  ]);
  if (address === undefined) return { how: "The router's UPnP did not answer" };
  const externalAddress = valueOf(address, "NewExternalIPAddress");
  const fault = valueOf(address, "errorCode");
  const read: Omit<Igd, "how"> = {
    externalAddress,
    status: status && valueOf(status, "NewConnectionStatus"),
    fault: fault === undefined || !/^\d+$/.test(fault) ? undefined : Number(fault),
  };
  return { ...read, how: inWords(read) };
}

function inWords({ externalAddress, status, fault }: Omit<Igd, "how">): string {
  if (externalAddress) return `The router says by UPnP that its address outside is ${externalAddress}`;
  if (externalAddress === "") {
    return `The router says by UPnP that it has no address outside${status ? `, and is ${status}` : ""}`;
  }
  return fault === undefined
    ? "The router's UPnP printed something this hub cannot read"
    : `The router's UPnP refuses with code ${fault}`;
}

/** Where the router describes itself, or why that is not known. */
async function findIgd(gateway: string, { gather, limits, by, ssdp = SSDP }: IgdDeps): Promise<string | Igd> {
  const search = [
    "M-SEARCH * HTTP/1.1",
    `HOST: ${ssdp.address}:${ssdp.port}`,
    'MAN: "ssdp:discover"',
    "MX: 1",
    `ST: ${SEARCHED}`,
    "",
    "",
  ].join("\r\n");
  const ownOf = ({ bytes, from }: { bytes: Uint8Array; from: string }) =>
    from === gateway ? locationIn(bytes, from) : undefined;
  const asked = await gather({
    ...ssdp,
    bytes: new TextEncoder().encode(search),
    ms: limits.ssdp,
    enough: (packet) => ownOf(packet) !== undefined,
    from: { multicastBy: by },
  });
  if (asked.kind === "unknown") return { how: `UPnP was not asked: ${asked.why}` };
  return asked.packets.map(ownOf).find((each) => each !== undefined) ?? { how: "The router does not answer UPnP" };
}

/** The LOCATION of an answer, if it is a page of the machine that sent it. */
export function locationIn(bytes: Uint8Array, from: string): string | undefined {
  const text = new TextDecoder().decode(bytes);
  const location = /^location:\s*(\S+)\s*$/im.exec(text)?.[1];
  return location !== undefined && hostOf(location) === from ? location : undefined;
}

interface Service {
  readonly type: string;
  readonly url: string;
}

/** The service of a description that knows the address outside, on the same machine as the description. */
export function serviceIn(xml: string, location: string): Service | undefined {
  for (const [, block = ""] of xml.matchAll(/<service>([\s\S]*?)<\/service>/gi)) {
    const type = valueOf(block, "serviceType");
    const path = valueOf(block, "controlURL", location.length + TEXT_MAX * 4);
    if (!type || !path || !/^urn:schemas-upnp-org:service:WAN(IP|PPP)Connection:\d$/.test(type)) continue;
    const url = URL.parse(path, location)?.href;
    if (url !== undefined && hostOf(url) === hostOf(location)) return { type, url };
  }
  return undefined;
}

async function call({ type, url }: Service, action: string, { fetch, limits }: IgdDeps): Promise<string | undefined> {
  const body = `<?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" ` +
    `s:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"><s:Body><u:${action} xmlns:u="${type}"/></s:Body></s:Envelope>`;
  const headers = { "content-type": 'text/xml; charset="utf-8"', soapaction: `"${type}#${action}"` };
  const page = await fetchPage(fetch, url, limits.soap, { method: "POST", headers, body });
  return page.ok ? page.text : undefined;
}

/** The text of an element; "" when it is there and empty, undefined when it is not or is too long. */
function valueOf(xml: string, element: string, max = TEXT_MAX): string | undefined {
  const match = new RegExp(`<(?:\\w+:)?${element}(?:\\s[^>]*)?(?:/>|>([^<]*)<)`, "i").exec(xml);
  const value = match ? (match[1] ?? "").trim() : undefined;
  return value !== undefined && value.length <= max ? value : undefined;
}

function hostOf(url: string): string | undefined {
  const parsed = URL.parse(url);
  return parsed?.protocol === "http:" ? parsed.hostname : undefined;
}
