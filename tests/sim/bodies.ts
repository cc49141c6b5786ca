/**
 * What staff do: a body of any kind, usually about something that is there, now and then about something that is not: another kind's id,
 * an id nobody wrote, a check that the line has left long ago.
 */
import type { Check } from "../../shared/check/check.ts";
import { type CheckBody, type KnownBody, TENDERS } from "../../shared/check/op.ts";
import { reopening } from "../../shared/check/reopening.ts";
import type { OpId } from "../../shared/ids.ts";
import type { Tax } from "../../shared/menu.ts";
import type { Dice } from "./dice.ts";

const TAXES: readonly Tax[] = [
  { name: "Sales tax", rate: 887.5, mode: "exclusive" },
  { name: "City", rate: 123.25, mode: "exclusive" },
  { name: "VAT", rate: 2_000, mode: "inclusive" },
];
const STAFF = ["Ana", "Ben", "Cleo"];
const NOBODY_WROTE = "zzzzzzzz-0000/7";
const NAMES_ENDING = 0.8; // how often a reopening says what it answers; earlier versions never did
const ODD_TARGET = 0.06; // how often a target is any id at all

export type Kind = KnownBody["kind"] | "line.flambe";

const HOW_OFTEN: Readonly<Record<Kind, number>> = {
  "check.open": 12,
  "check.edit": 3,
  "check.transfer": 3,
  "check.merge": 5,
  "check.void": 3,
  "check.close": 6,
  "check.reopen": 4,
  "line.add": 26,
  "line.edit": 7,
  "line.void": 4,
  "line.send": 6,
  "line.move": 9,
  "line.divide": 7,
  "discount.add": 6,
  "discount.remove": 2,
  "payment.add": 10,
  "payment.void": 3,
  "payment.refund": 3,
  "shift.open": 1,
  "shift.close": 1,
  "line.flambe": 1, // of a later version
};
export const KINDS = Object.keys(HOW_OFTEN) as Kind[];

/** What a register knows of, in the order in which it was written, and how it reads a check. */
export interface Known {
  readonly checks: readonly OpId[];
  readonly lines: readonly { readonly id: OpId; readonly check: OpId }[]; // and the check it was last seen going to
  readonly payments: readonly { readonly id: OpId; readonly check: OpId }[];
  readonly discounts: readonly { readonly id: OpId; readonly check: OpId }[];
  readonly everything: readonly OpId[];
  readonly read: (id: OpId) => Check | undefined;
  readonly nextNumber: () => string;
}

export function kindOf(dice: Dice): Kind {
  return dice.weighted(HOW_OFTEN);
}

