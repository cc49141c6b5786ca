/** What one side shows, looked up: ops by kind and in order, and which checks are told as one. */
import type { Check } from "../../shared/check/check.ts";
import { type BodyOf, type CheckOp, checksOf, isKnown, type KnownBody } from "../../shared/check/op.ts";
import { type OpId, opId } from "../../shared/ids.ts";
import { compareOps } from "../../shared/sync/op.ts";

/** What one register, or the hub, shows. */
export interface Seen {
  readonly name: string;
  readonly ops: readonly CheckOp[]; // all it holds, each once
  readonly checks: readonly Check[]; // in its own order
  readonly unsynced: number;
}

export type Known<Kind extends KnownBody["kind"]> = {
  readonly id: OpId;
  readonly op: CheckOp;
  readonly body: BodyOf<Kind>;
};

/** Says that the promise called `name` was broken, and how. */
export type Say = (name: string, what: string) => void;

/** One side's ops and checks, looked up. */
export class Ledger {
  readonly checks: readonly Check[];
  readonly ops: readonly CheckOp[]; // in the order in which they take effect
  readonly families: ReadonlyMap<OpId, object>; // the same object for checks that are told as one
  readonly #byKind = new Map<string, { id: OpId; op: CheckOp; body: KnownBody }[]>();

  constructor({ checks, ops }: Seen) {
    this.checks = checks;
    this.ops = [...ops].sort(compareOps);
    for (const op of this.ops) {
      if (!isKnown(op.body)) continue;
      const entry = { id: idOf(op), op, body: op.body };
      const held = this.#byKind.get(op.body.kind);
      if (held) held.push(entry);
      else this.#byKind.set(op.body.kind, [entry]);
    }
    this.families = familiesOf(ops);
  }

  of<Kind extends KnownBody["kind"]>(kind: Kind): readonly Known<Kind>[] {
    return (this.#byKind.get(kind) ?? []) as unknown as Known<Kind>[];
  }

  related(a: OpId, b: OpId): boolean {
    return this.families.get(a) === this.families.get(b);
  }
}

function familiesOf(ops: readonly CheckOp[]): Map<OpId, object> {
  const families = new Map<OpId, { members: OpId[] }>();
  for (const op of ops) {
    const joined = { members: [] as OpId[] };
    for (const check of checksOf(op, idOf(op))) {
      const held = families.get(check) ?? { members: [check] };
      if (held === joined) continue;
      joined.members.push(...held.members);
      for (const member of held.members) families.set(member, joined);
    }
  }
  return families;
}

export function idOf(op: CheckOp): OpId {
  return opId(op.replica, op.seq);
}

export function append<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const held = map.get(key);
  if (held) held.push(value);
  else map.set(key, [value]);
}
