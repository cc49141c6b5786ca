/**
 * What a register holds: its log, the book of checks made of it, and the shelf of what it let go. All of it is in memory; who calls
 * sees to the journal.
 */
import { Book } from "./check/book.ts";
import { type CheckBody, checkOf, type CheckOp } from "./check/op.ts";
import { type OpId, opId, placeOf, type RegisterId, registerOf, type ReplicaId } from "./ids.ts";
import type { JournalContent, Kept } from "./journal.ts";
import { Shelf } from "./shelf.ts";
import { MemoryLog } from "./sync/log.ts";
import { isGone, type Item } from "./sync/op.ts";
import { headsOf, mergeVectors, seqOf, type Vector } from "./sync/vector.ts";
import { type Digest, type Retire, type Spans, SPANS_MAX } from "./wire.ts";

/** What a call changed: ops that are new here, and the checks that may look otherwise. */
export interface Change {
  readonly fresh: readonly CheckOp[];
  readonly checks: ReadonlySet<OpId>;
}

export class Holding {
  readonly log = new MemoryLog<CheckBody>();
  readonly book = new Book();
  #shelf: Shelf;
  readonly #damaged: readonly OpId[];

  constructor({ ops, heads, shelf, damaged = [] }: JournalContent) {
    this.#damaged = damaged;
    this.#shelf = new Shelf(shelf);
    this.log.load(ops, heads);
    this.book.add(this.#shelf.admit(ops));
  }

  vector(): Vector {
    return this.log.vector();
  }

  /** Up to which `retire` of the hub it let go; null: it holds nothing and was never told. */
  get retired(): number | null {
    return this.#shelf.upTo ?? (Object.keys(this.vector()).length === 0 ? null : 0);
  }

  /** What a journal keeps besides the ops. */
  kept(): Kept {
    return { heads: this.log.heads(), shelf: this.#shelf.content() };
  }

  /** The same once `items` are here, too. */
  keptWith(items: readonly Item<CheckBody>[]): Kept | undefined {
    const gone = items.filter(isGone);
    return gone.length === 0 ? undefined : { ...this.kept(), heads: mergeVectors(this.log.heads(), headsOf(gone)) };
  }

  /** The highest number of a letter, of a check that is here or was let go. */
  highestNumber(letter: string): number {
    const own = new RegExp(`^${letter}([0-9]+)$`);
    const shown = this.book.all().map((check) => Number(own.exec(check.number)?.[1] ?? 0));
    return Math.max(this.#shelf.numberOf(letter), ...shown);
  }

  take(items: readonly Item<CheckBody>[]): Change {
    const { fresh } = this.log.append(items);
    return { fresh, checks: this.book.add(this.#shelf.admit(fresh)) };
  }

  /**
   * Puts in place what a journal holds now, which another tab may have written. What was let go or taken back there is so here, too;
   * otherwise only what is new is added.
   */
  reload({ ops, heads, shelf }: JournalContent): Change {
    const own = this.#shelf.content();
    if (own.upTo === shelf.upTo && own.checks.length === shelf.checks.length) {
      return this.take(ops.filter((op) => op.seq > seqOf(this.vector(), op.replica)));
    }
    const fresh = ops.filter((op) => !this.log.find(op.replica, op.seq));
    const before = [...this.book.ids()];
    this.book.remove(before);
    this.book.removeOthers(new Set(this.book.others.map(({ id }) => id)));
    this.#shelf = new Shelf(shelf);
    this.log.load(ops, heads);
    return { fresh, checks: new Set([...before, ...this.book.add(this.#shelf.admit(ops))]) };
  }

  /**
   * Lets go of what the hub says is settled and stored there. Returns the ops that are no longer held, and the checks that are no longer
   * shown. A check with news that the hub had not when it said so is not let go: when the news is this register's own it is shown on,
   * when it is another's it waits until the hub, which will have it soon, sends all of it.
   */
  retire(message: Retire, own: RegisterId): { ops: CheckOp[]; checks: Set<OpId> } {
    const listed = new Set(message.checks);
    const isCovered = ({ replica, seq }: CheckOp) =>
      seq <= seqOf(message.covers, replica) &&
      !message.lacks?.[replica]?.some(([first, last]) => seq >= first && seq <= last);
    const gone: CheckOp[] = this.#shelf.waitingFor(listed).filter(isCovered);
    this.#shelf = this.#shelf.without(new Set(), new Set(gone));
    const hidden = new Set<OpId>();
    const shown = new Set<OpId>();
    for (const check of listed) {
      const family = this.book.familyOf(check);
      if (!family || shown.has(check)) continue;
      const news = family.ops.filter(({ op }) => !isCovered(op));
      if (news.some(({ op }) => registerOf(op.replica) === own)) {
        for (const member of family.checks) shown.add(member);
        continue;
      }
      if (news.length === 0 && [...family.checks].every((member) => listed.has(member))) {
        gone.push(...family.ops.map(({ op }) => op));
      }
      for (const member of family.checks) hidden.add(member);
    }
    for (const { id, op } of this.book.others) if (message.others.includes(id)) gone.push(op);
    this.book.removeOthers(new Set(message.others));
    const rest = new Set(this.book.remove(hidden));
    for (const op of gone) rest.delete(op);
    this.log.retire(gone);
    this.#shelf = this.#shelf.with({ ...message, checks: message.checks.filter((check) => !shown.has(check)) });
    this.book.add(this.#shelf.admit([...rest]));
    return { ops: gone, checks: hidden };
  }

  /** Of ops that somebody sent, those that were let go here: they can be taken back. */
  lacking(ops: readonly CheckOp[]): CheckOp[] {
    return ops.filter(({ replica, seq }) => seq <= seqOf(this.vector(), replica) && !this.log.find(replica, seq));
  }

  /** Takes ops back. With `total` of these `checks` held, all there is of them, they are shown. */
  restore(ops: readonly CheckOp[], checks: readonly OpId[], total: number): Change {
    const back = this.log.restore(ops);
    const touched = this.book.add(this.#shelf.admit(back));
    const named = new Set(checks);
    const held = new Set(this.#shelf.waitingFor(named));
    for (const check of named) for (const { op } of this.book.familyOf(check)?.ops ?? []) held.add(op);
    if (held.size < total) return { fresh: back, checks: touched };
    this.#shelf = this.#shelf.without(named);
    return { fresh: back, checks: new Set([...touched, ...this.book.add(this.#shelf.release())]) };
  }

  /** Checks of which too little is here to show them: something of one that was let go, or all but the opening of one. */
  wanted(): OpId[] {
    const headless = [...this.book.ids()].filter((check) => this.#lacksOpening(check));
    return [...this.#shelf.wanted(), ...headless];
  }

  /** Places whose op was damaged here, as far as they are empty still. The last ones of a writer are asked for by each `have`. */
  holes(): Spans {
    const spans: Record<ReplicaId, [number, number][]> = {};
    for (const { replica, seq } of this.#damaged.map(placeOf)) {
      const empty = seq <= seqOf(this.vector(), replica) && !this.log.find(replica, seq);
      if (empty && (spans[replica] ??= []).length < SPANS_MAX) spans[replica]!.push([seq, seq]);
    }
    return spans;
  }

  /** What the hub's digest shows to be otherwise here: checks of which fewer ops are here, or that should not be; and ops of no check. */
  unlike({ counts, others, whole }: Digest): { checks: OpId[]; others?: OpId[] } {
    const short = Object.entries(counts).filter(([check, count]) => this.#countOf(check) < count).map(([check]) =>
      check
    );
    const spare = whole ? [...this.book.ids()].filter((check) => counts[check] === undefined) : [];
    const held = this.book.others.map(({ id }) => id);
    return { checks: [...short, ...spare], ...(held.length === others ? {} : { others: held }) };
  }

  /** All of what is told as one with a check; undefined when not all of it is here. */
  family(check: OpId): { checks: OpId[]; ops: CheckOp[] } | undefined {
    const family = this.book.familyOf(check);
    if (!family || this.#shelf.has(check) || [...family.checks].some((member) => this.#lacksOpening(member))) return;
    return { checks: [...family.checks], ops: family.ops.map(({ op }) => op) };
  }

  #lacksOpening(check: OpId): boolean {
    const [replica = "", seq] = check.split("/");
    return !this.log.find(replica, Number(seq));
  }

  #countOf(check: OpId): number {
    const ops = [
      ...this.#shelf.waitingFor(new Set([check])),
      ...(this.book.familyOf(check)?.ops ?? []).map(({ op }) => op),
    ];
    return ops.filter((op) => checkOf(op, opId(op.replica, op.seq)) === check).length;
  }
}
