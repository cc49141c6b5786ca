/** Which facts of a check a person changed. A name or table that was emptied is none any more. */
import type { Check } from "../../shared/check/check.ts";

interface Details {
  name?: string;
  table?: string;
  guests?: number;
}

export function detailsChanged(check: Pick<Check, "name" | "table" | "guests">, typed: Required<Details>): Details {
  const [name, table] = [typed.name.trim(), typed.table.trim()];
  return {
    ...(name !== (check.name ?? "") ? { name } : {}),
    ...(table !== (check.table ?? "") ? { table } : {}),
    ...(typed.guests > 0 && typed.guests !== check.guests ? { guests: typed.guests } : {}),
  };
}
