/** What somebody did that had no effect, told to them once: "Your change to Burger did nothing: the line was voided on Bar." */
import type { Check, Entry } from "../../shared/check/check.ts";
import { isKnown, type KnownBody } from "../../shared/check/op.ts";
import { type OpId, type RegisterId, registerOf } from "../../shared/ids.ts";
import type { NameOf } from "./names.ts";

export interface Idle {
  readonly id: OpId; // of the op
  readonly check: Check;
  readonly entry: Entry & { readonly noEffect: string };
}

/** Ops of `own` without effect, each once, in the order they were done. A merge is in the stories of two checks. */
export function idleOf(checks: Iterable<Check>, own: RegisterId): Idle[] {
  const found = new Map<OpId, Idle>();
  for (const check of checks) {
    for (const entry of check.story) {
      if (entry.noEffect === undefined || registerOf(entry.op.replica) !== own || found.has(entry.id)) continue;
      if (isDoneAnyway(entry.op.body, check)) continue;
      found.set(entry.id, { id: entry.id, check, entry: { ...entry, noEffect: entry.noEffect } });
    }
  }
  return [...found.values()];
}

/** Somebody else did the same first: what was wanted is so. */
function isDoneAnyway(body: Entry["op"]["body"], check: Check): boolean {
  if (!isKnown(body)) return false;
  switch (body.kind) {
    case "check.close":
      return check.state === "closed";
    case "check.void":
      return check.state === "void";
    case "check.reopen":
      return check.state === "open";
    case "check.transfer":
      return check.owner === body.owner;
    case "line.void":
      return check.lines.some((line) => line.id === body.line && line.voided);
    case "line.send":
      return body.lines.every((id) => check.lines.some((line) => line.id === id && line.sent));
    case "discount.remove":
    case "payment.void":
      return true;
    default:
      return false;
  }
}

export function idleWords({ check, entry }: Idle, nameOf: NameOf): string {
  const { body } = entry.op;
  const deed = isKnown(body) ? deedOf(body, check) : "What you did";
  const by = voiderOf(body, check);
  return `${deed} on ${check.number} did nothing: ${entry.noEffect}${by ? ` on ${nameOf(by)}` : ""}.`;
}

function deedOf(body: KnownBody, check: Check): string {
  switch (body.kind) {
    case "line.edit":
      return `Your change to ${nameIn(check, body.line)}`;
    case "line.void":
      return `Taking ${nameIn(check, body.line)} off`;
    case "line.send":
      return "Sending to the kitchen";
    case "line.move":
      return `Moving ${body.lines.length === 1 ? nameIn(check, body.lines[0]!) : `${body.lines.length} lines`}`;
    case "line.divide":
      return `Dividing ${nameIn(check, body.line)}`;
    case "check.merge":
      return "Your merge";
    case "check.transfer":
      return `Giving the check to ${body.owner}`;
    case "check.close":
      return "Closing the check";
    case "check.void":
      return "Voiding the check";
    case "check.reopen":
      return "Opening the check again";
    case "check.edit":
      return "Your change of table, name or guests";
    case "discount.add":
    case "discount.remove":
      return "Your discount";
    case "payment.void":
    case "payment.refund":
      return "Giving money back";
    case "payment.add":
      return "Your payment";
    case "check.open":
    case "line.add":
    case "shift.open":
    case "shift.close":
      return "What you did";
  }
}

function nameIn(check: Check, id: OpId): string {
  return check.lines.find((line) => line.id === id)?.name ?? "a line";
}

/** Who took the line off that the op was about. */
function voiderOf(body: Entry["op"]["body"], check: Check): RegisterId | undefined {
  if (!isKnown(body) || (body.kind !== "line.edit" && body.kind !== "line.void")) return undefined;
  return check.lines.find((line) => line.id === body.line)?.voided?.by;
}
