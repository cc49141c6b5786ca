/** What a filled-in payment means: how much, with which change, or which field to look at again. */
import type { Tender } from "../../shared/check/op.ts";
import { formatMoney } from "../../shared/money.ts";
import { changeDue, parseAmount } from "./amount.ts";

export interface PayForm {
  readonly tender: Tender;
  readonly amount: string;
  readonly tip: string; // empty: none
  readonly given: string; // cash handed over; empty: exactly what is to be paid
}

export type Reading =
  | {
    readonly ok: true;
    readonly amount: number;
    readonly tip: number;
    readonly tendered?: number;
    readonly change: number;
    readonly settles: boolean; // pays all that is due
  }
  | { readonly ok: false; readonly field: "amount" | "tip" | "given"; readonly message: string };

export function readPayForm(form: PayForm, due: number, digits: number): Reading {
  const money = (value: number) => formatMoney(value, digits);
  const amount = parseAmount(form.amount, digits);
  if (amount === undefined || amount === 0) {
    return { ok: false, field: "amount", message: `Write an amount, such as ${money(due)}.` };
  }
  if (amount > due) {
    return {
      ok: false,
      field: "amount",
      message: `Only ${money(due)} is due. What is given on top is a tip or change.`,
    };
  }
  const tip = form.tip.trim() === "" ? 0 : parseAmount(form.tip, digits);
  if (tip === undefined) return { ok: false, field: "tip", message: "Write an amount, or leave it empty." };
  const settles = amount === due;
  if (form.tender !== "cash" || form.given.trim() === "") return { ok: true, amount, tip, change: 0, settles };
  const tendered = parseAmount(form.given, digits);
  if (tendered === undefined) return { ok: false, field: "given", message: "Write an amount, or leave it empty." };
  const change = changeDue(tendered, amount, tip);
  if (change === undefined) {
    const missing = money(amount + tip - tendered);
    return { ok: false, field: "given", message: `${missing} is missing. For a part of the check, lower the amount.` };
  }
  return { ok: true, amount, tip, tendered, change, settles };
}
