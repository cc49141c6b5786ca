/**
 * Who else holds what: the last `have` of each peer, and what the hub vouched for of a register that is not heard directly. Only what was
 * said is known; a register of which nobody said anything is taken to hold nothing.
 */
import type { Named } from "./check/draft.ts";
import type { RegisterId, ReplicaId } from "./ids.ts";
import type { Item } from "./sync/op.ts";
import { covers, headsOf, mergeVectors, seqOf, type Vector } from "./sync/vector.ts";

export const HUB = "hub"; // the peer's name in journal, links and heartbeat

/** Of the registers of the venue: which are known to hold a thing whole, this one among them. */
export interface SeenBy {
  readonly holders: readonly RegisterId[];
  readonly of: number;
  readonly hub: boolean; // a durable copy is on the hub
}

export class Holders {
  readonly #heard = new Map<string, Vector>(); // stored there for certain
  readonly #vouched = new Map<RegisterId, Vector>(); // stored there, the hub says

  constructor(heard: Readonly<Record<string, Vector>>) {
    for (const [peer, vector] of Object.entries(heard)) this.#heard.set(peer, vector);
  }

  /** A peer's own `have`: it overrules what was said of it. */
  heard(peer: string, vector: Vector): void {
    this.#heard.set(peer, vector);
    this.#vouched.delete(peer);
  }

  /** A peer sent these: it has stored them, and all that it was known to hold. */
  sent(peer: string, items: readonly Item[]): void {
    this.#heard.set(peer, mergeVectors(this.#heard.get(peer) ?? {}, headsOf(items)));
  }

  /** The hub says that `register` lacks nothing of what the hub holds. What the hub last said it holds is the least that this can mean. */
  vouched(register: RegisterId): void {
    const hub = this.#heard.get(HUB);
    if (hub) this.#vouched.set(register, hub);
  }

  /** What somebody else is known to hold. */
  elsewhere(): Vector {
    return [...this.#heard.values(), ...this.#vouched.values()].reduce(mergeVectors, {});
  }

  /** How many of these ops nobody else is known to hold. */
  lackingOf(story: readonly Named[]): number {
    const elsewhere = this.elsewhere();
    return story.filter(({ op }) => op.seq > seqOf(elsewhere, op.replica)).length;
  }

  /** Whether anybody holds anything that `replica` wrote. */
  know(replica: ReplicaId): boolean {
    return seqOf(this.elsewhere(), replica) > 0;
  }

  /** Which of `registers` hold all of `story`. `own` does: it is asking. */
  seenBy(story: readonly Named[], own: RegisterId, registers: readonly RegisterId[]): SeenBy {
    const needed = headsOf(story.map(({ op }) => op));
    const all = [...new Set([own, ...registers])];
    const holders = all.filter((register) => register === own || covers(this.#of(register), needed));
    return { holders, of: all.length, hub: covers(this.#heard.get(HUB) ?? {}, needed) };
  }

  #of(register: RegisterId): Vector {
    return mergeVectors(this.#heard.get(register) ?? {}, this.#vouched.get(register) ?? {});
  }
}
