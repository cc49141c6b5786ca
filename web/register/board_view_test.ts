/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import type { Check } from "../../shared/check/check.ts";
import { byTable, checksOf, dayStart, figureOf, guestWords, whereOf } from "./board_view.ts";

const NOW = new Date(2026, 10, 23, 19, 0).getTime(); // local: a business day is a matter of the place
const at = (ms: number) => ({ ms, count: 0 });
const check = (id: string, part: Partial<Check>) =>
  ({ id, state: "open", openedAt: at(NOW), changedAt: at(NOW), flags: [], ...part }) as unknown as Check;
const VIEWER = { register: "aaaaaaaa" };
const ids = (checks: readonly Check[]) => checks.map(({ id }) => id);

Deno.test("open checks stand in the order they were opened, whatever changed last", () => {
  const checks = [
    check("c", { openedAt: at(3), changedAt: at(9) }),
    check("a", { openedAt: at(1), changedAt: at(5) }),
    check("shut", { state: "closed" }),
    check("b", { state: "awaited", openedAt: undefined, changedAt: at(2) }),
  ];
  assert.deepEqual(ids(checksOf("all", checks, NOW, VIEWER)), ["a", "b", "c"]);
});

Deno.test("needs attention lists every check with a flag, closed ones too", () => {
  const flags = [{ code: "overpaid", amount: 100 }] as const;
  const checks = [check("fine", {}), check("odd", { flags }), check("shut", { state: "closed", flags })];
  assert.deepEqual(ids(checksOf("attention", checks, NOW, VIEWER)), ["odd", "shut"]);
});

Deno.test("closed today ends at five in the morning, the last closed first", () => {
  const early = new Date(2026, 10, 23, 4, 59).getTime();
  const checks = [
    check("lunch", { state: "closed", closedAt: at(NOW - 6 * 3_600_000) }),
    check("last night", { state: "closed", closedAt: at(early) }),
    check("just now", { state: "closed", closedAt: at(NOW) }),
  ];
  assert.deepEqual(ids(checksOf("closed", checks, NOW, VIEWER)), ["just now", "lunch"]);
  assert.deepEqual(ids(checksOf("closed", checks, early + 1, VIEWER)), ["just now", "lunch", "last night"]);
  assert.equal(dayStart(early), new Date(2026, 10, 22, 5).getTime());
});

Deno.test("where a check is: its name, its table, both or nothing", () => {
  assert.equal(whereOf({ name: "Ana", table: "4" }), "Ana, Table 4");
  assert.equal(whereOf({ table: "Terrace" }), "Terrace");
  assert.equal(whereOf({}), undefined);
  assert.equal(guestWords(1), "1 guest");
  assert.equal(guestWords(5), "5 guests");
});

Deno.test("the figure of a check is what is due, to give back, or what it came to", () => {
  const totals = { gross: 900, subtotal: 900, discount: 0, tax: 0, taxes: [], total: 900 };
  assert.deepEqual(figureOf({ state: "open", due: 900, totals }), { name: "Due", amount: 900 });
  assert.deepEqual(figureOf({ state: "closed", due: 100, totals }), { name: "Due", amount: 100 });
  assert.deepEqual(figureOf({ state: "closed", due: 0, totals }), { name: "Paid and closed", amount: 900 });
  assert.deepEqual(figureOf({ state: "closed", due: -900, totals }), { name: "To give back", amount: 900 });
});

Deno.test("mine: what I own; with nobody signed in, what was opened here", () => {
  const checks = [
    check("bar", { openedBy: "aaaaaaaa" }),
    check("till", { openedBy: "bbbbbbbb", owner: "Ana" }),
    check("ben's", { openedBy: "aaaaaaaa", owner: "Ben" }),
  ];
  assert.deepEqual(ids(checksOf("mine", checks, NOW, VIEWER)), ["bar", "ben's"]);
  assert.deepEqual(ids(checksOf("mine", checks, NOW, { ...VIEWER, staff: "Ana" })), ["bar", "till"]);
});

Deno.test("a voided check is closed, and a merged one is nowhere: it is part of another", () => {
  const checks = [check("void", { state: "void", closedAt: at(NOW) }), check("merged", { state: "merged" })];
  assert.deepEqual(ids(checksOf("all", checks, NOW, VIEWER)), []);
  assert.deepEqual(ids(checksOf("closed", checks, NOW, VIEWER)), ["void"]);
});

Deno.test("tables stand as people count them, what has none comes last", () => {
  const groups = byTable([
    check("a", { table: "10" }),
    check("b", {}),
    check("c", { table: "9" }),
    check("d", { table: "10" }),
  ]);
  assert.deepEqual(groups.map(({ title, checks }) => [title, ...ids(checks)]), [
    ["Table 9", "c"],
    ["Table 10", "a", "d"],
    ["No table", "b"],
  ]);
});
