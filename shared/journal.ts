/** A register's own storage, as the engine needs it: in a browser's database, in memory, or failing on purpose in a test. */
import type { CheckOp } from "./check/op.ts";
import type { OpId, ReplicaId } from "./ids.ts";
import { EMPTY_SHELF, type ShelfContent } from "./shelf.ts";
import type { Vector } from "./sync/vector.ts";

/** What is known of ops that were let go. */
export interface Kept {
  readonly heads: Vector; // writers of whom the last ops were let go, and where they end
  readonly shelf: ShelfContent;
}

export const NOTHING_KEPT: Kept = { heads: {}, shelf: EMPTY_SHELF };

/** What a journal holds when it is opened. */
export interface JournalContent extends Kept {
  readonly replica?: ReplicaId; // the incarnation in use; absent: never used before
  readonly ops: readonly CheckOp[]; // per writer in seq order
  readonly damaged?: readonly OpId[]; // set aside when it was opened, or before and not brought again since
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
  /** `kept`: how it stands with what was let go once these are here; absent: as before. */
  append(ops: readonly CheckOp[], kept?: Kept): Promise<JournalOutcome>;
  /** Lets go of these ops, together with what is then known of them. */
  retire(ids: readonly OpId[], kept: Kept): Promise<JournalOutcome>;
  saveReplica(replica: ReplicaId): Promise<void>;
  saveHeard(peer: string, vector: Vector): Promise<void>;
}
