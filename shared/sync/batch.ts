/** Questions about a batch of ops, such as a delta brings. */
import type { ReplicaId } from "../ids.ts";
import type { Op } from "./op.ts";
import { mergeVectors, seqOf, type Vector } from "./vector.ts";

/** Whether an op follows what is held, op after op; a stateful filter over one batch. */
export function isNext(vector: Vector): (op: Op) => boolean {
  const heads = new Map<ReplicaId, number>();
  return (op) => {
    if (op.seq !== (heads.get(op.replica) ?? seqOf(vector, op.replica)) + 1) return false;
    heads.set(op.replica, op.seq);
    return true;
  };
}

/** The last seq of each writer in the batch. */
export function headsOf(ops: readonly Op[]): Vector {
  return ops.reduce((heads, { replica, seq }) => mergeVectors(heads, { [replica]: seq }), {} as Vector);
}
