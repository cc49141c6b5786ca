/** Checks that need a person: one that cannot be right as it stands, and one that nobody has ended. */
import type { Facts, FlaggedCheck } from "./facts.ts";
import { HEALTHY, type Outcome, type Rule, unknown } from "./rule.ts";
import { AT_ONCE_MS } from "./settle.ts";
import { count, list, nameOf, span } from "./words.ts";

export const FLAG_OPEN_MS = 5 * 60_000; // staff settle most at once; after that a manager should know
export const CHECK_OLD_MS = 24 * 60 * 60_000; // no guest stays for a day
export const FLAGGED_MAX = 20; // checks that have a finding of their own; the rest are told as a number
export const OLD_MAX = 5; // checks that are named in one sentence

const VENUE = "venue"; // the subject for what is beyond FLAGGED_MAX

export const checkFlagOpen: Rule = {
  code: "check-flag-open",
  title: "A check needs attention",
  from: "own",
  strength: "A",
  dependsOn: [],
  openAfterMs: FLAG_OPEN_MS,
  closeAfterMs: AT_ONCE_MS,
  runbook: [
    "On any register, tap Needs attention and open the check: it says who took what.",
    "Give back what was paid too much, take what is due, or take off what was added by mistake.",
    "It goes from here by itself once the check is right.",
  ],
  subjects: ({ checks }) => [...(checks?.flagged ?? []).map(({ number }) => number), VENUE],
  test(facts, subject) {
    const { checks } = facts;
    if (checks === undefined) return unknown("checks are not known");
    if (subject === VENUE) return beyond(checks.flaggedCount - checks.flagged.filter(isFlagged).length);
    const check = checks.flagged.find(({ number }) => number === subject);
    return check && isFlagged(check) ? flagged(check, facts) : HEALTHY;
  },
};

export const checkOld: Rule = {
  code: "check-old",
  title: "Checks left open",
  from: "own",
  strength: "A",
  dependsOn: [],
  openAfterMs: AT_ONCE_MS, // a day was waited for already
  closeAfterMs: AT_ONCE_MS,
  runbook: [
    "Open each of them on a register: its story says who opened it and what was done last.",
    "If it was paid, close it. If it was a mistake, void it with a reason.",
  ],
  subjects: () => [VENUE],
  test({ checks, now }) {
    if (checks === undefined) return unknown("checks are not known");
    const old = checks.old.filter(({ openedAt }) => now - openedAt > CHECK_OLD_MS).slice(0, OLD_MAX);
    const [first] = old;
    if (first === undefined) return HEALTHY;
    const told = old.map(({ number, openedAt, total }) => `${number} for ${span(now - openedAt)} (${total})`);
    const more = checks.oldCount - old.length;
    const one = checks.oldCount === 1;
    return {
      kind: "broken",
      severity: "warn",
      headline: one ? `Check ${first.number} was left open.` : `${checks.oldCount} checks were left open.`,
      text: `${one ? "A check has" : `${checks.oldCount} checks have`} been open for over a day: ${
        list(more > 0 ? [...told, `${more} more`] : told)
      }. Close what was paid, and void what was a mistake.`,
      evidence: old.map(({ number, openedAt }) => `${number} was opened ${span(now - openedAt)} ago`),
      since: first.openedAt + CHECK_OLD_MS,
    };
  },
};

function isFlagged({ flags }: FlaggedCheck): boolean {
  return flags.length > 0;
}

function flagged({ number, flags, registers }: FlaggedCheck, facts: Facts): Outcome {
  const names = registers.flatMap((id) => facts.registers.filter((each) => each.id === id)).map(nameOf);
  const { short, amounts, remedy } = wordsOf(flags[0]!.code, flags[0]!.amount);
  return {
    kind: "broken",
    severity: "warn",
    headline: `Check ${number} ${short}.`,
    text: `Check ${number} ${short}${names.length > 0 ? ` (${names.join(", ")})` : ""}: ${amounts}. ${remedy}`,
    evidence: flags.map(({ code, amount }) => {
      const { short, amounts } = wordsOf(code, amount);
      return `It ${short}: ${amounts}`;
    }),
  };
}

/** A flag in words: what it is, how much, and what ends it. A code of a later version is told as it can be. */
function wordsOf(code: string, amount: string): { short: string; amounts: string; remedy: string } {
  switch (code) {
    case "paid-twice":
      return { short: "was paid twice", amounts: `${amount} over`, remedy: `Give ${amount} back to the guest.` };
    case "overpaid":
      return { short: "was overpaid", amounts: `${amount} over`, remedy: `Give ${amount} back to the guest.` };
    case "payment-on-void":
      return {
        short: "was voided with money on it",
        amounts: `${amount} paid`,
        remedy: "Give it back to the guest, or restore the check.",
      };
    case "due-after-close":
      return {
        short: "was closed with money due",
        amounts: `${amount} not paid`,
        remedy: "Take the payment, or take off what was added by mistake.",
      };
    case "line-after-payment":
      return {
        short: "was added to after it was ended",
        amounts: `${amount} more`,
        remedy: "Take the payment, or take off what was added by mistake.",
      };
    default:
      return { short: "cannot be right", amounts: amount, remedy: "Open it on a register: it says why." };
  }
}

function beyond(more: number): Outcome {
  if (more <= 0) return HEALTHY;
  const need = `${count(more, "more check")} ${more === 1 ? "needs" : "need"} attention`;
  return {
    kind: "broken",
    severity: "warn",
    headline: `${need}.`,
    text: `${need}, beside the ${FLAGGED_MAX} that are named here. On a register, tap Needs attention to see them all.`,
    evidence: [`${count(more, "flagged check")} beyond the first ${FLAGGED_MAX}`],
  };
}
