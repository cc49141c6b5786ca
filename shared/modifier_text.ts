/**
 * Modifiers in one cell of a spreadsheet, to be read and written by people:
 *
 *     Size: Small +0.00 | Large +1.50; Extras*: Cheese +1.00 | Bacon +2.00
 *
 * After a group's name: nothing (exactly one), `?` (one or none), `*` (any number), `+` (at least one), `{1-2}` (from one to two).
 * Without a price an option adds none. A backslash takes the meaning from the sign that follows it.
 */
import { type ModifierGroup, ModifierGroup as Group, type ModifierOption } from "./menu.ts";
import { readPrice, writePrice } from "./price_text.ts";

export interface PriceStyle {
  readonly digits: number; // of the currency
  readonly decimal: "." | ",";
}

export type ModifiersReading = { readonly ok: true; readonly groups: ModifierGroup[] } | {
  readonly ok: false;
  readonly why: string;
};

const SIGNS = /[\\:;|?*+{}]/g;

export function writeModifiers(groups: readonly ModifierGroup[], style: PriceStyle): string {
  return groups.map((group) => {
    const options = group.options.map(({ name, price }) =>
      `${escape(name)} +${writePrice(price, style.digits, style.decimal)}`
    );
    return `${escape(group.name)}${writeCount(group)}: ${options.join(" | ")}`;
  }).join("; ");
}

export function readModifiers(text: string, digits: number): ModifiersReading {
  const groups: ModifierGroup[] = [];
  for (const part of splitAt(text, ";")) {
    if (part.trim() === "") continue; // a semicolon too many harms nobody
    const read = readGroup(part, digits);
    if ("why" in read) return { ok: false, why: read.why };
    groups.push(read.group);
  }
  return { ok: true, groups };
}

/** `text` at every `sign` that no backslash precedes; the backslashes stay. */
export function splitAt(text: string, sign: string): string[] {
  const parts: string[] = [];
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === sign) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  return [...parts, text.slice(start)];
}

export function escape(name: string): string {
  return name.replace(SIGNS, (sign) => `\\${sign}`);
}

export function unescape(text: string): string {
  return text.trim().replace(/\\(.)/gu, "$1");
}

function readGroup(text: string, digits: number): { group: ModifierGroup } | { why: string } {
  const [head = "", ...rest] = splitAt(text, ":");
  const shown = text.trim();
  if (rest.length !== 1) return { why: `“${shown}” is not a name, a colon and options, as in “Size: Small | Large”` };
  const options: ModifierOption[] = [];
  for (const part of splitAt(rest[0]!, "|")) {
    const [name = "", ...price] = splitAt(part, "+");
    const read = price.length === 0 ? { ok: true, price: 0 } as const : readPrice(price.join("+"), digits);
    if (!read.ok) return { why: `the price of “${unescape(name)}” ${read.why}` };
    options.push({ name: unescape(name), price: read.price });
  }
  const { name, min, max } = readCount(head.trim(), options.length);
  const parsed = Group.safeParse({ name: unescape(name), min, max, options });
  if (parsed.success) return { group: parsed.data };
  return { why: `“${unescape(name) || shown}” ${parsed.error.issues[0]!.message}` };
}

function readCount(head: string, options: number): { name: string; min: number; max: number } {
  const found = /^((?:\\.|[^\\])*?)(?:([?*+])|\{(\d{1,3})-(\d{1,3})\})?$/u.exec(head);
  const [, name = head, sign, least, most] = found ?? [];
  if (least !== undefined) return { name, min: Number(least), max: Number(most) };
  switch (sign) {
    case "?":
      return { name, min: 0, max: 1 };
    case "*":
      return { name, min: 0, max: options };
    case "+":
      return { name, min: 1, max: options };
    default:
      return { name, min: 1, max: 1 };
  }
}

function writeCount({ min, max, options }: ModifierGroup): string {
  if (min === 1 && max === 1) return "";
  if (min === 0 && max === 1) return "?";
  if (max === options.length && min <= 1) return min === 0 ? "*" : "+";
  return `{${min}-${max}}`;
}
