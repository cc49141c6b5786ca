/** One round of the hub's probes: the router, the neighbours, its own interfaces. It never throws for what the network does. */
import { type GatewayDeps, probeGateway } from "./gateway.ts";
import { type Interface, listInterfaces } from "./interfaces.ts";
import { LINUX } from "./linux.ts";
import { MACOS } from "./macos.ts";
import { macOf, type Neighbours, readNeighbours } from "./neighbours.ts";
import { ping } from "./ping.ts";
import type { CommandRunner, Platform } from "./platform.ts";
import { findGateway } from "./route.ts";
import { knownGateway, type RouterMemory, type RouterRound } from "./router.ts";
import { runCommand } from "./shell.ts";
import { type Connect, connectTcp } from "./tcp.ts";
import { WINDOWS } from "./windows.ts";

export interface Round {
  readonly router: RouterRound;
  readonly neighbours: Neighbours;
  readonly interfaces: readonly Interface[];
}

export interface RoundDeps {
  readonly platform: Platform;
  readonly runner: CommandRunner;
  readonly connect: Connect;
  readonly interfaces: () => Interface[];
}

/** What a round needs, from the machine it runs on. Other systems are asked as Linux is, and say "not installed" where they differ. */
export function realRoundDeps(): RoundDeps {
  return { platform: platformOf(Deno.build.os), runner: runCommand, connect: connectTcp, interfaces: listInterfaces };
}

/** One round at `now`, in milliseconds, after what `previous` rounds found; hand its `router` to `agree`. */
export async function probeRound(deps: RoundDeps, previous: RouterMemory, now: number): Promise<Round> {
  const { runner, platform } = deps;
  const interfaces = deps.interfaces();
  const router = await probeRouter(deps, interfaces, previous, now);
  // Read last: having been asked a moment ago, the router is in the table.
  const neighbours = await readNeighbours(runner, platform);
  const mac = router.address === undefined ? undefined : macOf(neighbours, router.address);
  return { router: { ...router, mac }, neighbours, interfaces };
}

async function probeRouter(
  { runner, platform, connect }: RoundDeps,
  interfaces: readonly Interface[],
  previous: RouterMemory,
  now: number,
): Promise<RouterRound> {
  const gateway = await findGateway(runner, platform, interfaces);
  if (gateway.kind !== "found") return { how: gateway.how };
  const ways: GatewayDeps = {
    connect,
    ping: (address) => ping(runner, platform, address),
    neighbours: () => readNeighbours(runner, platform),
  };
  const { address } = gateway;
  return { address, ...await probeGateway(address, ways, knownGateway(previous, address, now)) };
}

function platformOf(os: typeof Deno.build.os): Platform {
  if (os === "darwin") return MACOS;
  return os === "windows" ? WINDOWS : LINUX;
}
