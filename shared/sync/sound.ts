/**
 * Whether what storage gives back is still the op that was put there. Disks and browsers damage a record now and then; one that is
 * damaged is named, left where it is, and asked for again, and nothing else stops for it. What a body may be is handed in.
 */
import { type OpId, opId, type ReplicaId, replicaOf } from "../ids.ts";
import { Stamp } from "./hlc.ts";
import type { Op } from "./op.ts";
import { seqOf, type Vector } from "./vector.ts";

const HOLES_MAX = 1_000; // damaged ops kept in mind; a disk with more of them is to be replaced, not mended

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

/** The sum to store with an op: 32 bits (FNV-1a) of all it says. A change of any one character changes it. */
export function sumOf({ replica, seq, ms, count, body }: Omit<StoredOp, "sum">): number {
  let hash = 0x811c9dc5;
  for (const part of [replica, String(seq), String(ms), String(count), body]) {
    for (let i = 0; i < part.length; i++) hash = Math.imul(hash ^ part.charCodeAt(i), 0x01000193);
    hash = Math.imul(hash ^ 0xffff, 0x01000193); // so that what moves from one part to the next is seen
  }
  return hash >>> 0;
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
  const { stamp, body, sum } = (record ?? {}) as { stamp?: Partial<Stamp>; body?: unknown; sum?: number };
  const { ms, count } = stamp ?? {};
  if (ms === undefined || count === undefined || !Stamp.safeParse(stamp).success) {
    return { ok: false, id: opId(replica, seq), why: "not-an-op" };
  }
  return readStored({ replica, seq, ms, count, body: JSON.stringify(body) ?? "", sum }, parse);
}

/** Of a journal's readings, in the order of their keys: each writer's ops before its first damaged one, and what is damaged. */
export function soundPrefixes<Body>(readings: readonly Reading<Body>[]): {
  readonly ops: Op<Body>[];
  readonly damaged: readonly { readonly id: OpId; readonly why: Damage }[];
} {
  const damaged = readings.flatMap((reading) => reading.ok ? [] : [{ id: reading.id, why: reading.why }]);
  const broken = new Set<ReplicaId>();
  const ops = readings.flatMap((reading) => {
    if (!reading.ok) broken.add(replicaOf(reading.id));
    return reading.ok && !broken.has(reading.op.replica) ? [reading.op] : [];
  });
  return { ops, damaged };
}

/** The ops before the first damaged one, of one writer in seq order: no reader is led to a gap. */
export function untilDamage<Body>(readings: readonly Reading<Body>[]): Op<Body>[] {
  const end = readings.findIndex(({ ok }) => !ok);
  return soundOf(end < 0 ? readings : readings.slice(0, end));
}

/** The ops that are sound, for telling a check without those that are not. */
export function soundOf<Body>(readings: readonly Reading<Body>[]): Op<Body>[] {
  return readings.flatMap((reading) => reading.ok ? [reading.op] : []);
}

/** The damaged ops of a log. Each is noted when it is met, asked for, and crossed out when a peer has brought it again. */
export class Holes {
  readonly #why = new Map<OpId, Damage>();
  #changed = false; // since it was last asked for

  /** Notes what is damaged among these. Returns what was not known before, to be named once. */
  note(readings: readonly Reading<unknown>[]): readonly { readonly id: OpId; readonly why: Damage }[] {
    const found = readings.flatMap((reading) => reading.ok || this.#why.has(reading.id) ? [] : [reading]);
    const kept = found.slice(0, HOLES_MAX - this.#why.size);
    for (const { id, why } of kept) this.#why.set(id, why);
    this.#changed ||= kept.length > 0;
    return kept.map(({ id, why }) => ({ id, why }));
  }

  get all(): readonly { readonly id: OpId; readonly why: Damage }[] {
    return [...this.#why].map(([id, why]) => ({ id, why }));
  }

  /** Of ops that came again, those that mend a hole. */
  menders<Body>(ops: readonly Op<Body>[]): Op<Body>[] {
    return this.#why.size === 0 ? [] : ops.filter(({ replica, seq }) => this.#why.has(opId(replica, seq)));
  }

  mended(ops: readonly Op[]): void {
    for (const { replica, seq } of ops) this.#why.delete(opId(replica, seq));
    this.#changed ||= ops.length > 0;
  }

  /**
   * What to say is held, so that a peer sends what is damaged: each writer up to its first hole. Say it to a peer whose session begins,
   * and not with every answer: one that cannot mend it would send the rest of that writer again and again.
   */
  asking(vector: Vector): Vector {
    const asked: Record<ReplicaId, number> = { ...vector };
    for (const id of this.#why.keys()) {
      const [replica, seq] = id.split("/") as [ReplicaId, string];
      asked[replica] = Math.min(seqOf(asked, replica), Number(seq) - 1);
    }
    return asked;
  }

  /** The same for all peers, once after holes were found or mended; undefined: they have been asked. */
  askingAnew(vector: Vector): Vector | undefined {
    const ask = this.#changed && this.#why.size > 0;
    this.#changed = false;
    return ask ? this.asking(vector) : undefined;
  }
}
