/** Peers that sent this register what no sound peer sends, as its heartbeats tell the hub: each for a while, a bounded number of them. */
import { type SuspectReport, SUSPECTS_MAX, type SuspectWhy } from "./heartbeat.ts";

export const SUSPECT_TOLD_MS = 60_000; // a dozen heartbeats: one that is lost does not matter

interface Noted extends SuspectReport {
  readonly at: number;
}

export class SuspectPeers {
  #noted: readonly Noted[] = []; // the newest last

  note(peer: string, why: SuspectWhy, at: number): void {
    const others = this.#noted.filter((noted) => noted.peer !== peer || noted.why !== why);
    this.#noted = [...others, { peer, why, at }].slice(-SUSPECTS_MAX);
  }

  /** What is still to be told at `now`. */
  reports(now: number): SuspectReport[] {
    this.#noted = this.#noted.filter(({ at }) => now - at <= SUSPECT_TOLD_MS);
    return this.#noted.map(({ peer, why }) => ({ peer, why }));
  }
}
