/** Builders for tests of checks: ops written by named registers, with stamps that say when. */
import type { CheckBody, CheckOp } from "./op.ts";

/** A register's pen: each `write` is its next op, stamped `ms` (default: one after its last). */
export function pen(letter: string, start = 1_000) {
  const replica = `${letter.toLowerCase().repeat(8)}-0000`;
  let seq = 0;
  let last = start;
  return {
    replica,
    register: replica.slice(0, 8),
    write(body: CheckBody, ms = last + 1): CheckOp & { id: string } {
      last = ms;
      seq += 1;
      return { replica, seq, stamp: { ms, count: 0 }, body, id: `${replica}/${seq}` };
    },
  };
}

type Pen = ReturnType<typeof pen>;
type Written = ReturnType<Pen["write"]>;

/** A check of four ops that is over: one beer, paid and closed. */
export function settledCheck(by: Pen, number: string, ms?: number): Written[] {
  const open = by.write({ kind: "check.open", number }, ms);
  const check = open.id;
  return [
    open,
    by.write({ kind: "line.add", check, name: "Beer", price: 500, quantity: 1 }),
    by.write({ kind: "payment.add", check, tender: "cash", amount: 500 }),
    by.write({ kind: "check.close", check, total: 500 }),
  ];
}

export function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const copy = [...items];
  for (let i = copy.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [copy[i], copy[j]] = [copy[j]!, copy[i]!];
  }
  return copy;
}

/** A small seeded generator (mulberry32), for tests only. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
