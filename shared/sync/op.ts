/** An op: who wrote it, as which of theirs, when by their clock, and what. Sync carries any body; what it means is not known here. */
import type { ReplicaId } from "../ids.ts";
import { compareStamps, type Stamp } from "./hlc.ts";

/** One immutable fact: who wrote it, as which of theirs, when by their clock, and what. */
export interface Op<Body = unknown> {
  readonly replica: ReplicaId;
  readonly seq: number;
  readonly stamp: Stamp;
  readonly body: Body;
}

/**
 * Seqs `seq` to `seq + gone - 1` of a writer, let go: settled long ago and kept by the hub's history only. It takes their place, so that
 * what comes after them still follows.
 */
export interface Gone {
  readonly replica: ReplicaId;
  readonly seq: number;
  readonly gone: number;
}

/** What a delta is made of. */
export type Item<Body = unknown> = Op<Body> | Gone;

export function isGone(item: Item): item is Gone {
  return "gone" in item;
}

/** The last seq that an item stands for. */
export function lastSeq(item: Item): number {
  return isGone(item) ? item.seq + item.gone - 1 : item.seq;
}

export function opsAmong<Body>(items: readonly Item<Body>[]): Op<Body>[] {
  return items.filter((item): item is Op<Body> => !isGone(item));
}

/** The order in which ops take effect: by stamp, then writer, then seq. Total, and the same on every replica. */
export function compareOps(a: Op, b: Op): number {
  return compareStamps(a.stamp, b.stamp) || (a.replica < b.replica ? -1 : a.replica > b.replica ? 1 : a.seq - b.seq);
}

/** True when two ops with one id say the same. Bodies are plain JSON. */
export function sameOp(a: Op, b: Op): boolean {
  if (compareStamps(a.stamp, b.stamp) !== 0) return false;
  return JSON.stringify(a.body) === JSON.stringify(b.body) || canonical(a.body) === canonical(b.body);
}

function canonical(value: unknown): string {
  return JSON.stringify(
    value,
    (_key, inner) =>
      inner !== null && typeof inner === "object" && !Array.isArray(inner)
        ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => a < b ? -1 : 1))
        : inner,
  );
}
