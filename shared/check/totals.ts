/**
 * What checks come to. Money is told in units: a whole line, or one check's share of a divided line. Gross is shared by parts, each
 * discount over what it covers, each tax over the lines ordered together: always once as a whole, then by largest remainder. So whatever is
 * moved, divided or merged, the checks sum to the lines in every column, to the cent. All amounts are minor units.
 */
import type { OpId } from "../ids.ts";
import type { Tax } from "../menu.ts";
import type { Amounts, Totals } from "./amounts.ts";
import { mulDiv, RATE_MAX, RATE_PARTS, shareOut } from "../money.ts";
import { type Draft, type LineDraft, standing } from "./draft.ts";

/** A line's share on one check. */
export interface Unit {
  readonly line: LineDraft;
  readonly check: OpId; // where it stands, merges followed
  readonly share: OpId; // the check it was divided to; `check` unless that one was merged
  readonly parts: number;
  readonly of: number;
  readonly gross: number;
  net: number; // gross less discounts
  tax: number; // exclusive
  readonly taxes: { readonly tax: Tax; readonly amount: number }[];
}

/** Every unit of the lines that stand, priced. */
export function unitsOf(draft: Draft): Unit[] {
  const units: Unit[] = [];
  for (const line of draft.lines.values()) if (!line.voided) addUnits(units, draft, line);
  discount(units, draft);
  tax(units);
  return units;
}

/** What one unit comes to. */
export function amountOf({ gross, net, tax }: Unit): Amounts {
  return { gross, discount: gross - net, tax, total: net + tax };
}

export function amountsOf(units: readonly Unit[]): Amounts {
  let [gross, net, tax] = [0, 0, 0];
  for (const unit of units) {
    gross += unit.gross;
    net += unit.net;
    tax += unit.tax;
  }
  return { gross, discount: gross - net, tax, total: net + tax };
}

/** What the units of one check come to together. */
export function totalsOf(units: readonly Unit[]): Totals {
  const byKey = new Map<string, { tax: Tax; amount: number }>();
  for (const unit of units) {
    for (const { tax, amount } of unit.taxes) {
      const held = byKey.get(keyOf(tax));
      if (held) held.amount += amount;
      else byKey.set(keyOf(tax), { tax, amount });
    }
  }
  const amounts = amountsOf(units);
  const taxes = [...byKey].sort(([a], [b]) => a < b ? -1 : 1).map(([, { tax, amount }]) => ({ ...tax, amount }));
  return { ...amounts, subtotal: amounts.gross, taxes };
}

function addUnits(units: Unit[], draft: Draft, line: LineDraft): void {
  const each = line.modifiers.reduce((sum, modifier) => sum + modifier.price, line.price);
  const gross = each * line.quantity;
  if (!line.among) {
    units.push({
      line,
      check: standing(draft, line.at),
      share: line.at,
      parts: 1,
      of: 1,
      gross,
      net: gross,
      tax: 0,
      taxes: [],
    });
    return;
  }
  const of = line.among.reduce((sum, share) => sum + share.parts, 0);
  const shares = shareOut(gross, line.among.map((share) => share.parts));
  line.among.forEach(({ check, parts }, i) => {
    const own = shares[i]!;
    units.push({
      line,
      check: standing(draft, check),
      share: check,
      parts,
      of,
      gross: own,
      net: own,
      tax: 0,
      taxes: [],
    });
  });
}

/** Discounts in the order in which they were given, first those on lines, then those on checks. None takes more than there is. */
function discount(units: readonly Unit[], draft: Draft): void {
  if (draft.discounts.size === 0) return;
  const given = [...draft.discounts.values()].filter((each) => !each.removed);
  for (
    const each of [
      ...given.filter((one) => one.line !== undefined),
      ...given.filter((one) => one.line === undefined),
    ]
  ) {
    const covered = new Set(each.covers.map(({ line, check }) => check === undefined ? line : `${line} ${check}`));
    const pool = units.filter((unit) => covered.has(unit.line.id) || covered.has(`${unit.line.id} ${unit.share}`));
    const net = pool.reduce((sum, unit) => sum + unit.net, 0);
    const amount = Math.min(net, each.percent === undefined ? each.amount! : mulDiv(net, each.percent, RATE_MAX));
    if (amount === 0) continue;
    const shares = shareOverLines(amount, pool);
    pool.forEach((unit, i) => unit.net -= shares[i]!);
  }
}

/** Each tax once over the lines that were ordered on one check, then shared out to wherever they are. */
function tax(units: readonly Unit[]): void {
  const byHome = new Map<OpId, Map<string, Unit[]>>();
  for (const unit of units) {
    let pools = byHome.get(unit.line.home);
    if (!pools) byHome.set(unit.line.home, pools = new Map());
    for (const each of unit.line.taxes) {
      const pool = pools.get(keyOf(each));
      if (pool) pool.push(unit);
      else pools.set(keyOf(each), [unit]);
    }
  }
  for (const pools of byHome.values()) {
    for (const [key, pool] of pools) levy(pool[0]!.line.taxes.find((each) => keyOf(each) === key)!, pool);
  }
}

function levy(tax: Tax, pool: readonly Unit[]): void {
  const shares = shareOverLines(taxOn(pool.reduce((sum, unit) => sum + unit.net, 0), tax), pool);
  pool.forEach((unit, i) => {
    unit.taxes.push({ tax, amount: shares[i]! });
    if (tax.mode === "exclusive") unit.tax += shares[i]!;
  });
}

/**
 * Shares `amount` over the lines of the pool, and each line's part over its units: so that dividing a line moves no cent to or from another
 * line, which a later discount might then round otherwise. Units of one line stand together in the pool.
 */
function shareOverLines(amount: number, pool: readonly Unit[]): number[] {
  const lines: Unit[][] = [];
  for (const unit of pool) {
    const last = lines.at(-1);
    if (last && last[0]!.line === unit.line) last.push(unit);
    else lines.push([unit]);
  }
  const byLine = shareOut(amount, lines.map((units) => units.reduce((sum, unit) => sum + unit.net, 0)));
  return lines.flatMap((units, i) => shareOut(byLine[i]!, units.map((unit) => unit.net)));
}

function taxOn(base: number, { rate, mode }: Tax): number {
  const parts = Math.round(rate * RATE_PARTS);
  const whole = RATE_MAX * RATE_PARTS;
  return mulDiv(base, parts, mode === "exclusive" ? whole : whole + parts);
}

/** The name under which equal taxes are one. Lines share their tax objects, so it is made once for each. */
function keyOf(tax: Tax): string {
  let key = KEYS.get(tax);
  if (key === undefined) KEYS.set(tax, key = `${tax.mode} ${tax.rate} ${tax.name}`);
  return key;
}
const KEYS = new WeakMap<Tax, string>();
