/**
 * Under which name this register writes, with which seq and stamp next. A name whose next seq may have been used already, on storage that
 * was put back to an older copy, is never written on again: the next write begins a new one.
 */
import type { CheckOp } from "./check/op.ts";
import { newReplicaId, opId, type Random, type RegisterId, type ReplicaId } from "./ids.ts";
import type { Plan } from "./plan.ts";
import { laterOf, nextStamp, pullStamp, type Stamp, ZERO_STAMP } from "./sync/hlc.ts";

/**
 * Whether our own next seq is safe to use. `doubtful`: storage was opened and may be an older copy, which no peer can disprove, since the
 * one who holds what was lost may be away; or somebody holds more of our writing than we do; or all of it was let go and forgotten.
 */
type Standing = "sure" | "doubtful";

export class Incarnation {
  #id: ReplicaId;
  #standing: Standing;
  #stamp: Stamp = ZERO_STAMP;

  /** `stored`: the one that the journal names; absent: it never named one. */
  constructor(register: RegisterId, random: Random, stored: ReplicaId | undefined) {
    this.#id = stored ?? newReplicaId(register, random);
    this.#standing = stored === undefined ? "sure" : "doubtful";
  }

  get id(): ReplicaId {
    return this.#id;
  }

  get isSure(): boolean {
    return this.#standing === "sure";
  }

  doubt(): void {
    this.#standing = "doubtful";
  }

  /** Goes on under another name, which is new or was begun by another tab of this register. */
  become(id: ReplicaId): void {
    this.#id = id;
    this.#standing = "sure";
  }

  /** No stamp of ours is earlier than one we saw. */
  saw(ops: readonly CheckOp[], now: number): void {
    for (const op of ops) {
      this.#stamp = op.replica === this.#id ? laterOf(this.#stamp, op.stamp) : pullStamp(this.#stamp, op.stamp, now);
    }
  }

  /** The ops of a plan as they would be written now; `first` is our next seq. */
  draft(plan: Plan, first: number, now: () => number): CheckOp[] {
    let stamp = this.#stamp;
    return plan((at) => opId(this.#id, first + at)).map((body, at) => {
      stamp = nextStamp(stamp, now());
      return { replica: this.#id, seq: first + at, stamp, body };
    });
  }
}