/** A body of this kind; of an opening while the register knows of nothing that it could be about. */
export function bodyOf(kind: Kind, known: Known, dice: Dice): CheckBody {
  if (kind === "shift.open") return { kind, float: dice.below(20_000) };
  if (kind === "shift.close") return { kind, counted: dice.below(50_000) };
  if (kind === "check.open" || known.checks.length === 0) return open(known, dice);
  const odd = (id: OpId) => dice.chance(ODD_TARGET) ? dice.pick([...known.everything, NOBODY_WROTE]) : id;
  const check = odd(dice.pick(known.checks));
  const other = odd(dice.pick(known.checks));
  const line = known.lines.length > 0 ? dice.pick(known.lines) : { id: NOBODY_WROTE, check };
  const target = { id: odd(line.id), check: odd(line.check) };
  switch (kind) {
    case "check.edit":
      return { kind, check, ...edit(dice) };
    case "check.transfer":
      return { kind, check, owner: dice.pick(STAFF) };
    case "check.merge":
      return { kind, check, into: other };
    case "check.void":
      return { kind, check, reason: "Left", total: totalOf(known, check, dice) };
    case "check.close":
      return { kind, check, total: totalOf(known, check, dice) };
    case "check.reopen": {
      const seen = known.read(check);
      return seen && dice.chance(NAMES_ENDING) ? reopening(seen) : { kind, check };
    }
    case "line.add":
      return lineAdd(check, dice);
    case "line.edit":
      return { kind, check: target.check, line: target.id, ...lineEdit(dice) };
    case "line.void":
      return { kind, check: target.check, line: target.id, reason: "Cold" };
    case "line.send":
      return { kind, check: target.check, lines: several(known, target, dice) };
    case "line.move":
      return { kind, check: target.check, lines: several(known, target, dice), to: other };
    case "line.divide": {
      const guests = Array.from({ length: dice.between(1, 3) }, () => dice.pick(known.checks));
      const among = [other, ...guests].map((guest) => ({ check: guest, parts: dice.between(1, 3) }));
      return { kind, check: target.check, line: target.id, among };
    }
    case "discount.add": {
      const size = dice.chance(0.6) ? { percent: dice.between(1, 10_000) } : { amount: dice.between(1, 2_000) };
      const on = dice.chance(0.4) ? { check: target.check, line: target.id } : { check };
      return { kind, ...on, ...size, reason: "Regulars" };
    }
    case "discount.remove": {
      const discount = known.discounts.length > 0 ? dice.pick(known.discounts) : { id: NOBODY_WROTE, check };
      return { kind, check: discount.check, discount: odd(discount.id) };
    }
    case "payment.add": {
      const amount = dice.chance(0.5) ? Math.max(1, known.read(check)?.due ?? 1) : dice.between(1, 3_000);
      const tip = dice.chance(0.3) ? { tip: dice.below(500) } : {};
      return { kind, check, tender: dice.pick(TENDERS), amount, ...tip };
    }
    case "payment.void":
    case "payment.refund": {
      const paid = known.payments.length > 0 ? dice.pick(known.payments) : { id: NOBODY_WROTE, check };
      const about = { check: odd(paid.check), payment: odd(paid.id), reason: "Wrong card" };
      return kind === "payment.void" ? { kind, ...about } : { kind, ...about, amount: dice.between(1, 1_500) };
    }
    case "line.flambe":
      return { kind, check, flame: dice.below(9) } as CheckBody;
  }
}

function open(known: Known, dice: Dice): CheckBody {
  const more = dice.chance(0.5) ? edit(dice) : {};
  return { kind: "check.open", number: known.nextNumber(), ...more };
}

function edit(dice: Dice) {
  const field = dice.below(3);
  if (field === 0) return { name: dice.pick(["Bar", "Window", ""]) };
  return field === 1 ? { table: dice.pick(["4", "7", ""]) } : { guests: dice.between(1, 9) };
}

function lineAdd(check: OpId, dice: Dice): CheckBody {
  const modifiers = dice.chance(0.2) ? { modifiers: [{ name: "Cheese", price: dice.below(150) }] } : {};
  const taxes = dice.chance(0.7) ? { taxes: TAXES.filter(() => dice.chance(0.5)) } : {};
  const place = dice.chance(0.3) ? { seat: dice.below(4), course: dice.below(3) } : {};
  const price = dice.chance(0.1) ? dice.below(3) : dice.below(2_500);
  return {
    kind: "line.add",
    check,
    name: "Beer",
    price,
    quantity: dice.between(1, 4),
    ...modifiers,
    ...taxes,
    ...place,
  };
}

function lineEdit(dice: Dice) {
  const field = dice.below(3);
  if (field === 0) return { quantity: dice.between(1, 6) };
  return field === 1 ? { price: dice.below(2_500) } : { note: dice.pick(["no ice", ""]) };
}

function several(known: Known, first: { readonly id: OpId; readonly check: OpId }, dice: Dice): OpId[] {
  const beside = known.lines.filter(({ check }) => check === first.check && dice.chance(0.4)).map(({ id }) => id);
  return [...new Set([first.id, ...beside])];
}

function totalOf(known: Known, check: OpId, dice: Dice): number {
  const total = known.read(check)?.totals.total ?? 0;
  return dice.chance(0.8) ? total : Math.max(0, total - dice.below(300));
}
