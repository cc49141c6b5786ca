/**
 * The ladder as rules, one per rung that people can do something about. Each is broken where the verdict is, healthy where the verdict
 * is further out, and not known where something nearer is broken.
 */
import type { Facts } from "./facts.ts";
import { isModemAlone, LADDER, type NetworkFact, type VerdictKind } from "./ladder.ts";
import { HEALTHY, type Outcome, type Rule, unknown } from "./rule.ts";
import { AT_ONCE_MS, PLAIN_CLOSE_MS } from "./settle.ts";
import { span } from "./words.ts";

export const ROUTER_CHECKED_MS = 60_000; // an older probe says nothing of now
export const ROUTER_RETURN_MS = 60_000; // iPads are back on the Wi-Fi within a minute of the router

/** What all of these have in common: they are measured, by two rounds that agree. */
const MEASURED = { from: "own", strength: "A", openAfterMs: AT_ONCE_MS, closeAfterMs: PLAIN_CLOSE_MS } as const;

export const hubLinkDown: Rule = {
  ...MEASURED,
  code: "hub-link-down",
  title: "Hub is not connected",
  dependsOn: [],
  returnMs: ROUTER_RETURN_MS, // registers find the hub again within a minute
  runbook: [
    "Look at the hub's network cable: push both ends in until they click, and see that a light is on.",
    "If the hub is on Wi-Fi, see that it is on the shop's Wi-Fi. A cable is better.",
    "Try another cable, then another socket of the router.",
    "Keep selling meanwhile: registers sync with one another without the hub.",
  ],
  subjects: () => ["hub"],
  test: (facts) =>
    onRung(facts, ["own-link"], (network) => {
      const { name, medium } = network.own;
      const what = medium === "wireless" ? "Wi-Fi" : medium === "wired" ? "cable" : "cable or Wi-Fi";
      return {
        headline: "The hub's own connection is down.",
        text:
          `The hub's ${what}${name === undefined ? "" : ` (${name})`} has been without a connection for ${
            span(facts.now - network.since)
          }. It sees nothing of the network, and registers sync with one another as far as they can. ` +
          `Look at the hub's plug first.`,
      };
    }),
};

export const routerDown: Rule = {
  ...MEASURED,
  code: "router-down",
  title: "Router does not answer",
  dependsOn: ["hub-link-down"],
  returnMs: ROUTER_RETURN_MS,
  runbook: [
    "Look at the router: are its lights on, and is its plug in?",
    "Unplug the router from the power, wait ten seconds, and plug it in again.",
    "Wait until it answers here, about two minutes. Leave the iPads alone meanwhile.",
    "Then look at the registers one at a time, about a minute apart.",
  ],
  subjects: () => ["router"],
  test({ router, network, now }) {
    if (router.alive === undefined) return unknown("the router was not probed, or two probes disagree");
    const age = now - (router.checkedAt ?? now);
    if (age > ROUTER_CHECKED_MS) return unknown(`the router was last probed ${span(age)} ago`);
    if (router.alive) return HEALTHY;
    const kind = network?.verdict.kind;
    if (kind === "own-link") return unknown("the hub itself is not connected");
    const which = router.address === undefined ? "The router" : `The router at ${router.address}`;
    const how = router.since === undefined ? "" : ` for ${span(now - router.since)}`;
    const rest = kind === "lan-down"
      ? "Nothing else on the network answers either, so the Wi-Fi may be gone too. "
      : "Registers still sync with one another while the Wi-Fi itself is up. ";
    return {
      kind: "broken",
      severity: "fail",
      headline: kind === "lan-down" ? "The whole network does not answer." : "The router does not answer.",
      text: `${which} has not answered${how}. ${rest}Unplug the router, wait ten seconds, and plug it in again.`,
      evidence: kind === "lan-down" || kind === "router-down"
        ? network?.verdict.evidence ?? [router.how]
        : [router.how],
      cause: kind === "lan-down" ? "The router, or the whole local network" : undefined,
      since: router.since,
    };
  },
};

