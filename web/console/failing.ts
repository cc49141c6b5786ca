/** Which open incidents are failures, and whether one is new. Pure. */
import type { View } from "../../shared/api.ts";

/** Ids of what fails now. Effects of something else are not counted: one cause, one sound. What is muted makes none. */
export function failing({ incidents }: Pick<View, "incidents">): ReadonlySet<string> {
  const open = incidents.filter(({ severity, resolvedAt, under, muted }) =>
    severity === "fail" && resolvedAt === null && under === null && !muted
  );
  return new Set(open.map(({ id }) => id));
}

/** True when something fails that did not before. What was there when the page was opened is seen, and need not be heard. */
export function hasNew(now: ReadonlySet<string>, before: ReadonlySet<string> | undefined): boolean {
  return before !== undefined && [...now].some((id) => !before.has(id));
}
