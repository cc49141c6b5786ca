/**
 * Is every register on the hub's network? Four pieces of evidence, each enough by itself: another Wi-Fi name, another gateway, messages
 * from outside the hub's subnets, and an address that is not the one its messages come from, which means a router or extender
 * that translates addresses stands between. What was not measured counts neither way.
 */
import { aboutSelfReport } from "./about_register.ts";
import { type Address, inSubnet, isLinkLocal, isLoopback, parseAddress, plainAddress, sameAddress } from "./address.ts";
import type { Facts, RegisterFacts } from "./facts.ts";
import { currentRegisters } from "./liveness.ts";
import { HEALTHY, type Rule, unknown } from "./rule.ts";
import { PLAIN_CLOSE_MS, PLAIN_OPEN_MS } from "./settle.ts";
import { list, nameOf, namesOf } from "./words.ts";

/** One piece of evidence: "same", or what differs, in words. Undefined: not measured. */
type Evidence = "same" | { readonly differs: string } | undefined;

export const otherNetwork: Rule = aboutSelfReport({
  code: "other-network",
  title: "Register is on another network",
  from: "seed",
  strength: "A",
  dependsOn: ["router-down"], // iPads look for another Wi-Fi when theirs has no router
  openAfterMs: PLAIN_OPEN_MS,
  closeAfterMs: PLAIN_CLOSE_MS,
  runbook: [
    "On the iPad, open Settings and tap Wi-Fi.",
    "Choose the network that the other registers use. If this one is offered too, forget it, so that the iPad does not return to it.",
    "If the name is already the same, look for a second router or a repeater near this register, and remove it.",
    "Go back to the app and wait until this goes away.",
  ],
  check(register, facts) {
    const evidence = [
      ssid(register, facts),
      gateway(register, facts),
      subnet(register, facts),
      translation(register, facts),
    ];
    const differences = evidence.flatMap((each) => typeof each === "object" ? [each.differs] : []);
    if (differences.length > 0) {
      return {
        kind: "broken",
        severity: "fail",
        headline: `${nameOf(register)} is on another network.`,
        text:
          `${nameOf(register)} is on another network: ${
            differences.join("; ")
          }. Registers on different networks cannot find each ` +
          `other. Put ${nameOf(register)} on the same Wi-Fi as the others.`,
        evidence: differences,
      };
    }
    return evidence.includes("same") ? HEALTHY : unknown("neither its Wi-Fi name nor its address can be compared");
  },
});

function ssid(register: RegisterFacts, facts: Facts): Evidence {
  const own = register.network?.ssid;
  const known = currentRegisters(facts).filter((each) => each.network?.ssid !== undefined);
  const usual = mostCommon(known, (each) => each.network?.ssid);
  if (own === undefined || usual === undefined || known.length < 2) return undefined;
  if (own === usual.value) return "same";
  return { differs: `its Wi-Fi is “${own}”, and ${namesOf(usual.registers)} ${are(usual)} on “${usual.value}”` };
}

function gateway(register: RegisterFacts, facts: Facts): Evidence {
  const own = register.network?.gateway;
  if (own === undefined) return undefined;
  const hubs = facts.router.address;
  // Messages from the hub's own machine do not cross the network, so they cannot be measured by the hub's gateway.
  if (hubs !== undefined && !isOwn(register, facts) && sameFamily(own, hubs)) {
    return equal(own, hubs)
      ? "same"
      : { differs: `its gateway is ${plainAddress(own)}, and the hub's is ${plainAddress(hubs)}` };
  }
  const known = currentRegisters(facts).filter((each) => sameFamily(each.network?.gateway, own));
  const usual = mostCommon(known, (each) => each.network?.gateway && plainAddress(each.network.gateway));
  if (usual === undefined || known.length < 2) return undefined;
  if (plainAddress(own) === usual.value) return "same";
  return { differs: `its gateway is ${plainAddress(own)}, and that of ${namesOf(usual.registers)} is ${usual.value}` };
}

function subnet(register: RegisterFacts, facts: Facts): Evidence {
  const source = sourceOf(register);
  if (source === undefined || isOwn(register, facts) || isLinkLocal(source)) return undefined;
  const subnets = facts.hub.interfaces.flatMap(({ address, prefixLength }) => {
    const parsed = parseAddress(address);
    const usable = parsed?.family === source.family && !isLoopback(parsed) && !isLinkLocal(parsed);
    return usable ? [{ parsed, prefixLength, text: `${plainAddress(address)}/${prefixLength}` }] : [];
  });
  if (subnets.length === 0) return undefined;
  if (subnets.some(({ parsed, prefixLength }) => inSubnet(source, parsed, prefixLength))) return "same";
  const from = plainAddress(register.sourceAddress ?? "");
  return {
    differs: `its messages come from ${from}, outside the hub's network ${list(subnets.map(({ text }) => text))}`,
  };
}

/** Only IPv4: a device has several IPv6 addresses and may say one and use another. */
function translation(register: RegisterFacts, facts: Facts): Evidence {
  const source = sourceOf(register);
  const claimed = parseAddress(register.network?.address ?? "");
  if (source?.family !== 4 || claimed?.family !== 4 || isOwn(register, facts) || isLoopback(claimed)) return undefined;
  if (sameAddress(source, claimed)) return "same";
  const [says, from] = [plainAddress(register.network?.address ?? ""), plainAddress(register.sourceAddress ?? "")];
  return {
    differs: `it has the address ${says} but its messages come from ${from}, so a second router stands between`,
  };
}

function sourceOf(register: RegisterFacts): Address | undefined {
  return register.sourceAddress === undefined ? undefined : parseAddress(register.sourceAddress);
}

/** True when a register's messages come from the hub's own machine: loopback, or an address of the hub. Such a source says nothing. */
function isOwn(register: RegisterFacts, facts: Facts): boolean {
  const source = sourceOf(register);
  if (source === undefined) return false;
  return isLoopback(source) || facts.hub.interfaces.some(({ address }) => {
    const own = parseAddress(address);
    return own !== undefined && sameAddress(own, source);
  });
}

/** The value most registers share, and who they are. When two are as common, the one of the register that was enrolled first. */
function mostCommon(registers: readonly RegisterFacts[], read: (register: RegisterFacts) => string | undefined) {
  const eldestFirst = registers.toSorted((a, b) => a.enrolledAt - b.enrolledAt);
  const groups = [...Map.groupBy(eldestFirst, read)].map(([value = "", sharing]) => ({ value, registers: sharing }));
  return groups.toSorted((a, b) => b.registers.length - a.registers.length)[0];
}

function are({ registers }: { registers: readonly unknown[] }): string {
  return registers.length === 1 ? "is" : "are";
}

function sameFamily(a: string | undefined, b: string | undefined): boolean {
  const family = parseAddress(a ?? "")?.family;
  return family !== undefined && family === parseAddress(b ?? "")?.family;
}

function equal(a: string, b: string): boolean {
  const [left, right] = [parseAddress(a), parseAddress(b)];
  return left !== undefined && right !== undefined && sameAddress(left, right);
}
