/** Checks that need a person, as facts: flagged ones and those left open. Looked up every few seconds, in bounded lists. */
import type { CheckSummary } from "../shared/api.ts";
import { formatMoney } from "../shared/money.ts";
import { CHECK_OLD_MS, FLAGGED_MAX, OLD_MAX } from "../shared/rules/checks.ts";
import type { ChecksFact, FlaggedCheck } from "../shared/rules/facts.ts";
import type { Ledger } from "./ledger.ts";
import type { Checks } from "./store/checks.ts";
import type { Venue } from "./venue.ts";

export const ATTENTION_EVERY_MS = 5_000; // a flag waits for minutes before it is a finding
const SETTLED_KEPT_MS = 30_000; // a check that was settled is still named for so long, so that its finding ends as healthy

/** The gravest flag first: money that is the guest's, then money that is the house's. */
const GRAVITY = ["paid-twice", "payment-on-void", "overpaid", "due-after-close", "line-after-payment"];

export interface AttentionDeps {
  readonly checks: Pick<Checks, "flagged" | "oldest">;
  readonly ledger: Pick<Ledger, "apart">;
  readonly venue: Pick<Venue, "currencyDigits">;
}

export class Attention {
  readonly #deps: AttentionDeps;
  readonly #settled = new Map<string, number>(); // numbers flagged before, and when that was last so
  #fact: ChecksFact | undefined;
  #at = 0;

  constructor(deps: AttentionDeps) {
    this.#deps = deps;
  }

  fact(now: number): ChecksFact {
    if (this.#fact && now >= this.#at && now - this.#at < ATTENTION_EVERY_MS) return this.#fact;
    this.#at = now;
    return this.#fact = this.#look(now);
  }

  #look(now: number): ChecksFact {
    const { checks } = this.#deps;
    const flagged = checks.flagged(FLAGGED_MAX);
    const old = checks.oldest(now - CHECK_OLD_MS, OLD_MAX);
    const found = flagged.checks.map((check) => this.#flagged(check));
    for (const { number } of found) this.#settled.set(number, now);
    for (const [number, at] of this.#settled) if (now - at > SETTLED_KEPT_MS) this.#settled.delete(number);
    const settled = [...this.#settled.keys()].filter((number) => !found.some((each) => each.number === number));
    return {
      flagged: [...found, ...settled.map((number) => ({ number, flags: [], registers: [] }))],
      flaggedCount: flagged.count,
      old: old.checks.map((check) => ({
        number: this.#deps.ledger.apart(check).number,
        openedAt: Date.parse(check.openedAt ?? check.changedAt),
        total: this.#money(check.total),
      })),
      oldCount: old.count,
    };
  }

  #flagged(check: CheckSummary): FlaggedCheck {
    const flags = check.flags.toSorted((a, b) => GRAVITY.indexOf(a.code) - GRAVITY.indexOf(b.code));
    return {
      number: this.#deps.ledger.apart(check).number,
      flags: flags.map(({ code, amount }) => ({ code, amount: this.#money(amount) })),
      registers: [...new Set(flags.flatMap(({ registers = [] }) => registers))],
    };
  }

  #money(amount: number): string {
    return formatMoney(amount, this.#deps.venue.currencyDigits);
  }
}
