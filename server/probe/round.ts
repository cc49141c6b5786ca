/**
 * One round of the hub's probes, all at once: as long as the slowest of them, which is about 30 ms where all is well and at most 1.5 s
 * where nothing answers. It never throws for what the network does.
 */
import type { GatewayRung, HopRung, NatFact, NetworkRound, Rung } from "../../shared/rules/network.ts";
import { askNameServer, askSystem } from "./dns.ts";
import { type GatewayDeps, probeGateway } from "./gateway.ts";
import { probeSecondHop } from "./hop.ts";
import { inSubnet, type Interface } from "./interfaces.ts";
import { probeInternet } from "./internet.ts";
import { askNat } from "./nat.ts";
import { macOf, type Neighbours, readNeighbours } from "./neighbours.ts";
import { probeOwnLink } from "./own.ts";
import { probePeers } from "./peers.ts";
import { ping } from "./ping.ts";
import type { CommandRunner, Platform } from "./platform.ts";
import { type Fetch, probePortal } from "./portal.ts";
import { findGateway, type Gateway } from "./route.ts";
import { agree, knownGateway, ROUTER_NOT_PROBED, type RouterMemory, type RouterRound } from "./router.ts";
import { NAT_EVERY_MS, type ProbePlan, type ProbeTargets, type Target } from "./settings.ts";
import type { Connect } from "./tcp.ts";
import type { Gather } from "./udp.ts";

export interface Round {
  readonly router: RouterRound;
  readonly network: NetworkRound;
  readonly neighbours: Neighbours;
  readonly interfaces: readonly Interface[];
}

export interface RoundDeps {
  readonly platform: Platform;
  readonly runner: CommandRunner;
  readonly connect: Connect;
  readonly interfaces: () => Interface[];
  readonly gather: Gather;
  readonly fetch: Fetch;
  readonly resolve: (name: string, signal: AbortSignal) => Promise<readonly string[]>;
  readonly targets: ProbeTargets;
  readonly limits: ProbePlan["limits"];
  readonly newId: () => number; // 16 bits, to mark a question to a name server
}

/** What a round needs of those before it. */
export interface Memory {
  readonly beganAt?: number; // when the first round did; absent: this is the first
  readonly router: RouterMemory;
  readonly link?: string; // the hub's own, by name
  readonly behind?: string; // the router: who answered there last
  readonly offline?: boolean; // the internet was silent in the last round
  readonly natAt?: number;
}

export const NO_MEMORY: Memory = { router: ROUTER_NOT_PROBED };
const DNS_PORT = 53;
const NO_NAME: Rung = { how: "No name was asked for, as this hub was told" };
const NO_TARGET: Rung = { how: "Behind the router was not asked, as this hub was told" };
const NO_ROUTE: Rung = { how: "Not asked: this hub has no default route" };

/** What is known after one more round. */
export function remember(memory: Memory, { router, network }: Round, now: number): Memory {
  const behind = memory.router.address === router.address ? memory.behind : undefined;
  return {
    beganAt: memory.beganAt ?? now,
    router: agree(memory.router, router, now),
    behind: network.hop2.address ?? behind,
    offline: network.internet.ok === false,
    link: network.own.name ?? memory.link,
    natAt: network.nat?.checkedAt ?? memory.natAt,
  };
}

/** One round at `now`, in milliseconds, after what `memory` has of earlier ones. */
export async function probeRound(deps: RoundDeps, memory: Memory, now: number): Promise<Round> {
  const { runner, platform, targets, limits } = deps;
  const interfaces = deps.interfaces();
  const gateway = findGateway(runner, platform, interfaces);
  const hasRoute = gateway.then(({ kind }) => kind === "found");
  const device = gateway.then((found) => found.kind === "found" ? found.device : undefined);
  const nat = gateway.then((found) => askNatWhenDue(deps, found, interfaces, memory, now));
  const [own, asked, hop2, internet, dns, portal, peers] = await Promise.all([
    probeOwnLink({ runner, platform, interfaces }, device, memory.link),
    gateway.then((found) => probeRouter(deps, found, memory, now)),
    gateway.then((found) => probeBehind(deps, found, interfaces, memory)),
    probeInternet(targets.internet, { connect: deps.connect, ms: limits.internet, hasRoute }),
    probeNames(deps, gateway),
    probePortal(targets.portal, { fetch: deps.fetch, ms: limits.portal }),
    gateway.then((found) => probeOthers(deps, found, interfaces, memory.router)),
  ]);
  const [found, mapped] = [await gateway, await nat];
  const router = found.kind === "found" && found.only ? provenBy(asked, [internet, hop2]) : asked;
  // Read last: having been asked a moment ago, the router is in the table.
  const neighbours = await readNeighbours(runner, platform);
  const mac = router.address === undefined ? undefined : macOf(neighbours, router.address);
  const network = {
    own,
    peers,
    gateway: rungOf(router, mac, memory.router),
    hop2,
    internet,
    dns,
    portal,
    nat: router.alive && mapped ? { ...mapped, online: internet.ok } : undefined,
  };
  return { router: { ...router, mac }, network, neighbours, interfaces };
}

