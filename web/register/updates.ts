/** What "Get Updates" brought, in words. */
import type { Config } from "../../shared/api.ts";
import type { MenuItem } from "../../shared/menu.ts";

/** Sentences about what is different; none when nothing is. */
export function whatChanged(before: Config | undefined, after: Config): string[] {
  if (!before) return [`The menu is here: ${count(after.menu.length, "item")}.`];
  const said = menuChanges(before.menu, after.menu);
  if (!isSame(before.staff, after.staff)) said.push(sayStaff(after.staff.length));
  if (before.venue !== after.venue) said.push(`The venue is called ${after.venue} now.`);
  if (before.sync !== after.sync) said.push(after.sync ? "Sync is on now." : "Sync is off now.");
  return said;
}

function menuChanges(before: readonly MenuItem[], after: readonly MenuItem[]): string[] {
  const [old, fresh] = [bySku(before), bySku(after)];
  const added = after.filter((item) => !old.has(item.sku)).length;
  const gone = before.filter((item) => !fresh.has(item.sku)).length;
  const other = after.filter((item) => old.has(item.sku) && !isSame(old.get(item.sku), item));
  return [
    ...(added ? [`${count(added, "item")} added to the menu.`] : []),
    ...(other.length ? [`${count(other.length, "item")} of the menu changed.`] : []),
    ...(gone ? [`${count(gone, "item")} taken off the menu.`] : []),
  ];
}

function sayStaff(people: number): string {
  if (people === 0) return "Nobody is asked for a PIN any more.";
  return `The list of staff changed: ${people === 1 ? "1 person" : `${people} people`}.`;
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function bySku(menu: readonly MenuItem[]): Map<string, MenuItem> {
  return new Map(menu.map((item) => [item.sku, item]));
}

function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? "" : "s"}`;
}
