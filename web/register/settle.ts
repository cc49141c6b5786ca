/**
 * What a person can do about a flag, with one tap each: the words on the button, and the ops that settle it. A needless payment is voided
 * where it can be, because a void counts once even when two people tap at the same time; a refund adds up.
 */
import { type Check, type Flag, givenBack, type Line, type Payment } from "../../shared/check/check.ts";
import type { CheckBody } from "../../shared/check/op.ts";
import { reopening } from "../../shared/check/reopening.ts";
import { compareStamps } from "../../shared/sync/hlc.ts";
import { TENDER_WORDS, type Told } from "./flag_words.ts";

export type Answer =
  | {
    readonly kind: "write";
    readonly text: string;
    readonly needs: "nothing" | "refund" | "reopen";
    readonly bodies: readonly CheckBody[];
  }
  | { readonly kind: "pay"; readonly text: string };

/** What the check would be after these ops. */
export type Preview = (bodies: readonly CheckBody[]) => Check;

const REASONS: Partial<Record<Flag["code"], string>> = {
  "paid-twice": "Paid twice",
  "overpaid": "Overpaid",
  "payment-on-void": "The check was voided",
};

/** The answers to a flag, the likeliest first. */
export function answersTo(flag: Flag, check: Check, told: Told, preview: Preview): Answer[] {
  switch (flag.code) {
    case "paid-twice":
      return needless(check).map((payment) => giveBack(check, [payment], flag, told));
    case "overpaid":
      return [overpaid(check, flag, told)];
    case "due-after-close": {
      const nothingOwed = waive(check, flag.amount, told, preview);
      const pay: Answer = { kind: "pay", text: `Take ${told.money(flag.amount)}` };
      return [
        ...(givenBack(check) > 0 ? [...nothingOwed, pay] : [pay, ...nothingOwed]),
        ...takeOff(check, flag.amount, preview),
        reopen(check, "Open it again"),
      ];
    }
    case "line-after-payment":
      return check.state === "void"
        ? [...takeOff(check, flag.amount, preview), reopen(check, "Restore the check")]
        : [];
    case "payment-on-void":
      return [giveBack(check, standing(check), flag, told), reopen(check, "Restore the check")];
  }
}

/** Flags that are told with another: what is due after the close is due for the line that came late. */
export function flagsToTell({ flags, state }: Pick<Check, "flags" | "state">): Flag[] {
  return flags.filter(({ code }) => code !== "line-after-payment" || state === "void");
}

/** The lines that came late: the newest of other registers or after the close, without which the check comes to what was seen then. */
export function lateLines(check: Check, amount: number, preview: Preview): Line[] {
  const late = check.lines.filter((line) => !line.voided && !line.share && isLate(line, check))
    .sort((a, b) => compareStamps(b.addedAt, a.addedAt));
  const seen = check.totals.total - amount;
  for (let count = 1; count <= late.length; count++) {
    const found = late.slice(0, count);
    if (preview(found.map((line) => voidLine(check, line))).totals.total === seen) return found;
  }
  return [];
}

/**
 * What was paid went back, and that is the end of it. With nothing of its money here the check is void, which counts once whoever says so;
 * else it comes to what was kept. More than was given back is never waived.
 */
function waive(check: Check, due: number, { money }: Told, preview: Preview): Answer[] {
  if (check.payments.length === 0) return [];
  if (check.paid <= 0) {
    const reason = givenBack(check) > 0 ? "The money was given back" : "The payment did not count";
    const body: CheckBody = { kind: "check.void", check: check.id, reason, total: check.totals.total };
    return [{ kind: "write", needs: "refund", text: "Nothing is owed, void it", bodies: [body] }];
  }
  const body = due > givenBack(check) ? undefined : lowered(check, due, preview);
  if (body === undefined) return [];
  return [{ kind: "write", needs: "refund", text: `Nothing is owed, take ${money(due)} off`, bodies: [body] }];
}

/** The discount that lowers the check to what was paid, to the cent; undefined where rounding of taxes leaves none. */
function lowered(check: Check, due: number, preview: Preview): CheckBody | undefined {
  const off = (amount: number): CheckBody => (
    { kind: "discount.add", check: check.id, amount, reason: "The money was given back" }
  );
  const falls = check.totals.total - preview([off(due)]).totals.total; // with the tax on it
  if (falls <= 0) return undefined;
  const near = Math.round(due * due / falls);
  return [due, near, near - 1, near + 1].filter((amount) => amount > 0).map(off)
    .find((body) => preview([body]).totals.total === check.paid);
}

/** Payments of which each alone could go and the check would still be paid, the last first. */
function needless(check: Check): Payment[] {
  const rest = (payment: Payment) => check.paid - (payment.amount - payment.refunded);
  return standing(check).filter((payment) => rest(payment) >= check.totals.total).reverse();
}

/** Payments whose money is here, in the order they were taken. */
function standing({ payments }: Check): Payment[] {
  return payments.filter((payment) => !payment.voided && payment.refunded < payment.amount)
    .sort((a, b) => compareStamps(a.at, b.at) || (a.id < b.id ? -1 : 1));
}

function overpaid(check: Check, flag: Flag, told: Told): Answer {
  let left = flag.amount;
  const bodies: CheckBody[] = [];
  for (const payment of standing(check).reverse()) {
    const amount = Math.min(left, payment.amount - payment.refunded);
    if (amount > 0) {
      bodies.push({ kind: "payment.refund", check: check.id, payment: payment.id, amount, reason: REASONS.overpaid! });
    }
    left -= amount;
  }
  return { kind: "write", needs: "refund", text: `Give ${told.money(flag.amount)} back`, bodies };
}

function giveBack(check: Check, payments: readonly Payment[], flag: Flag, { money, nameOf }: Told): Answer {
  const amount = payments.reduce((sum, payment) => sum + restOf(payment), 0);
  const one = payments.length === 1 ? payments[0]! : undefined;
  const how = one ? ` ${TENDER_WORDS[one.tender]} (${nameOf(one.by)})` : "";
  const reason = REASONS[flag.code]!;
  const bodies = payments.map((payment): CheckBody => {
    const about = { check: check.id, payment: payment.id, reason };
    if (payment.refunded === 0) return { kind: "payment.void", ...about };
    return { kind: "payment.refund", ...about, amount: restOf(payment) }; // a void would forget what is given back now
  });
  return { kind: "write", needs: "refund", text: `Give ${money(amount)} back${how}`, bodies };
}

/** What of a payment is here; the tip goes with a void only. */
function restOf({ amount, tip, refunded }: Payment): number {
  return refunded === 0 ? amount + tip : amount - refunded;
}

function takeOff(check: Check, amount: number, preview: Preview): Answer[] {
  const late = lateLines(check, amount, preview);
  if (late.length === 0) return [];
  const what = late.length === 1 ? late[0]!.name : `${late.length} lines`;
  const bodies = late.map((line) => voidLine(check, line));
  return [{ kind: "write", needs: "nothing", text: `Take ${what} off`, bodies }];
}

function reopen(check: Check, text: string): Answer {
  return { kind: "write", needs: "reopen", text, bodies: [reopening(check)] };
}

function isLate({ addedBy, addedAt }: Line, { closedBy, closedAt }: Check): boolean {
  return addedBy !== closedBy || (closedAt !== undefined && compareStamps(addedAt, closedAt) > 0);
}

function voidLine(check: Check, line: Line): CheckBody {
  return { kind: "line.void", check: check.id, line: line.id, reason: "Added after it was paid" };
}
