/**
 * Checks as the hub reads them to people: lists, one with its whole story, and which of two that bear one number is which. Only storage
 * that was lost can bring such twins about; the one opened later is `B12·2`, here as in the book of every register.
 */
import type { CheckSummary } from "../shared/api.ts";
import type { Check } from "../shared/check/check.ts";
import { foldCheck } from "../shared/check/fold.ts";
import type { OpId } from "../shared/ids.ts";
import { compareStamps, ZERO_STAMP } from "../shared/sync/hlc.ts";
import type { Checks } from "./store/checks.ts";
import type { StoredLog } from "./store/ops.ts";

export interface LedgerDeps {
  readonly log: Pick<StoredLog, "familyOf">;
  readonly checks: Pick<Checks, "list" | "numbered">;
  readonly summarised: () => void; // brings all summaries up to date
}

export class Ledger {
  readonly #deps: LedgerDeps;

  constructor(deps: LedgerDeps) {
    this.#deps = deps;
  }

  /** Checks as they are now, the last changed first. */
  list(state: CheckSummary["state"] | undefined, limit: number): CheckSummary[] {
    this.#deps.summarised();
    return this.#deps.checks.list(state, limit).map((check) => this.apart(check));
  }

  /** The checks that bear this number: more than one only after storage was lost. */
  numbered(number: string): OpId[] {
    this.#deps.summarised();
    return this.#deps.checks.numbered(number);
  }

  /** A check with its whole story. */
  check(id: OpId): Check | undefined {
    const ops = this.#deps.log.familyOf(id);
    return ops.length === 0 ? undefined : this.apart(foldCheck(id, ops));
  }

  /** The same check, with its number as people see it. */
  apart<T extends { readonly id: OpId; readonly number: string }>(check: T): T {
    const { log, checks } = this.#deps;
    const twins = checks.numbered(check.number);
    if (twins.length < 2) return check;
    const opened = new Map(twins.map((id) => [id, foldCheck(id, log.familyOf(id)).openedAt ?? ZERO_STAMP]));
    const order = twins.toSorted((a, b) => compareStamps(opened.get(a)!, opened.get(b)!) || (a < b ? -1 : 1));
    const place = order.indexOf(check.id);
    return place <= 0 ? check : { ...check, number: `${check.number}·${place + 1}` };
  }
}
