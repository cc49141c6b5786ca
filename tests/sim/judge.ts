/** What must be true once every fault has ended. Each sentence begins with the name of the promise that was broken. */
import type { Check, Line } from "../../shared/check/check.ts";
import { type CheckOp, checksOf } from "../../shared/check/op.ts";
import { type OpId, registerOf } from "../../shared/ids.ts";
import { compareOps } from "../../shared/sync/op.ts";
import { columns, flags, payments, taxes } from "./judge_money.ts";
import { append, idOf, Ledger, type Say, type Seen } from "./ledger.ts";

export interface Outcome {
  readonly seen: readonly Seen[]; // what everybody keeps
  readonly whole: Seen; // also what registers let go
  readonly acked: Iterable<OpId>;
  readonly lostStorage: ReadonlySet<string>; // registers whose numbers may repeat
}

/** Every promise that is broken; empty when all are kept. */
export function judge({ seen, whole, acked, lostStorage }: Outcome): string[] {
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
  const kept = new Set(whole.ops.map(idOf));
  const missing = [...acked].filter((id) => !kept.has(id));
  if (missing.length > 0) say("acknowledged", `${missing} said to be saved, and gone`);
  const book = new Ledger(whole);
  for (const part of [stories, lines, columns, taxes, payments, kitchen, flags, states]) part(book, say);
  numbers(book, lostStorage, say);
  return broken;
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

/** A line bears the mark of the first that sent it before it was voided, on every check that shows it. */
function kitchen(book: Ledger, say: Say): void {
  const homes = new Map(book.of("line.add").map(({ id, body }) => [id, body.check]));
  const expected = new Map<OpId, CheckOp>();
  for (const { op, body } of [...book.of("line.send")].sort((a, b) => compareOps(a.op, b.op))) {
    for (const line of body.lines) {
      const home = homes.get(line);
      if (home === undefined || expected.has(line) || !book.related(home, body.check)) continue;
      const voided = book.of("line.void").find((entry) =>
        entry.body.line === line && book.related(entry.body.check, home)
      );
      if (voided && compareOps(voided.op, op) < 0) continue;
      expected.set(line, op);
    }
  }
  for (const { lines } of book.checks) {
    for (const { id, sent } of lines) {
      const op = expected.get(id);
      if (JSON.stringify(sent) === JSON.stringify(op && { at: op.stamp, by: registerOf(op.replica) })) continue;
      say("kitchen-once", `line ${id} is marked ${JSON.stringify(sent)}, sent by ${op && idOf(op)}`);
    }
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
