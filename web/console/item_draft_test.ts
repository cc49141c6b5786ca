/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { SAMPLE } from "../../shared/sample_menu.ts";
import { draftOf, readDraft, skuFrom } from "./item_draft.ts";
import { readRate, writeRate } from "./tax_rate.ts";

Deno.test("[CFG2] every item of the sample menu is the same after it was opened and saved", () => {
  for (const item of SAMPLE.items) assert.deepEqual(readDraft(draftOf(item, 2, []), 2), { ok: true, item });
});

Deno.test("[CFG3] what is wrong with an item is said at its field, all of it at once", () => {
  const read = readDraft({ ...draftOf(undefined, 2, []), price: "x", modifiers: "Size" }, 2);
  assert.ok(!read.ok);
  assert.deepEqual(Object.keys(read.troubles).sort(), ["category", "modifiers", "name", "price", "sku"]);
  assert.equal(read.troubles.price, "The price is not a price.");
  assert.match(read.troubles.modifiers!, /^“Size” is not a name, a colon and options/);
});

Deno.test("a SKU is made of a name in any script, and of nothing but signs none is", () => {
  const names = ["Crème brûlée", " 1/2 Chicken ", "ラーメン", "!!", "x".repeat(60)];
  assert.deepEqual(names.map(skuFrom), ["creme-brulee", "1-2-chicken", "ラーメン", "", "x".repeat(40)]);
});

Deno.test("a rate is read in percent to the digit that is kept, and written back", () => {
  const said: [string, number][] = [["8.875", 887.5], ["8,875 %", 887.5], ["19%", 1900], ["0", 0], ["100", 10_000], [
    "8.3125",
    831.25,
  ]];
  for (const [text, rate] of said) assert.equal(readRate(text), rate, text);
  for (const rate of [887.5, 1900, 831.25, 0.01, 10_000]) assert.equal(readRate(writeRate(rate)), rate);
  for (const bad of ["", "-1", "101", "8.87512", "x", "1e2", "100.0001"]) assert.equal(readRate(bad), undefined, bad);
});
