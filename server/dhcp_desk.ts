/**
 * Asking who hands out addresses, for a manager who presses the button: seldom, because each server holds an address back for a moment, and
 * kept on disk, because nobody asks by itself after a restart.
 */
import type { DhcpFact } from "../shared/rules/dhcp_fact.ts";
import type { DhcpFound } from "./probe/dhcp_servers.ts";
import type { VenueStore } from "./store/venue.ts";

export const ASK_EVERY_MS = 10_000; // twice as long as one takes
const KEY = "dhcp"; // of the setting that keeps the last answer

export interface DhcpDeskDeps {
  readonly store: Pick<VenueStore, "setting" | "saveSettings">;
  readonly search: () => Promise<DhcpFound>;
  readonly now: () => number;
}

export type DhcpAsked =
  | { readonly ok: true; readonly fact: DhcpFact }
  | { readonly ok: false; readonly waitMs: number };

export class DhcpDesk {
  readonly #deps: DhcpDeskDeps;
  #fact: DhcpFact | undefined;
  #begunAt: number | undefined;

  constructor(deps: DhcpDeskDeps) {
    this.#deps = deps;
    this.#fact = deps.store.setting(KEY) as DhcpFact | undefined;
  }

  /** What came of it when somebody last asked. */
  fact(): DhcpFact | undefined {
    return this.#fact;
  }

  /** Asks now, or says how long to wait: one at a time, and not again at once. */
  async ask(): Promise<DhcpAsked> {
    const { now, search, store } = this.#deps;
    const sinceMs = this.#begunAt === undefined ? ASK_EVERY_MS : now() - this.#begunAt;
    if (sinceMs >= 0 && sinceMs < ASK_EVERY_MS) return { ok: false, waitMs: ASK_EVERY_MS - sinceMs };
    this.#begunAt = now();
    const fact: DhcpFact = { ...await search(), askedAt: now() };
    this.#fact = fact;
    store.saveSettings({ [KEY]: fact });
    return { ok: true, fact };
  }
}
