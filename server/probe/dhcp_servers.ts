/** The machines that hand out addresses, each with its hardware address: two routers of one make are told apart by nothing else. */
import type { DhcpServer } from "../../shared/rules/dhcp_fact.ts";
import { type DhcpOffer, findDhcpServers } from "./dhcp.ts";
import { inSubnet } from "./interfaces.ts";
import { macOf, readNeighbours } from "./neighbours.ts";
import type { RoundDeps } from "./round.ts";
import { LIMITS_MS } from "./settings.ts";

const ANY_PORT = 53; // whatever comes of it, the system has to find out whose the address is

export type DhcpDeps = Pick<RoundDeps, "gather" | "connect" | "interfaces" | "runner" | "platform">;

export type DhcpFound =
  | { readonly kind: "known"; readonly servers: readonly DhcpServer[] }
  | { readonly kind: "unknown"; readonly why: string };

/** Asks everybody for an address; takes LIMITS_MS.dhcp and a little. `id` is any 32 bits. */
export async function searchDhcp(deps: DhcpDeps, id: number): Promise<DhcpFound> {
  const found = await findDhcpServers(deps.gather, id);
  if (found.kind === "unknown") return found;
  return { kind: "known", servers: await withMacs(found.offers, deps) };
}

async function withMacs(offers: readonly DhcpOffer[], deps: DhcpDeps): Promise<DhcpServer[]> {
  const networks = deps.interfaces();
  const near = offers.filter(({ server }) => networks.some((each) => inSubnet(server, each)));
  await Promise.all(near.map(({ server }) => deps.connect(server, ANY_PORT, AbortSignal.timeout(LIMITS_MS.peers))));
  const neighbours = await readNeighbours(deps.runner, deps.platform);
  return offers.map(({ server, router, nameServer }) => (
    { address: server, mac: macOf(neighbours, server), router, nameServer }
  ));
}
