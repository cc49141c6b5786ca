/** An item as it is being typed: texts, and what is wrong with them. Pure. */
import { MenuEntry } from "../../shared/menu.ts";
import { readModifiers, writeModifiers } from "../../shared/modifier_text.ts";
import { readPrice, writePrice } from "../../shared/price_text.ts";

export interface ItemDraft {
  readonly sku: string;
  readonly name: string;
  readonly category: string;
  readonly price: string;
  readonly modifiers: string;
  readonly taxes: readonly string[];
}
export type DraftField = keyof ItemDraft;

export type DraftReading =
  | { readonly ok: true; readonly item: MenuEntry }
  | { readonly ok: false; readonly troubles: Partial<Record<DraftField, string>> };

export function draftOf(item: MenuEntry | undefined, digits: number, taxes: readonly string[]): ItemDraft {
  if (!item) return { sku: "", name: "", category: "", price: "", modifiers: "", taxes };
  return {
    ...item,
    price: writePrice(item.price, digits, "."),
    modifiers: writeModifiers(item.modifiers, { digits, decimal: "." }).replaceAll("; ", ";\n"),
  };
}

export function readDraft(draft: ItemDraft, digits: number): DraftReading {
  const troubles: Partial<Record<DraftField, string>> = {};
  const price = readPrice(draft.price, digits);
  if (!price.ok) troubles.price = `The price ${price.why}.`;
  const modifiers = readModifiers(draft.modifiers.replace(/\s*\n\s*/g, " "), digits);
  if (!modifiers.ok) troubles.modifiers = `${capital(modifiers.why)}.`;
  const parsed = MenuEntry.safeParse({
    ...draft,
    price: price.ok ? price.price : 0,
    modifiers: modifiers.ok ? modifiers.groups : [],
  });
  for (const { path, message } of parsed.error?.issues ?? []) {
    const field = path[0] as DraftField;
    troubles[field] ??= `This ${message}.`;
  }
  return parsed.success && Object.keys(troubles).length === 0
    ? { ok: true, item: parsed.data }
    : { ok: false, troubles };
}

/** A SKU for who has none of their own: the name in small letters, without what an address could not carry. */
export function skuFrom(name: string): string {
  return name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(
    /^-|-$/g,
    "",
  ).slice(0, 40);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
