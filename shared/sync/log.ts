/**
 * The op log: immutable facts, per writer numbered from 1 without gaps. A log never reorders, rewrites or drops; it takes the next
 * op of a writer, knows the ones it has, and refuses to skip. It knows nothing of checks.
 */
import { type OpId, opId, type ReplicaId } from "../ids.ts";
import { type Op, sameOp } from "./op.ts";
import { headsOf, mergeVectors, seqOf, type Vector } from "./vector.ts";

/** What became of a batch: the ops that were new, in order, and the ids of those that were refused. */
export interface AppendReport<Body> {
  readonly fresh: readonly Op<Body>[];
  readonly gaps: readonly OpId[]; // seq is not the next one of its writer: ask again, nothing of it was applied
  readonly forks: readonly OpId[]; // an id we hold, with other content: the one we hold stands
}

/** A place that keeps ops. In memory on a register (behind a journal), in SQLite on the hub. */
export interface Log<Body> {
  vector(): Vector;
  /** Ops that a holder of `theirs` lacks, per writer in seq order, at most `limit` of them. */
  since(theirs: Vector, limit: number): Op<Body>[];
  append(ops: readonly Op<Body>[]): AppendReport<Body>;
}

/**
 * Sorts `ops` into what is next, known, gapped or forked against a log that holds `vector`; `find` reads a held op. Both logs
 * share this, so that both refuse alike.
 */
export function triage<Body>(
  ops: readonly Op<Body>[],
  vector: Vector,
  find: (replica: ReplicaId, seq: number) => Op<Body> | undefined,
): AppendReport<Body> {
  const heads = new Map<ReplicaId, number>();
  const taken = new Map<OpId, Op<Body>>();
  const fresh: Op<Body>[] = [];
  const gaps: OpId[] = [];
  const forks: OpId[] = [];
  for (const op of ops) {
    const id = opId(op.replica, op.seq);
    const head = heads.get(op.replica) ?? seqOf(vector, op.replica);
    if (op.seq === head + 1) {
      heads.set(op.replica, op.seq);
      taken.set(id, op);
      fresh.push(op);
    } else if (op.seq > head) {
      gaps.push(id);
    } else {
      const held = taken.get(id) ?? find(op.replica, op.seq);
      if (held && !sameOp(held, op)) forks.push(id);
    }
  }
  return { fresh, gaps, forks };
}

/** A log in memory. */
export class MemoryLog<Body> implements Log<Body> {
  readonly #opsByReplica = new Map<ReplicaId, Op<Body>[]>();
  #vector: Vector = {};

  vector(): Vector {
    return this.#vector;
  }

  since(theirs: Vector, limit: number): Op<Body>[] {
    const found: Op<Body>[] = [];
    for (const [replica, ops] of this.#opsByReplica) {
      if (found.length >= limit) break;
      found.push(...ops.slice(seqOf(theirs, replica), seqOf(theirs, replica) + limit - found.length));
    }
    return found;
  }

  append(ops: readonly Op<Body>[]): AppendReport<Body> {
    const report = triage(ops, this.vector(), (replica, seq) => this.find(replica, seq));
    for (const op of report.fresh) {
      const held = this.#opsByReplica.get(op.replica);
      if (held) held.push(op);
      else this.#opsByReplica.set(op.replica, [op]);
    }
    if (report.fresh.length > 0) this.#vector = mergeVectors(this.#vector, headsOf(report.fresh));
    return report;
  }

  find(replica: ReplicaId, seq: number): Op<Body> | undefined {
    return this.#opsByReplica.get(replica)?.[seq - 1];
  }
}
