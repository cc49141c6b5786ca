/** What ops do to lines: change, void, send, move, divide. A line stands on exactly one check, or is divided among several in whole parts. */
import type { OpId, RegisterId } from "../ids.ts";
import type { Stamp } from "../sync/hlc.ts";
import { type Draft, type LineDraft, type NoEffect, numberOf, standing } from "./draft.ts";
import type { BodyOf } from "./op.ts";

const NOT_HERE = "the line is not here yet";

export function applyLineEdit(draft: Draft, body: BodyOf<"line.edit">): NoEffect {
  const line = draft.lines.get(body.line);
  if (!line) return NOT_HERE;
  if (draft.lineVoids.has(line.id)) return "the line was voided"; // whichever came first: it counts for nothing
  line.price = body.price ?? line.price;
  line.quantity = body.quantity ?? line.quantity;
  line.seat = body.seat ?? line.seat;
  line.course = body.course ?? line.course;
  if (body.note !== undefined) line.note = body.note || undefined;
  return undefined;
}

export function applyLineVoid(draft: Draft, id: OpId, body: BodyOf<"line.void">, by: RegisterId): NoEffect {
  const line = draft.lines.get(body.line);
  if (!line) return NOT_HERE;
  if (draft.lineVoids.get(line.id) !== id) return "the line was voided already";
  line.voided = { reason: body.reason, by };
  return undefined;
}

export function applySend(draft: Draft, { lines }: BodyOf<"line.send">, sent: { at: Stamp; by: RegisterId }): NoEffect {
  return each(draft, lines, (line) => {
    if (line.voided) return `${line.name} was voided`;
    if (line.sent) return `${line.name} was sent already`;
    line.sent = sent;
    return undefined;
  });
}

export function applyMove(draft: Draft, { check, lines, to }: BodyOf<"line.move">): NoEffect {
  const target = standing(draft, to);
  const refused = notOnVoid(draft, target);
  if (refused !== undefined) return refused;
  return each(draft, lines, (line) => {
    const elsewhere = notWholeOn(draft, line, check);
    if (elsewhere !== undefined) return elsewhere;
    if (standing(draft, line.at) === target) return `${line.name} is on ${numberOf(draft, target)} already`;
    line.at = target;
    return undefined;
  });
}

export function applyDivide(draft: Draft, { check, line: id, among }: BodyOf<"line.divide">): NoEffect {
  const line = draft.lines.get(id);
  if (!line) return NOT_HERE;
  const elsewhere = notWholeOn(draft, line, check);
  if (elsewhere !== undefined) return elsewhere;
  for (const share of among) {
    const refused = notOnVoid(draft, standing(draft, share.check));
    if (refused !== undefined) return refused;
  }
  line.among = among;
  return undefined;
}

/** Why nothing can be put on `check`: on a void one nobody would pay for it. */
function notOnVoid(draft: Draft, check: OpId): NoEffect {
  return draft.checks.get(check)!.ending?.kind === "void" ? `${numberOf(draft, check)} was voided` : undefined;
}

/** Why `line` cannot be taken from `check` as a whole. */
function notWholeOn(draft: Draft, line: LineDraft, check: OpId): NoEffect {
  if (line.voided) return `${line.name} was voided`;
  if (line.among) return `${line.name} was divided`;
  const at = standing(draft, line.at);
  return at === standing(draft, check) ? undefined : `${line.name} is already on ${numberOf(draft, at)}`;
}

/** Tries every line; the op has no effect when none of them let it, for the reasons they gave. */
function each(draft: Draft, ids: readonly OpId[], change: (line: LineDraft) => NoEffect): NoEffect {
  const reasons = new Set<string>();
  let changed = false;
  for (const id of ids) {
    const line = draft.lines.get(id);
    const reason = line ? change(line) : NOT_HERE;
    if (reason === undefined) changed = true;
    else reasons.add(reason);
  }
  return changed ? undefined : [...reasons].join(", ");
}
