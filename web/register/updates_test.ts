/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import type { Config } from "../../shared/api.ts";
import { whatChanged } from "./updates.ts";

const item = (sku: string, price = 100) => ({ sku, name: sku, category: "Bar", price, taxes: [], modifiers: [] });
const BEFORE: Config = {
  version: 1,
  venue: "Bar Lola",
  currencyDigits: 2,
  sync: true,
  menu: [item("ale"), item("cola"), item("tea")],
  taxes: [],
  staff: [],
  registers: [],
  discountPercent: 100,
};

Deno.test("nothing different says nothing, whatever the version", () => {
  assert.deepEqual(whatChanged(BEFORE, { ...BEFORE, version: 2 }), []);
});

Deno.test("the first config says what came", () => {
  assert.deepEqual(whatChanged(undefined, BEFORE), ["The menu is here: 3 items."]);
});

Deno.test("added, changed and gone items are counted apart", () => {
  const menu = [item("ale", 120), item("cola"), item("red"), item("white")];
  assert.deepEqual(whatChanged(BEFORE, { ...BEFORE, menu }), [
    "2 items added to the menu.",
    "1 item of the menu changed.",
    "1 item taken off the menu.",
  ]);
});

Deno.test("staff that came or went are said", () => {
  const ana = { id: "a1", name: "Ana", role: "server", pinHash: "x" } as const;
  assert.deepEqual(whatChanged(BEFORE, { ...BEFORE, staff: [ana] }), ["The list of staff changed: 1 person."]);
  assert.deepEqual(whatChanged({ ...BEFORE, staff: [ana] }, BEFORE), ["Nobody is asked for a PIN any more."]);
});

Deno.test("a new name and sync off are said", () => {
  assert.deepEqual(whatChanged(BEFORE, { ...BEFORE, venue: "Lola", sync: false }), [
    "The venue is called Lola now.",
    "Sync is off now.",
  ]);
});
