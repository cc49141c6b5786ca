/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { changeDue, parseAmount, quickAmounts } from "./amount.ts";

Deno.test("an amount is read as people write it, without a fraction in between", () => {
  assert.equal(parseAmount("24", 2), 2400);
  assert.equal(parseAmount(" 24.5 ", 2), 2450);
  assert.equal(parseAmount("24,50", 2), 2450);
  assert.equal(parseAmount(".05", 2), 5);
  assert.equal(parseAmount("24.", 2), 2400);
  assert.equal(parseAmount("0.29", 2), 29); // 0.29 × 100 is 28.999999999999996
  assert.equal(parseAmount("500", 0), 500);
});

Deno.test("what is not an amount is refused, never guessed", () => {
  for (const typed of ["", ".", "-5", "1.234", "1,000.00", "12a", "1e3", "99999999999999"]) {
    assert.equal(parseAmount(typed, 2), undefined, typed);
  }
  assert.equal(parseAmount("5.5", 0), undefined);
});

Deno.test("change is what exceeds amount and tip; too little is no change", () => {
  assert.equal(changeDue(5000, 2400, 0), 2600);
  assert.equal(changeDue(5000, 2400, 300), 2300);
  assert.equal(changeDue(2400, 2400, 0), 0);
  assert.equal(changeDue(2000, 2400, 0), undefined);
});

Deno.test("quick amounts begin with the exact sum and rise, each once", () => {
  assert.deepEqual(quickAmounts(2613, 2), [2613, 2700, 3000, 4000]);
  assert.deepEqual(quickAmounts(2000, 2), [2000, 5000, 10000]);
  assert.deepEqual(quickAmounts(340, 0), [340, 350, 400]);
  assert.deepEqual(quickAmounts(0, 2), []);
});
