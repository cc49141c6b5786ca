/** A register's own storage, as the engine needs it: in a browser's database, in memory, or failing on purpose in a test. */
import type { CheckOp } from "./check/op.ts";
import type { ReplicaId } from "./ids.ts";
import type { Vector } from "./sync/vector.ts";

/** What a journal holds when it is opened. */
export interface JournalContent {
  readonly replica?: ReplicaId; // the incarnation in use; absent: never used before
  readonly ops: readonly CheckOp[]; // per writer in seq order
  readonly heard: Readonly<Record<string, Vector>>; // the last `have` of each peer
}

/** `taken`: another writer of the same journal (a second tab) used that id. `failed`: nothing was written; `message` says why. */
export type JournalOutcome =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: "taken" }
  | { readonly ok: false; readonly reason: "failed"; readonly message: string };

/** A register's own storage. A promise that resolves with ok means: it survives a crash. */
export interface Journal {
  load(): Promise<JournalContent>;
  append(ops: readonly CheckOp[]): Promise<JournalOutcome>;
  saveReplica(replica: ReplicaId): Promise<void>;
  saveHeard(peer: string, vector: Vector): Promise<void>;
}
