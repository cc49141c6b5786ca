/** Two devices on one address: each takes the other's messages away. Seen by the hardware addresses that answer for it. */
import { aboutRegister } from "./about_register.ts";
import { parseAddress, plainAddress, sameAddress } from "./address.ts";
import type { Facts, RegisterFacts } from "./facts.ts";
import { liveness } from "./liveness.ts";
import { HEALTHY, type Rule, unknown } from "./rule.ts";
import { AT_ONCE_MS, PLAIN_CLOSE_MS } from "./settle.ts";
import { MACS_WINDOW_MS } from "./traces.ts";
import { list, nameOf, namesOf, span } from "./words.ts";

export const addressConflict: Rule = aboutRegister({
  code: "address-conflict",
  title: "Two devices use one address",
  from: "own",
  strength: "B",
  dependsOn: ["register-silent"],
  openAfterMs: AT_ONCE_MS, // the table shows it at once, and for minutes
  closeAfterMs: PLAIN_CLOSE_MS,
  runbook: [
    "On each device named here, open Settings, tap Wi-Fi, then the network, and set Configure IP to Automatic.",
    "In the router's settings, see that no fixed address lies in the range that it hands out.",
    "Switch the Wi-Fi of the register off and on, so that it gets a new address.",
    "If it comes back, look for a second device that hands out addresses.",
  ],
  check(register, facts) {
    if (liveness(register, facts) !== "ok") return unknown("it is not heard now");
    const macs = [
      ...new Set((register.macs ?? []).filter(({ at }) => facts.now - at <= MACS_WINDOW_MS).map(({ mac }) => mac)),
    ];
    if (macs.length === 0) return unknown("the hardware behind its address is not known");
    if (macs.length === 1) return HEALTHY;
    const others = onSameAddress(register, facts);
    const name = nameOf(register);
    const address = plainAddress(register.sourceAddress ?? "");
    const evidence = [`In the last ${span(MACS_WINDOW_MS)} ${list(macs)} answered for ${address}`];
    if (others.length === 0) {
      return {
        kind: "broken",
        severity: "warn",
        headline: `Another device may have the address of ${name}.`,
        text: `The hardware behind ${address}, the address of ${name}, changed while ${name} was in touch. ` +
          `Probably another device took the same address. Set Configure IP to Automatic on both.`,
        evidence,
      };
    }
    const all = namesOf([register, ...others]);
    return {
      kind: "broken",
      severity: "fail",
      strength: "A",
      headline: `${name} shares its address with another register.`,
      text: `${all} have the same address ${address} on two devices. They take each other's messages away. ` +
        `Switch the Wi-Fi of one of them off and on, so that it gets an address of its own.`,
      evidence: [...evidence, `${all} were heard from ${address} within the last seconds`],
    };
  },
});

function onSameAddress(register: RegisterFacts, facts: Facts): readonly RegisterFacts[] {
  const own = parseAddress(register.sourceAddress ?? "");
  return facts.registers.filter((other) => {
    const its = parseAddress(other.sourceAddress ?? "");
    return other.id !== register.id && own !== undefined && its !== undefined && sameAddress(own, its) &&
      liveness(other, facts) === "ok";
  });
}
