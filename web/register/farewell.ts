/**
 * What this page says as it goes. Browsers tell of going in several ways, and in any order: hidden first and then closed, closed alone, or
 * never. A page that was told to be closed is not merely hidden, until it is shown again; then it takes its words back.
 */
import type { LastWordsKind, LastWordsRequest } from "../../shared/last_words.ts";

export interface FarewellDeps {
  readonly now: () => number;
  readonly idleSeconds: () => number | undefined;
  readonly beacon: (words: LastWordsRequest) => void; // goes out even when the page ends now
}

export class Farewell {
  readonly #deps: FarewellDeps;
  #words: LastWordsKind | undefined;

  constructor(deps: FarewellDeps) {
    this.#deps = deps;
  }

  /** What holds now, for the heartbeat. */
  get words(): LastWordsKind | undefined {
    return this.#words;
  }

  /** The page goes. False when that is no news. */
  say(kind: LastWordsKind, token: string): boolean {
    if (this.#words === kind || this.#words === "closing") return false;
    this.#words = kind;
    const { now, idleSeconds, beacon } = this.#deps;
    beacon({ token, kind, sentAt: new Date(now()).toISOString(), idleSeconds: idleSeconds() });
    return true;
  }

  /** The page is shown again: the next heartbeat carries no words. */
  takeBack(): void {
    this.#words = undefined;
  }
}

/** Sends last words as the browser's beacon: plain text, so that nothing is asked first. */
export function sendBeacon(words: LastWordsRequest): void {
  navigator.sendBeacon("/api/last-words", JSON.stringify(words)); // no answer can be waited for; the session may say it as well
}
