import assert from "node:assert/strict";
import type { CheckSummary } from "../shared/api.ts";
import { pen } from "../shared/check/testing.ts";
import { foldCheck } from "../shared/check/fold.ts";
import type { CheckOp } from "../shared/check/op.ts";
import { Attention, ATTENTION_EVERY_MS } from "./attention.ts";
import { Ledger } from "./ledger.ts";
import { createChecks } from "./store/checks.ts";
import { openDatabase } from "./store/db.ts";
import { StoredLog } from "./store/ops.ts";
import { summaryOf } from "./view.ts";

const DAY_MS = 24 * 60 * 60_000;
const NOW = 40 * DAY_MS;

function rig() {
  const db = openDatabase(":memory:");
  const [log, checks] = [new StoredLog(db, () => NOW), createChecks(db)];
  const ledger = new Ledger({ log, checks, summarised: () => {} });
  const attention = new Attention({ checks, ledger, venue: { currencyDigits: 2 } });
  const save = (summary: CheckSummary) =>
    checks.save({ summary, opCount: 1, changedAtMs: Date.parse(summary.changedAt) });
  /** Stores ops and what the check `id` comes to. */
  const write = (id: string, ...ops: CheckOp[]) => {
    log.append(ops);
    save(summaryOf(foldCheck(id, log.familyOf(id))));
  };
  return { log, checks, ledger, attention, write, save };
}

function openedBy(writer: string, number: string) {
  const a = pen(writer);
  const open = a.write({ kind: "check.open", number });
  return { a, open };
}

Deno.test("[LOS11] of two checks with one number the later is told apart, alone, in lists and in findings", () => {
  const { ledger, write, attention } = rig();
  const [first, second] = [openedBy("a", "B12"), openedBy("b", "B12")];
  write(first.open.id, first.open);
  assert.equal(ledger.check(first.open.id)?.number, "B12");
  const later = { ...second.open, stamp: { ms: first.open.stamp.ms + 1_000, count: 0 } };
  write(second.open.id, later);
  assert.deepEqual([first, second].map(({ open }) => ledger.check(open.id)?.number), ["B12", "B12·2"]);
  assert.deepEqual(ledger.list(undefined, 9).map(({ number }) => number), ["B12·2", "B12"]);
  assert.deepEqual(attention.fact(NOW).old.map(({ number }) => number), ["B12", "B12·2"]);
  assert.equal(ledger.check("zzzzzzzz-zzzz/1"), undefined);
});

Deno.test("[RUL27] a flagged check comes with its amount as it is shown and who took the money, and is named once settled", () => {
  const { write, attention } = rig();
  const { a, open } = openedBy("a", "B12");
  const line = a.write({ kind: "line.add", check: open.id, name: "Lager", price: 450, quantity: 1 });
  const pay = () => a.write({ kind: "payment.add", check: open.id, tender: "cash", amount: 450 });
  const [one, two] = [pay(), pay()];
  write(open.id, open, line, one, two);
  const [flagged] = attention.fact(NOW).flagged;
  assert.deepEqual(flagged, {
    number: "B12",
    flags: [{ code: "overpaid", amount: "4.50" }],
    registers: [open.replica.slice(0, 8)],
  });
  assert.equal(attention.fact(NOW).flaggedCount, 1);
  write(open.id, a.write({ kind: "payment.void", payment: two.id, check: open.id, reason: "twice" }));
  assert.equal(
    attention.fact(NOW + ATTENTION_EVERY_MS - 1).flagged[0]?.flags.length,
    1,
    "looked up every few seconds only",
  );
  assert.deepEqual(attention.fact(NOW + ATTENTION_EVERY_MS), {
    ...attention.fact(NOW + ATTENTION_EVERY_MS),
    flagged: [{ number: "B12", flags: [], registers: [] }],
    flaggedCount: 0,
  });
  assert.deepEqual(attention.fact(NOW + 60_000).flagged, []);
});

Deno.test("[RUL28] of checks left open the oldest come first, five of them, and all are counted", () => {
  const { attention, write } = rig();
  for (let n = 1; n <= 7; n++) {
    const { open } = openedBy(String(n), `B${n}`);
    write(open.id, { ...open, stamp: { ms: NOW - (n === 7 ? 0.5 : 9 - n) * DAY_MS, count: 0 } });
  }
  const { old, oldCount } = attention.fact(NOW);
  assert.deepEqual([old.map(({ number }) => number), oldCount], [["B1", "B2", "B3", "B4", "B5"], 6]);
  assert.equal(old[0]?.openedAt, NOW - 8 * DAY_MS);
});
