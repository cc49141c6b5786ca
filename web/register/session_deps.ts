/** What a register's session is given: who it is, storage, a socket, WebRTC, a clock and chance. */
import type { ReadonlySignal } from "@preact/signals";
import type { Config } from "../../shared/api.ts";
import type { DeviceInfo, RegisterState } from "../../shared/heartbeat.ts";
import type { Random } from "../../shared/ids.ts";
import type { OpenChannel } from "../../shared/peering.ts";
import type { Journal } from "../../shared/journal.ts";
import type { Socket, SocketEvents } from "../../shared/uplink.ts";
import type { Answer } from "../lib/http.ts";
import type { DutyDeps } from "./duty.ts";
import type { FarewellDeps } from "./farewell.ts";
import type { Enrolment, Shelf } from "./kept.ts";

export interface SessionDeps {
  readonly enrolment: Enrolment;
  readonly shelf: Shelf;
  readonly journal: Journal;
  readonly storage: ReadonlySignal<string | null>; // why storage does not take our writing
  readonly connect: (events: SocketEvents) => Socket;
  readonly fetchConfig: (token: string) => Promise<Answer<Config>>;
  readonly pinMatches: DutyDeps["pinMatches"];
  readonly device: DeviceInfo;
  readonly screen: () => RegisterState;
  readonly now: () => number;
  readonly random: Random;
  readonly beacon?: FarewellDeps["beacon"]; // absent: last words go over the session alone
  readonly direct?: OpenChannel; // absent: this browser has no WebRTC
  readonly steady?: () => number; // a clock that never jumps, in ms; absent: `now`
}
