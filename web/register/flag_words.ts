/** What cannot be right about a check, in words: short for a card, and with who, how much and what to do for the check itself. */
import { type Check, type Flag, givenBack, type Payment } from "../../shared/check/check.ts";
import type { Tender } from "../../shared/check/op.ts";
import type { OpId } from "../../shared/ids.ts";
import type { NameOf } from "./names.ts";

export const TENDER_WORDS: Record<Tender, string> = { cash: "in cash", card: "by card", other: "another way" };

export function flagWord(flag: Flag): string {
  switch (flag.code) {
    case "paid-twice":
      return "paid twice";
    case "overpaid":
      return "overpaid";
    case "due-after-close":
      return "closed with money due";
    case "line-after-payment":
      return "added to after it was paid";
    case "payment-on-void":
      return "paid, but voided";
  }
}

export interface Told {
  readonly nameOf: NameOf;
  readonly money: (amount: number) => string;
  readonly numberOf?: (check: OpId) => string | undefined; // of another check that an op speaks of
}

export function flagSentences(flag: Flag, check: Check, { nameOf, money }: Told): string {
  switch (flag.code) {
    case "paid-twice":
      return `Paid twice: ${takings(check.payments, { nameOf, money })}. Give ${money(flag.amount)} back to the guest.`;
    case "overpaid":
      return `${money(flag.amount)} more was paid than the check comes to. Give it back to the guest.`;
    case "due-after-close":
      if (givenBack(check) > 0) {
        return `The check is closed, ${money(givenBack(check))} was given back, and ${
          money(flag.amount)
        } of it is not ` +
          `paid. If that is how it stays, say that nothing is owed; otherwise take the payment.`;
      }
      return `The check is closed, and ${
        money(flag.amount)
      } of it is not paid. Take the payment, or take off what was added by mistake.`;
    case "line-after-payment":
      return `It came to ${money(flag.amount)} less when it was ended: something was added meanwhile.`;
    case "payment-on-void":
      return `The check was voided, and ${money(flag.amount)} was paid on it. Give it back, or restore the check.`;
  }
}

/** "Bar took 24.00 by card, Till 1 took 24.00 in cash". */
function takings(payments: readonly Payment[], { nameOf, money }: Told): string {
  return payments.map(({ by, amount, tender }) => `${nameOf(by)} took ${money(amount)} ${TENDER_WORDS[tender]}`).join(
    ", ",
  );
}
