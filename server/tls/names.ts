/**
 * What the hub's certificate speaks for: a name that never changes, this machine to itself, and the hub's addresses on the shop's network.
 * The authority is bound to private names and ranges, and to the addresses the hub had when it was made, so that a stolen key cannot
 * stand in for a bank.
 */
import { isIP } from "node:net";
import type { Range } from "./name_constraints.ts";

/** The names that a hub claims by multicast DNS, best first: a neighbour's hub may have the first ones. */
export const HUB_NAMES = ["counterpart.local", "counterpart-2.local", "counterpart-3.local"] as const;
export const PERMITTED_NAMES = ["local", "localhost"] as const; // with everything under them
const OWN = [...HUB_NAMES, "localhost", "127.0.0.1", "::1"];
const ADDRESSES_MAX = 16; // in one certificate; a machine with more runs containers, and its own come first

/** RFC 1918, carrier-grade (Tailscale), link-local, loopback, and their IPv6 kin. */
const PRIVATE_RANGES: readonly Range[] = [
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

/** What an authority made now may vouch for: some shops give out public addresses, and the hub's own is then permitted by itself. */
export function rangesFor(addresses: readonly string[]): Range[] {
  const own = addresses.filter((address) => isIP(address) !== 0).slice(0, ADDRESSES_MAX);
  return [...PRIVATE_RANGES, ...own.map((address): Range => [address, isIP(address) === 6 ? 128 : 32])];
}

/** Everything the certificate is to name. One name that is not permitted has the whole certificate refused, so those are left out. */
export function namesFor(addresses: readonly string[], permits: (address: string) => boolean): string[] {
  return [...new Set([...OWN, ...addresses.filter(permits).slice(0, ADDRESSES_MAX)])];
}
