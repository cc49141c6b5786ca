/**
 * Does anybody else on the hub's own network answer? Only asked while the router does not: it tells a dead router from a dead network.
 * One TCP connection to each of a few neighbours, to a port that nobody listens on: being refused is an answer.
 */
import type { Rung } from "../../shared/rules/network.ts";
import { inSubnet, type Interface } from "./interfaces.ts";
import { neighbourAt, type Neighbours } from "./neighbours.ts";
import type { Connect } from "./tcp.ts";

const PEERS_MAX = 4; // enough to find one alive, few enough not to wake the shop
const DISCARD_PORT = 9;

const NOBODY_KNOWN: Rung = { how: "No other machine on the network is known" };

export interface PeerDeps {
  readonly connect: Connect;
  readonly neighbours: () => Promise<Neighbours>;
  readonly interfaces: readonly Interface[];
  readonly ms: number;
}

export async function probePeers(gateway: string | undefined, deps: PeerDeps): Promise<Rung> {
  const before = await deps.neighbours();
  if (before.kind === "unknown") return { how: before.how };
  const others = before.rows.filter(({ address }) =>
    address !== gateway && deps.interfaces.some((own) => inSubnet(address, own))
  );
  const candidates = others.filter(({ mac }) => mac !== undefined).slice(0, PEERS_MAX).map(({ address }) => address);
  if (candidates.length === 0) return others.length === 0 ? NOBODY_KNOWN : gone(others.map(({ address }) => address));
  const signal = AbortSignal.timeout(deps.ms);
  const results = await Promise.all(candidates.map((address) => deps.connect(address, DISCARD_PORT, signal)));
  const alive = results.findIndex(({ kind }) => kind === "open" || kind === "refused");
  if (alive >= 0) return { ok: true, how: `${candidates[alive]} on the same network answers` };
  const after = await deps.neighbours();
  const lost = candidates.every((address) => ["asking", "failed"].includes(neighbourAt(after, address)?.state ?? ""));
  return lost ? gone(candidates) : { how: `${candidates.join(", ")} did not answer, which alone proves nothing` };
}

function gone(addresses: readonly string[]): Rung {
  const who = addresses.slice(0, PEERS_MAX).join(", ");
  return { ok: false, how: `Nobody else on the network answers, not even for the address of ${who}` };
}
