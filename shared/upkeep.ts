/**
 * Keeping a register small, and whole: what the hub says is settled is let go, and what turns out to be needed is asked for and taken
 * back. Only the hub's word is taken for what may be let go.
 */
import type { CheckOp } from "./check/op.ts";
import { familyMessages } from "./family_messages.ts";
import { HUB } from "./holders.ts";
import type { Change, Holding } from "./holding.ts";
import { type OpId, opId, type RegisterId } from "./ids.ts";
import type { Incarnation } from "./incarnation.ts";
import type { Journal } from "./journal.ts";
import type { OpenLink } from "./open_link.ts";
import { opsAmong } from "./sync/op.ts";
import { seqOf } from "./sync/vector.ts";
import {
  CHECKS_NAMED_MAX,
  type Digest,
  type Family,
  fromRuns,
  type Retire,
  type SyncMessage,
  type Want,
} from "./wire.ts";

export type UpkeepMessage = Extract<SyncMessage, { type: "retire" | "want" | "family" | "digest" }>;

/** `failed`: the journal did not do it, so memory has to be put back to what it holds. */
export type UpkeepOutcome = Change | "failed";

export interface UpkeepDeps {
  readonly holding: Holding;
  readonly journal: Journal;
  readonly own: RegisterId;
  readonly self: Incarnation;
}

const MISSED_MAX = 16; // messages that each name up to 1,000 checks: more than a venue keeps

const NOTHING: Change = { fresh: [], checks: new Set() };

export class Upkeep {
  readonly #deps: UpkeepDeps;
  readonly #asked = new WeakSet<OpenLink>(); // for what was damaged here: once over each link
  #missed: (Digest | Want)[] = []; // that came from the hub while sync was off

  constructor(deps: UpkeepDeps) {
    this.#deps = deps;
  }

  async receive(link: OpenLink, message: UpkeepMessage): Promise<UpkeepOutcome> {
    switch (message.type) {
      case "want":
        this.#heed(link, message);
        return NOTHING;
      case "family":
        return await this.#takeBack(message);
      case "retire":
        return link.peer === HUB ? await this.#retire(message) : NOTHING;
      case "digest": {
        if (link.peer === HUB) this.#heed(link, message);
        return NOTHING;
      }
    }
  }

  /** Keeps in mind what the hub says only once, and comes while sync is off. The digest tells what else was missed. */
  missed(link: OpenLink, message: SyncMessage): void {
    if (link.peer !== HUB || message.type !== "digest" && message.type !== "want") return;
    this.#missed = [...this.#missed, message].slice(-MISSED_MAX);
  }

  /**
   * Asks for what was damaged here: everybody. And for checks of which too little is here, or otherwise than the hub said while sync was
   * off: the hub, or, of the first, without it everybody.
   */
  ask(links: Iterable<OpenLink>): void {
    const all = [...links];
    const hub = all.filter(({ peer }) => peer === HUB);
    for (const message of hub.length > 0 ? this.#missed.splice(0) : []) this.#heed(hub[0]!, message);
    const spans = this.#deps.holding.holes();
    const unasked = Object.keys(spans).length === 0 ? [] : all.filter((link) => !this.#asked.has(link));
    for (const link of unasked) {
      this.#asked.add(link);
      link.send({ type: "want", checks: [], spans });
    }
    const checks = this.#deps.holding.wanted().slice(0, CHECKS_NAMED_MAX);
    if (checks.length === 0) return;
    for (const link of hub.length > 0 ? hub : all) link.send({ type: "want", checks });
  }

  #heed(link: OpenLink, message: Digest | Want): void {
    if (message.type === "want") { for (const answer of this.#answers(message)) link.send(answer); }
    else this.#compare(link, message);
  }

  #compare(link: OpenLink, message: Digest): void {
    const { checks, others } = this.#deps.holding.unlike(message);
    if (checks.length === 0 && !others) return;
    const [some, few] = [checks.slice(0, CHECKS_NAMED_MAX), others?.slice(0, CHECKS_NAMED_MAX)];
    link.send({ type: "want", checks: some, ...(few ? { others: few } : {}) });
  }

  async #retire(message: Retire): Promise<UpkeepOutcome> {
    const { holding, journal, own, self } = this.#deps;
    const wrote = seqOf(holding.vector(), self.id) > 0;
    const { ops, checks } = holding.retire(message, own);
    if (wrote && seqOf(holding.vector(), self.id) === 0) self.doubt(); // forgotten: it must not be written on
    const stored = await journal.retire(ops.map(idOf), holding.kept());
    return stored.ok ? { fresh: [], checks } : "failed";
  }

  /** What is beyond the writers known here comes by the usual way. */
  async #takeBack(message: Family): Promise<UpkeepOutcome> {
    const { holding, journal } = this.#deps;
    const back = holding.lacking(opsAmong(fromRuns(message.runs)));
    const stored = back.length === 0 ? { ok: true } : await journal.append(back);
    if (!stored.ok) return "failed";
    const change = holding.restore(back, message.checks, message.ops);
    if (back.length === 0 && change.checks.size === 0) return NOTHING;
    const kept = await journal.retire([], holding.kept());
    return kept.ok ? change : "failed";
  }

  /** What a peer asked for, as far as all of it is here; and the ops in the places that it lacks. */
  #answers({ checks, spans = {} }: Want): SyncMessage[] {
    const { holding } = this.#deps;
    const messages: SyncMessage[] = [];
    const told = new Set<OpId>();
    for (const check of checks) {
      const family = told.has(check) ? undefined : holding.family(check);
      if (!family) continue;
      for (const member of family.checks) told.add(member);
      messages.push(...familyMessages(family.checks, family.ops));
    }
    const placed = Object.entries(spans).flatMap(([replica, places]) =>
      places.flatMap(([from, to]) => holding.log.between(replica, from, to))
    );
    return [...messages, ...familyMessages([], placed)];
  }
}

function idOf(op: CheckOp): OpId {
  return opId(op.replica, op.seq);
}
