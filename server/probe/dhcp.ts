/**
 * Who hands out addresses on this network? Two servers mean that somebody plugged in a second router. Asked by hand only: answers come to
 * UDP port 68, which needs rights that the hub usually lacks, and each server holds an address back for a moment.
 */
import { LIMITS_MS } from "./settings.ts";
import type { Gather } from "./udp.ts";

const SERVER_PORT = 67;
const CLIENT_PORT = 68;
const EVERYBODY = "255.255.255.255";
const HEADER_BYTES = 240; // up to and with the cookie
const COOKIE = 0x6382_5363;
const BROADCAST_FLAG = 0x80; // answer to everybody: we take no address
const DISCOVER_BYTES = 300; // shorter ones are dropped on the way by relays and old servers
// A made-up address of its own kind; always the same, so that asking again has a server hold back no second address.
const NOBODYS_MAC = [0x02, 0xc0, 0x75, 0x6e, 0x74, 0x72];
const [MESSAGE, SERVER_ID, ROUTER, NAME_SERVER, END] = [53, 54, 3, 6, 255];
const [DISCOVER, OFFER] = [1, 2];

export interface DhcpOffer {
  readonly server: string;
  readonly router?: string;
  readonly nameServer?: string;
}

export type DhcpServers =
  | { readonly kind: "known"; readonly offers: readonly DhcpOffer[] } // one for each server
  | { readonly kind: "unknown"; readonly why: string };

/** Asks everybody and listens for the whole time, because the second answer is the one that matters. `id` is any 32 bits. */
export async function findDhcpServers(gather: Gather, id: number): Promise<DhcpServers> {
  const asked = await gather({
    address: EVERYBODY,
    port: SERVER_PORT,
    bytes: discover(id),
    ms: LIMITS_MS.dhcp,
    enough: () => false,
    from: { port: CLIENT_PORT, broadcast: true },
  });
  if (asked.kind === "unknown") return asked;
  const offers = asked.packets.flatMap(({ bytes }) => readOffer(bytes, id) ?? []);
  return { kind: "known", offers: [...Map.groupBy(offers, ({ server }) => server).values()].map(([first]) => first!) };
}

/** A DISCOVER of a machine that does not exist. */
export function discover(id: number): Uint8Array {
  const bytes = new Uint8Array(DISCOVER_BYTES);
  const view = new DataView(bytes.buffer);
  bytes.set([1, 1, 6, 0]); // a request, over Ethernet, six bytes of address
  view.setUint32(4, id);
  bytes[10] = BROADCAST_FLAG;
  bytes.set(NOBODYS_MAC, 28);
  view.setUint32(HEADER_BYTES - 4, COOKIE);
  bytes.set([MESSAGE, 1, DISCOVER, END], HEADER_BYTES);
  return bytes;
}

/** Undefined when this is no offer to `id`, or is cut off. */
export function readOffer(bytes: Uint8Array, id: number): DhcpOffer | undefined {
  if (bytes.length <= HEADER_BYTES || bytes[0] !== 2) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(4) !== id || view.getUint32(HEADER_BYTES - 4) !== COOKIE) return undefined;
  const options = optionsIn(bytes.subarray(HEADER_BYTES));
  const server = addressOf(options.get(SERVER_ID));
  if (options.get(MESSAGE)?.[0] !== OFFER || server === undefined) return undefined;
  return { server, router: addressOf(options.get(ROUTER)), nameServer: addressOf(options.get(NAME_SERVER)) };
}

function optionsIn(bytes: Uint8Array): Map<number, Uint8Array> {
  const options = new Map<number, Uint8Array>();
  for (let at = 0; at < bytes.length && bytes[at] !== END;) {
    if (bytes[at] === 0) {
      at += 1; // padding
      continue;
    }
    const length = bytes[at + 1] ?? 0;
    options.set(bytes[at]!, bytes.subarray(at + 2, at + 2 + length));
    at += 2 + length;
  }
  return options;
}

function addressOf(value: Uint8Array | undefined): string | undefined {
  return value !== undefined && value.length >= 4 ? value.subarray(0, 4).join(".") : undefined;
}
