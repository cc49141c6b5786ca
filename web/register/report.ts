/** What a register says of itself every few seconds. What a browser cannot know stays absent. */
import type { DeviceInfo, Heartbeat, LinkReport, RegisterState, SuspectReport } from "../../shared/heartbeat.ts";
import type { Vector } from "../../shared/sync/vector.ts";
import { HUB } from "../../shared/holders.ts";
import { APP } from "./app_info.ts";

export interface Standing {
  readonly now: number;
  readonly onlineSince: number; // when the session with the hub began
  readonly configVersion: number | undefined;
  readonly device: DeviceInfo;
  readonly screen: RegisterState;
  readonly unsynced: number;
  readonly vector: Vector;
  readonly links: readonly LinkReport[]; // to other registers
  readonly suspects: readonly SuspectReport[];
}

export function reportOf(
  { now, onlineSince, configVersion, device, screen, unsynced, vector, links, suspects }: Standing,
): Heartbeat {
  return {
    sentAt: new Date(now).toISOString(),
    app: APP,
    configVersion,
    device,
    network: undefined, // a browser does not tell
    state: screen,
    links: [{
      peer: HUB,
      path: "relay",
      rttMs: undefined,
      lossPercent: undefined,
      since: new Date(onlineSince).toISOString(),
      why: undefined,
    }, ...links],
    unsynced,
    vector,
    suspects: [...suspects],
  };
}
