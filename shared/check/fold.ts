/**
 * `foldCheck(ops)` turns one check's ops into the check. It sorts them by stamp first, so every replica that holds the same ops shows
 * the same check; it never throws and never drops: an op that cannot take effect stays in the story with its reason.
 */
import { type OpId, opId, registerOf } from "../ids.ts";
import { compareOps } from "../sync/op.ts";
import { type Stamp, ZERO_STAMP } from "../sync/hlc.ts";
import type { Check, Entry, Line, Payment } from "./check.ts";
import { flagsOf } from "./flags.ts";
import { type CheckOp, isKnown, type KnownBody } from "./op.ts";
import { totalsOf } from "./totals.ts";

interface Draft {
  opened?: { number: string; by: string; at: Stamp };
  fields: { name?: string; table?: string; guests?: number };
  closed?: { at: Stamp; by: string; total: number };
  lines: Map<OpId, Line>;
  payments: Map<OpId, Payment>;
}

/** Folds the ops of the check `id`, in any order, duplicates allowed. */
export function foldCheck(id: OpId, ops: readonly CheckOp[]): Check {
  const sorted = inOrder(ops);
  const draft: Draft = { fields: {}, lines: new Map(), payments: new Map() };
  // Two passes, so that what an op needs may carry a later stamp than the op itself (a clock was wrong): first what creates.
  for (const { id: own, op } of sorted) create(draft, own, op);
  const voids = firstVoids(sorted);
  const story = sorted.map(({ id: own, op }): Entry => {
    const noEffect = apply(draft, own, op, voids);
    return noEffect === undefined ? { id: own, op } : { id: own, op, noEffect };
  });
  return finish(id, draft, story);
}

function inOrder(ops: readonly CheckOp[]): { id: OpId; op: CheckOp }[] {
  const byId = new Map(ops.map((op) => [opId(op.replica, op.seq), op]));
  return [...byId].map(([id, op]) => ({ id, op })).sort((a, b) => compareOps(a.op, b.op));
}

function create(draft: Draft, id: OpId, op: CheckOp): void {
  if (!isKnown(op.body)) return;
  const by = registerOf(op.replica);
  const body = op.body;
  if (body.kind === "check.open") draft.opened = { number: body.number, by, at: op.stamp };
  else if (body.kind === "line.add") {
    const { sku, name, price, quantity, note, taxes = [] } = body;
    draft.lines.set(id, { id, sku, name, price, quantity, note, taxes, addedBy: by });
  } else if (body.kind === "payment.add") {
    const { tender, amount, tip = 0, tendered, reference } = body;
    draft.payments.set(id, { id, tender, amount, tip, tendered, reference, by, at: op.stamp });
  }
}

/** The void that counts for each line. Voids only grow: whatever else happens to a line, one void is enough. */
function firstVoids(sorted: readonly { id: OpId; op: CheckOp }[]): Map<OpId, OpId> {
  const voids = new Map<OpId, OpId>();
  for (const { id, op } of sorted) {
    if (isKnown(op.body) && op.body.kind === "line.void" && !voids.has(op.body.line)) voids.set(op.body.line, id);
  }
  return voids;
}

/** Applies one op; returns why it has no effect, if it has none. */
function apply(draft: Draft, id: OpId, op: CheckOp, voids: Map<OpId, OpId>): string | undefined {
  if (!isKnown(op.body)) return "this version of the register does not know it; update the app";
  const body: KnownBody = op.body;
  switch (body.kind) {
    case "check.open":
    case "check.edit":
      setFields(draft, body);
      return undefined;
    case "check.close":
      if (draft.closed) return "the check was closed already";
      draft.closed = { at: op.stamp, by: registerOf(op.replica), total: body.total };
      return undefined;
    case "line.add":
    case "payment.add":
      return undefined;
    case "line.edit":
      return editLine(draft, body, voids);
    case "line.void":
      return voidLine(draft, id, op, body, voids);
  }
}

function setFields(draft: Draft, { name, table, guests }: Draft["fields"]): void {
  if (name !== undefined) draft.fields.name = name;
  if (table !== undefined) draft.fields.table = table;
  if (guests !== undefined) draft.fields.guests = guests;
}

function editLine(draft: Draft, body: KnownBody & { kind: "line.edit" }, voids: Map<OpId, OpId>): string | undefined {
  const line = draft.lines.get(body.line);
  if (!line) return "the line is not here yet";
  if (voids.has(line.id)) return "the line was voided";
  const { price = line.price, quantity = line.quantity, note = line.note } = body;
  draft.lines.set(line.id, { ...line, price, quantity, note: note || undefined });
  return undefined;
}

function voidLine(
  draft: Draft,
  id: OpId,
  op: CheckOp,
  body: KnownBody & { kind: "line.void" },
  voids: Map<OpId, OpId>,
): string | undefined {
  const line = draft.lines.get(body.line);
  if (!line) return "the line is not here yet";
  if (voids.get(line.id) !== id) return "the line was voided already";
  draft.lines.set(line.id, { ...line, voided: { reason: body.reason, by: registerOf(op.replica) } });
  return undefined;
}

function finish(id: OpId, draft: Draft, story: readonly Entry[]): Check {
  const lines = [...draft.lines.values()];
  const payments = [...draft.payments.values()];
  const totals = totalsOf(lines.filter((line) => !line.voided));
  const paid = payments.reduce((sum, payment) => sum + payment.amount, 0);
  return {
    id,
    state: !draft.opened ? "awaited" : draft.closed ? "closed" : "open",
    number: draft.opened?.number ?? "?",
    ...draft.fields,
    openedBy: draft.opened?.by,
    openedAt: draft.opened?.at,
    changedAt: story.at(-1)?.op.stamp ?? ZERO_STAMP,
    closedAt: draft.closed?.at,
    closedBy: draft.closed?.by,
    lines,
    payments,
    totals,
    paid,
    tips: payments.reduce((sum, payment) => sum + payment.tip, 0),
    due: totals.total - paid,
    flags: flagsOf({ lines, payments, total: totals.total, paid, closed: draft.closed }),
    story,
  };
}
