/**
 * A register's disk and the journal on it. What is committed survives a crash; what still waits does not have to. A disk can be slow,
 * full, lost, or put back to an older copy.
 */
import type { CheckOp } from "../../shared/check/op.ts";
import { type OpId, opId, type ReplicaId } from "../../shared/ids.ts";
import {
  type Journal,
  type JournalContent,
  type JournalOutcome,
  type Kept,
  NOTHING_KEPT,
} from "../../shared/journal.ts";
import type { Vector } from "../../shared/sync/vector.ts";

export class Disk {
  readonly ops: Map<OpId, CheckOp>;
  readonly heard: Record<string, Vector>;
  replica: ReplicaId | undefined;
  kept: Kept;

  constructor(copied?: Disk) {
    this.ops = new Map(copied?.ops);
    this.heard = { ...copied?.heard };
    this.replica = copied?.replica;
    this.kept = copied?.kept ?? NOTHING_KEPT;
  }
}

interface Waiting {
  readonly ops: readonly CheckOp[];
  readonly kept: Kept | undefined;
  readonly settle: (outcome: JournalOutcome) => void;
}

const NEVER = new Promise<never>(() => {}); // what a process that has died is told

/** One process's hold on a disk. `committed` hears of every op that is safe from now on. */
export class SimJournal implements Journal {
  readonly #disk: Disk;
  readonly #committed: (ops: readonly CheckOp[]) => void;
  #waiting: Waiting | undefined;
  #dead = false;
  slow = false;
  full = false;
  asked = false; // whether the end of what waits is already on the timeline

  constructor(disk: Disk, committed: (ops: readonly CheckOp[]) => void) {
    this.#disk = disk;
    this.#committed = committed;
  }

  /** Whether an append has not been answered yet. */
  get waits(): boolean {
    return this.#waiting !== undefined;
  }

  load(): Promise<JournalContent> {
    const { ops, replica, heard, kept } = this.#disk;
    const inOrder = [...ops.values()].sort((a, b) => a.seq - b.seq);
    return Promise.resolve({ replica, ops: inOrder, heard: { ...heard }, ...kept });
  }

  append(ops: readonly CheckOp[], kept?: Kept): Promise<JournalOutcome> {
    if (this.#dead) return NEVER;
    if (this.full) return Promise.resolve({ ok: false, reason: "failed", message: "full" });
    if (ops.some((op) => this.#disk.ops.has(opId(op.replica, op.seq)))) {
      return Promise.resolve({ ok: false, reason: "taken" });
    }
    if (this.slow) return new Promise((settle) => this.#waiting = { ops, kept, settle });
    this.#commit(ops, kept);
    return Promise.resolve({ ok: true });
  }

  retire(ids: readonly OpId[], kept: Kept): Promise<JournalOutcome> {
    if (this.#dead) return NEVER;
    if (this.full) return Promise.resolve({ ok: false, reason: "failed", message: "full" });
    for (const id of ids) this.#disk.ops.delete(id);
    this.#disk.kept = kept;
    return Promise.resolve({ ok: true });
  }

  saveReplica(replica: ReplicaId): Promise<void> {
    if (this.#dead) return NEVER;
    this.#disk.replica = replica;
    return Promise.resolve();
  }

  saveHeard(peer: string, vector: Vector): Promise<void> {
    if (this.#dead) return NEVER;
    this.#disk.heard[peer] = vector;
    return Promise.resolve();
  }

  /** The slow disk has done its work. */
  finish(): void {
    const waiting = this.#waiting;
    if (!waiting) return;
    this.#waiting = undefined;
    this.asked = false;
    this.#commit(waiting.ops, waiting.kept);
    waiting.settle({ ok: true });
  }

  /** The process dies; what waited was written or was not, and nobody is told. */
  die(written: boolean): void {
    if (written && this.#waiting) this.#commit(this.#waiting.ops, this.#waiting.kept);
    this.#waiting = undefined;
    this.#dead = true;
  }

  #commit(ops: readonly CheckOp[], kept: Kept = this.#disk.kept): void {
    this.#disk.kept = kept;
    for (const op of ops) this.#disk.ops.set(opId(op.replica, op.seq), op);
    this.#committed(ops);
  }
}
