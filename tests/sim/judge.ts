/**
 * What must be true once every fault has ended. Each sentence begins with the name of the promise that was broken. Amounts are counted
 * here anew from the ops and from the shown lines, and not by the code that is judged.
 */
import type { Check, Line } from "../../shared/check/check.ts";
import { type BodyOf, type CheckOp, checksOf, isKnown, type KnownBody } from "../../shared/check/op.ts";
import { type OpId, opId, registerOf, replicaOf } from "../../shared/ids.ts";
import { mulDiv, RATE_MAX, RATE_PARTS } from "../../shared/money.ts";
import { compareOps } from "../../shared/sync/op.ts";

/** What one register, or the hub, shows. */
export interface Seen {
  readonly name: string;
  readonly ops: readonly CheckOp[]; // all it holds, each once
  readonly checks: readonly Check[]; // in its own order
  readonly unsynced: number;
}

export interface Outcome {
  readonly seen: readonly Seen[];
  readonly acked: Iterable<OpId>;
  readonly lostStorage: ReadonlySet<string>; // registers whose numbers may repeat
}

type Known<Kind extends KnownBody["kind"]> = { readonly id: OpId; readonly op: CheckOp; readonly body: BodyOf<Kind> };

/** Every promise that is broken; empty when all are kept. */
export function judge({ seen, acked, lostStorage }: Outcome): string[] {
  const broken: string[] = [];
  const say = (name: string, what: string) => broken.push(`${name}: ${what}`);
  const [first, ...others] = seen;
  if (!first) return broken;
  const shown = JSON.stringify(first.checks);
  const held = new Set(first.ops.map(idOf));
  for (const other of others) {
    const ids = new Set(other.ops.map(idOf));
    const [lacks, more] = [minus(held, ids), minus(ids, held)];
    if (lacks.length > 0) say("same-ops", `${other.name} lacks ${lacks} that ${first.name} holds`);
    if (more.length > 0) say("same-ops", `${first.name} lacks ${more} that ${other.name} holds`);
    if (JSON.stringify(other.checks) !== shown && canonical(other.checks) !== canonical(first.checks)) {
      say(
        "same-checks",
        `${other.name} shows other checks than ${first.name}: ${difference(first.checks, other.checks)}`,
      );
    }
  }
  for (const { name, unsynced } of seen) if (unsynced > 0) say("unsynced", `${name} says ${unsynced} are on it only`);
  const missing = [...acked].filter((id) => !held.has(id));
  if (missing.length > 0) say("acknowledged", `${missing} said to be saved, and gone`);
  const book = new Ledger(first);
  for (const part of [stories, lines, columns, taxes, payments, kitchen, flags, states]) part(book, say);
  numbers(book, lostStorage, say);
  return broken;
}

type Say = (name: string, what: string) => void;

/** One side's ops and checks, looked up. */
class Ledger {
  readonly checks: readonly Check[];
  readonly ops: readonly CheckOp[]; // in the order in which they take effect
  readonly families: ReadonlyMap<OpId, object>; // the same object for checks that are told as one
  readonly #byKind = new Map<string, { id: OpId; op: CheckOp; body: KnownBody }[]>();

  constructor({ checks, ops }: Seen) {
    this.checks = checks;
    this.ops = [...ops].sort(compareOps);
    for (const op of this.ops) {
      if (!isKnown(op.body)) continue;
      const entry = { id: idOf(op), op, body: op.body };
      const held = this.#byKind.get(op.body.kind);
      if (held) held.push(entry);
      else this.#byKind.set(op.body.kind, [entry]);
    }
    this.families = familiesOf(ops);
  }

