/** A price as people and spreadsheets write it: `14.50`, `14,50`, `1 450,00`, `€14`. What can be read in two ways is asked back. */
import { PRICE_MAX } from "./money.ts";

export type PriceReading = { readonly ok: true; readonly price: number } | {
  readonly ok: false;
  readonly why: string; // completes “14.505 …”
};

/** In minor units, of a currency with `digits` of them. */
export function readPrice(text: string, digits: number): PriceReading {
  const bare = text.replace(/[\s'’\p{Sc}]/gu, "");
  if (bare === "") return { ok: false, why: "is empty" };
  const parts = /^\+?((?:\d+[.,])*\d+)$/.exec(bare)?.[1];
  if (parts === undefined) return { ok: false, why: "is not a price" };
  const separators = parts.replace(/\d/g, "");
  const last = Math.max(parts.lastIndexOf("."), parts.lastIndexOf(","));
  const grouped = new Set(separators).size === 1 && separators.length > 1; // 1.234.567
  const hasFraction = last >= 0 && !grouped;
  const fraction = hasFraction ? parts.slice(last + 1) : "";
  const whole = hasFraction ? parts.slice(0, last) : parts;
  if (!/^(\d+|\d{1,3}([.,]\d{3})+)$/.test(whole)) return { ok: false, why: "is not a price" };
  if (fraction.length > digits) return { ok: false, why: tooManyDigits(digits) };
  const price = Number(whole.replace(/[.,]/g, "") + fraction.padEnd(digits, "0"));
  return price <= PRICE_MAX ? { ok: true, price } : { ok: false, why: "is more than an item can cost" };
}

/** As a spreadsheet reads it back: no sign, no grouping. */
export function writePrice(price: number, digits: number, decimal: "." | ","): string {
  const text = String(price).padStart(digits + 1, "0");
  return digits === 0 ? text : text.slice(0, -digits) + decimal + text.slice(-digits);
}

function tooManyDigits(digits: number): string {
  if (digits === 0) return "has digits after a point or comma: prices here are whole, so write 1450";
  return `has more than ${digits} digits after its point or comma: write 1450 or 1450.${"0".repeat(digits)}`;
}
