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
