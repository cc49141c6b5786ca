/**
 * Asks by multicast DNS for the names by which registers offer themselves, as their peers do: whether one is found tells whether multicast
 * gets through. A few questions for each offer, one at a time; the list is bounded, the oldest go.
 */
import type { AskedName } from "../../shared/rules/mdns_fact.ts";
import type { Outgoing, Packet } from "./responder.ts";

export const NAMES_MAX = 64; // two of each register that one venue has
const QUESTIONS = 3; // one that is lost on the air proves nothing
const ASK_EVERY_MS = 1_000; // RFC 6762, section 5.2

interface Sought {
  readonly offeredAt: number; // by the clock of whoever told it
  readonly askedAt: number;
  readonly asked: number; // questions so far
  readonly nextAt: number;
  readonly foundAt?: number;
}

export class Seeker {
  readonly #names = new Map<string, Sought>();

  /** A register offers itself by `name`, in lower case. Every offer is asked for once. */
  seek(name: string, offeredAt: number, now: number): void {
    const known = this.#names.get(name);
    if (known?.offeredAt === offeredAt) return;
    this.#names.delete(name); // so that the map's order is that of the last offer
    const isLost = known !== undefined && !isAnswered(known); // and has been since it was first asked for
    const askedAt = isLost ? known.askedAt : now;
    this.#names.set(name, { offeredAt, askedAt, asked: 0, nextAt: now, foundAt: known?.foundAt });
    while (this.#names.size > NAMES_MAX) this.#names.delete(this.#names.keys().next().value!);
  }

  /** The question that is due now, if any. */
  due(now: number): Outgoing | undefined {
    for (const [name, sought] of this.#names) {
      if (isAnswered(sought) || sought.asked >= QUESTIONS || now < sought.nextAt) continue;
      this.#names.set(name, { ...sought, asked: sought.asked + 1, nextAt: now + ASK_EVERY_MS });
      return { kind: "query", questions: [{ name, type: "A" }] };
    }
    return undefined;
  }

  /** What anybody answered, to us or to a peer. */
  told({ answers = [], additionals = [] }: Packet, now: number): void {
    for (const { name, type, ttl } of [...answers, ...additionals]) {
      const sought = this.#names.get(name.toLowerCase());
      const isAddress = type === "A" || type === "AAAA";
      if (sought && isAddress && ttl !== 0) this.#names.set(name.toLowerCase(), { ...sought, foundAt: now });
    }
  }

  /** In times of the hub's `wall` clock. */
  fact(now: number, wall: number): readonly AskedName[] {
    const at = (steady: number) => steady + wall - now;
    return [...this.#names].map(([name, { askedAt, foundAt }]) => ({
      name,
      askedAt: at(askedAt),
      foundAt: foundAt === undefined ? undefined : at(foundAt),
    }));
  }
}

function isAnswered({ askedAt, foundAt }: Sought): boolean {
  return foundAt !== undefined && foundAt >= askedAt;
}
