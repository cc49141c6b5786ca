/** How the cash that was counted differs from what should be there. */

export function differenceWords(difference: number, money: (amount: number) => string): string {
  if (difference === 0) return "That is exactly what should be there.";
  return difference < 0 ? `${money(-difference)} is missing.` : `${money(difference)} more than should be there.`;
}
