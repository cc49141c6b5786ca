/** What lines and checks come to, in columns that sum. All amounts are minor units. */
import type { Tax } from "../menu.ts";

/** What a unit, or a whole check, comes to. */
export interface Amounts {
  readonly gross: number; // price and modifiers, times quantity
  readonly discount: number;
  readonly tax: number; // exclusive tax: on top of the price
  readonly total: number; // gross − discount + tax
}

export interface TaxTotal extends Tax {
  readonly amount: number; // inclusive tax is inside the total already
}

export interface Totals extends Amounts {
  readonly subtotal: number; // the same as gross
  readonly taxes: readonly TaxTotal[]; // by name, rate and mode
}

export const NO_AMOUNTS: Amounts = { gross: 0, discount: 0, tax: 0, total: 0 };
