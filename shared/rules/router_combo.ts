/**
 * Is the router a box of its own, or does the modem route as well? What the router tells of its side towards the internet, and who answers
 * behind it, show a second router. That modem and router are one box shows in nothing that is measured: only a person can tell.
 */
import type { Facts } from "./facts.ts";
import type { NetworkFact } from "./ladder.ts";
import { ROUTER_CHECKED_MS } from "./ladder_rules.ts";
import { isPrivateAddress, isSharedAddress, type NatFact } from "./network.ts";
import { HEALTHY, type Outcome, type Rule, unknown } from "./rule.ts";
import { AT_ONCE_MS } from "./settle.ts";

const NAT_TOLD_MS = 15 * 60_000; // asked every five minutes while the router is there: three in a row were missed
const NO_ADDRESS = ["", "0.0.0.0"]; // how routers say that they have none outside
const NETWORK_FAILURE = 3; // NAT-PMP: no address outside that could be told
const ALSO_PROVIDERS = /^10\./; // homes use it seldom, and providers inside their own networks

export const routerCombo: Rule = {
  code: "router-combo",
  title: "Modem and router are one box, or two routers in a row",
  from: "seed",
  strength: "C",
  dependsOn: [],
  openAfterMs: AT_ONCE_MS, // two rounds of probes, or somebody's answer
  closeAfterMs: AT_ONCE_MS,
  runbook: [
    "Get a Wi-Fi router of its own for the registers, if there is none.",
    "Ask the internet provider how to put the modem in bridge mode, or switch its Wi-Fi off.",
    "Connect the router to the modem by a cable, and all registers to the router's Wi-Fi.",
    "Wait five minutes: the router is asked again. Then answer the question on the installer's page.",
  ],
  subjects: () => ["venue"],
  test(facts) {
    const [measured, answered] = [comboByProbes(facts), comboBySurvey(facts)];
    if (measured.kind === "broken" && !(measured.strength === "C" && answered.kind === "healthy")) return measured;
    return answered.kind === "unknown" ? measured : answered;
  },
};

/** The half that a person answers. */
export function comboBySurvey(facts: Facts): Outcome {
  const router = facts.venue.survey?.router;
  if (router === undefined) return unknown("only a person can tell");
  if (router !== "combo") return HEALTHY;
  return {
    kind: "broken",
    severity: "warn",
    headline: "Modem and router are one box.",
    text: "Modem and router are one box, as the installer answered. Such boxes are slow at passing messages between " +
      "registers. Put it in bridge mode and connect a router of its own.",
    evidence: ["The installer answered that one box does both"],
  };
}

/** The half that is measured. Without a second router it is healthy but for one box, which looks from here like a router of its own. */
export function comboByProbes({ network, now }: Facts): Outcome {
  if (network === undefined) return unknown("the network was not probed yet");
  const nat = network.nat !== undefined && now - network.nat.checkedAt <= NAT_TOLD_MS ? network.nat : undefined;
  const behind = now - network.checkedAt <= ROUTER_CHECKED_MS ? behindOf(network) : undefined;
  const told = nat && toldOutside(nat);
  if (told !== undefined) {
    if (isPrivateAddress(told.address)) {
      return secondRouter("A", told.address, [told.how, ...saidBehind(network, behind)]);
    }
    return isSharedAddress(told.address) ? shared(told.address) : alone(`its address outside is ${told.address}`);
  }
  if (behind !== undefined && isSharedAddress(behind)) return shared(behind);
  const without = nat && withoutAddress(nat);
  if (without !== undefined) {
    const second = behind !== undefined && isPrivateAddress(behind) ? behind : undefined;
    return secondRouter("B", second, [without, ...saidBehind(network, second)]);
  }
  if (behind === undefined) {
    return unknown("the router does not tell its address outside, and nobody answers behind it");
  }
  if (!isPrivateAddress(behind)) return alone(`${behind} answers behind it, which is the provider's`);
  return secondRouter(ALSO_PROVIDERS.test(behind) ? "C" : "B", behind, saidBehind(network, behind));
}

/** The address outside that the router tells, whichever way it tells it. */
function toldOutside({ igd, pmp }: NatFact): { readonly address: string; readonly how: string } | undefined {
  return [igd, pmp].flatMap(({ externalAddress: address, how }) =>
    address === undefined || NO_ADDRESS.includes(address) ? [] : [{ address, how }]
  )[0];
}

/** What says that the router has no address outside although the internet answers; without the internet it may just have got none yet. */
function withoutAddress({ igd, pmp, online }: NatFact): string | undefined {
  if (online !== true) return undefined;
  const isConnected = igd.status === undefined || igd.status === "Connected";
  if (igd.externalAddress !== undefined && isConnected) return igd.how;
  return pmp.resultCode === NETWORK_FAILURE ? pmp.how : undefined;
}

/** Who is behind the router, or was when somebody last answered there. */
function behindOf({ hop2 }: NetworkFact): string | undefined {
  return hop2.address ?? hop2.usual;
}

function saidBehind({ hop2 }: NetworkFact, behind: string | undefined): readonly string[] {
  if (behind === undefined) return [];
  return [hop2.address === behind ? hop2.how : `Behind the router ${behind} has answered before`];
}

function secondRouter(strength: "A" | "B" | "C", address: string | undefined, evidence: readonly string[]): Outcome {
  const isProven = strength === "A";
  const where = address === undefined ? "" : isProven ? `: its own address there is ${address}` : ` (${address})`;
  return {
    kind: "broken",
    severity: isProven ? "fail" : "warn",
    strength,
    headline: isProven ? "The router is behind a second router." : "The router may be behind a second router.",
    text: `The router is ${isProven ? "" : "probably "}behind a second router${where}. Most often that is the ` +
      "provider's box, modem and router in one, and devices that join its Wi-Fi are cut off from the registers. Put that " +
      `box in bridge mode, or switch its Wi-Fi off.${
        isProven ? "" : " If the provider says that its customers share one address (CGNAT), it is no second router."
      }`,
    evidence,
  };
}

function shared(address: string): Outcome {
  return but(
    `the provider shares one address among several customers (CGNAT, ${address}), which is no second router here`,
  );
}

function alone(why: string): Outcome {
  return but(`no second router stands behind this one (${why})`);
}

function but(measured: string): Outcome {
  return { kind: "healthy", unsaid: `${measured}; whether modem and router are one box only a person can tell` };
}
