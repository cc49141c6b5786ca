/** The checks that a check was split with, by moving or dividing lines, so that guests who sat together can be served one after another. */
import type { Check } from "../../shared/check/check.ts";
import { isKnown } from "../../shared/check/op.ts";
import type { OpId } from "../../shared/ids.ts";

/** Ids of the other checks, in the order they came up. */
export function relatedOf({ id, story }: Pick<Check, "id" | "story">): OpId[] {
  const found = new Set<OpId>();
  for (const { op: { body }, noEffect } of story) {
    if (noEffect !== undefined || !isKnown(body)) continue;
    if (body.kind === "line.move") [body.check, body.to].forEach((each) => found.add(each));
    if (body.kind === "line.divide") {
      [body.check, ...body.among.map(({ check }) => check)].forEach((each) => found.add(each));
    }
  }
  found.delete(id);
  return [...found];
}
