/**
 * What the hub's certificate speaks for: a name that never changes, this machine to itself, and the hub's addresses on the shop's network.
 * The authority is bound to private names and ranges, so that a stolen key cannot stand in for a bank: an address outside them
 * is left out, as a certificate with one name too many is refused whole.
 */
import { BlockList, isIP } from "node:net";

export const HUB_NAME = "counterpart.local";
export const PERMITTED_NAMES = ["local", "localhost"] as const; // with everything under them
const OWN = [HUB_NAME, "localhost", "127.0.0.1", "::1"];
const ADDRESSES_MAX = 16; // in one certificate; a machine with more runs containers, and its own come first

/** Base address, bits of the mask: RFC 1918, loopback, link-local, carrier-grade (Tailscale), and their IPv6 kin. */
export const PERMITTED_RANGES: readonly (readonly [base: string, bits: number])[] = [
  ["10.0.0.0", 8],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
  ["100.64.0.0", 10],
  ["169.254.0.0", 16],
  ["127.0.0.0", 8],
  ["fc00::", 7],
  ["fe80::", 10],
  ["::1", 128],
];

const permitted = new BlockList();
for (const [base, bits] of PERMITTED_RANGES) permitted.addSubnet(base, bits, isIP(base) === 6 ? "ipv6" : "ipv4");

/** Everything the certificate is to name, for a hub that is reached at these addresses. */
export function namesFor(addresses: readonly string[]): string[] {
  const private_ = addresses.filter(isPermitted).slice(0, ADDRESSES_MAX);
  return [...new Set([...OWN, ...private_])];
}

/** May the authority vouch for this address? */
export function isPermitted(address: string): boolean {
  const family = isIP(address);
  return family !== 0 && permitted.check(address, family === 6 ? "ipv6" : "ipv4");
}
