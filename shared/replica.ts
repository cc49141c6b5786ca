/**
 * A register's engine: its log, the book of checks, and an exchange for each link. Clock, chance and journal are handed in, so the
 * same engine runs in a browser, in a headless register and in a simulation.
 *
 * Promises: an op is in the journal before it is shown or sent; a `have` speaks of journalled ops only; an op id is never written
 * twice, even when storage was restored from an old copy or is shared by two tabs.
 */
import type { Book } from "./check/book.ts";
import type { Check } from "./check/check.ts";
import type { CheckBody, CheckOp } from "./check/op.ts";
import { type Change, Holding } from "./holding.ts";
import { newReplicaId, type OpId, opId, type Random, type RegisterId, registerOf, type ReplicaId } from "./ids.ts";
import { Incarnation } from "./incarnation.ts";
import { Holders, HUB, type SeenBy } from "./holders.ts";
import { type OpenLink, openLink } from "./open_link.ts";
import type { Journal, JournalContent } from "./journal.ts";
import { checked, type Plan, type PlanOutcome } from "./plan.ts";
import { fromRuns, type SyncMessage, toRuns } from "./wire.ts";
import { Upkeep } from "./upkeep.ts";
import {
  answerHave,
  DELTA_OPS_MAX,
  GAPS_MAX,
  noteHeard,
  noteReceived,
  opsLacking,
  opsToPush,
  type Suspicion,
} from "./sync/exchange.ts";
import { type Log, triage } from "./sync/log.ts";
import { isGone, type Item } from "./sync/op.ts";
import { seqOf, type Vector } from "./sync/vector.ts";

export const HAVE_EVERY_MS = 5_000; // how often each link is asked to compare, whatever was heard

export interface ReplicaDeps {
  readonly register: RegisterId;
  readonly journal: Journal;
  readonly random: Random;
  readonly now: () => number;
  readonly changed?: (checks: ReadonlySet<OpId>) => void; // after checks changed, ours or others'
  readonly suspect?: (peer: string, why: Suspicion) => void; // a frame that no sound peer sends
}

export type WriteOutcome = { readonly ok: true; readonly id: OpId } | { readonly ok: false; readonly message: string };

/** One path to one peer, as the engine sees it. */
export interface Link {
  readonly peer: string;
  receive(message: SyncMessage): Promise<void>;
  close(): void;
}

export class Replica {
  readonly #deps: ReplicaDeps;
  readonly #holding: Holding;
  readonly #links = new Set<OpenLink>();
  readonly #holders: Holders;
  readonly book: Book;
  readonly #self: Incarnation;
  readonly #upkeep: Upkeep;
  #queue: Promise<unknown> = Promise.resolve(); // one change at a time: journal first, then memory
  #haveSentAt = 0;
  #sync = true;

  private constructor(deps: ReplicaDeps, content: JournalContent) {
    this.#deps = deps;
    this.#self = new Incarnation(deps.register, deps.random, content.replica);
    this.#holders = new Holders(content.heard);
    this.#holding = new Holding(content);
    this.book = this.#holding.book;
    const { journal, register: own } = deps;
    this.#upkeep = new Upkeep({ holding: this.#holding, journal, own, self: this.#self });
    this.#self.saw(content.ops, deps.now());
  }

  /** Opens the journal and folds what it holds. */
  static async open(deps: ReplicaDeps): Promise<Replica> {
    const content = await deps.journal.load();
    const replica = new Replica(deps, content);
    if (content.replica === undefined) await deps.journal.saveReplica(replica.id);
    return replica;
  }

  /** The incarnation under which this register writes now. */
  get id(): ReplicaId {
    return this.#self.id;
  }

  vector(): Vector {
    return this.#holding.vector();
  }

  /** Up to which word of the hub it let settled checks go, for the `hello` of its session. */
  get retired(): number | null {
    return this.#holding.retired;
  }

  /** How many ops held here nobody else is known to hold. What the hub or a peer said last counts, also from before a reload. */
  unsynced(): number {
    return this.#holding.log.countBeyond(this.#holders.elsewhere());
  }

  /** How many ops of the check `id` nobody else is known to hold. */
  unsyncedOf(id: OpId): number {
    return this.#holders.lackingOf(this.book.get(id)?.story ?? []);
  }

