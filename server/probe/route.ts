/** The default gateway: the one machine whose silence explains everyone else's. */
import { inSubnet, type Interface, isVirtual } from "./interfaces.ts";
import { ask, type CommandRunner, type Platform, type Route } from "./platform.ts";

export type Gateway =
  | { readonly kind: "found"; readonly address: string; readonly device: string; readonly only?: boolean } // only: there is no other way out
  | { readonly kind: "none"; readonly how: string } // asked, and there is none
  | { readonly kind: "unknown"; readonly how: string }; // could not ask

/** Asks the system for its default routes and chooses the one that leads through the shop's own network. */
export async function findGateway(
  runner: CommandRunner,
  platform: Platform,
  interfaces: readonly Interface[],
): Promise<Gateway> {
  const answer = await ask(runner, platform.defaultRoutes);
  if (!answer.ok) return { kind: "unknown", how: `The default route is not known: ${answer.reason}` };
  const chosen = chooseGateway(answer.rows, interfaces);
  return chosen.kind === "found" ? { ...chosen, only: answer.rows.length === 1 } : chosen;
}

/**
 * A VPN often has the lowest metric, but registers are not in it: first come gateways on a network of the hub that is no tunnel, then
 * those on any other, then those out of sight; among equals the lowest metric.
 */
export function chooseGateway(routes: readonly Route[], interfaces: readonly Interface[]): Gateway {
  const usable = routes.flatMap(({ gateway, ...route }) => gateway === undefined ? [] : [{ ...route, gateway }]);
  const [best] = usable.toSorted((a, b) =>
    distance(a.gateway, a.device, interfaces) - distance(b.gateway, b.device, interfaces) || a.metric - b.metric
  );
  if (best) return { kind: "found", address: best.gateway, device: best.device };
  const [tunnel] = routes;
  if (tunnel) return { kind: "none", how: `The default route goes through ${tunnel.device}, which has no gateway` };
  return { kind: "none", how: "This hub has no default route" };
}

function distance(gateway: string, device: string, interfaces: readonly Interface[]): number {
  const own = interfaces.find((one) => (one.name === device || one.address === device) && inSubnet(gateway, one)) ??
    interfaces.find((one) => inSubnet(gateway, one));
  if (!own) return isVirtual({ name: device, address: gateway }) ? 3 : 2;
  return isVirtual(own) ? 1 : 0;
}
