/**
 * The agent's life after enrolment, one step at a time: measure, report, and how long to wait. Commands, network, clock and chance are
 * handed in.
 */
import type { HeartbeatResponse } from "../shared/api.ts";
import { type DeviceInfo, type Heartbeat, HEARTBEAT_EVERY_MS } from "../shared/heartbeat.ts";
import type { Outcome } from "./hub.ts";
import type { Measured } from "./measure.ts";

const BACK_OFF_MAX_MS = 30_000; // a hub that is back is noticed before its register counts as silent
const JITTER = 0.2; // of a wait, so that a shop's tills do not all come at once
const DEVICE_EVERY_MS = 60_000; // a battery changes slowly
const NOTES_SAID_MAX = 100; // different ones; more would be a value in a note
const MEASURE_SHARE = 3; // a measurement takes at most a third of the time: `system_profiler` works for seconds

export const EXIT_UNKNOWN = 3; // the hub does not know this computer any more

export interface BeatsDeps {
  readonly app: string;
  readonly hub: string;
  readonly measure: () => Promise<Measured>;
  readonly device: () => Promise<DeviceInfo>;
  readonly post: (beat: Heartbeat) => Promise<Outcome<HeartbeatResponse>>;
  readonly say: (words: string) => void;
  readonly now: () => number; // wall time
  readonly steady: () => number; // time that never jumps
  readonly random: () => number; // from 0 to 1
}

export type Next = { readonly kind: "wait"; readonly ms: number } | { readonly kind: "end"; readonly code: number };

export class Beats {
  readonly #deps: BeatsDeps;
  readonly #noted = new Set<string>();
  #failures = 0;
  #state = "";
  #device: DeviceInfo | undefined;
  #deviceAt = -Infinity;
  #measured: Measured | undefined;
  #measureAt = -Infinity;

  constructor(deps: BeatsDeps) {
    this.#deps = deps;
  }

  /** One heartbeat, and what comes next. */
  async step(): Promise<Next> {
    const { app, hub, post, now, steady } = this.#deps;
    const began = steady();
    const beat = { ...await this.#look(), sentAt: new Date(now()).toISOString(), app: { version: app } };
    const outcome = await post(beat);
    switch (outcome.kind) {
      case "ok":
        this.#failures = 0;
        this.#say("taken", `Reporting to ${hub}.`);
        return { kind: "wait", ms: Math.max(0, HEARTBEAT_EVERY_MS - (steady() - began)) };
      case "away":
        this.#say(`away: ${outcome.why}`, `The hub at ${hub} is away: ${outcome.why}. Trying again.`);
        return { kind: "wait", ms: this.#backOff() };
      case "refused":
        if (outcome.status === 401) {
          this.#say("unknown", NOT_KNOWN);
          return { kind: "end", code: EXIT_UNKNOWN };
        }
        this.#say(outcome.code, `The hub does not take this report: ${outcome.message}. Trying again.`);
        return { kind: "wait", ms: this.#backOff() };
    }
  }

  /** What is known of radio and device: measured anew as often as it takes little of the computer's time. */
  async #look(): Promise<Pick<Heartbeat, "network" | "device">> {
    const { measure, device, steady } = this.#deps;
    if (steady() - this.#deviceAt >= DEVICE_EVERY_MS) {
      this.#device = await device();
      this.#deviceAt = steady();
    }
    if (steady() >= this.#measureAt) {
      const began = steady();
      this.#measured = await measure();
      this.#measureAt = steady() + (MEASURE_SHARE - 1) * (steady() - began);
      for (const note of this.#measured.notes) this.#note(note);
      return { network: this.#measured.network, device: this.#device };
    }
    return { network: withoutSignal(this.#measured), device: this.#device }; // an old reading is no second reading
  }

  #backOff(): number {
    const wait = Math.min(BACK_OFF_MAX_MS, HEARTBEAT_EVERY_MS * 2 ** this.#failures++);
    return wait * (1 + JITTER * (2 * this.#deps.random() - 1));
  }

  /** Says what changes, once. */
  #say(state: string, words: string): void {
    if (state !== this.#state) this.#deps.say(words);
    this.#state = state;
  }

  #note(note: string): void {
    if (this.#noted.has(note) || this.#noted.size >= NOTES_SAID_MAX) return;
    this.#noted.add(note);
    this.#deps.say(`${note}.`);
  }
}

const NOT_KNOWN = "The hub does not know this computer any more: it was un-enrolled, or this is another hub. " +
  "On the manager's page press “Add a register”, then start the agent once with --code and the new code.";

function withoutSignal(measured: Measured | undefined): Heartbeat["network"] {
  return measured && { ...measured.network, rssiDbm: undefined, noiseDbm: undefined };
}
