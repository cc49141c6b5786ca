/**
 * A small mark outside of the database, in `localStorage`: who this register is, and how much of its writing reached nobody. When the
 * browser clears the database and leaves the mark, the page can say so and go on as the same register, instead of starting empty. A browser
 * that clears both leaves nothing to say it by.
 */
import { z } from "zod";
import { Enrolment } from "./kept.ts";

const KEY = "counterpart-register";

const Mark = z.object({
  enrolment: Enrolment,
  wrote: z.boolean(), // the database held ops
  unsynced: z.number().int().min(0), // of them, when the page last counted
  lost: z.number().int().min(0).optional(), // unsynced when the database was found empty; absent: it was not, or somebody has read it
});
export type Mark = z.infer<typeof Mark>;

/** The part of `localStorage` that is used. */
export type Slip = Pick<Storage, "getItem" | "setItem">;

/** Undefined where there is none, or the browser lets nobody read it. */
export function readMark(slip: () => Slip): Mark | undefined {
  try {
    const parsed = Mark.safeParse(JSON.parse(slip().getItem(KEY) ?? "null"));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

export function keepMark(slip: () => Slip, mark: Mark): void {
  try {
    slip().setItem(KEY, JSON.stringify(mark));
  } catch {
    return; // full, or not allowed: the database itself is what counts
  }
}

/** The mark once the database of this register was opened and found to hold `ops`. What was lost before and not read yet counts on. */
export function markAtStart(before: Mark | undefined, enrolment: Enrolment, ops: number): Mark {
  const same = before?.enrolment.registerId === enrolment.registerId ? before : undefined;
  const cleared = same?.wrote === true && ops === 0;
  const lost = cleared ? (same.lost ?? 0) + same.unsynced : same?.lost;
  return { enrolment, wrote: ops > 0, unsynced: 0, lost };
}
