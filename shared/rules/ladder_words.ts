/** What a verdict of the ladder means, in a sentence or two: for the console's picture and for a terminal. */
import { isModemAlone, type LadderVerdict } from "./ladder.ts";
import type { HopRung } from "./network.ts";

export function sayVerdict({ kind }: LadderVerdict, network: { readonly hop2: HopRung }): string {
  switch (kind) {
    case "own-link":
      return "The hub's own cable or Wi-Fi has no connection.";
    case "lan-down":
      return "The router or the whole local network is down.";
    case "router-down":
      return "The router is down. Registers still sync while the Wi-Fi itself is up.";
    case "modem-or-uplink":
      return isModemAlone(network)
        ? "The router answers, the modem or its line does not."
        : "The router answers, the modem or the internet provider does not.";
    case "provider":
      return "The router and what is behind it answer, the internet does not: it is the provider.";
    case "dns":
      return "The internet answers, but its names are not found.";
    case "captive-portal":
      return "A sign-in page answers in place of the internet.";
    case "fine":
      return "The internet answers.";
    case "unknown":
      return "What was measured does not tell.";
  }
}
