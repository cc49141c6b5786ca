/** What staff do at a register on a plausible evening: parties come, order, change their minds, pay and go. */
import type { Check } from "../shared/check/check.ts";
import type { CheckBody } from "../shared/check/op.ts";
import type { MenuItem } from "../shared/menu.ts";
import { SAMPLE_MENU } from "../shared/sample_menu.ts";

const OPEN_MAX = 9; // parties in the house at once
const TABLES = ["1", "2", "3", "4", "5", "6", "7", "8", "Window", "Bar 1", "Bar 2", "Terrace 1", "Terrace 2"];
const REASONS = ["Sent back", "Ordered twice", "Changed their mind"];
const ROUNDS_BEFORE_PAYING = 4; // lines on a check before a party thinks of the bill

/** A number from 0 up to 1. */
export type Dice = () => number;

/** The next thing that happens, as the ops it takes; the ops are written one after another. Undefined: nothing just now. */
export function nextMove(checks: readonly Check[], number: string, dice: Dice): CheckBody[] | undefined {
  const open = checks.filter((check) => check.state === "open");
  if (open.length === 0 || (open.length < OPEN_MAX && dice() < 0.2)) {
    return [{ kind: "check.open", number, table: pick(TABLES, dice), guests: 1 + Math.floor(dice() * 5) }];
  }
  const check = pick(open, dice);
  const lines = check.lines.filter((line) => !line.voided);
  if (lines.length >= ROUNDS_BEFORE_PAYING && dice() < 0.35) return pay(check, dice);
  const line = lines.at(-1);
  if (line && dice() < 0.08) {
    return [{ kind: "line.void", check: check.id, line: line.id, reason: pick(REASONS, dice) }];
  }
  if (line && dice() < 0.1) return [{ kind: "line.edit", check: check.id, line: line.id, quantity: line.quantity + 1 }];
  return [order(check, pick(SAMPLE_MENU, dice))];
}

function order(check: Check, { sku, name, price, taxes }: MenuItem): CheckBody {
  return { kind: "line.add", check: check.id, sku, name, price, quantity: 1, taxes: [...taxes] };
}

function pay(check: Check, dice: Dice): CheckBody[] {
  const close: CheckBody = { kind: "check.close", check: check.id, total: check.totals.total };
  if (check.due <= 0) return [close];
  const cash = dice() < 0.4;
  const payment: CheckBody = {
    kind: "payment.add",
    check: check.id,
    tender: cash ? "cash" : "card",
    amount: check.due,
    tip: Math.round(check.due * 0.1),
    tendered: cash ? Math.ceil(check.due * 1.1 / 500) * 500 : undefined,
  };
  return [payment, close];
}

function pick<T>(items: readonly T[], dice: Dice): T {
  return items[Math.floor(dice() * items.length)]!;
}
