/** What the board shows: which checks under which tab, in which order, and what stands on a card. */
import type { Check } from "../../shared/check/check.ts";
import type { RegisterId } from "../../shared/ids.ts";

export const TABS = ["mine", "all", "attention", "tables", "closed"] as const;
export type Tab = (typeof TABS)[number];

/** Who looks at the board. */
export interface Viewer {
  readonly register: RegisterId;
  readonly staff?: string; // absent: nobody is signed in
}

/** Open checks of one table, or of none. */
export interface TableGroup {
  readonly title: string;
  readonly checks: readonly Check[];
}

export interface Figure {
  readonly name: string;
  readonly amount: number;
}

const DAY_BEGINS_HOUR = 5; // a bar closes after midnight, and its night is one day

/** The checks of a tab. Open ones in the order they were opened; closed ones with the last closed first. */
export function checksOf(tab: Tab, checks: readonly Check[], now: number, viewer: Viewer): Check[] {
  switch (tab) {
    case "mine":
      return checks.filter((check) => isOpen(check) && isMine(check, viewer)).sort(byOpening);
    case "all":
    case "tables":
      return checks.filter(isOpen).sort(byOpening);
    case "attention":
      return checks.filter((check) => check.flags.length > 0 && check.state !== "merged").sort(byOpening);
    case "closed": {
      const from = dayStart(now);
      return checks.filter((check) => isEnded(check) && (check.closedAt?.ms ?? 0) >= from)
        .sort((a, b) => (b.closedAt?.ms ?? 0) - (a.closedAt?.ms ?? 0) || (a.id < b.id ? -1 : 1));
    }
  }
}

/** By table, the tables in the order people count them; checks without one come last. */
export function byTable(checks: readonly Check[]): TableGroup[] {
  const groups = new Map<string, Check[]>();
  for (const check of checks) {
    const table = check.table ?? "";
    const group = groups.get(table);
    if (group) group.push(check);
    else groups.set(table, [check]);
  }
  return [...groups].sort(([a], [b]) =>
    Number(a === "") - Number(b === "") || a.localeCompare(b, "en", { numeric: true })
  )
    .map(([table, own]) => ({ title: table === "" ? "No table" : tableWords(table), checks: own }));
}

/** Its owner's; with nobody signed in, or nobody named, that of the register that opened it. */
function isMine({ owner, openedBy }: Check, { staff, register }: Viewer): boolean {
  return staff !== undefined && owner !== undefined ? owner === staff : openedBy === register;
}

function isOpen({ state }: Check): boolean {
  return state === "open" || state === "awaited";
}

function isEnded({ state }: Check): boolean {
  return state === "closed" || state === "void";
}

/** When the present business day began, in this device's time. */
export function dayStart(now: number): number {
  const day = new Date(now);
  if (day.getHours() < DAY_BEGINS_HOUR) day.setDate(day.getDate() - 1);
  return day.setHours(DAY_BEGINS_HOUR, 0, 0, 0);
}

/** The figure that matters: what is due, what is to be given back, or what it came to. */
export function figureOf({ state, due, totals }: Pick<Check, "state" | "due" | "totals">): Figure {
  if (due < 0) return { name: "To give back", amount: -due };
  if (state === "void") return { name: "Voided, was", amount: totals.total };
  return state === "closed" && due === 0
    ? { name: "Paid and closed", amount: totals.total }
    : { name: "Due", amount: due };
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
export function tableWords(table: string): string {
  return /^\d/.test(table) ? `Table ${table}` : table;
}

function byOpening(a: Check, b: Check): number {
  return (a.openedAt?.ms ?? a.changedAt.ms) - (b.openedAt?.ms ?? b.changedAt.ms) || (a.id < b.id ? -1 : 1);
}
