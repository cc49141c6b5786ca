/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { Book } from "../../shared/check/book.ts";
import { pen } from "../../shared/check/testing.ts";
import { findChecks, holdsNumber } from "./find.ts";

/** A1 on table 4, closed; A12 for Ana, closed; B1 with twelve in its name, void; B2 merged into B1. */
function day() {
  const [a, b, book] = [pen("a"), pen("b", 2_000), new Book()];
  const open = (by: typeof a, number: string, more = {}) => by.write({ kind: "check.open", number, ...more });
  const [one, twelve] = [open(a, "A1", { table: "4" }), open(a, "A12", { name: "Ana" })];
  const [void_, merged] = [open(b, "B1", { name: "Table of 12" }), open(b, "B2")];
  book.add([one, twelve, void_, merged]);
  book.add([
    a.write({ kind: "check.close", check: one.id, total: 0 }),
    a.write({ kind: "check.close", check: twelve.id, total: 0 }),
    b.write({ kind: "check.merge", check: merged.id, into: void_.id }),
    b.write({ kind: "check.void", check: void_.id, reason: "Left", total: 0 }),
    b.write({ kind: "line.add", check: "cccccccc-0000/1", name: "Wine", price: 1, quantity: 1 }), // not here yet
  ]);
  return (typed: string) => findChecks(book.all(), typed).map(({ number, state }) => `${number} ${state}`);
}

Deno.test("[CHK23] a closed check is found by its number, with or without its letter, before those it is only like", () => {
  const find = day();
  assert.deepEqual(find("A1"), ["A1 closed", "A12 closed"]);
  assert.deepEqual(find(" a12 "), ["A12 closed"]);
  assert.deepEqual(find("12"), ["A12 closed", "B1 void"]);
  assert.deepEqual(find("1")[0]?.slice(1, 3), "1 ");
  assert.deepEqual(find("b2"), ["B2 merged"]);
});

Deno.test("[CHK23] it is found by name and table, too; nothing typed finds nothing, and what is awaited is not shown", () => {
  const find = day();
  assert.deepEqual(find("ana"), ["A12 closed"]);
  assert.deepEqual(find("4"), ["A1 closed"]);
  assert.deepEqual([find(""), find("  "), find("?"), find("zzz")], [[], [], [], []]);
});

Deno.test("[SYN36] a number is held here when a check bears it, not when one is only like it", () => {
  const a = pen("a");
  const book = new Book();
  const open = a.write({ kind: "check.open", number: "A12", table: "7" });
  book.add([open]);
  const holds = (typed: string) => holdsNumber(book.all(), typed);
  assert.deepEqual(["A12", " a12", "12", "A1", "2", "7", ""].map(holds), [
    true,
    true,
    true,
    false,
    false,
    false,
    false,
  ]);
});
