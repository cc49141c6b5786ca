/** To whom a check can be given: the venue's staff; where it names none, whoever owns checks already. */
import type { Check } from "../../shared/check/check.ts";

const OFFERED_MAX = 12; // more are typed

export function ownersOffered(staff: readonly { readonly name: string }[], checks: readonly Check[]): string[] {
  const names = staff.length > 0 ? staff.map(({ name }) => name) : checks.flatMap(({ owner }) => owner ?? []);
  return [...new Set(names)].sort((a, b) => a.localeCompare(b)).slice(0, OFFERED_MAX);
}
