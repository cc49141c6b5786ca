/** A journal that lasts as long as the process: for headless registers, the demo and tests. */
import type { CheckOp } from "./check/op.ts";
import { type OpId, opId, type ReplicaId } from "./ids.ts";
import { type Journal, type JournalContent, type JournalOutcome, type Kept, NOTHING_KEPT } from "./journal.ts";
import type { Vector } from "./sync/vector.ts";

export class MemoryJournal implements Journal {
  #ops = new Map<string, CheckOp>();
  #heard: Record<string, Vector> = {};
  #replica: ReplicaId | undefined;
  #kept: Kept = NOTHING_KEPT;

  load(): Promise<JournalContent> {
    const ops = [...this.#ops.values()].sort((a, b) => a.seq - b.seq);
    return Promise.resolve({ replica: this.#replica, ops, heard: { ...this.#heard }, ...this.#kept });
  }

  append(ops: readonly CheckOp[], kept: Kept = this.#kept): Promise<JournalOutcome> {
    if (ops.some((op) => this.#ops.has(opId(op.replica, op.seq)))) {
      return Promise.resolve({ ok: false, reason: "taken" });
    }
    for (const op of ops) this.#ops.set(opId(op.replica, op.seq), op);
    this.#kept = kept;
    return Promise.resolve({ ok: true });
  }

  retire(ids: readonly OpId[], kept: Kept): Promise<JournalOutcome> {
    for (const id of ids) this.#ops.delete(id);
    this.#kept = kept;
    return Promise.resolve({ ok: true });
  }

  saveReplica(replica: ReplicaId): Promise<void> {
    this.#replica = replica;
    return Promise.resolve();
  }

  saveHeard(peer: string, vector: Vector): Promise<void> {
    this.#heard[peer] = vector;
    return Promise.resolve();
  }

  /** How many ops it holds. */
  get size(): number {
    return this.#ops.size;
  }

  /** A backup as of now. */
  copy(): MemoryJournal {
    const copy = new MemoryJournal();
    copy.#ops = new Map(this.#ops);
    copy.#heard = { ...this.#heard };
    copy.#replica = this.#replica;
    copy.#kept = this.#kept;
    return copy;
  }
}
