/** What one menu has that another has not: what an import would do, before it is done. */
import type { MenuEntry } from "./menu.ts";

export interface MenuChanges {
  readonly added: { readonly sku: string; readonly name: string }[];
  readonly changed: { readonly sku: string; readonly name: string; readonly what: ChangedPart[] }[];
  readonly removed: { readonly sku: string; readonly name: string }[];
  readonly order: "same" | "other"; // of the items that are in both
}

export const CHANGED_PARTS = ["name", "category", "price", "taxes", "modifiers"] as const;
export type ChangedPart = (typeof CHANGED_PARTS)[number];

export function menuChanges(before: readonly MenuEntry[], after: readonly MenuEntry[]): MenuChanges {
  const [old, fresh] = [bySku(before), bySku(after)];
  const changed = after.flatMap((item) => {
    const was = old.get(item.sku);
    const what = was ? CHANGED_PARTS.filter((part) => !isSame(was[part], item[part])) : [];
    return what.length > 0 ? [{ ...named(item), what }] : [];
  });
  const both = (items: readonly MenuEntry[]) =>
    items.map(({ sku }) => sku).filter((sku) => old.has(sku) && fresh.has(sku));
  return {
    added: after.filter(({ sku }) => !old.has(sku)).map(named),
    changed,
    removed: before.filter(({ sku }) => !fresh.has(sku)).map(named),
    order: isSame(both(before), both(after)) ? "same" : "other",
  };
}

function named({ sku, name }: MenuEntry): { sku: string; name: string } {
  return { sku, name };
}

function bySku(items: readonly MenuEntry[]): Map<string, MenuEntry> {
  return new Map(items.map((item) => [item.sku, item]));
}

/** Both were parsed by the same schema, so that their fields stand in the same order. */
function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