async function probeRouter(
  { runner, platform, connect }: RoundDeps,
  gateway: Gateway,
  { router, beganAt }: Memory,
  now: number,
): Promise<RouterRound> {
  if (gateway.kind !== "found") return { how: gateway.how };
  const ways: GatewayDeps = {
    connect,
    ping: (address) => ping(runner, platform, address),
    neighbours: () => readNeighbours(runner, platform),
  };
  const { address } = gateway;
  return {
    address,
    ...await probeGateway(address, ways, knownGateway(router, address, { now, beganAt: beganAt ?? now })),
  };
}

/** A router that answers nobody is alive all the same when the only way to what does answer is through it. */
function provenBy(router: RouterRound, beyond: readonly Rung[]): RouterRound {
  const proof = beyond.find(({ ok }) => ok);
  if (proof === undefined || router.alive) return router;
  return { ...router, alive: true, by: "port", how: `It answers nothing itself, but passes on. ${proof.how}` };
}

function rungOf(
  { address, alive, by, rttMs, how }: RouterRound,
  mac: string | undefined,
  known: RouterMemory,
): GatewayRung {
  const who = address === undefined ? how : `The router ${address}: ${how}`;
  return { ok: alive, how: who, address, by, rttMs, mac, knownMac: known.address === address ? known.mac : undefined };
}

/**
 * Machines on the way say of few packets in a row that they died there, of one a second by default on Linux, and where the internet is
 * gone everybody in the shop sends some. A ping they answer all the same: the one that was there last is asked for that, too.
 */
async function probeBehind(
  { runner, platform, targets }: RoundDeps,
  gateway: Gateway,
  interfaces: readonly Interface[],
  { router, behind, offline }: Memory,
): Promise<HopRung> {
  const [target] = targets.internet;
  if (gateway.kind !== "found") return NO_ROUTE;
  if (target === undefined) return NO_TARGET;
  const near = [gateway.address, ...interfaces.map(({ address }) => address)];
  const known = offline && router.address === gateway.address ? behind : undefined;
  const [hop, pinged] = await Promise.all([
    probeSecondHop(target.address, { runner, platform, near }),
    known === undefined ? undefined : ping(runner, platform, known),
  ]);
  if (hop.ok || pinged?.kind !== "answered") return hop;
  return { ok: true, address: known, rttMs: pinged.rttMs, how: `Behind the router ${known} answers a ping` };
}

/** Others are only asked while the router is not known to answer, so as not to wake the shop. */
function probeOthers(
  { connect, runner, platform, limits }: RoundDeps,
  gateway: Gateway,
  interfaces: readonly Interface[],
  { lastAlive }: RouterMemory,
): Promise<Rung> {
  if (lastAlive) return Promise.resolve({ how: "Others on the network were not asked: the router answers" });
  const address = gateway.kind === "found" ? gateway.address : undefined;
  const neighbours = () => readNeighbours(runner, platform);
  return probePeers(address, { connect, neighbours, interfaces, ms: limits.peers });
}

async function probeNames(deps: RoundDeps, gateway: Promise<Gateway>): Promise<NetworkRound["dns"]> {
  const { targets, limits, gather, resolve, newId } = deps;
  const { dns, dnsName: name } = targets;
  if (name === undefined) return { router: NO_NAME, public: NO_NAME, system: NO_NAME };
  const enough = new AbortController(); // once the router finds names, nobody waits for the others
  const ask = (server: Target, called: string, signal?: AbortSignal) =>
    askNameServer({ ...server, called }, { name, id: newId(), ms: limits.dns, gather, signal });
  const asked = gateway.then(async (found) => {
    if (found.kind !== "found") return NO_ROUTE;
    const rung = await ask({ address: found.address, port: DNS_PORT }, "The router's name server");
    if (rung.ok) enough.abort();
    return rung;
  });
  const [router, other, system] = await Promise.all([
    asked,
    dns ? ask(dns, "A public name server", enough.signal) : NO_NAME,
    askSystem(resolve, name, limits.system, enough.signal),
  ]);
  return { router, public: other, system };
}

function askNatWhenDue(
  { gather, fetch }: RoundDeps,
  gateway: Gateway,
  interfaces: readonly Interface[],
  { natAt }: Memory,
  now: number,
): Promise<NatFact> | undefined {
  if (gateway.kind !== "found" || (natAt !== undefined && now - natAt < NAT_EVERY_MS)) return undefined;
  const own = interfaces.find((each) => inSubnet(gateway.address, each))?.address;
  return askNat(gateway.address, { gather, fetch, own, now });
}
