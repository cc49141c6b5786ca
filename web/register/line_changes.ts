/** Which facts of a line a person changed. An emptied note takes the note away. */
import type { Line } from "../../shared/check/check.ts";

interface Facts {
  readonly quantity: number;
  readonly seat: number;
  readonly course: number;
  readonly note: string;
}

export function lineChanges(line: Pick<Line, keyof Facts>, typed: Facts): Partial<Facts> {
  const note = typed.note.trim();
  return {
    ...(typed.quantity !== line.quantity ? { quantity: typed.quantity } : {}),
    ...(typed.seat !== (line.seat ?? 0) ? { seat: typed.seat } : {}),
    ...(typed.course !== (line.course ?? 0) ? { course: typed.course } : {}),
    ...(note !== (line.note ?? "") ? { note } : {}),
  };
}