  of<Kind extends KnownBody["kind"]>(kind: Kind): readonly Known<Kind>[] {
    return (this.#byKind.get(kind) ?? []) as unknown as Known<Kind>[];
  }

  related(a: OpId, b: OpId): boolean {
    return this.families.get(a) === this.families.get(b);
  }
}

function stories({ checks, ops }: Ledger, say: Say): void {
  const told = new Map(checks.map((check) => [check.id, new Set(check.story.map((entry) => entry.id))]));
  for (const op of ops) {
    for (const check of checksOf(op, idOf(op))) {
      if (!told.get(check)?.has(idOf(op))) say("story", `${idOf(op)} is not in the story of ${check}`);
    }
  }
}

function lines(book: Ledger, say: Say): void {
  const shown = new Map<OpId, Line[]>();
  for (const { lines } of book.checks) for (const line of lines) append(shown, line.id, line);
  for (const { id, body } of book.of("line.add")) {
    const places = shown.get(id) ?? [];
    shown.delete(id);
    const voided = book.of("line.void").some((entry) =>
      entry.body.line === id && book.related(entry.body.check, body.check)
    );
    if (places.some((line) => (line.voided !== undefined) !== voided)) say("void-stands", `line ${id}`);
    if (places.length === 0) say("line-once", `line ${id} is on no check`);
    else if (!voided && places.length === 1 && places[0]!.share) {
      say("line-once", `only a share of line ${id} is shown`);
    } else if (!voided && places.length > 1) {
      const of = places[0]!.share?.of;
      const parts = places.reduce((sum, line) => sum + (line.share?.parts ?? Number.NaN), 0);
      if (parts !== of) say("line-once", `line ${id} is on ${places.length} checks, ${parts} parts of ${of}`);
    }
  }
  for (const id of shown.keys()) say("line-once", `line ${id} was never added`);
}

/** Lines sum to their check, shares to their line, and a check's columns to its total. */
function columns({ checks }: Ledger, say: Say): void {
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
function taxes(book: Ledger, say: Say): void {
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

function payments(book: Ledger, say: Say): void {
  const shown = new Map<OpId, Check["payments"][number][]>();
  for (const { id, payments, paid, tips } of book.checks) {
    for (const payment of payments) append(shown, payment.id, payment);
    const kept = payments.filter((payment) => !payment.voided);
    if (kept.reduce((sum, each) => sum + each.amount - each.refunded, 0) !== paid) say("payment-once", `paid of ${id}`);
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
    if ((payment.voided !== undefined) !== book.of("payment.void").some(about)) say("payment-once", `void of ${id}`);
  }
  for (const id of shown.keys()) say("payment-once", `payment ${id} was never taken`);
}

/** A line bears the mark of the first that sent it before it was voided, on every check that shows it. */
function kitchen(book: Ledger, say: Say): void {
  const homes = new Map(book.of("line.add").map(({ id, body }) => [id, body.check]));
  const expected = new Map<OpId, CheckOp>();
  for (const { id, op, body } of [...book.of("line.send")].sort((a, b) => compareOps(a.op, b.op))) {
    for (const line of body.lines) {
      const home = homes.get(line);
      if (home === undefined || expected.has(line) || !book.related(home, body.check)) continue;
      const voided = book.of("line.void").find((entry) =>
        entry.body.line === line && book.related(entry.body.check, home)
      );
      if (voided && compareOps(voided.op, op) < 0) continue;
      expected.set(line, op);
    }
    void id;
  }
  for (const { lines } of book.checks) {
    for (const { id, sent } of lines) {
      const op = expected.get(id);
      if (JSON.stringify(sent) === JSON.stringify(op && { at: op.stamp, by: registerOf(op.replica) })) continue;
      say("kitchen-once", `line ${id} is marked ${JSON.stringify(sent)}, sent by ${op && idOf(op)}`);
    }
  }
}

function flags({ checks }: Ledger, say: Say): void {
  for (const check of checks) {
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

/** A merged check is empty and names a check that stands; what is not here yet is awaited. */
function states({ checks, ops }: Ledger, say: Say): void {
  const byId = new Map(checks.map((check) => [check.id, check]));
  const opened = new Set(ops.filter((op) => op.body.kind === "check.open").map(idOf));
  for (const check of checks) {
    if ((check.state === "merged") !== (check.mergedInto !== undefined)) say("merge", `${check.id} is ${check.state}`);
    if (check.mergedInto !== undefined) {
      if (byId.get(check.mergedInto)?.mergedInto !== undefined) say("merge", `${check.id} went into a merged check`);
      const left = check.lines.length + check.payments.length + check.discounts.length;
      if (left > 0) say("merge", `${left} things stayed on the merged check ${check.id}`);
    } else if ((check.state === "awaited") === opened.has(check.id)) say("state", `${check.id} is ${check.state}`);
  }
}

function numbers({ checks }: Ledger, lostStorage: ReadonlySet<string>, say: Say): void {
  const [shown, own] = [new Set<string>(), new Set<string>()];
  for (const { number, openedBy, story, id } of checks) {
    if (!openedBy) continue;
    if (shown.has(number)) say("numbers", `two checks are shown as ${number}`);
    shown.add(number);
    const written = String((story.find((entry) => entry.id === id)?.op.body as { number?: string }).number);
    if (own.has(written) && !lostStorage.has(openedBy)) say("numbers", `${openedBy} gave ${written} twice`);
    own.add(written);
  }
}

function familiesOf(ops: readonly CheckOp[]): Map<OpId, object> {
  const families = new Map<OpId, { members: OpId[] }>();
  for (const op of ops) {
    const joined = { members: [] as OpId[] };
    for (const check of checksOf(op, idOf(op))) {
      const held = families.get(check) ?? { members: [check] };
      if (held === joined) continue;
      joined.members.push(...held.members);
      for (const member of held.members) families.set(member, joined);
    }
  }
  return families;
}

function idOf(op: CheckOp): OpId {
  return opId(op.replica, op.seq);
}

function append<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const held = map.get(key);
  if (held) held.push(value);
  else map.set(key, [value]);
}

function minus(a: ReadonlySet<OpId>, b: ReadonlySet<OpId>): OpId[] {
  return [...a].filter((id) => !b.has(id));
}

function difference(a: readonly Check[], b: readonly Check[]): string {
  const other = new Map(b.map((check) => [check.id, check]));
  for (const check of a) {
    const twin = other.get(check.id);
    if (!twin) return `${check.id} is not there`;
    for (const key of Object.keys(check) as (keyof Check)[]) {
      const [mine, theirs] = [canonical(check[key]), canonical(twin[key])];
      if (mine !== theirs) return `${key} of ${check.id} is ${theirs} and not ${mine}`;
    }
  }
  return "another order, or more of them";
}

function canonical(value: unknown): string {
  return JSON.stringify(
    value,
    (_key, inner) =>
      inner !== null && typeof inner === "object" && !Array.isArray(inner)
        ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => a < b ? -1 : 1))
        : inner,
  ) ?? "nothing";
}
