/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { type PayForm, readPayForm } from "./pay_form.ts";

const FORM: PayForm = { tender: "cash", amount: "24.00", tip: "", given: "" };
const read = (form: Partial<PayForm>, due = 2400) => readPayForm({ ...FORM, ...form }, due, 2);
const wrong = (form: Partial<PayForm>) => {
  const reading = read(form);
  return reading.ok ? "fine" : reading.field;
};

Deno.test("the whole of what is due settles the check, a part does not", () => {
  assert.deepEqual(read({}), { ok: true, amount: 2400, tip: 0, change: 0, settles: true });
  const part = read({ amount: "10" });
  assert.ok(part.ok && part.amount === 1000 && !part.settles);
});

Deno.test("cash handed over gives change after amount and tip", () => {
  assert.deepEqual(read({ given: "50", tip: "3" }), {
    ok: true,
    amount: 2400,
    tip: 300,
    tendered: 5000,
    change: 2300,
    settles: true,
  });
});

Deno.test("what was typed for cash does not count for a card", () => {
  assert.deepEqual(read({ tender: "card", given: "1" }), { ok: true, amount: 2400, tip: 0, change: 0, settles: true });
});

Deno.test("nothing, more than is due, or too little cash is refused at its field", () => {
  assert.equal(wrong({ amount: "" }), "amount");
  assert.equal(wrong({ amount: "0" }), "amount");
  assert.equal(wrong({ amount: "24.01" }), "amount");
  assert.equal(wrong({ tip: "x" }), "tip");
  assert.equal(wrong({ given: "20" }), "given");
  assert.equal(wrong({ given: "24", tip: "1" }), "given");
});
