/**
 * Who sends what no sound peer sends: what the hub ended a session for, what registers say of each other, and devices with a token that is
 * not known. Kept in memory while it is fresh; the rule on it says when it has passed.
 */
import type { Heartbeat } from "../shared/heartbeat.ts";
import type { RegisterId } from "../shared/ids.ts";
import type { SuspectWhat, SuspicionFact } from "../shared/rules/facts.ts";
import { SUSPECT_FRESH_MS } from "../shared/rules/suspect.ts";
import { CLOSE, type Close } from "../shared/wire.ts";

const SUSPICIONS_MAX = 256; // kept at once; the oldest go first, so that a stranger who changes addresses fills nothing
const DETAIL_MAX = 120; // characters

export class Suspects {
  readonly #noted = new Map<string, SuspicionFact>();

  /** The hub ends a session, or does not begin one. Only what a sound register would not bring about counts. */
  ended(subject: RegisterId | "venue", close: Close, detail: string | undefined, now: number): void {
    const what = whatOf(close);
    if (what) this.#note({ subject, by: "hub", what, detail: detail || undefined }, now);
  }

  /** What a register says of its peers in a heartbeat. It says nothing of itself, and `knows` whom it can speak of. */
  reported(
    by: RegisterId,
    suspects: NonNullable<Heartbeat["suspects"]>,
    knows: (register: RegisterId) => boolean,
    now: number,
  ): void {
    for (const { peer, why } of suspects) {
      if (peer !== by && (peer === "hub" || knows(peer))) this.#note({ subject: peer, by, what: why }, now);
    }
  }

  /** What is fresh. */
  facts(now: number): SuspicionFact[] {
    for (const [key, { lastAt }] of this.#noted) if (now - lastAt > SUSPECT_FRESH_MS) this.#noted.delete(key);
    return [...this.#noted.values()];
  }

  #note(suspicion: Pick<SuspicionFact, "subject" | "by" | "what" | "detail">, now: number): void {
    const { subject, by, what } = suspicion;
    const detail = suspicion.detail?.slice(0, DETAIL_MAX);
    const key = [subject, by, what, subject === "venue" ? detail : ""].join(" ");
    const before = this.#noted.get(key);
    this.#noted.delete(key); // to the end: the order of the map is that of the last time
    this.#noted.set(key, {
      subject,
      by,
      what,
      detail,
      times: (before?.times ?? 0) + 1,
      since: before?.since ?? now,
      lastAt: now,
    });
    for (const oldest of this.#noted.keys()) if (this.#noted.size > SUSPICIONS_MAX) this.#noted.delete(oldest);
  }
}

function whatOf({ code }: Close): SuspectWhat | undefined {
  switch (code) {
    case CLOSE.fork.code:
      return "fork";
    case CLOSE.gap.code:
      return "gap";
    case CLOSE.tooLarge.code:
      return "oversize";
    case CLOSE.flood.code:
      return "flood";
    case CLOSE.badMessage.code:
      return "garbage";
    case CLOSE.wrongReplica.code:
      return "wrong-name";
    case CLOSE.unknownToken.code:
      return "unknown-token";
    default:
      return undefined;
  }
}
