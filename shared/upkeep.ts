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

const REMEMBERED_MAX = 16; // messages that each name up to 1,000 checks: more than a venue keeps

const NOTHING: Change = { fresh: [], checks: new Set() };

export class Upkeep {
  readonly #deps: UpkeepDeps;
  readonly #asked = new WeakSet<OpenLink>(); // for what was damaged here: once over each link
  #digests: Digest[] = []; // the hub's last word on how much there is
  #wants: Want[] = []; // that came from the hub while sync was off
  #isDue = false; // whether to look at the digests again

  constructor(deps: UpkeepDeps) {
    this.#deps = deps;
  }

  async receive(link: OpenLink, message: UpkeepMessage): Promise<UpkeepOutcome> {
    switch (message.type) {
      case "want":
        this.#answer(link, message);
        return NOTHING;
      case "family":
        return this.#noteFailure(await this.#takeBack(message));
      case "retire":
        return link.peer === HUB ? this.#noteFailure(await this.#retire(message)) : NOTHING;
      case "digest":
        if (link.peer !== HUB) return NOTHING;
        this.#remember(message);
        this.#compare(link, message);
        return NOTHING;
    }
  }

  /** Keeps in mind what the hub says only once, and comes while sync is off. The digest tells what else was missed. */
  missed({ peer }: OpenLink, message: SyncMessage): void {
    if (peer !== HUB) return;
    if (message.type === "want") this.#wants = [...this.#wants, message].slice(-REMEMBERED_MAX);
    if (message.type !== "digest") return;
    this.#remember(message);
    this.#isDue = true;
  }

  /**
   * Asks for what was damaged here: everybody. And for checks of which too little is here, or otherwise than the hub said while sync was
   * off or the journal failed: the hub, or, of the first, without it everybody.
   */
  ask(links: Iterable<OpenLink>): void {
    const all = [...links];
    const hub = all.filter(({ peer }) => peer === HUB);
    if (hub[0]) this.#catchUp(hub[0]);
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

  /** What could not be done when the hub said it. */
  #catchUp(hub: OpenLink): void {
    for (const want of this.#wants.splice(0)) this.#answer(hub, want);
    if (!this.#isDue) return;
    this.#isDue = false;
    for (const digest of this.#digests) this.#compare(hub, digest);
  }

  #remember(digest: Digest): void {
    this.#digests = digest.whole ? [digest] : [...this.#digests, digest].slice(-REMEMBERED_MAX);
  }

  /** A journal that failed may work later, and the hub does not say it again. */
  #noteFailure(outcome: UpkeepOutcome): UpkeepOutcome {
    if (outcome === "failed") this.#isDue = true;
    return outcome;
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
  #answer(link: OpenLink, { checks, spans = {} }: Want): void {
    const { holding } = this.#deps;
    const told = new Set<OpId>();
    for (const check of checks) {
      const family = told.has(check) ? undefined : holding.family(check);
      if (!family) continue;
      for (const member of family.checks) told.add(member);
      for (const message of familyMessages(family.checks, family.ops)) link.send(message);
    }
    const placed = Object.entries(spans).flatMap(([replica, places]) =>
      places.flatMap(([from, to]) => holding.log.between(replica, from, to))
    );
    for (const message of familyMessages([], placed)) link.send(message);
  }
}

function idOf(op: CheckOp): OpId {
  return opId(op.replica, op.seq);
}
