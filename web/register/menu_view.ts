/** The menu as it stands on the screen: categories in the order in which they first appear. */
import type { MenuItem } from "../../shared/menu.ts";

export interface Category {
  readonly name: string;
  readonly items: readonly MenuItem[];
}

export function categoriesOf(menu: readonly MenuItem[]): Category[] {
  const byName = new Map<string, MenuItem[]>();
  for (const item of menu) {
    const items = byName.get(item.category);
    if (items) items.push(item);
    else byName.set(item.category, [item]);
  }
  return [...byName].map(([name, items]) => ({ name, items }));
}
