/**
 * How a check ends and begins again. A reopening names the closings and voids that its writer had seen, and ends those, whatever the stamps
 * say: a register whose clock is ahead closes with a stamp that is later than any answer to it. What the writer had not seen still stands.
 */
import type { OpId } from "../ids.ts";
import type { CheckDraft, Ending, NoEffect } from "./draft.ts";

export function applyEnd(check: CheckDraft, ending: Ending): NoEffect {
  if (check.reopened?.has(ending.id)) return undefined; // it counted until it was answered, at a time that its stamp does not tell
  const before = counting(check.endings.filter(({ id }) => !check.answered?.has(id)));
  check.endings = [...check.endings, ending];
  check.ending = counting(check.endings);
  if (before?.kind === "void") return "the check was voided";
  return before && ending.kind === "closed" ? "the check was closed already" : undefined;
}

/** Without `after`, from a version that named nothing: it ends all that came before it by stamp. */
export function applyReopen(check: CheckDraft, after: readonly OpId[] | undefined): NoEffect {
  const wasOpen = check.ending === undefined;
  if (after === undefined) {
    check.endings = [];
    check.ending = undefined;
    return wasOpen ? "the check is open" : undefined;
  }
  const fresh = after.filter((id) => !check.reopened?.has(id));
  check.reopened = new Set([...check.reopened ?? [], ...fresh]);
  check.endings = check.endings.filter(({ id }) => !check.reopened!.has(id));
  check.ending = counting(check.endings);
  if (fresh.length > 0) return undefined;
  return wasOpen ? "the check is open" : "the check was opened again already";
}

/** Of several endings the one that counts: a void, else the first. */
function counting(endings: readonly Ending[]): Ending | undefined {
  return endings.find(({ kind }) => kind === "void") ?? endings[0];
}
