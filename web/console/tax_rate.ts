/** A tax rate as people write it, in percent, and as it is kept, in basis points. */
import { RATE_MAX } from "../../shared/money.ts";

/** `8.875` or `8,875 %` is 887.5; undefined for what is not a rate. Four digits after the point at most: that is what is kept. */
export function readRate(text: string): number | undefined {
  const found = /^(\d{1,3})(?:[.,](\d{1,4}))?\s*%?$/.exec(text.trim());
  if (!found) return undefined;
  const parts = Number(found[1]! + (found[2] ?? "").padEnd(4, "0")); // hundredths of a basis point, so that no digit is lost
  return parts <= RATE_MAX * 100 ? parts / 100 : undefined;
}

export function writeRate(rate: number): string {
  return String(Math.round(rate * 100) / 10_000);
}
