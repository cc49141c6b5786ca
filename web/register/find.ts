/** Finds a check that is not on the board any more: by number, name or table, whatever became of it. */
import type { Check } from "../../shared/check/check.ts";

const FOUND_MAX = 24; // more are not looked through: a longer word finds fewer

/** Those whose number it is first, then the last changed. `B12` and `12` both find B12; a word finds names and tables. */
export function findChecks(checks: readonly Check[], typed: string): Check[] {
  const sought = typed.trim().toLowerCase();
  if (sought === "") return [];
  return checks.filter(({ state }) => state !== "awaited")
    .map((check) => ({ check, rank: rankOf(check, sought) }))
    .filter(({ rank }) => rank > 0)
    .sort((a, b) =>
      b.rank - a.rank || b.check.changedAt.ms - a.check.changedAt.ms || (a.check.id < b.check.id ? -1 : 1)
    )
    .slice(0, FOUND_MAX)
    .map(({ check }) => check);
}

/** Whether a check is here whose number was typed, with or without its letter. */
export function holdsNumber(checks: readonly Check[], typed: string): boolean {
  const sought = typed.trim().toLowerCase();
  return checks.some((check) => check.state !== "awaited" && rankOf(check, sought) >= 2);
}

/** 0: it is not meant. */
function rankOf({ number, name, table }: Check, sought: string): number {
  const own = number.toLowerCase();
  if (own === sought || own.split("·")[0] === sought) return 3;
  if (own.replace(/^[a-z]+/, "") === sought) return 2;
  return [own, name, table].some((each) => each?.toLowerCase().includes(sought)) ? 1 : 0;
}
