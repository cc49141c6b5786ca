import assert from "node:assert/strict";
import { readPrice, writePrice } from "./price_text.ts";

Deno.test("[CFG2] a price is read with point or comma, with a sign of its currency or groups of thousands", () => {
  const said: readonly [string, number][] = [
    ["14.50", 1450],
    ["14,5", 1450],
    ["14", 1400],
    ["€ 14,50", 1450],
    ["14.50 $", 1450],
    ["1.450,00", 145_000],
    ["1,450.00", 145_000],
    ["1 450,00", 145_000],
    ["1’450.00", 145_000],
    ["1.234.567", 123_456_700],
    ["0", 0],
  ];
  for (const [text, price] of said) assert.deepEqual(readPrice(text, 2), { ok: true, price }, text);
  assert.deepEqual(readPrice("1450", 0), { ok: true, price: 1450 });
});

Deno.test("[CFG3] what could be read in two ways, or not at all, is no price", () => {
  const bad = ["", "1.450", "1,450", "-3", "free", "1.2.3", "1,2,3.00", "12.", ".5", "1e3", "99999999999", "1.450,000"];
  for (const text of bad) assert.equal(readPrice(text, 2).ok, false, text);
  assert.equal(readPrice("14.5", 0).ok, false);
});

Deno.test("[CFG2] a price is written with the digits of its currency", () => {
  assert.deepEqual([0, 5, 1450, 145_000].map((price) => writePrice(price, 2, ",")), [
    "0,00",
    "0,05",
    "14,50",
    "1450,00",
  ]);
  assert.equal(writePrice(1450, 0, "."), "1450");
  assert.equal(writePrice(5, 3, "."), "0.005");
});
