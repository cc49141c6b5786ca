/**
 * What a check comes to. Tax is rounded once per check and rate, then shared out to the lines by largest remainder, so that the lines sum
 * to the check to the cent. All amounts are minor units.
 */
import type { Tax } from "../menu.ts";
import { mulDiv, RATE_MAX, RATE_PARTS, shareOut } from "../money.ts";

/** What totals need of a line. */
export interface Priced {
  readonly price: number;
  readonly quantity: number;
  readonly taxes: readonly Tax[];
}

export interface TaxTotal extends Tax {
  readonly amount: number;
}

export interface Totals {
  readonly subtotal: number; // prices times quantities, inclusive tax inside
  readonly taxes: readonly TaxTotal[]; // by name, rate and mode
  readonly total: number; // what the guest owes: subtotal and exclusive tax
  readonly lines: readonly number[]; // each line's share of the total, in the order given; they sum to it
}

/** The totals of live lines; voided ones are left out by the caller. */
export function totalsOf(lines: readonly Priced[]): Totals {
  const gross = lines.map((line) => line.price * line.quantity);
  const shares = [...gross];
  const taxes = taxesOf(lines).map((tax): TaxTotal => {
    const base = lines.map((line, i) => line.taxes.some((own) => sameTax(own, tax)) ? gross[i]! : 0);
    const amount = taxOn(base.reduce((sum, part) => sum + part, 0), tax);
    if (tax.mode === "exclusive") shareOut(amount, base).forEach((part, i) => shares[i]! += part);
    return { ...tax, amount };
  });
  const subtotal = gross.reduce((sum, amount) => sum + amount, 0);
  const added = taxes.reduce((sum, tax) => sum + (tax.mode === "exclusive" ? tax.amount : 0), 0);
  return { subtotal, taxes, total: subtotal + added, lines: shares };
}

function taxOn(base: number, { rate, mode }: Tax): number {
  const parts = Math.round(rate * RATE_PARTS);
  const whole = RATE_MAX * RATE_PARTS;
  return mulDiv(base, parts, mode === "exclusive" ? whole : whole + parts);
}

function taxesOf(lines: readonly Priced[]): Tax[] {
  const byKey = new Map<string, Tax>();
  for (const tax of lines.flatMap((line) => line.taxes)) byKey.set(`${tax.mode} ${tax.rate} ${tax.name}`, tax);
  return [...byKey].sort(([a], [b]) => a < b ? -1 : 1).map(([, tax]) => tax);
}

function sameTax(a: Tax, b: Tax): boolean {
  return a.name === b.name && a.rate === b.rate && a.mode === b.mode;
}
