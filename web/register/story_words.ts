/** A check's story: who did what, one sentence for each op, with why it had no effect if it had none. */
import type { Check, Entry } from "../../shared/check/check.ts";
import { isKnown, type KnownBody } from "../../shared/check/op.ts";
import { registerOf } from "../../shared/ids.ts";
import { guestWords } from "./board_view.ts";
import { TENDER_WORDS, type Told } from "./flag_words.ts";

export interface Sentence {
  readonly text: string;
  readonly at: number; // milliseconds, by the clock of who did it
  readonly noEffect?: string;
}

export function tell(entry: Entry, check: Check, told: Told): Sentence {
  const who = told.nameOf(registerOf(entry.op.replica));
  const body = entry.op.body;
  const what = isKnown(body) ? deed(body, check, told.money) : "did something that this version does not know";
  return { text: `${who} ${what}`, at: entry.op.stamp.ms, noEffect: entry.noEffect };
}

function deed(body: KnownBody, check: Check, money: Told["money"]): string {
  switch (body.kind) {
    case "check.open":
      return `opened ${body.number}${fields(body, ": ")}`;
    case "check.edit":
      return `changed the check${fields(body, ": ")}`;
    case "check.close":
      return `closed it at ${money(body.total)}`;
    case "line.add":
      return `added ${body.quantity > 1 ? `${body.quantity} × ` : ""}${body.name}, ${
        money(body.price * body.quantity)
      }`;
    case "line.edit":
      return `changed ${lineName(check, body.line)}${edits(body, money)}`;
    case "line.void":
      return `took ${lineName(check, body.line)} off: ${body.reason}`;
    case "payment.add":
      return `took ${money(body.amount)} ${TENDER_WORDS[body.tender]}${body.tip ? `, and ${money(body.tip)} tip` : ""}`;
  }
}

function fields({ name, table, guests }: { name?: string; table?: string; guests?: number }, before: string): string {
  const words = [name, table && `table ${table}`, guestWords(guests)].filter(Boolean);
  return words.length > 0 ? before + words.join(", ") : "";
}

function edits({ price, quantity, note }: KnownBody & { kind: "line.edit" }, money: Told["money"]): string {
  const words = [
    quantity !== undefined && `${quantity} of it`,
    price !== undefined && `at ${money(price)}`,
    note !== undefined && (note === "" ? "no note" : `note “${note}”`),
  ].filter(Boolean);
  return words.length > 0 ? `: ${words.join(", ")}` : "";
}

function lineName(check: Check, id: string): string {
  return check.lines.find((line) => line.id === id)?.name ?? "a line that is not here yet";
}
