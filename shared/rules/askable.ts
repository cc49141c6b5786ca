/**
 * Which address to ask whether a register that went quiet is still there. Only one of its own in the hub's network: what comes through a
 * proxy, another router or this machine says nothing of the register.
 */
import { inSubnet, isLinkLocal, isLoopback, parseAddress, plainAddress, sameAddress } from "./address.ts";
import type { Facts, RegisterFacts } from "./facts.ts";
import { liveness } from "./liveness.ts";

const HOST_BITS_MIN = 2; // a link of two machines is no shop's network

/** The address to ask; undefined when it is heard, or no answer could be told apart from another machine's. */
export function addressToAsk(register: RegisterFacts, facts: Facts): string | undefined {
  const state = liveness(register, facts);
  if (state !== "late" && state !== "silent") return undefined;
  const source = parseAddress(register.sourceAddress ?? "");
  if (source?.family !== 4 || isLoopback(source) || isLinkLocal(source)) return undefined;
  const claimed = parseAddress(register.network?.address ?? "");
  if (claimed?.family === 4 && !sameAddress(claimed, source)) return undefined; // translated on its way
  const isIts = (address: string | undefined) => {
    const other = parseAddress(address ?? "");
    return other !== undefined && sameAddress(other, source);
  };
  const own = facts.hub.interfaces.some(({ address }) => isIts(address));
  const shared = facts.registers.some((other) => other.id !== register.id && isIts(other.sourceAddress));
  if (own || shared || isIts(facts.router.address)) return undefined;
  const near = facts.hub.interfaces.some(({ address, prefixLength }) => {
    const subnet = parseAddress(address);
    return subnet !== undefined && !isLoopback(subnet) && prefixLength <= 32 - HOST_BITS_MIN &&
      inSubnet(source, subnet, prefixLength);
  });
  return near ? plainAddress(register.sourceAddress ?? "") : undefined;
}
