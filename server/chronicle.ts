/**
 * When the hub itself ran, and how things were from minute to minute. By it each round knows its weather: is anything to be said at all,
 * and to anybody.
 */
import type { MaintenanceWindow } from "../shared/hours_api.ts";
import { type Random, randomWord } from "../shared/ids.ts";
import type { Facts } from "../shared/rules/facts.ts";
import { excused, isOpen, type OpeningHours } from "../shared/rules/hours.ts";
import { GAP_MIN_MS, hubOff } from "../shared/rules/hub_off.ts";
import type { Incident } from "../shared/rules/incident.ts";
import { WARMING_MS } from "../shared/rules/liveness.ts";
import type { Reading } from "../shared/rules/rule.ts";
import type { Span } from "../shared/rules/spans.ts";
import type { Weather } from "../shared/rules/step.ts";
import type { History } from "./history.ts";
import type { MaintenancePlan } from "./maintenance.ts";
import type { Incidents } from "./store/incidents.ts";
import type { Look, Moments } from "./store/moments.ts";
import type { Runs } from "./store/runs.ts";

const LOOK_EVERY_MS = 5_000;
const SAVE_EVERY_MS = 15_000; // a sudden end is known to within this
const PRUNE_EVERY_MS = 60 * 60_000;
const ID_LENGTH = 10;

export interface ChronicleDeps {
  readonly store: {
    readonly runs: Runs;
    readonly maintenance: { prune(now: number): void };
    readonly moments: Moments;
    readonly incidents: Incidents<Incident>;
  };
  readonly hours: () => OpeningHours | undefined;
  readonly look: (facts: Facts) => Pick<Look, "layers" | "openChecks">;
  readonly maintenance: MaintenancePlan;
  readonly history: History;
  readonly random: Random;
  readonly startedAt: number;
}

export class Chronicle {
  readonly #deps: ChronicleDeps;
  readonly #doneAt = { look: 0, save: 0, prune: 0 };
  #tickedAt: number;
  readonly #gaps: Span[]; // the hub's own, to be stored
  readonly #runs: number[]; // begun, to be stored
  #backAt: number | undefined; // when the hub came back from a time in which it was off

  constructor(deps: ChronicleDeps) {
    const { store, startedAt } = deps;
    this.#deps = deps;
    this.#tickedAt = startedAt;
    const last = store.runs.last();
    if (last) this.#backAt = startedAt;
    this.#gaps = last ? [{ from: last.until, until: startedAt }] : [];
    this.#runs = [startedAt];
  }

  /** What holds for everything in the round at `now`. */
  weather(now: number): Required<Weather> {
    const sinceBack = now - (this.#backAt ?? -Infinity);
    const warming = this.#slept(now) || (sinceBack >= 0 && sinceBack < WARMING_MS);
    return { muted: this.maintenance(now) !== undefined, warming };
  }

  /** The readings, with what is as it should be because the venue is closed. */
  excuse(readings: readonly Reading[], facts: Facts): readonly Reading[] {
    return excused(readings, facts, this.#deps.hours());
  }

  isOpen(now: number): boolean {
    return isOpen(this.#deps.hours(), now);
  }

  /** As the view shows it. */
  standing(now: number): { open: boolean; maintenance: MaintenanceWindow | null } {
    return { open: this.isOpen(now), maintenance: this.maintenance(now) ?? null };
  }

  /** The maintenance that is on. */
  maintenance(now: number): MaintenanceWindow | undefined {
    return this.#deps.maintenance.at(now);
  }

  story(incident: Incident, now: number): ReturnType<History["story"]> {
    return this.#deps.history.story(incident, now);
  }

  /** Notes how things are. It throws what the disk throws, and tries again the next time. */
  tick(facts: Facts): void {
    const { now } = facts;
    const { moments, runs, maintenance } = this.#deps.store;
    if (this.#slept(now)) {
      this.#backAt = now;
      this.#gaps.push({ from: this.#tickedAt, until: now });
      this.#runs.push(now);
    }
    if (now < this.#tickedAt) this.#runs.push(now); // the clock was set back, and the run goes on by it
    this.#tickedAt = now;
    this.#noteRuns();
    if (this.#isDue("look", now, LOOK_EVERY_MS)) {
      const unsynced = new Map(facts.registers.map(({ id, unsynced = 0 }) => [id, unsynced]));
      moments.add({ at: now, unsynced, ...this.#deps.look(facts) });
    }
    if (this.#isDue("save", now, SAVE_EVERY_MS)) this.save(now);
    if (this.#isDue("prune", now, PRUNE_EVERY_MS)) [moments, runs, maintenance].forEach((store) => store.prune(now));
  }

  /** Writes all that waits. */
  save(now: number): void {
    this.#deps.store.moments.flush();
    if (this.#runs.length === 0) this.#deps.store.runs.alive(now);
  }

  /** Nobody ticked for a while: the computer slept. */
  #slept(now: number): boolean {
    return now - this.#tickedAt > GAP_MIN_MS;
  }

  /** What the disk does not take waits for the next tick: a full disk must not keep the hub from starting. */
  #noteRuns(): void {
    const { runs } = this.#deps.store;
    for (let gap = this.#gaps[0]; gap !== undefined; gap = this.#gaps[0]) {
      runs.alive(gap.from);
      this.#tell(gap);
      this.#gaps.shift();
    }
    for (let at = this.#runs[0]; at !== undefined; at = this.#runs[0]) {
      runs.begin(at);
      this.#runs.shift();
    }
  }

  #tell(gap: Span): void {
    const { store, hours, random } = this.#deps;
    if (gap.until - gap.from < GAP_MIN_MS) return;
    store.incidents.save([hubOff(gap, randomWord(random, ID_LENGTH), hours()?.timeZone)]);
  }

  #isDue(chore: "look" | "save" | "prune", now: number, every: number): boolean {
    if (now - this.#doneAt[chore] < every && now >= this.#doneAt[chore]) return false;
    this.#doneAt[chore] = now;
    return true;
  }
}
