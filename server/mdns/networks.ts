/** The hub's networks on which multicast DNS is of use. */
import { isLinkLocal, isLoopback, parseAddress } from "../../shared/rules/address.ts";
import type { Own } from "./mdns.ts";

const LOOPBACK_PREFIX = 8;

/** Every IPv4 network of this machine; of a hub that listens on `host` only, the one with that address. */
export function ownNetworks(host: string | undefined, interfaces: readonly Own[]): Own[] {
  const usable = interfaces.filter(({ address }) => {
    const parsed = parseAddress(address);
    return parsed?.family === 4 && !isLinkLocal(parsed);
  });
  if (host === undefined) return usable;
  const only = parseAddress(host);
  if (only?.family === 4 && isLoopback(only)) return [{ address: host, prefixLength: LOOPBACK_PREFIX }];
  return usable.filter(({ address }) => address === host);
}
