/**
 * A vector says what a replica holds: per writer, the highest seq up to which it lacks nothing but what was let go. A writer of whom
 * everything was let go is not in it. It is the whole of what two peers need to know about each other.
 */
import { z } from "zod";
import { ReplicaId } from "../ids.ts";
import { type Item, lastSeq } from "./op.ts";

export const SEQ_MAX = 9_999_999_999; // one op a millisecond for four months
export const WRITERS_MAX = 4_096; // replicas in one vector; a register makes a new one only after doubt

export const Vector = z.record(ReplicaId, z.number().int().min(0).max(SEQ_MAX))
  .refine((vector) => Object.keys(vector).length <= WRITERS_MAX, { message: `more than ${WRITERS_MAX} writers` });
export type Vector = Readonly<Record<ReplicaId, number>>;

/** The highest contiguous seq held of `replica`; 0 when nothing is. */
export function seqOf(vector: Vector, replica: ReplicaId): number {
  return vector[replica] ?? 0;
}

/** True when `mine` holds everything that `theirs` does. */
export function covers(mine: Vector, theirs: Vector): boolean {
  return Object.entries(theirs).every(([replica, seq]) => seqOf(mine, replica) >= seq);
}

/** What either holds. */
export function mergeVectors(a: Vector, b: Vector): Vector {
  const merged: Record<ReplicaId, number> = { ...a };
  for (const [replica, seq] of Object.entries(b)) merged[replica] = Math.max(seqOf(merged, replica), seq);
  return merged;
}

/** How many ops `mine` holds that `theirs` lacks. */
export function countAhead(mine: Vector, theirs: Vector): number {
  return Object.entries(mine).reduce((sum, [replica, seq]) => sum + Math.max(0, seq - seqOf(theirs, replica)), 0);
}

/** The part of `mine` that `theirs` does not cover: of each such writer, the highest seq held. */
export function beyond(mine: Vector, theirs: Vector): Vector {
  return Object.fromEntries(Object.entries(mine).filter(([replica, seq]) => seq > seqOf(theirs, replica)));
}

/** Per writer, the highest seq among these. */
export function headsOf(items: readonly Item[]): Vector {
  const heads: Record<ReplicaId, number> = {};
  for (const item of items) heads[item.replica] = Math.max(seqOf(heads, item.replica), lastSeq(item));
  return heads;
}
