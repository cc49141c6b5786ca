/**
 * `foldFamily(ops)` turns the ops of a family, checks that share lines or were merged, into those checks. It sorts by stamp first, so every
 * replica that holds the same ops shows the same checks; it never throws and never drops: an op that cannot take effect stays in the story
 * with its reason.
 */
import { type OpId, opId } from "../ids.ts";
import { compareOps } from "../sync/op.ts";
import { type Stamp, ZERO_STAMP } from "../sync/hlc.ts";
import { NO_AMOUNTS } from "./amounts.ts";
import { applyOp } from "./apply.ts";
import { type Check, type Discount, type Entry, keptOf, type Line, type Payment } from "./check.ts";
import { type CheckDraft, type Draft, draftOf, type LineDraft, type Named, newCheck, standing } from "./draft.ts";
import { flagsOf } from "./flags.ts";
import { type CheckOp, checksOf } from "./op.ts";
import { amountOf, amountsOf, totalsOf, type Unit, unitsOf } from "./totals.ts";

/** One check of a family. The ops may come in any order, with duplicates. */
export function foldCheck(id: OpId, ops: readonly CheckOp[]): Check {
  const family = foldFamily(ops.map((op) => ({ id: opId(op.replica, op.seq), op })));
  return family.get(id) ?? finish(newCheck(id), { lines: [], discounts: [], payments: [], units: [], story: [] });
}

/** Every check that the ops name, by id. */
export function foldFamily(ops: readonly Named[]): Map<OpId, Check> {
  const sorted = inOrder(ops);
  const draft = draftOf(sorted);
  const stories = new Map<OpId, Entry[]>([...draft.checks.keys()].map((id) => [id, []]));
  for (const named of sorted) {
    const noEffect = applyOp(draft, named);
    const entry: Entry = noEffect === undefined ? named : { id: named.id, op: named.op, noEffect };
    for (const check of checksOf(named.op, named.id)) {
      const story = stories.get(check)!;
      if (story.at(-1) !== entry) story.push(entry); // an op may name a check twice
    }
  }
  const parts = partsOf(draft);
  const checks = new Map<OpId, Check>();
  for (const check of draft.checks.values()) {
    const own = parts.get(check.id) ?? { lines: [], discounts: [], payments: [], units: [] };
    const into = check.mergedInto === undefined ? undefined : standing(draft, check.id);
    checks.set(check.id, finish(check, { ...own, story: stories.get(check.id)!, into }));
  }
  return checks;
}

function inOrder(ops: readonly Named[]): Named[] {
  const sorted = [...ops].sort((a, b) => compareOps(a.op, b.op));
  return sorted.filter((named, i) => i === 0 || named.id !== sorted[i - 1]!.id); // the same op has the same place
}

/** What stands on one check. */
interface Parts {
  readonly lines: Line[];
  readonly discounts: Discount[];
  readonly payments: Payment[];
  readonly units: Unit[];
}

/** Gives every line, discount and payment to the check on which it stands. */
function partsOf(draft: Draft): Map<OpId, Parts> {
  const byCheck = new Map<OpId, Parts>();
  const on = (check: OpId): Parts => {
    let parts = byCheck.get(check);
    if (!parts) byCheck.set(check, parts = { lines: [], discounts: [], payments: [], units: [] });
    return parts;
  };
  for (const unit of unitsOf(draft)) on(unit.check).units.push(unit);
  for (const { units, lines } of byCheck.values()) addLines(lines, units);
  for (const line of draft.lines.values()) {
    if (line.voided) { for (const check of placesOf(draft, line)) on(check).lines.push(shown(line, NO_AMOUNTS)); }
  }
  for (const { check, covers: _, ...discount } of draft.discounts.values()) {
    on(standing(draft, check)).discounts.push(discount);
  }
  for (const { check, payment, refunded, refunds, voided } of draft.payments.values()) {
    on(standing(draft, check)).payments.push({ ...payment, refunded, refunds, voided });
  }
  for (const { lines } of byCheck.values()) lines.sort(byAdding);
  return byCheck;
}

/** A line for each unit; two shares of one line that came together by a merge are one again. */
function addLines(lines: Line[], units: readonly Unit[]): void {
  const byLine = new Map<OpId, Unit[]>();
  for (const unit of units) {
    if (unit.parts === unit.of) {
      lines.push(shown(unit.line, amountOf(unit)));
      continue;
    }
    const held = byLine.get(unit.line.id);
    if (held) held.push(unit);
    else byLine.set(unit.line.id, [unit]);
  }
  for (const own of byLine.values()) {
    const { line, of } = own[0]!;
    const parts = own.reduce((sum, unit) => sum + unit.parts, 0);
    lines.push(shown(line, amountsOf(own), parts === of ? undefined : { parts, of }));
  }
}

function placesOf(draft: Draft, line: LineDraft): OpId[] {
  return line.among ? [...new Set(line.among.map(({ check }) => standing(draft, check)))] : [standing(draft, line.at)];
}

/** The fields are named one by one: copying what is left of an object is ten times slower, and a check has many lines. */
function shown(line: LineDraft, amounts: Line["amounts"], share?: Line["share"]): Line {
  return {
    id: line.id,
    sku: line.sku,
    name: line.name,
    price: line.price,
    quantity: line.quantity,
    seat: line.seat,
    course: line.course,
    modifiers: line.modifiers,
    taxes: line.taxes,
    note: line.note,
    addedBy: line.addedBy,
    addedAt: line.addedAt,
    staff: line.staff,
    sent: line.sent,
    voided: line.voided,
    share,
    amounts,
  };
}

function byAdding(a: Line, b: Line): number {
  return a.addedAt.ms - b.addedAt.ms || a.addedAt.count - b.addedAt.count || (a.id < b.id ? -1 : 1);
}

function finish(check: CheckDraft, parts: Parts & { readonly story: readonly Entry[]; readonly into?: OpId }): Check {
  const { lines, discounts, payments, units, story, into } = parts;
  const { ending, opened } = check;
  const totals = totalsOf(units);
  const kept = payments.filter((payment) => !payment.voided);
  const paid = payments.reduce((sum, payment) => sum + keptOf(payment), 0);
  return {
    id: check.id,
    state: into !== undefined ? "merged" : !opened ? "awaited" : ending?.kind ?? "open",
    mergedInto: into,
    number: opened?.number ?? "?",
    name: check.name,
    table: check.table,
    guests: check.guests,
    owner: check.owner,
    openedBy: opened?.by,
    openedAt: opened?.at,
    changedAt: lastOf(story),
    closedAt: ending?.at,
    closedBy: ending?.by,
    voidReason: ending?.kind === "void" ? ending.reason : undefined,
    lines,
    discounts,
    payments,
    totals,
    paid,
    tips: kept.reduce((sum, payment) => sum + payment.tip, 0),
    due: (ending?.kind === "void" ? 0 : totals.total) - paid,
    flags: flagsOf({ lines, payments, total: totals.total, paid, ending }),
    story,
  };
}

function lastOf(story: readonly Entry[]): Stamp {
  return story.at(-1)?.op.stamp ?? ZERO_STAMP;
}
