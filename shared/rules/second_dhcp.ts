/**
 * Two machines that hand out addresses: who gets one from the wrong machine is sent to the wrong router, and no two devices are safe from
 * the same address. Somebody has to ask; an answer counts until somebody asks again, or it is too old to speak of now.
 */
import { isLoopback, parseAddress, sameAddress } from "./address.ts";
import type { DhcpFact, DhcpServer } from "./dhcp_fact.ts";
import type { Facts } from "./facts.ts";
import { HEALTHY, type Rule, unknown } from "./rule.ts";
import { AT_ONCE_MS } from "./settle.ts";
import { count, list, span } from "./words.ts";

export const DHCP_KEPT_MS = 30 * 24 * 60 * 60_000; // what was plugged in a month ago says nothing of today

export const secondDhcp: Rule = {
  code: "second-dhcp",
  title: "A second machine hands out addresses",
  from: "own",
  strength: "A",
  dependsOn: [],
  openAfterMs: AT_ONCE_MS, // it was asked once, and both have answered
  closeAfterMs: AT_ONCE_MS,
  runbook: [
    "Find the second machine that hands out addresses. Often it is an old router or an extender.",
    "Unplug it from the network, or switch off DHCP in its settings.",
    "Ask again on the installer's page, until one machine answers.",
    "Then switch the Wi-Fi of each register off and on, one at a time, so that it gets its address from the right one.",
  ],
  subjects: () => ["venue"],
  test(facts) {
    const { dhcp, now } = facts;
    if (dhcp === undefined) return unknown("nobody has asked yet");
    if (dhcp.kind === "unknown") return unknown(dhcp.why);
    if (now - dhcp.askedAt > DHCP_KEPT_MS) return unknown(`it was last asked ${span(now - dhcp.askedAt)} ago`);
    const machines = machinesOf(dhcp.servers).toSorted((a, b) =>
      Number(isRouter(b, facts)) - Number(isRouter(a, facts))
    );
    if (machines.length === 0) return unknown("nobody offered an address when it was asked");
    if (machines.length === 1) return HEALTHY;
    const others = machines.filter((each) => !isRouter(each, facts));
    const isOwnAmong = others.length < machines.length;
    const which = isOwnAmong ? list(others.map(({ address }) => address)) : "the one that is not yours";
    return {
      kind: "broken",
      severity: "fail",
      headline: isOwnAmong ? "Something else than the router hands out addresses." : "Two machines hand out addresses.",
      text:
        `${count(machines.length, "machine")} hand out addresses on this network: ${
          list(machines.map((each) => sayMachine(each, facts)))
        }. Who gets one from the wrong machine may be cut off from the internet and from the other registers. ` +
        `Unplug ${which}, or switch off its DHCP.`,
      evidence: machines.map((each) => sayOffer(each)),
      since: dhcp.askedAt,
    };
  },
};

/** "192.168.1.1 (a4:2b:b0:00:00:01)": who answered, for the installer's list. */
export function sayServers(dhcp: DhcpFact | undefined): string {
  return dhcp?.kind === "known" ? list(machinesOf(dhcp.servers).map(sayServer)) : "";
}

/** One for each machine: a router may hand out addresses under two of its own. */
function machinesOf(servers: readonly DhcpServer[]): readonly DhcpServer[] {
  return [...Map.groupBy(servers, ({ mac, address }) => mac ?? address).values()].map(([first]) => first!);
}

function isRouter({ address, mac }: DhcpServer, { router }: Facts): boolean {
  if (mac !== undefined && mac === router.mac) return true;
  const [its, own] = [parseAddress(address), parseAddress(router.address ?? "")];
  return its !== undefined && own !== undefined && !isLoopback(own) && sameAddress(its, own);
}

function sayMachine(server: DhcpServer, facts: Facts): string {
  return isRouter(server, facts) ? `the router ${sayServer(server)}` : sayServer(server);
}

function sayServer({ address, mac }: DhcpServer): string {
  return `${address} (${mac ?? "its hardware address is not known"})`;
}

function sayOffer(server: DhcpServer): string {
  const { router, nameServer } = server;
  const offers = [
    ...(router === undefined ? [] : [`the router ${router}`]),
    ...(nameServer === undefined ? [] : [`the name server ${nameServer}`]),
  ];
  return `${sayServer(server)} offered an address${offers.length === 0 ? "" : ` with ${list(offers)}`}`;
}
