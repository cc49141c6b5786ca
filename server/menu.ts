/** What the venue sells, as its managers set it. Every change is for all registers, so it raises the settings' version. */
import { type Random, randomWord } from "../shared/ids.ts";
import { forSale, ITEMS_MAX, type Menu, type MenuEntry, type MenuItem, type VenueTax } from "../shared/menu.ts";
import { SAMPLE } from "../shared/sample_menu.ts";
import type { VenueStore } from "./store/venue.ts";

const TAX_ID_LENGTH = 8; // 40 bits: of at most 20

export interface MenuSettingsDeps {
  readonly store: Pick<VenueStore, "setting" | "changeConfig">;
  readonly random: Random;
}

export type ItemOutcome = { readonly ok: true; readonly done: "added" | "changed" } | {
  readonly ok: false;
  readonly reason: "sku-taken" | "unknown-tax" | "full";
};
export type TaxesOutcome = { readonly ok: true } | {
  readonly ok: false;
  readonly reason: "in-use";
  readonly tax: string;
  readonly items: number; // that have it
};

export class MenuSettings {
  readonly #deps: MenuSettingsDeps;

  constructor(deps: MenuSettingsDeps) {
    this.#deps = deps;
  }

  /** The sample, until a manager has changed something. */
  get menu(): Menu {
    return (this.#deps.store.setting("menu") as Menu | undefined) ?? SAMPLE;
  }

  /** As registers get it. */
  get items(): MenuItem[] {
    return forSale(this.menu);
  }

  get taxes(): readonly VenueTax[] {
    return this.menu.taxes;
  }

  /** Puts `item` in the place of the one with `sku`, or at the end of its category. */
  put(sku: string, item: MenuEntry): ItemOutcome {
    const { items, taxes } = this.menu;
    const at = items.findIndex((each) => each.sku === sku);
    if (items.some((each, index) => each.sku === item.sku && index !== at)) return { ok: false, reason: "sku-taken" };
    if (!item.taxes.every((id) => taxes.some((tax) => tax.id === id))) return { ok: false, reason: "unknown-tax" };
    if (at < 0 && items.length >= ITEMS_MAX) return { ok: false, reason: "full" };
    const stays = at >= 0 && items[at]!.category === item.category;
    const others = items.filter((_, index) => index !== at);
    this.#save({ items: stays ? items.with(at, item) : intoCategory(others, item), taxes });
    return { ok: true, done: at < 0 ? "added" : "changed" };
  }

  /** False when there is no such item. */
  remove(sku: string): boolean {
    const { items, taxes } = this.menu;
    const left = items.filter((item) => item.sku !== sku);
    if (left.length === items.length) return false;
    this.#save({ items: left, taxes });
    return true;
  }

  replaceItems(items: readonly MenuEntry[]): void {
    this.#save({ items, taxes: this.menu.taxes });
  }

  /** Replaces all taxes. One without an id is new; one that an item still has cannot go. */
  setTaxes(taxes: readonly (Omit<VenueTax, "id"> & { readonly id?: string })[]): TaxesOutcome {
    const { items, taxes: before } = this.menu;
    const known = new Set(before.map(({ id }) => id));
    const after = taxes.map(({ id, ...tax }) => ({
      id: id !== undefined && known.has(id) ? id : this.#newId(),
      ...tax,
    }));
    for (const gone of before.filter(({ id }) => !after.some((tax) => tax.id === id))) {
      const users = items.filter((item) => item.taxes.includes(gone.id)).length;
      if (users > 0) return { ok: false, reason: "in-use", tax: gone.name, items: users };
    }
    this.#save({ items, taxes: after });
    return { ok: true };
  }

  #newId(): string {
    return randomWord(this.#deps.random, TAX_ID_LENGTH);
  }

  #save(menu: Menu): void {
    this.#deps.store.changeConfig({ menu });
  }
}

function intoCategory(items: readonly MenuEntry[], item: MenuEntry): MenuEntry[] {
  const last = items.findLastIndex(({ category }) => category === item.category);
  return last < 0 ? [...items, item] : items.toSpliced(last + 1, 0, item);
}
