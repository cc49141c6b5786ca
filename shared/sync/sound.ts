/**
 * Whether what storage gives back is still the op that was put there. Disks and browsers damage a record now and then; one that is
 * damaged is named and set aside, and its place is as empty as one whose op was let go. What a body may be is handed in.
 */
import { type OpId, opId, type ReplicaId } from "../ids.ts";
import { Stamp } from "./hlc.ts";
import type { Op } from "./op.ts";

/** What is wrong with a record: its text is cut or garbled, it says nothing that an op can say, or not what was written. */
export type Damage = "not-json" | "not-an-op" | "wrong-sum";

/** A stored op, its body as text. Absent or null `sum`: written before there were sums. */
export interface StoredOp {
  readonly replica: ReplicaId;
  readonly seq: number;
  readonly ms: number;
  readonly count: number;
  readonly body: string;
  readonly sum?: number | null;
}

export type Reading<Body> =
  | { readonly ok: true; readonly op: Op<Body> }
  | { readonly ok: false; readonly id: OpId; readonly why: Damage };

/** Gives the body that a value is, undefined for none. */
export type ParseBody<Body> = (value: unknown) => Body | undefined;

/** The sum to store with an op: 32 bits (FNV-1a, two characters a step) of all it says. A change of any one character changes it. */
export function sumOf({ replica, seq, ms, count, body }: Omit<StoredOp, "sum">): number {
  const text = `${replica}/${seq}/${ms}/${count}/${body}`;
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 2) { // past the end there is NaN, which counts as none
    hash = Math.imul(hash ^ text.charCodeAt(i) ^ (text.charCodeAt(i + 1) << 16), 0x01000193);
  }
  return hash >>> 0;
}

export function sumOfOp({ replica, seq, stamp, body }: Op): number {
  return sumOf({ replica, seq, ...stamp, body: JSON.stringify(body) });
}

/** Reads a stored op. A sum that fits is believed without a closer look: it was parsed when it came in. */
export function readStored<Body>(row: StoredOp, parse: ParseBody<Body>): Reading<Body> {
  const { replica, seq, ms, count, sum } = row;
  const damaged = (why: Damage) => ({ ok: false, id: opId(replica, seq), why }) as const;
  const summed = sum !== undefined && sum !== null;
  if (summed && sum !== sumOf(row)) return damaged("wrong-sum");
  let value: unknown;
  try {
    value = JSON.parse(row.body);
  } catch {
    return damaged("not-json");
  }
  const body = summed ? value as Body : parse(value);
  return body === undefined ? damaged("not-an-op") : { ok: true, op: { replica, seq, stamp: { ms, count }, body } };
}

/** Reads an op as a journal of objects keeps it, under its key; `sum` where it was stored with one. */
export function readRecord<Body>(
  [replica, seq]: readonly [ReplicaId, number],
  record: unknown,
  parse: ParseBody<Body>,
): Reading<Body> {
  const { stamp, body, sum } = (record ?? {}) as { stamp?: unknown; body?: unknown; sum?: number };
  const damaged = (why: Damage) => ({ ok: false, id: opId(replica, seq), why }) as const;
  const sound = Stamp.safeParse(stamp);
  if (!sound.success || body === undefined) return damaged("not-an-op");
  const op = { replica, seq, stamp: sound.data, body };
  if (sum === undefined) {
    const parsed = parse(body);
    return parsed === undefined ? damaged("not-an-op") : { ok: true, op: { ...op, body: parsed } };
  }
  return sum === sumOfOp(op) ? { ok: true, op: op as Op<Body> } : damaged("wrong-sum");
}
