/**
 * The op log: immutable facts, per writer numbered from 1 without gaps. A log takes the next op of a writer, knows the ones it has, and
 * refuses to skip. Ops that are settled may be let go: their place is kept, so that what follows them still follows, until nothing of
 * their writer is left. It knows nothing of checks.
 */
import { type OpId, opId, type ReplicaId } from "../ids.ts";
import { isGone, type Item, lastSeq, type Op, sameOp } from "./op.ts";
import { seqOf, type Vector } from "./vector.ts";

/** What became of a batch: what was new, in order, and the ids of those that were refused. */
export interface AppendReport<Body> {
  readonly taken: readonly Item<Body>[]; // `fresh`, and what was let go, in order
  readonly fresh: readonly Op<Body>[];
  readonly gaps: readonly OpId[]; // seq is not the next one of its writer: ask again, nothing of it was applied
  readonly forks: readonly OpId[]; // an id we hold, with other content: the one we hold stands
}

/** A place that keeps ops. In memory on a register (behind a journal), in SQLite on the hub. */
export interface Log<Body> {
  vector(): Vector;
  /** What a holder of `theirs` lacks, per writer in seq order, at most `limit` items. */
  since(theirs: Vector, limit: number): Item<Body>[];
  append(items: readonly Item<Body>[]): AppendReport<Body>;
}

/**
 * Sorts `items` into what is next, known, gapped or forked against a log that holds `heads`; `find` reads a held op. Both logs
 * share this, so that both refuse alike.
 */
export function triage<Body>(
  items: readonly Item<Body>[],
  heads: Vector,
  find: (replica: ReplicaId, seq: number) => Op<Body> | undefined,
): AppendReport<Body> {
  const reached = new Map<ReplicaId, number>();
  const batch = new Map<OpId, Op<Body>>();
  const taken: Item<Body>[] = [];
  const gaps: OpId[] = [];
  const forks: OpId[] = [];
  for (const item of items) {
    const { replica, seq } = item;
    const id = opId(replica, seq);
    const head = reached.get(replica) ?? seqOf(heads, replica);
    const last = lastSeq(item);
    if (seq > head + 1) gaps.push(id);
    else if (last > head) {
      reached.set(replica, last);
      if (isGone(item)) taken.push({ replica, seq: head + 1, gone: last - head });
      else {
        batch.set(id, item);
        taken.push(item);
      }
    } else if (!isGone(item)) {
      const held = batch.get(id) ?? find(replica, seq);
      if (held && !sameOp(held, item)) forks.push(id);
    }
  }
  return { taken, fresh: [...batch.values()], gaps, forks };
}

/** One writer's ops: seq `i + 1` at index `i`, `undefined` where it was let go. */
interface Writing<Body> {
  readonly ops: (Op<Body> | undefined)[];
  live: number; // how many are held
}

/** A log in memory. */
export class MemoryLog<Body> implements Log<Body> {
  readonly #writers = new Map<ReplicaId, Writing<Body>>();
  #vector: Record<ReplicaId, number> = {};

  vector(): Vector {
    return this.#vector;
  }

  since(theirs: Vector, limit: number): Item<Body>[] {
    const found: Item<Body>[] = [];
    for (const [replica, { ops }] of this.#writers) {
      if (found.length >= limit) break;
      found.push(...itemsFrom(replica, ops, seqOf(theirs, replica), limit - found.length));
    }
    return found;
  }

  /** This log as it may speak to one who takes nobody's word but the hub's for what was let go: per writer, ops up to the first gap. */
  solid(): Log<Body> {
    return {
      vector: () => this.#vector,
      since: (theirs, limit) => {
        const broken = new Set<ReplicaId>();
        return this.since(theirs, limit).filter((item) => {
          if (isGone(item)) broken.add(item.replica);
          return !broken.has(item.replica);
        });
      },
      append: (items) => this.append(items),
    };
  }