  /** Which of the venue's registers are known to hold all of the check `id`, and whether the hub does. */
  seenBy(id: OpId, registers: readonly RegisterId[]): SeenBy {
    return this.#holders.seenBy(this.book.get(id)?.story ?? [], this.#deps.register, registers);
  }

  /** The hub says that `register` lacks nothing of what the hub holds. */
  vouch(register: RegisterId): void {
    if (register !== this.#deps.register) this.#holders.vouched(register);
  }

  /**
   * Writes one op: journal first, then shown, then sent. Resolves with its id once it is safe here. When the journal cannot take it
   * nothing has happened, and the message says what to do. What the hub would refuse is refused here: stored, it would stop all sync.
   */
  async write(body: CheckBody): Promise<WriteOutcome> {
    const outcome = await this.writeAll(() => [body]);
    return outcome.ok ? { ok: true, id: outcome.ids[0]! } : outcome;
  }

  /** Writes the ops of a plan, all of them or none. */
  writeAll(plan: Plan): Promise<PlanOutcome> {
    return this.#enqueue(() => this.#write(plan));
  }

  /** What the checks that a plan touches would be once it is written. Nothing is. */
  preview(plan: Plan): Map<OpId, Check> {
    return this.book.preview(this.#draft(plan));
  }

  /** The number for the next check opened here: one more than the highest of this letter. */
  nextNumber(letter: string): string {
    return `${letter}${this.#holding.highestNumber(letter) + 1}`;
  }

  /**
   * Adds a link to a peer. What arrives on it goes to `receive`; the first `have` is sent at once. New ops of a writer that `skips` names
   * are not pushed to the peer: that writer does it itself, and if it does not, the next comparison brings them.
   */
  link(peer: string, send: (message: SyncMessage) => void, skips?: (writer: RegisterId) => boolean): Link {
    const link = openLink({ peer, send, skips, dead: (own) => this.#links.delete(own) });
    this.#links.add(link);
    this.#sendHave(link);
    return {
      peer,
      receive: (message) => this.#enqueue(() => this.#receive(link, message)),
      close: () => this.#links.delete(link),
    };
  }

  /** Turns sync on or off. Off: nothing is sent or taken; writing goes on, and all of it is exchanged once sync is on again. */
  setSync(on: boolean): void {
    if (this.#sync === on) return;
    this.#sync = on;
    for (const link of this.#links) link.silent = on; // what was written meanwhile was sent to nobody
    this.compare();
  }

  /** Compares with every peer now: a person asked, or something may have been lost. */
  compare(): void {
    if (!this.#sync) return;
    for (const link of this.#links) {
      this.#sendHave(link);
      if (link.silent) this.#sendDelta(link, opsLacking(link.exchange, this.#logFor(link)));
      link.silent = true;
    }
    this.#upkeep.ask(this.#links);
  }

  /** Call about once a second: compares with each peer every HAVE_EVERY_MS, so that whatever was lost heals. */
  tick(now: number): void {
    if (now - this.#haveSentAt < HAVE_EVERY_MS && now >= this.#haveSentAt) return;
    this.#haveSentAt = now;
    this.compare();
  }

  /** Takes up what another tab wrote into the shared journal. */
  refresh(): Promise<void> {
    return this.#enqueue(() => this.#reload());
  }

  #enqueue<T>(task: () => Promise<T>): Promise<T> {
    const run = this.#queue.then(task);
    this.#queue = run.catch(() => {}); // a failed task is its caller's to handle; the next one still runs
    return run;
  }

  async #write(plan: Plan): Promise<PlanOutcome> {
    const { journal, random, register } = this.#deps;
    for (let attempt = 0; attempt < 3; attempt++) {
      if (!this.#self.isSure) {
        let id;
        do id = newReplicaId(register, random); while (seqOf(this.vector(), id) > 0 || this.#holders.know(id));
        await journal.saveReplica(id);
        this.#self.become(id);
      }
      const sound = checked(this.#draft(plan));
      if (!sound.ok) return sound;
      const { ops } = sound;
      const outcome = await journal.append(ops);
      if (outcome.ok) {
        this.#take(ops);
        return { ok: true, ids: ops.map(({ replica, seq }) => opId(replica, seq)) };
      }
      if (outcome.reason === "failed") return { ok: false, message: outcome.message };
      await this.#reload();
    }
    return { ok: false, message: "This register is open in another tab. Close one of the two, then do it again." };
  }

  #draft(plan: Plan): CheckOp[] {
    return this.#self.draft(plan, seqOf(this.vector(), this.id) + 1, this.#deps.now);
  }

  async #reload(): Promise<void> {
    const content = await this.#deps.journal.load();
    if (content.replica !== undefined && content.replica !== this.id) this.#self.become(content.replica);
    const wrote = seqOf(this.vector(), this.id) > 0;
    this.#show(this.#holding.reload(content));
    if (wrote && seqOf(this.vector(), this.id) === 0) this.#self.doubt(); // another tab let it go
  }

  async #receive(link: OpenLink, message: SyncMessage): Promise<void> {
    if (!this.#links.has(link)) return;
    link.silent = false;
    if (message.type === "have") await this.#receiveHave(link, message.vector);
    else if (!this.#sync) this.#upkeep.missed(link, message);
    else if (message.type === "delta") await this.#receiveDelta(link, fromRuns(message.runs));
    else {
      const outcome = await this.#upkeep.receive(link, message);
      if (outcome === "failed") await this.#reload();
      else this.#show(outcome);
      if (message.type === "retire") this.#sendHave(link);
    }
  }

  async #receiveHave(link: OpenLink, theirs: Vector): Promise<void> {
    if (seqOf(theirs, this.id) > seqOf(this.vector(), this.id)) this.#self.doubt();
    this.#holders.heard(link.peer, theirs);
    if (this.#sync) this.#sendDelta(link, answerHave(link.exchange, this.#logFor(link), theirs));
    else noteHeard(link.exchange, theirs); // a hub says it once only; it is answered when sync is on again
    await this.#deps.journal.saveHeard(link.peer, theirs);
    this.#deps.changed?.(new Set());
  }

  async #receiveDelta(link: OpenLink, items: readonly Item<CheckBody>[]): Promise<void> {
    const { journal, suspect } = this.#deps;
    if (items.length > DELTA_OPS_MAX) return suspect?.(link.peer, "oversize");
    const sound = link.peer === HUB ? items : items.filter((item) => !isGone(item)); // what follows one is a gap then
    const { log } = this.#holding;
    const { fresh, taken, gaps, forks } = triage(sound, this.vector(), (replica, seq) => log.find(replica, seq));
    if (forks.length > 0) return suspect?.(link.peer, "fork");
    link.gaps = gaps.length > 0 ? link.gaps + 1 : 0;
    if (link.gaps > GAPS_MAX) suspect?.(link.peer, "gap");
    const stored = taken.length === 0 ? { ok: true } : await journal.append(fresh, this.#holding.keptWith(taken));
    if (!stored.ok) return await this.#reload(); // nothing applied: the peer's next look finds us lacking still
    if (fresh.some((op) => op.replica === this.id)) this.#self.doubt(); // our own, and we had lost it
    noteReceived(link.exchange, sound);
    this.#holders.sent(link.peer, sound); // it sends what it has stored
    this.#take(taken);
    this.#sendHave(link);
  }

  /** Takes what is journalled into memory, shows it, and pushes it to those who lack it. */
  #take(items: readonly Item<CheckBody>[]): void {
    this.#show(this.#holding.take(items));
  }

  #show({ fresh, checks }: Change): void {
    this.#self.saw(fresh, this.#deps.now());
    if (fresh.length > 0) { for (const link of this.#sync ? this.#links : []) this.#push(link, fresh); }
    if (fresh.length > 0 || checks.size > 0) this.#deps.changed?.(checks);
  }

  /** What was let go is told to the hub only: a register takes nobody else's word for it. */
  #logFor(link: OpenLink): Log<CheckBody> {
    return link.peer === HUB ? this.#holding.log : this.#holding.log.solid();
  }

  #push(link: OpenLink, fresh: readonly CheckOp[]): void {
    const brought = fresh.filter((op) => link.skips?.(registerOf(op.replica)));
    noteReceived(link.exchange, brought); // if it was not, what follows shows a gap and the peer asks
    this.#sendDelta(link, opsToPush(link.exchange, fresh.filter((op) => !brought.includes(op))));
  }

  #sendHave(link: OpenLink): void {
    if (this.#sync) link.send({ type: "have", vector: this.vector() });
  }

  #sendDelta(link: OpenLink, items: readonly Item<CheckBody>[]): void {
    if (items.length > 0) link.send({ type: "delta", runs: toRuns(items) });
  }
}
