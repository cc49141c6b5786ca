/**
 * What each op does, given all that came before it by stamp. Returns why it does nothing, if it does nothing: that reason is shown in the
 * check's story, and told to the person who made it.
 */
import { registerOf } from "../ids.ts";
import { applyDiscount, applyDiscountRemove, applyPaymentVoid, applyRefund } from "./apply_money.ts";
import { applyEnd, applyReopen } from "./apply_ending.ts";
import { applyDivide, applyLineEdit, applyLineVoid, applyMove, applySend } from "./apply_line.ts";
import { type CheckDraft, type Draft, type Named, type NoEffect, numberOf, standing } from "./draft.ts";
import { type BodyOf, isKnown } from "./op.ts";

export function applyOp(draft: Draft, { id, op }: Named): NoEffect {
  const { body, stamp } = op;
  if (!isKnown(body)) return "this version of the register does not know it; update the app";
  const by = registerOf(op.replica);
  switch (body.kind) {
    case "check.open":
      return setFields(draft.checks.get(id)!, body);
    case "check.edit":
      return onStanding(draft, body.check, (check) => setFields(check, body));
    case "check.transfer":
      return onStanding(draft, body.check, (check) => setOwner(check, body.owner));
    case "check.merge":
      return merge(draft, body);
    case "check.void":
      return onStanding(
        draft,
        body.check,
        (check) => applyEnd(check, { kind: "void", id, at: stamp, by, total: body.total, reason: body.reason }),
      );
    case "check.close":
      return onStanding(
        draft,
        body.check,
        (check) => applyEnd(check, { kind: "closed", id, at: stamp, by, total: body.total }),
      );
    case "check.reopen":
      return onStanding(draft, body.check, (check) => applyReopen(check, body.after));
    case "line.add":
    case "payment.add":
      return undefined;
    case "line.edit":
      return applyLineEdit(draft, body);
    case "line.void":
      return applyLineVoid(draft, id, body, by);
    case "line.send":
      return applySend(draft, body, { at: stamp, by });
    case "line.move":
      return applyMove(draft, body);
    case "line.divide":
      return applyDivide(draft, body);
    case "discount.add":
      return applyDiscount(draft, id, body);
    case "discount.remove":
      return applyDiscountRemove(draft, body);
    case "payment.void":
      return applyPaymentVoid(draft, id, body, by);
    case "payment.refund":
      return applyRefund(draft, body, { at: stamp, by });
    case "shift.open":
    case "shift.close":
      return undefined; // of a register, not of a check
  }
}

/** What concerns the check itself goes nowhere once the check has been merged: lines, discounts and payments follow, the rest does not. */
function onStanding(draft: Draft, id: string, change: (check: CheckDraft) => NoEffect): NoEffect {
  const check = draft.checks.get(id)!;
  if (check.mergedInto !== undefined) return `the check was merged into ${numberOf(draft, standing(draft, id))}`;
  return change(check);
}

function setFields(
  check: CheckDraft,
  { name, table, guests, owner }: { name?: string; table?: string; guests?: number; owner?: string },
): NoEffect {
  if (name !== undefined) check.name = name || undefined;
  if (table !== undefined) check.table = table || undefined;
  if (guests !== undefined) check.guests = guests;
  if (owner !== undefined) check.owner = owner;
  return undefined;
}

function setOwner(check: CheckDraft, owner: string): NoEffect {
  if (check.owner === owner) return `it is ${owner}'s already`;
  check.owner = owner;
  return undefined;
}

function merge(draft: Draft, { check: from, into }: BodyOf<"check.merge">): NoEffect {
  const source = draft.checks.get(from)!;
  if (source.mergedInto !== undefined) {
    return `the check was merged into ${numberOf(draft, standing(draft, from))} already`;
  }
  const target = standing(draft, into);
  if (target === from) return "the two checks are one already";
  if (source.ending?.kind === "void") return "the check was voided";
  if (draft.checks.get(target)!.ending?.kind === "void") return `${numberOf(draft, target)} was voided`;
  source.mergedInto = target;
  return undefined;
}
