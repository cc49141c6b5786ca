/**
 * The book: every check of a set of ops, each folded when first read and again only when an op of it arrives. Registers and the hub
 * both keep one.
 */
import { type OpId, opId } from "../ids.ts";
import type { Check } from "./check.ts";
import { foldCheck } from "./fold.ts";
import { checkOf, type CheckOp } from "./op.ts";

export class Book {
  readonly #opsByCheck = new Map<OpId, CheckOp[]>();
  readonly #folded = new Map<OpId, Check>();

  /** Takes new ops and returns the ids of the checks they touch. Each op must be given once only: the log sees to that. */
  add(ops: readonly CheckOp[]): Set<OpId> {
    const touched = new Set<OpId>();
    for (const op of ops) {
      const id = checkOf(op, opId(op.replica, op.seq));
      if (id === undefined) continue;
      const held = this.#opsByCheck.get(id);
      if (held) held.push(op);
      else this.#opsByCheck.set(id, [op]);
      this.#folded.delete(id);
      touched.add(id);
    }
    return touched;
  }

  get(id: OpId): Check | undefined {
    const known = this.#folded.get(id);
    if (known) return known;
    const ops = this.#opsByCheck.get(id);
    if (!ops) return undefined;
    const check = foldCheck(id, ops);
    this.#folded.set(id, check);
    return check;
  }

  /** Every check, the last changed first. */
  all(): Check[] {
    return [...this.#opsByCheck.keys()].map((id) => this.get(id)!)
      .sort((a, b) => b.changedAt.ms - a.changedAt.ms || (a.id < b.id ? 1 : -1));
  }
}
