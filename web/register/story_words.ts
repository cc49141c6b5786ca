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
  const what = isKnown(body) ? deed(body, check, told) : "did something that this version does not know";
  return { text: `${who} ${what}${allowance(body)}`, at: entry.op.stamp.ms, noEffect: entry.noEffect };
}

function allowance(body: Entry["op"]["body"]): string {
  return isKnown(body) && "allowedBy" in body && body.allowedBy ? `, allowed by ${body.allowedBy}` : "";
}

function deed(body: KnownBody, check: Check, told: Told): string {
  const { money } = told;
  switch (body.kind) {
    case "check.open":
      return `opened ${body.number}${fields(body, ": ")}`;
    case "check.edit":
      return `changed the check${fields(body, ": ")}`;
    case "check.close":
      return `closed it at ${money(body.total)}`;
    case "check.transfer":
      return `gave the check to ${body.owner}`;
    case "check.merge":
      return body.into === check.id
        ? `merged ${otherCheck(told, body.check)} into this check`
        : `merged this check into ${otherCheck(told, body.into)}`;
    case "check.void":
      return `voided the check at ${money(body.total)}: ${body.reason}`;
    case "check.reopen":
      return `opened it again${body.reason ? `: ${body.reason}` : ""}`;
    case "line.add":
      return `added ${body.quantity > 1 ? `${body.quantity} × ` : ""}${body.name}, ${
        money(body.price * body.quantity)
      }`;
    case "line.edit":
      return `changed ${lineName(check, body.line)}${edits(body, money)}`;
    case "line.void":
      return `took ${lineName(check, body.line)} off: ${body.reason}`;
    case "line.send":
      return `sent ${lineNames(check, body.lines)} to the kitchen`;
    case "line.move":
      return body.to === check.id
        ? `moved ${lineNames(check, body.lines)} here from ${otherCheck(told, body.check)}`
        : `moved ${lineNames(check, body.lines)} to ${otherCheck(told, body.to)}`;
    case "line.divide":
      return `divided ${lineName(check, body.line)} among ${body.among.length} checks`;
    case "discount.add": {
      const off = body.percent === undefined ? money(body.amount ?? 0) : `${body.percent / 100} %`;
      return `took ${off} off ${body.line ? lineName(check, body.line) : "the check"}: ${body.reason}`;
    }
    case "discount.remove":
      return "took a discount away";
    case "payment.void":
      return `voided ${paymentWords(check, body.payment, money)}: ${body.reason}`;
    case "payment.refund":
      return `gave ${money(body.amount)} back of ${paymentWords(check, body.payment, money)}: ${body.reason}`;
    case "shift.open":
      return "opened a shift";
    case "shift.close":
      return "closed a shift";
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

function otherCheck({ numberOf }: Told, id: string): string {
  return numberOf?.(id) ?? "another check";
}

function lineNames(check: Check, ids: readonly string[]): string {
  const known = ids.flatMap((id) => check.lines.find((line) => line.id === id)?.name ?? []);
  return known.length === 1 ? known[0]! : ids.length === 1 ? "a line" : `${ids.length} lines`;
}

function paymentWords(check: Check, id: string, money: Told["money"]): string {
  const payment = check.payments.find((each) => each.id === id);
  return payment ? `${money(payment.amount)} ${TENDER_WORDS[payment.tender]}` : "a payment";
}

function lineName(check: Check, id: string): string {
  return check.lines.find((line) => line.id === id)?.name ?? "a line that is not here yet";
}
