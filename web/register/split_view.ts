/**
 * A split that is being made on the screen: who takes what, and the plan that writes it. The first guest keeps the check; each further guest
 * who takes something gets a check of their own, with the next numbers of this register.
 */
import type { Check, Line } from "../../shared/check/check.ts";
import type { BodyOf, CheckBody } from "../../shared/check/op.ts";
import { divideLine, seatsOf, splitByItem, splitBySeat, splitEvenly } from "../../shared/check/split.ts";
import type { OpId } from "../../shared/ids.ts";
import type { Plan } from "../../shared/plan.ts";

export const GUESTS_MAX = 12; // columns on one screen; a larger party pays by amount

export type Split =
  | { readonly kind: "item"; readonly taken: ReadonlyMap<OpId, number> } // per line, the guest; absent: it stays
  | { readonly kind: "seat" }
  | { readonly kind: "evenly"; readonly guests: number }
  | { readonly kind: "line"; readonly line: OpId; readonly guests: number };
export type SplitKind = Split["kind"];

export interface SplitDeps {
  readonly firstNumber: string; // the next number of this register
  readonly staff?: string;
}

/** How many further checks a split opens. */
export function furtherGuests(split: Split, check: Check): number {
  switch (split.kind) {
    case "item":
      return guestsTaking(split.taken).length;
    case "seat":
      return Math.max(0, seatsOf(check).length - 1);
    case "evenly":
      return check.lines.some(isWhole) ? split.guests - 1 : 0;
    case "line":
      return check.lines.some((line) => line.id === split.line && isWhole(line)) ? split.guests - 1 : 0;
  }
}

/** The ops of the split: a check for each further guest, then what moves there. Empty when it would change nothing. */
export function splitPlan(split: Split, check: Check, deps: SplitDeps): Plan {
  const count = furtherGuests(split, check);
  return (idAt) => {
    const further = Array.from({ length: count }, (_, at) => idAt(at));
    const opened = further.map((_, at) =>
      opening(check, nameOf(split, check, at), numberAfter(deps.firstNumber, at), deps)
    );
    return [...opened, ...moves(split, check, further)];
  };
}

/** `B12` and 2 more: `B14`. */
export function numberAfter(first: string, more: number): string {
  const [, letter = "", number = "1"] = /^([A-Z]+)([0-9]+)$/.exec(first) ?? [];
  return `${letter}${Number(number) + more}`;
}

/** Whether a line can be moved or divided: one that was divided before is shared already. */
export function isWhole({ voided, share }: Line): boolean {
  return !voided && !share;
}

function moves(split: Split, check: Check, further: readonly OpId[]): CheckBody[] {
  switch (split.kind) {
    case "item":
      return guestsTaking(split.taken).flatMap((guest, at) =>
        splitByItem(check, [...split.taken].filter(([, taker]) => taker === guest).map(([line]) => line), further[at]!)
      );
    case "seat":
      return splitBySeat(check, new Map(seatsOf(check).slice(1).map((seat, at) => [seat, further[at]!])));
    case "evenly":
      return splitEvenly(check, further);
    case "line":
      return divideLine(check, split.line, [check.id, ...further]);
  }
}

function nameOf(split: Split, check: Check, at: number): string {
  switch (split.kind) {
    case "item":
      return `Guest ${guestsTaking(split.taken)[at]! + 1}`;
    case "seat":
      return `Seat ${seatsOf(check)[at + 1]}`;
    case "evenly":
    case "line":
      return `Guest ${at + 2}`;
  }
}

/** The guests besides the first who took something, in order; guest 0 keeps the check. */
function guestsTaking(taken: ReadonlyMap<OpId, number>): number[] {
  return [...new Set(taken.values())].filter((guest) => guest > 0).sort((a, b) => a - b);
}

function opening({ table, owner }: Check, name: string, number: string, { staff }: SplitDeps): BodyOf<"check.open"> {
  return {
    kind: "check.open",
    number,
    name,
    ...(table === undefined ? {} : { table }),
    ...(owner === undefined ? {} : { owner }),
    ...(staff === undefined ? {} : { staff }),
  };
}

/** The checks that a split makes, the one that was split first, as a preview shows them. */
export function splitResult(
  split: Split,
  check: Check,
  { firstNumber }: SplitDeps,
  preview: ReadonlyMap<OpId, Check>,
): Check[] {
  const further = Array.from({ length: furtherGuests(split, check) }, (_, at) => numberAfter(firstNumber, at));
  const all = [...preview.values()];
  return [
    preview.get(check.id) ?? check,
    ...further.flatMap((number) => all.find((each) => each.number === number) ?? []),
  ];
}

/** What each guest would owe, by guest; who takes nothing is not in it. */
export function guestTotals(
  taken: ReadonlyMap<OpId, number>,
  check: Check,
  firstNumber: string,
  preview: ReadonlyMap<OpId, Check>,
): Map<number, number> {
  const [stays, ...others] = splitResult({ kind: "item", taken }, check, { firstNumber }, preview);
  const guests = guestsTaking(taken);
  return new Map([[0, stays!.due], ...others.map((each, at) => [guests[at]!, each.due] as const)]);
}
