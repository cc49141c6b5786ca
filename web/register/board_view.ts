/** What the board shows: which checks under which tab, in which order, and what stands on a card. */
import type { Check } from "../../shared/check/check.ts";

export type Tab = "open" | "attention" | "closed";

const DAY_BEGINS_HOUR = 5; // a bar closes after midnight, and its night is one day

/** The checks of a tab. Open ones in the order they were opened; closed ones with the last closed first. */
export function checksOf(tab: Tab, checks: readonly Check[], now: number): Check[] {
  switch (tab) {
    case "open":
      return checks.filter((check) => check.state !== "closed").sort(byOpening);
    case "attention":
      return checks.filter((check) => check.flags.length > 0).sort(byOpening);
    case "closed": {
      const from = dayStart(now);
      return checks.filter((check) => check.state === "closed" && (check.closedAt?.ms ?? 0) >= from)
        .sort((a, b) => (b.closedAt?.ms ?? 0) - (a.closedAt?.ms ?? 0) || (a.id < b.id ? -1 : 1));
    }
  }
}

/** When the present business day began, in this device's time. */
export function dayStart(now: number): number {
  const day = new Date(now);
  if (day.getHours() < DAY_BEGINS_HOUR) day.setDate(day.getDate() - 1);
  return day.setHours(DAY_BEGINS_HOUR, 0, 0, 0);
}

/** "Window, table 4"; undefined when neither is known. */
export function whereOf({ name, table }: Pick<Check, "name" | "table">): string | undefined {
  const words = [name, table && tableWords(table)].filter(Boolean);
  return words.length > 0 ? words.join(", ") : undefined;
}

export function guestWords(guests: number | undefined): string | undefined {
  return guests === undefined ? undefined : guests === 1 ? "1 guest" : `${guests} guests`;
}

/** "4" is said as "Table 4"; "Terrace" speaks for itself. */
function tableWords(table: string): string {
  return /^\d/.test(table) ? `Table ${table}` : table;
}

function byOpening(a: Check, b: Check): number {
  return (a.openedAt?.ms ?? a.changedAt.ms) - (b.openedAt?.ms ?? b.changedAt.ms) || (a.id < b.id ? -1 : 1);
}
