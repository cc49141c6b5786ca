/** Two hubs for one venue: registers that enrolled at different ones never see each other's checks, and nobody notices. */
import { HEALTHY, type Rule, unknown } from "./rule.ts";
import { PLAIN_CLOSE_MS, PLAIN_OPEN_MS } from "./settle.ts";

export const secondHub: Rule = {
  code: "second-hub",
  title: "A second hub for this venue",
  from: "own",
  strength: "A",
  dependsOn: [],
  openAfterMs: PLAIN_OPEN_MS,
  closeAfterMs: PLAIN_CLOSE_MS,
  runbook: [
    "Find the computer with the address named here, and see which registers are on its page.",
    "Let those registers sync until nothing is kept on them only, then enrol them at the hub that stays.",
    "Stop Counterpart on the other computer, and keep its data folder until you have compared the day's checks.",
  ],
  subjects: () => ["hub"],
  test({ mdns, venue }) {
    if (mdns === undefined) return unknown("multicast DNS is switched off on this hub");
    if (mdns.unheard !== undefined) return unknown(mdns.unheard);
    const other = mdns.secondHub;
    if (other === undefined) return HEALTHY;
    const whose = other.venue === "" ? venue.name : other.venue;
    return {
      kind: "broken",
      severity: "fail",
      headline: "A second hub is running for this venue.",
      text:
        `A second hub for “${whose}” is running at ${other.address}. Registers on one hub do not see the checks of ` +
        `the other. Keep one hub and stop the other.`,
      evidence: [
        `${other.address} announces a hub for “${whose}” with the id ${other.hubId}`,
        ...(mdns.name === undefined ? [] : [`This hub answers to ${mdns.name}`]),
      ],
    };
  },
};
