/** Rules about the computer that the hub runs on. */
import { HEALTHY, type Rule, unknown } from "./rule.ts";
import { NOISY_CLOSE_MS, NOISY_OPEN_MS, PLAIN_CLOSE_MS, PLAIN_OPEN_MS } from "./settle.ts";

export const DISK_FREE_MIN_BYTES = 500_000_000; // a year of 16 registers takes 66 MB at most; below this other programs fill the rest in a day

const BYTES_PER_MB = 1_000_000;

export const hubOnWifi: Rule = {
  code: "hub-on-wifi",
  title: "Hub is on Wi-Fi",
  from: "own",
  strength: "A",
  dependsOn: [],
  openAfterMs: NOISY_OPEN_MS,
  closeAfterMs: NOISY_CLOSE_MS,
  runbook: [
    "Connect the hub to the router with a network cable.",
    "Switch the hub's Wi-Fi off, so that it does not go back to it.",
  ],
  subjects: () => ["hub"],
  test({ network }) {
    if (network?.own.medium === undefined) return unknown("it is not known whether the hub is on a cable");
    if (network.own.medium === "wired") return HEALTHY;
    return {
      kind: "broken",
      severity: "warn",
      headline: "The hub is on Wi-Fi.",
      text:
        `The hub is on Wi-Fi (${
          network.own.name ?? "its radio"
        }), so every message to it and from it shares the air with the ` +
        `registers. Connect it to the router by cable.`,
      evidence: [`${network.own.how}.`],
    };
  },
};

export const hubDiskLow: Rule = {
  code: "hub-disk-low",
  title: "Hub's disk is nearly full",
  from: "own",
  strength: "A",
  dependsOn: [],
  openAfterMs: PLAIN_OPEN_MS,
  closeAfterMs: PLAIN_CLOSE_MS,
  runbook: [
    "Look what fills the disk of the hub's computer, and remove what is not needed.",
    "If nothing can go, move the hub to a computer with more room. Registers fill it again.",
  ],
  subjects: () => ["hub"],
  test({ hub }) {
    if (hub.diskFreeBytes === undefined) return unknown("the free room on the hub's disk is not known");
    if (hub.diskFreeBytes >= DISK_FREE_MIN_BYTES) return HEALTHY;
    const free = `${Math.floor(hub.diskFreeBytes / BYTES_PER_MB)} MB`;
    return {
      kind: "broken",
      severity: "warn",
      headline: "The hub's disk is nearly full.",
      text:
        `The hub's disk has ${free} left. When it is full the hub can keep no copy of the checks; the registers still have them. ` +
        `Make room for at least ${DISK_FREE_MIN_BYTES / BYTES_PER_MB} MB.`,
      evidence: [`${free} are free where the hub keeps its data`],
    };
  },
};
