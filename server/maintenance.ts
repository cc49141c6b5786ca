/** Times in which things are expected to be down, as managers plan them: nobody is told, everything is kept. */
import type { MaintenanceWindow } from "../shared/hours_api.ts";
import { type Random, randomWord } from "../shared/ids.ts";
import type { Maintenance, Window } from "./store/maintenance.ts";

const ID_LENGTH = 10;

export interface MaintenanceDeps {
  readonly store: Maintenance;
  readonly random: Random;
  readonly now: () => number;
}

type Cancelled = { readonly ok: true } | { readonly ok: false; readonly reason: "unknown" | "over" };

export class MaintenancePlan {
  readonly #deps: MaintenanceDeps;
  #windows: readonly Window[]; // those that are not over, so that no round asks the disk

  constructor(deps: MaintenanceDeps) {
    this.#deps = deps;
    this.#windows = deps.store.since(deps.now());
  }

  /** The one that is on now. */
  at(now: number): MaintenanceWindow | undefined {
    const window = this.#windows.find(({ startsAt, endsAt }) => startsAt <= now && now < endsAt);
    return window && windowView(window);
  }

  /** Those to come or on first, then past ones, the newest first. */
  windows(now: number): MaintenanceWindow[] {
    const all = this.#deps.store.since(0);
    const past = all.filter(({ endsAt }) => endsAt <= now).reverse();
    return [...all.filter(({ endsAt }) => endsAt > now), ...past].map(windowView);
  }

  /** Undefined: there are too many. */
  plan({ startsAt, endsAt, words }: Omit<MaintenanceWindow, "id">): MaintenanceWindow | undefined {
    const id = randomWord(this.#deps.random, ID_LENGTH);
    const window = { id, words, startsAt: Date.parse(startsAt), endsAt: Date.parse(endsAt) };
    return this.#keep(window) ? windowView(window) : undefined;
  }

  /** One to come is taken away; one that is on ends now, and stays on record. */
  cancel(id: string, now: number): Cancelled {
    const { store } = this.#deps;
    const window = store.since(0).find((each) => each.id === id);
    if (window === undefined) return { ok: false, reason: "unknown" };
    if (window.endsAt <= now) return { ok: false, reason: "over" };
    if (window.startsAt < now) this.#keep({ ...window, endsAt: now });
    else store.remove(id);
    this.#windows = store.since(now);
    return { ok: true };
  }

  #keep(window: Window): boolean {
    const { store, now } = this.#deps;
    const kept = store.save(window);
    this.#windows = store.since(now());
    return kept;
  }
}

function windowView({ id, startsAt, endsAt, words }: Window): MaintenanceWindow {
  return { id, startsAt: instant(startsAt), endsAt: instant(endsAt), words };
}

function instant(ms: number): string {
  return new Date(ms).toISOString();
}
