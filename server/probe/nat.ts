/** What the router tells of its side towards the internet, by every way it may: UPnP, NAT-PMP, PCP. Many routers have none of them on. */
import type { NatFact } from "../../shared/rules/network.ts";
import { askIgd } from "./igd.ts";
import { askPcp, askPmp } from "./port_mapping.ts";
import type { Fetch } from "./portal.ts";
import { LIMITS_MS } from "./settings.ts";
import type { Gather } from "./udp.ts";

const NOBODY = "0.0.0.0"; // an own address that is not known

/** `own`: the hub's address on the router's network. */
export async function askNat(
  gateway: string,
  { gather, fetch, own, now }: { gather: Gather; fetch: Fetch; own: string | undefined; now: number },
): Promise<NatFact> {
  const mapping = { gather, ms: LIMITS_MS.portMapping };
  const [igd, pmp, pcp] = await Promise.all([
    askIgd(gateway, { gather, fetch, limits: LIMITS_MS, by: own }),
    askPmp(gateway, mapping),
    askPcp(gateway, own ?? NOBODY, mapping),
  ]);
  return { igd, pmp, pcp, checkedAt: now };
}
