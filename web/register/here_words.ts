/** Who else is in a check now, in a word on its card and a line over it. By person, or by register where nobody is signed in. */
import type { Claim } from "../../shared/claim.ts";
import type { NameOf } from "./names.ts";

/** "Ben is here", "Ben and Bar are here", "Ben and 2 others are here"; undefined: nobody. */
export function cardHere(others: readonly Claim[], nameOf: NameOf): string | undefined {
  const names = [...new Set(others.map(({ staff, register }) => staff ?? nameOf(register)))];
  return names.length === 0 ? undefined : `${joined(names)} here`;
}

/** "Ana is in this tab on Bar", "Ana on Bar and Till 1 are in this tab"; undefined: nobody. */
export function checkHere(others: readonly Claim[], nameOf: NameOf): string | undefined {
  const [only, ...more] = others;
  if (!only) return undefined;
  if (more.length === 0 && only.staff !== undefined) return `${only.staff} is in this tab on ${nameOf(only.register)}`;
  return `${joined(others.map((claim) => placed(claim, nameOf)))} in this tab`;
}

function placed({ staff, register }: Claim, nameOf: NameOf): string {
  return staff === undefined ? nameOf(register) : `${staff} on ${nameOf(register)}`;
}

/** With its verb. More than two would not fit on a card. */
function joined(names: readonly string[]): string {
  if (names.length === 1) return `${names[0]} is`;
  return names.length === 2 ? `${names[0]} and ${names[1]} are` : `${names[0]} and ${names.length - 1} others are`;
}
