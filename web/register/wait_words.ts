/** How long a register waits after wrong PINs, in words. */

export function waitWords(ms: number): string {
  const seconds = Math.ceil(ms / 1_000);
  const left = seconds < 60 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
  return `Too many wrong PINs. Try again in ${left}. A manager can set a new PIN on the hub's page.`;
}