export const modemDown: Rule = {
  ...MEASURED,
  code: "modem-down",
  title: "Modem or line does not answer",
  dependsOn: ["router-down"],
  runbook: [
    "Look at the modem: are its lights on, and is its cable to the router in at both ends?",
    "Unplug the modem from the power, wait ten seconds, and plug it in again. Leave the router on.",
    "Wait until the internet is back here, up to five minutes.",
    "If it stays away, call the internet provider and say that nothing behind your router answers.",
  ],
  subjects: () => ["venue"],
  test: (facts) =>
    onRung(facts, ["modem-or-uplink"], (network) => {
      const alone = isModemAlone(network);
      return {
        headline: `The ${alone ? "modem" : "modem or internet provider"} does not answer.`,
        text:
          `The router answers, but nothing behind it has for ${span(facts.now - network.since)}: ${
            alone ? "the modem or its line is down" : "the modem, its line or the internet provider is down"
          }. Registers still sync with one another; cards and online orders may not work. ` +
          `Unplug the modem, wait ten seconds, and plug it in again.`,
        cause: alone ? "The modem, or its line" : "The modem or the internet provider: which of them cannot be told",
      };
    }),
};

export const internetDown: Rule = {
  ...MEASURED,
  code: "internet-down",
  title: "Internet provider is down",
  dependsOn: ["modem-down"],
  runbook: [
    "Nothing in the shop needs a restart: the router and what is behind it answer.",
    "Look on a phone without Wi-Fi whether the internet provider reports a fault.",
    "Call the internet provider, and say that the modem answers and the internet does not.",
  ],
  subjects: () => ["venue"],
  test: (facts) =>
    onRung(facts, ["provider"], (network) => ({
      headline: "The internet provider is down.",
      text:
        `The internet has not answered for ${span(facts.now - network.since)}, while the router and ${
          network.hop2.address ?? "the machine"
        } behind it do. Registers still sync with one another; cards and online orders may not work. ` +
        `Leave the router on and call the internet provider.`,
    })),
};

export const dnsDown: Rule = {
  ...MEASURED,
  code: "dns-down",
  title: "Internet names are not found",
  dependsOn: ["internet-down"],
  runbook: [
    "Unplug the router from the power, wait ten seconds, and plug it in again.",
    "If names are still not found, open the router's settings and look for DNS.",
    "Enter a public one there, such as 9.9.9.9 and 1.1.1.1, and save.",
  ],
  subjects: () => ["router"],
  test: (facts) =>
    onRung(facts, ["dns"], ({ dns, since }) => ({
      headline: "Internet names are not found.",
      text: `The internet answers, but the router has not found its names for ${span(facts.now - since)}${
        dns.public.ok ? ", while a public name server does" : ""
      }: apps cannot reach their services. Registers still sync with one another. Restart the router.`,
      cause: dns.public.ok ? "The router's DNS" : "The router's DNS; a public one was not reached either",
    })),
};

/** The rules that a hub can judge before any register has reported. */
export const LADDER_RULES: readonly Rule[] = [hubLinkDown, routerDown, modemDown, internetDown, dnsDown];

/** Somebody's sign-in page answers in place of the internet: the network is not the shop's own. Undefined: no ladder at all. */
export function captivePortal(facts: Facts): Outcome | undefined {
  if (facts.network === undefined) return undefined;
  return onRung(facts, ["captive-portal"], ({ portal }) => ({
    strength: "A",
    settled: true,
    headline: "The Wi-Fi asks people to sign in.",
    text:
      `A sign-in page${
        hostOf(portal.location)
      } answers in place of the internet, as in a hotel or a mall: the network is shared ` +
      `with others, and an iPad that has not signed in is cut off. Registers need a network of their own.`,
  }));
}

type Told = Omit<Extract<Outcome, { kind: "broken" }>, "kind" | "severity" | "evidence" | "since">;

/** Broken where the verdict is one of `kinds`, healthy where it is further out. */
function onRung({ network, now }: Facts, kinds: readonly VerdictKind[], tell: (network: NetworkFact) => Told): Outcome {
  if (network === undefined) return unknown("the network was not probed yet");
  const age = now - network.checkedAt;
  if (age > ROUTER_CHECKED_MS) return unknown(`the network was last probed ${span(age)} ago`);
  const { verdict, since } = network;
  if (verdict.kind === "unknown") return unknown("the probes do not tell");
  if (kinds.includes(verdict.kind)) {
    return { kind: "broken", severity: "fail", evidence: verdict.evidence, since, ...tell(network) };
  }
  const further = place(verdict.kind) > Math.max(...kinds.map(place));
  return further ? HEALTHY : unknown("something nearer does not answer");
}

function place(kind: VerdictKind): number {
  return (LADDER as readonly VerdictKind[]).indexOf(kind);
}

/** " at wifi.example.com", or nothing where the page did not name itself. */
function hostOf(location: string | undefined): string {
  const host = location === undefined ? undefined : /^https?:\/\/([^/?#]+)/i.exec(location)?.[1];
  return host ? ` at ${host}` : "";
}
