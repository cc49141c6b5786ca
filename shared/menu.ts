/**
 * What a venue sells. A line on a check copies name, price, tax and modifiers from here at the moment of ordering, and keeps them.
 * A manager keeps a `Menu`, where items name their taxes by id; a register gets `MenuItem`s, with the taxes themselves.
 */
import { z } from "zod";
import { PRICE_MAX, RATE_MAX } from "./money.ts";

/** A tax on a line: basis points (8.875 % is 887.5), on top of the price or inside it. */
export const Tax = z.object({
  name: z.string().trim().min(1).max(30),
  rate: z.number().min(0).max(RATE_MAX).multipleOf(0.01),
  mode: z.enum(["exclusive", "inclusive"]),
});
export type Tax = z.infer<typeof Tax>;

export const TAXES_MAX = 4; // kinds of tax on one line
export const VENUE_TAXES_MAX = 20; // kinds of tax in one venue
export const ITEMS_MAX = 1_000; // on one menu: more than any printed one
export const GROUPS_MAX = 8; // questions that one item asks
export const OPTIONS_MAX = 24; // answers to one of them
export const MODIFIERS_MAX = 20; // chosen for one line: what an op carries

/** One line of words for a screen: no line breaks or other control characters. */
function words(max: number) {
  return z.string().trim().min(1, "is empty").max(max, `is longer than ${max} characters`)
    .refine((text) => !/\p{Cc}/u.test(text), "has a line break or a character that cannot be shown");
}

const price = z.number().int().min(0, "is below zero").max(PRICE_MAX, "is more than an item can cost");

export const ModifierOption = z.object({ name: words(60), price }); // what it adds to the price
export type ModifierOption = z.infer<typeof ModifierOption>;

/** A question about an item: from `min` to `max` of its options. */
export const ModifierGroup = z.object({
  name: words(40),
  min: z.number().int().min(0),
  max: z.number().int().min(1),
  options: z.array(ModifierOption).min(1, "has no options").max(OPTIONS_MAX, `has more than ${OPTIONS_MAX} options`),
})
  .refine(({ min, max }) => min <= max, "needs more options than it allows")
  .refine(({ max, options }) => max <= options.length, "allows more options than it has")
  .refine(({ options }) => isDistinct(options.map(({ name }) => name)), "has an option twice");
export type ModifierGroup = z.infer<typeof ModifierGroup>;

const itemFields = {
  sku: words(40),
  name: words(60),
  category: words(40),
  price,
  modifiers: z.array(ModifierGroup).max(GROUPS_MAX, `has more than ${GROUPS_MAX} groups of modifiers`)
    .refine((groups) => isDistinct(groups.map(({ name }) => name)), "has a group of modifiers twice")
    .refine((groups) => groups.reduce((sum, { min }) => sum + min, 0) <= MODIFIERS_MAX, "asks for too many options")
    .default([]), // absent: from a hub or a page of an earlier version
};

/** An item as a register sells it. */
export const MenuItem = z.object({ ...itemFields, taxes: z.array(Tax).max(TAXES_MAX) });
export type MenuItem = z.infer<typeof MenuItem>;

const TaxId = z.string().regex(/^[a-z0-9]{1,16}$/);

/** A tax of the venue, by an id that stays when its name or rate changes. */
export const VenueTax = Tax.extend({ id: TaxId, name: words(30) });
export type VenueTax = z.infer<typeof VenueTax>;

export const VenueTaxes = z.array(VenueTax.partial({ id: true })).max(VENUE_TAXES_MAX)
  .refine((taxes) => isDistinct(taxes.map(({ name }) => name)), "Two taxes have the same name");

/** An item as a manager keeps it. */
export const MenuEntry = z.object({
  ...itemFields,
  taxes: z.array(TaxId).max(TAXES_MAX, `has more than ${TAXES_MAX} taxes`),
});
export type MenuEntry = z.infer<typeof MenuEntry>;

/** Items in the order in which they are shown; a category stands where its first item does. */
export interface Menu {
  readonly items: readonly MenuEntry[];
  readonly taxes: readonly VenueTax[];
}

/** The menu with each item's taxes written out. */
export function forSale({ items, taxes }: Menu): MenuItem[] {
  const byId = new Map(taxes.map(({ id, ...tax }) => [id, tax]));
  return items.map((item) => ({ ...item, taxes: item.taxes.flatMap((id) => byId.get(id) ?? []) }));
}

/** Categories in the order in which they first appear. */
export function categoriesOf<T extends { readonly category: string }>(
  items: readonly T[],
): { name: string; items: T[] }[] {
  const byName = new Map<string, T[]>();
  for (const item of items) {
    const same = byName.get(item.category);
    if (same) same.push(item);
    else byName.set(item.category, [item]);
  }
  return [...byName].map(([name, items]) => ({ name, items }));
}

/** Alike but for case counts as the same: staff read names, not letters. */
export function isDistinct(names: readonly string[]): boolean {
  return new Set(names.map((name) => name.toLowerCase())).size === names.length;
}
