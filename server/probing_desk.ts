/** Whom the hub asks and how often, as a manager sets it, kept on disk. */
import { Probing, type ProbingView, USUAL_PROBING } from "../shared/probing_api.ts";
import type { ProbePlan } from "./probe/settings.ts";
import type { VenueStore } from "./store/venue.ts";

const KEY = "probing"; // of the setting

export interface ProbingDeskDeps {
  readonly store: Pick<VenueStore, "setting" | "saveSettings">;
  readonly plan: (set: Probing | undefined) => ProbePlan; // undefined: as usual
  readonly asksByFlag: boolean; // the command line names whom, and comes before what is set
}

export class ProbingDesk {
  readonly #deps: ProbingDeskDeps;
  #set: Probing | undefined;
  #plan: ProbePlan;

  constructor(deps: ProbingDeskDeps) {
    this.#deps = deps;
    const read = Probing.safeParse(deps.store.setting(KEY)); // absent, or of an earlier version that allowed more: as usual
    this.#set = read.success ? read.data : undefined;
    this.#plan = deps.plan(this.#set);
  }

  view(): ProbingView {
    return { set: this.#set ?? null, usual: USUAL_PROBING, asksByFlag: this.#deps.asksByFlag };
  }

  /** Holds from the next round on. Null: as usual. */
  set(set: Probing | null): void {
    this.#deps.store.saveSettings({ [KEY]: set });
    this.#set = set ?? undefined;
    this.#plan = this.#deps.plan(this.#set);
  }

  plan(): ProbePlan {
    return this.#plan;
  }
}
