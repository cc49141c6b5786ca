/** Fetches menu and settings from the hub, one request at a time. */
import type { Signal } from "@preact/signals";
import type { Config } from "../../shared/api.ts";
import type { Answer } from "../lib/http.ts";
import { keepConfig, type Shelf } from "./kept.ts";
import { whatChanged } from "./updates.ts";

/** What "Get Updates" brought: sentences on what changed, or why it brought nothing. */
export type Updates =
  | { readonly ok: true; readonly changed: readonly string[] }
  | { readonly ok: false; readonly message: string };

interface UpdaterDeps {
  readonly shelf: Shelf;
  readonly config: Signal<Config | undefined>;
  readonly ask: () => Promise<Answer<Config>>;
  readonly taken: (config: Config) => void;
}

export class Updater {
  readonly #deps: UpdaterDeps;
  #fetching: Promise<Updates> | undefined;

  constructor(deps: UpdaterDeps) {
    this.#deps = deps;
  }

  fetch(): Promise<Updates> {
    this.#fetching ??= this.#fetchOnce().finally(() => this.#fetching = undefined);
    return this.#fetching;
  }

  async #fetchOnce(): Promise<Updates> {
    const { shelf, config, ask, taken } = this.#deps;
    const answer = await ask();
    if (!answer.ok) return { ok: false, message: answer.message };
    const changed = whatChanged(config.value, answer.data);
    config.value = answer.data;
    taken(answer.data);
    await keepConfig(shelf, answer.data).catch(() => {}); // it is shown all the same, and fetched again next time
    return { ok: true, changed };
  }
}
