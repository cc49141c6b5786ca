/** Money, counted anew from the ops and from the shown lines, and not by the code that is judged. */
import type { Check, Line } from "../../shared/check/check.ts";
import type { BodyOf } from "../../shared/check/op.ts";
import { type OpId, registerOf, replicaOf } from "../../shared/ids.ts";
import { mulDiv, RATE_MAX, RATE_PARTS } from "../../shared/money.ts";
import { append, type Known, type Ledger, type Say } from "./ledger.ts";

/** Lines sum to their check, shares to their line, and a check's columns to its total. */
export function columns({ checks }: Ledger, say: Say): void {
  const shares = new Map<OpId, { line: Line; gross: number }>();
  for (const { id, lines, totals } of checks) {
    for (const column of ["gross", "discount", "tax", "total"] as const) {
      const sum = lines.reduce((all, { amounts }) => all + amounts[column], 0);
      if (sum !== totals[column]) say("columns", `${column} of ${id} is ${totals[column]}, its lines sum to ${sum}`);
    }
    if (totals.gross - totals.discount + totals.tax !== totals.total) say("columns", `${id} does not add up across`);
    for (const line of lines) {
      const { gross, discount, tax, total } = line.amounts;
      if ([gross, discount, tax, total].some((n) => !Number.isSafeInteger(n) || n < 0)) {
        say("columns", `line ${line.id}`);
      }
      if (line.voided && total !== 0) say("columns", `void line ${line.id} comes to ${total}`);
      if (!line.voided) shares.set(line.id, { line, gross: gross + (shares.get(line.id)?.gross ?? 0) });
    }
  }
  for (const { line, gross } of shares.values()) {
    const each = line.modifiers.reduce((sum, modifier) => sum + modifier.price, line.price);
    if (gross !== each * line.quantity) {
      say("columns", `line ${line.id} is shown as ${gross}, and is ${each * line.quantity}`);
    }
  }
}

/** Exclusive tax, once per rate over what was ordered on one check and is left after discounts. */
export function taxes(book: Ledger, say: Say): void {
  const homes = new Map(book.of("line.add").map(({ id, body }) => [id, body]));
  const bases = new Map<string, { net: number; rate: number; home: OpId }>();
  const charged = new Map<OpId, number>();
  for (const { lines } of book.checks) {
    for (const { id, amounts, voided } of lines) {
      const body = homes.get(id);
      if (voided || !body) continue;
      charged.set(body.check, (charged.get(body.check) ?? 0) + amounts.tax);
      for (const { name, rate, mode } of body.taxes ?? []) {
        if (mode !== "exclusive") continue;
        const key = `${body.check} ${name} ${rate}`;
        const net = amounts.gross - amounts.discount + (bases.get(key)?.net ?? 0);
        bases.set(key, { net, rate, home: body.check });
      }
    }
  }
  for (const { net, rate, home } of bases.values()) {
    charged.set(home, (charged.get(home) ?? 0) - mulDiv(net, Math.round(rate * RATE_PARTS), RATE_MAX * RATE_PARTS));
  }
  for (const [home, over] of charged) {
    if (over !== 0) say("columns", `tax of what was ordered on ${home} is off by ${over}`);
  }
}

export function payments(book: Ledger, say: Say): void {
  const shown = new Map<OpId, Check["payments"][number][]>();
  for (const { id, payments, paid, tips } of book.checks) {
    for (const payment of payments) append(shown, payment.id, payment);
    const kept = payments.filter((payment) => !payment.voided);
    const taken = kept.reduce((sum, each) => sum + each.amount, 0);
    const given = payments.reduce((sum, each) => sum + each.refunded, 0);
    if (taken - given !== paid) say("payment-once", `paid of ${id}`);
    if (kept.reduce((sum, each) => sum + each.tip, 0) !== tips) say("payment-once", `tips of ${id}`);
  }
  for (const { id, body } of book.of("payment.add")) {
    const [payment, ...more] = shown.get(id) ?? [];
    shown.delete(id);
    if (!payment || more.length > 0) {
      say("payment-once", `payment ${id} is shown ${payment ? more.length + 1 : 0} times`);
      continue;
    }
    const about = (entry: Known<"payment.void"> | Known<"payment.refund">) =>
      entry.body.payment === id && book.related(entry.body.check, body.check);
    const refunded = book.of("payment.refund").filter(about).reduce((sum, entry) => sum + entry.body.amount, 0);
    if (payment.amount !== body.amount || payment.tip !== (body.tip ?? 0)) {
      say("payment-once", `${id} was ${body.amount}`);
    }
    if (payment.refunded !== refunded) {
      say("payment-once", `${refunded} of ${id} was handed back, not ${payment.refunded}`);
    }
    if (payment.refunds.reduce((sum, each) => sum + each.amount, 0) !== refunded) {
      say("payment-once", `the refunds of ${id} do not sum to ${refunded}`);
    }
    if ((payment.voided !== undefined) !== book.of("payment.void").some(about)) say("payment-once", `void of ${id}`);
  }
  for (const id of shown.keys()) say("payment-once", `payment ${id} was never taken`);
}

/** Ended is what has a closing or void that no reopening names; one that names none goes by stamps, and is not judged. */
function endings(check: Check, say: Say): void {
  const bodies = check.story.map(({ id, op: { body } }) => ({ id, body }));
  const reopened = bodies.flatMap(({ body }) =>
    body.kind === "check.reopen" ? [(body as BodyOf<"check.reopen">).after] : []
  );
  if (check.state === "merged" || reopened.includes(undefined)) return;
  const ended = bodies.some(({ id, body }) =>
    (body.kind === "check.close" || body.kind === "check.void") && !reopened.flat().includes(id)
  );
  if (ended !== (check.closedAt !== undefined)) say("ended", `${check.id} is ${check.state}, and should not be`);
}

export function flags({ checks }: Ledger, say: Say): void {
  for (const check of checks) {
    endings(check, say);
    const codes = new Map(check.flags.map((flag) => [flag.code, flag.amount]));
    const over = check.paid - check.totals.total;
    const isVoid = check.voidReason !== undefined; // also of one that is still awaited
    const expected: [boolean, readonly string[], number][] = [
      [isVoid && check.paid > 0, ["payment-on-void"], check.paid],
      [!isVoid && over > 0, ["paid-twice", "overpaid"], over],
      [!isVoid && check.closedAt !== undefined && check.state !== "merged" && over < 0, ["due-after-close"], -over],
    ];
    for (const [holds, names, amount] of expected) {
      const said = names.filter((name) => codes.has(name as never));
      const right = holds ? said.length === 1 && codes.get(said[0] as never) === amount : said.length === 0;
      if (!right) {
        say("flags", `${check.id} (${check.state}, over by ${over}) is flagged ${JSON.stringify(check.flags)}`);
      }
    }
    const twice = check.flags.find((flag) => flag.code === "paid-twice");
    if (twice && new Set(twice.payments.map(replicaOf).map(registerOf)).size < 2) {
      say("flags", `paid-twice by one register`);
    }
    const due = (isVoid ? 0 : check.totals.total) - check.paid;
    if (check.due !== due) say("flags", `due of ${check.id} is ${check.due}, not ${due}`);
  }
}
