/** The op that opens a check again: it answers every closing and void of the check that was seen here and that nobody has answered yet. */
import type { Check, Entry } from "./check.ts";
import { ANSWERS_MAX, type BodyOf, isKnown } from "./op.ts";

export function reopening({ id, story }: Pick<Check, "id" | "story">): BodyOf<"check.reopen"> {
  const answered = new Set(story.flatMap(answersOf));
  const after = story.filter((entry) => isEnding(entry) && !answered.has(entry.id)).map((entry) => entry.id);
  return { kind: "check.reopen", check: id, ...(after.length > 0 ? { after: after.slice(-ANSWERS_MAX) } : {}) };
}

function answersOf({ op: { body } }: Entry): readonly string[] {
  return isKnown(body) && body.kind === "check.reopen" ? body.after ?? [] : [];
}

function isEnding({ op: { body } }: Entry): boolean {
  return body.kind === "check.close" || body.kind === "check.void";
}
