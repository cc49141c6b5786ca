/**
 * Splits, as the ops they take. By item and by seat lines move; evenly and one line among n they are divided. Each plan speaks of checks that
 * are opened first, one for each further guest, and writes nothing itself. By amount is no plan: it is a payment of that amount.
 */
import type { OpId } from "../ids.ts";
import type { Check } from "./check.ts";
import type { BodyOf } from "./op.ts";

export type SplitOp = BodyOf<"line.move"> | BodyOf<"line.divide">;

/** Moves `lines` from `check` to `to`. A line that is voided or divided stays. */
export function splitByItem(check: Check, lines: readonly OpId[], to: OpId): SplitOp[] {
  const movable = check.lines.filter((line) => lines.includes(line.id) && isWhole(line)).map((line) => line.id);
  return movable.length === 0 ? [] : [{ kind: "line.move", check: check.id, lines: movable, to }];
}

/** The seats that have lines of their own, in order; 0 is the table's. */
export function seatsOf(check: Check): number[] {
  return [...new Set(check.lines.filter(isWhole).map((line) => line.seat ?? 0))].sort((a, b) => a - b);
}

/** Moves each seat's lines to a check of its own: `to` gives the check of every seat that leaves. */
export function splitBySeat(check: Check, to: ReadonlyMap<number, OpId>): SplitOp[] {
  return [...to].flatMap(([seat, target]) =>
    splitByItem(check, check.lines.filter((line) => (line.seat ?? 0) === seat).map((line) => line.id), target)
  );
}

/** Divides every whole line in equal parts among the check and `others`. The odd cents go round, so that no guest gets them all. */
export function splitEvenly(check: Check, others: readonly OpId[]): SplitOp[] {
  const guests = [check.id, ...others];
  return check.lines.filter(isWhole).flatMap((line, i) => divideLine(check, line.id, rotated(guests, i)));
}

/** Divides one line in equal parts among `guests`, which may include the check itself. */
export function divideLine(check: Check, line: OpId, guests: readonly OpId[]): SplitOp[] {
  if (guests.length < 2) return [];
  return [{ kind: "line.divide", check: check.id, line, among: guests.map((guest) => ({ check: guest, parts: 1 })) }];
}

function isWhole({ voided, share }: Check["lines"][number]): boolean {
  return !voided && !share;
}

function rotated<T>(items: readonly T[], by: number): T[] {
  const at = by % items.length;
  return [...items.slice(at), ...items.slice(0, at)];
}
