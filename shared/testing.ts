/** Stand-ins for tests: a journal in memory that can fail, and a seeded source of random bytes. */
import type { CheckOp } from "./check/op.ts";
import { seeded } from "./check/testing.ts";
import { opId, type Random, type ReplicaId } from "./ids.ts";
import type { Journal, JournalContent, JournalOutcome } from "./replica.ts";
import type { Vector } from "./sync/vector.ts";

export function seededBytes(seed: number): Random {
  const next = seeded(seed);
  return (length) => Uint8Array.from({ length }, () => Math.floor(next() * 256));
}

/** A journal in memory. `copy()` is a backup that can be restored; `failing` makes every append fail. */
export class MemoryJournal implements Journal {
  ops = new Map<string, CheckOp>();
  replica: ReplicaId | undefined;
  heard: Record<string, Vector> = {};
  failing: string | undefined;

  load(): Promise<JournalContent> {
    const ops = [...this.ops.values()].sort((a, b) => a.seq - b.seq);
    return Promise.resolve({ replica: this.replica, ops, heard: { ...this.heard } });
  }

  append(ops: readonly CheckOp[]): Promise<JournalOutcome> {
    if (this.failing) return Promise.resolve({ ok: false, reason: "failed", message: this.failing });
    if (ops.some((op) => this.ops.has(opId(op.replica, op.seq)))) {
      return Promise.resolve({ ok: false, reason: "taken" });
    }
    for (const op of ops) this.ops.set(opId(op.replica, op.seq), op);
    return Promise.resolve({ ok: true });
  }

  saveReplica(replica: ReplicaId): Promise<void> {
    this.replica = replica;
    return Promise.resolve();
  }

  saveHeard(peer: string, vector: Vector): Promise<void> {
    this.heard[peer] = vector;
    return Promise.resolve();
  }

  copy(): MemoryJournal {
    const copy = new MemoryJournal();
    copy.ops = new Map(this.ops);
    copy.replica = this.replica;
    copy.heard = structuredCloneOf(this.heard);
    return copy;
  }
}

function structuredCloneOf<T>(value: T): T {
  return JSON.parse(JSON.stringify(value));
}
