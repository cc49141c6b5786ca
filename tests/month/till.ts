/** A register as the hub knows it, by the heartbeats that it sends, or does not send, while something is wrong with it. */
import type { EnrolResponse } from "../../shared/api.ts";
import { Heartbeat } from "../../shared/heartbeat.ts";
import type { Dice } from "../sim/dice.ts";
import type { Fault } from "./faults.ts";

export const BEAT_S = 5;
const FLAP_S = 130; // one time of coming and going
const FLAPS_GONE_S = [60, 32]; // by turns: silent, and only late
const STUTTER_S = 90;
const STUTTER_GONE_S = 28; // late, never silent

export interface Till {
  readonly enrolled: EnrolResponse;
  readonly address: string;
  readonly phase: number; // seconds into its BEAT_S
}

/** Whether it sends at all, this second of the evening. */
export function isSending(faults: readonly Fault[], second: number): boolean {
  return !faults.some(({ kind, from }) => {
    switch (kind) {
      case "silent":
      case "late":
      case "said-hidden":
      case "said-closing":
        return true;
      case "moved":
        return second - from < 60;
      case "flapping":
        return (second - from) % FLAP_S < FLAPS_GONE_S[Math.floor((second - from) / FLAP_S) % 2]!;
      case "stuttering":
        return (second - from) % STUTTER_S < STUTTER_GONE_S;
      case "router-off":
      case "hub-cable":
        return true;
      case "access-point":
        return second - from >= 60; // first it shows where it is
      default:
        return false;
    }
  });
}

/** What it says at `now`, by its own clock. */
export function beatOf(faults: readonly Fault[], now: number, dice: Dice): Heartbeat {
  const has = (kind: Fault["kind"]) => faults.some((fault) => fault.kind === kind);
  const rttMs = has("slow") ? dice.between(110, 260) : 1 + dice.below(60) / 10;
  return Heartbeat.parse({
    sentAt: new Date(now + (has("clock") ? 90_000 : 0)).toISOString(),
    app: { version: has("version") ? "3.1.9" : "3.2.0", build: "812" },
    device: { model: "iPad Air (5th generation)", os: "iPadOS 18.1", batteryPercent: 40 + dice.below(60) },
    network: {
      ssid: has("other-wifi") ? "Guest" : "Shop",
      bssid: has("access-point") ? "a4:2b:b0:01:02:04" : "a4:2b:b0:01:02:03",
      band: has("band") ? "2.4GHz" : "5GHz",
      channel: has("band") ? 6 : 44,
      utilisationPercent: 20,
      rssiDbm: (has("weak") ? -76 : -54) - dice.below(6),
      noiseDbm: -95,
      prefixLength: 24,
    },
    state: { foreground: !has("hidden"), autoLock: has("auto-lock") ? 5 : "never", shiftOpen: true },
    links: [{ peer: "hub", path: "direct", rttMs, lossPercent: has("lossy") ? 7 : 0 }],
    unsynced: has("unsynced") ? 3 : 0,
  });
}
