/** Lines by seat, and those that the kitchen has not been told of. */
import type { Check, Line } from "../../shared/check/check.ts";

const SEATS_MIN = 2; // offered on a check of which nobody said how many guests it has
const SEATS_SHOWN_MAX = 12; // more do not fit in a row under a thumb; a larger party is split otherwise

export interface SeatGroup {
  readonly seat: number; // 0: for the table
  readonly lines: readonly Line[];
}

/** The table's lines first, then seat by seat; within a seat by course, and as they were added. One group: no seats are in use. */
export function bySeat(lines: readonly Line[]): SeatGroup[] {
  const groups = new Map<number, Line[]>();
  for (const line of lines) {
    const group = groups.get(line.seat ?? 0);
    if (group) group.push(line);
    else groups.set(line.seat ?? 0, [line]);
  }
  return [...groups].sort(([a], [b]) => a - b)
    .map(([seat, own]) => ({ seat, lines: own.toSorted((a, b) => (a.course ?? 0) - (b.course ?? 0)) }));
}

/** The seats that are offered for new lines: as many as there are guests, one more than are in use. */
export function seatsOffered({ guests, lines }: Pick<Check, "guests" | "lines">): number[] {
  const highest = lines.reduce((max, line) => Math.max(max, line.seat ?? 0), 0);
  const count = Math.min(SEATS_SHOWN_MAX, Math.max(guests ?? SEATS_MIN, highest));
  return Array.from({ length: count + 1 }, (_, seat) => seat);
}

export function seatWords(seat: number): string {
  return seat === 0 ? "Table" : `Seat ${seat}`;
}

/** The lines that one tap sends to the kitchen. */
export function unsent(lines: readonly Line[]): Line[] {
  return lines.filter((line) => !line.voided && !line.sent);
}
