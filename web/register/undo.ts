/** What was just done and can be taken back, offered for a few seconds. A merge is not among it: it says so before it is done. */
import type { CheckBody } from "../../shared/check/op.ts";
import type { OpId } from "../../shared/ids.ts";

export const UNDO_MS = 8_000; // long enough to notice a wrong tap, short enough not to be in the way

export interface Undo {
  readonly text: string; // what was done
  readonly body: CheckBody; // takes it back
  readonly until: number;
}

export function undoLine(name: string, check: OpId, line: OpId, now: number): Undo {
  const body = { kind: "line.void", check, line, reason: "Entered by mistake" } as const;
  return { text: `${name} added.`, body, until: now + UNDO_MS };
}

export function undoDiscount(check: OpId, discount: OpId, now: number): Undo {
  return { text: "Discount given.", body: { kind: "discount.remove", check, discount }, until: now + UNDO_MS };
}