  /** A writer who is not known and of whom everything was let go is not taken up. */
  append(items: readonly Item<Body>[]): AppendReport<Body> {
    const report = triage(items, this.#vector, (replica, seq) => this.find(replica, seq));
    this.#put(report.taken);
    return report;
  }

  /** Puts back what a journal held: below an op that is there, what is missing was let go. `heads`: where a writer ends with such. */
  load(ops: readonly Op<Body>[], heads: Vector): void {
    const items: Item<Body>[] = [];
    const reached = new Map<ReplicaId, number>();
    const fill = (replica: ReplicaId, upTo: number) => {
      const head = reached.get(replica) ?? 0;
      if (upTo > head) items.push({ replica, seq: head + 1, gone: upTo - head });
      reached.set(replica, Math.max(head, upTo));
    };
    for (const op of [...ops].sort((a, b) => a.seq - b.seq)) {
      fill(op.replica, op.seq - 1);
      items.push(op);
      reached.set(op.replica, op.seq);
    }
    for (const [replica, seq] of Object.entries(heads)) fill(replica, seq);
    this.#writers.clear();
    this.#vector = {};
    this.#put(items);
  }

  /** Lets go of these ops; of those that are not held, nothing. A writer of whom nothing is left is forgotten. */
  retire(ops: readonly Op[]): void {
    for (const { replica, seq } of ops) {
      const writing = this.#writers.get(replica);
      if (writing?.ops[seq - 1] === undefined) continue;
      writing.ops[seq - 1] = undefined;
      writing.live--;
    }
    this.#settle();
  }

  /** Takes ops back that were let go, and returns those. One beyond what is known of its writer comes by the usual way. */
  restore(ops: readonly Op<Body>[]): Op<Body>[] {
    const back = ops.filter(({ replica, seq }) => seq <= seqOf(this.#vector, replica) && !this.find(replica, seq));
    for (const op of back) {
      const writing = this.#writers.get(op.replica)!;
      writing.ops[op.seq - 1] = op;
      writing.live++;
    }
    return back;
  }

  find(replica: ReplicaId, seq: number): Op<Body> | undefined {
    return this.#writers.get(replica)?.ops[seq - 1];
  }

  /** The ops held of a writer from seq `from` to seq `to`. */
  between(replica: ReplicaId, from: number, to: number): Op<Body>[] {
    const held = this.#writers.get(replica)?.ops.slice(from - 1, to) ?? [];
    return held.filter((op) => op !== undefined);
  }

  /** The writers whose last ops were let go, and where they end: what a journal cannot tell from the ops it holds. */
  heads(): Vector {
    const open = [...this.#writers].filter(([, { ops }]) => ops.at(-1) === undefined);
    return Object.fromEntries(open.map(([replica, { ops }]) => [replica, ops.length]));
  }

  /** How many ops held here are beyond `theirs`. */
  countBeyond(theirs: Vector): number {
    let count = 0;
    for (const [replica, { ops, live }] of this.#writers) {
      const from = seqOf(theirs, replica);
      if (from === 0) count += live;
      else for (let at = from; at < ops.length; at++) if (ops[at]) count++;
    }
    return count;
  }

  #put(items: readonly Item<Body>[]): void {
    if (items.length === 0) return;
    for (const item of items) {
      let writing = this.#writers.get(item.replica);
      if (!writing) this.#writers.set(item.replica, writing = { ops: [], live: 0 });
      if (isGone(item)) writing.ops.length += item.gone;
      else writing.live = writing.ops.push(item) && writing.live + 1;
    }
    this.#settle();
  }

  #settle(): void {
    const vector: Record<ReplicaId, number> = {};
    for (const [replica, { ops, live }] of this.#writers) {
      if (live > 0) vector[replica] = ops.length;
      else this.#writers.delete(replica);
    }
    this.#vector = vector;
  }
}

function itemsFrom<Body>(
  replica: ReplicaId,
  ops: readonly (Op<Body> | undefined)[],
  from: number,
  limit: number,
): Item<Body>[] {
  const items: Item<Body>[] = [];
  for (let at = from; at < ops.length && items.length < limit;) {
    const op = ops[at];
    if (op) {
      items.push(op);
      at++;
      continue;
    }
    const begin = at;
    while (at < ops.length && !ops[at]) at++;
    items.push({ replica, seq: begin + 1, gone: at - begin });
  }
  return items;
}
