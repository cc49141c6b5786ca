/**
 * The book: every check of a set of ops. Checks that share lines or were merged are one family and are folded together, when first read and
 * again only when an op of the family arrives. Each register keeps one.
 */
import { type OpId, opId } from "../ids.ts";
import { compareStamps } from "../sync/hlc.ts";
import type { Check } from "./check.ts";
import type { Named } from "./draft.ts";
import { foldFamily } from "./fold.ts";
import { type CheckOp, checksOf } from "./op.ts";

/** Checks that are told as one, and all of their ops. */
export interface FamilyOps {
  readonly checks: ReadonlySet<OpId>;
  readonly ops: readonly Named[];
}

interface Family {
  readonly checks: Set<OpId>;
  readonly ops: Named[];
  folded?: Map<OpId, Check>;
}

export class Book {
  readonly #families = new Map<OpId, Family>(); // by each of its checks
  readonly #byNumber = new Map<string, OpId[]>();
  #others: Named[] = []; // ops of no check: shifts

  /** Takes new ops and returns the ids of the checks they may change. Each op must be given once only: the log sees to that. */
  add(ops: readonly CheckOp[]): Set<OpId> {
    const touched = new Set<OpId>();
    for (const op of ops) {
      const id = opId(op.replica, op.seq);
      const checks = checksOf(op, id);
      if (checks.length === 0) {
        this.#others.push({ id, op });
        continue;
      }
      const family = this.#join(checks);
      family.ops.push({ id, op });
      family.folded = undefined;
      if (op.body.kind === "check.open") this.#number(id, String(op.body.number));
      for (const check of family.checks) touched.add(check);
    }
    return touched;
  }

  /** What is told as one with the check `id`. */
  familyOf(id: OpId): FamilyOps | undefined {
    return this.#families.get(id);
  }

  /** Every check's id, also of those whose opening is not here. */
  ids(): Iterable<OpId> {
    return this.#families.keys();
  }

  /** Takes these checks out, and all that are told as one with them, and returns their ops. */
  remove(checks: Iterable<OpId>): CheckOp[] {
    const families = new Set([...checks].flatMap((check) => this.#families.get(check) ?? []));
    for (const family of families) {
      for (const check of family.checks) this.#families.delete(check);
      for (const { id, op } of family.ops) {
        if (op.body.kind === "check.open") this.#unnumber(id, String(op.body.number));
      }
    }
    return [...families].flatMap((family) => family.ops.map(({ op }) => op));
  }

  /** Takes ops of no check out. */
  removeOthers(ids: ReadonlySet<OpId>): void {
    this.#others = this.#others.filter(({ id }) => !ids.has(id));
  }

  get(id: OpId): Check | undefined {
    const family = this.#families.get(id);
    if (!family) return undefined;
    family.folded ??= foldFamily(family.ops);
    const check = family.folded.get(id);
    const twins = check && this.#byNumber.get(check.number);
    return twins && twins.length > 1 ? { ...check, number: this.#apart(check, twins) } : check;
  }

  /** Every check, the last changed first. */
  all(): Check[] {
    return [...this.#families.keys()].map((id) => this.get(id)!)
      .sort((a, b) => b.changedAt.ms - a.changedAt.ms || (a.id < b.id ? 1 : -1));
  }

  /** The checks that these ops would touch, as they would be then. */
  preview(ops: readonly CheckOp[]): Map<OpId, Check> {
    const named = ops.map((op) => ({ id: opId(op.replica, op.seq), op }));
    const touched = new Set(named.flatMap(({ op, id }) => checksOf(op, id)));
    const families = new Set([...touched].flatMap((check) => this.#families.get(check) ?? []));
    return foldFamily([...[...families].flatMap((family) => family.ops), ...named]);
  }

  /** Ops that are of no check, in the order they came. */
  get others(): readonly Named[] {
    return this.#others;
  }

  /** The family of all these checks, made one if they were several. */
  #join(checks: readonly OpId[]): Family {
    const found = new Set(checks.flatMap((check) => this.#families.get(check) ?? []));
    const [largest = { checks: new Set<OpId>(), ops: [] } as Family, ...rest] = [...found].sort((a, b) =>
      b.ops.length - a.ops.length
    );
    for (const { checks: ids, ops } of rest) {
      largest.ops.push(...ops);
      for (const id of ids) this.#assign(id, largest);
    }
    for (const id of checks) this.#assign(id, largest);
    return largest;
  }

  #assign(id: OpId, family: Family): void {
    family.checks.add(id);
    this.#families.set(id, family);
  }

  #number(id: OpId, number: string): void {
    const twins = this.#byNumber.get(number);
    if (twins) twins.push(id);
    else this.#byNumber.set(number, [id]);
  }

  #unnumber(id: OpId, number: string): void {
    const twins = this.#byNumber.get(number)?.filter((twin) => twin !== id) ?? [];
    if (twins.length > 0) this.#byNumber.set(number, twins);
    else this.#byNumber.delete(number);
  }

  /** Two checks with one number, which only storage that was lost can bring about: the one opened later is told apart, `B12·2`. */
  #apart(check: Check, twins: readonly OpId[]): string {
    const opened = (id: OpId) =>
      this.#families.get(id)!.folded?.get(id)?.openedAt ?? foldFamily(this.#families.get(id)!.ops).get(id)!.openedAt!;
    const order = [...twins].sort((a, b) => compareStamps(opened(a), opened(b)) || (a < b ? -1 : 1));
    const place = order.indexOf(check.id);
    return place <= 0 ? check.number : `${check.number}·${place + 1}`;
  }
}
