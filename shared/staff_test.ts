import assert from "node:assert/strict";
import { type Action, can, Pin, pinWaitMs } from "./staff.ts";

const LIMITS = { discountPercent: 10 };
const FOR_MANAGERS: readonly Action[] = [
  { kind: "void-sent" },
  { kind: "refund" },
  { kind: "reopen" },
  { kind: "take-over" },
  { kind: "close-shift" },
  { kind: "discount", percent: 10.01 },
];

Deno.test("[CFG8] what takes money off needs a manager, and a small discount does not", () => {
  for (const action of FOR_MANAGERS) {
    assert.equal(can("manager", action, LIMITS), true, action.kind);
    assert.equal(can("server", action, LIMITS), false, action.kind);
    assert.equal(can("cashier", action, LIMITS), false, action.kind);
  }
  assert.equal(can("server", { kind: "discount", percent: 10 }, LIMITS), true);
  assert.equal(can("cashier", { kind: "discount", percent: 0 }, { discountPercent: 0 }), true);
});

Deno.test("[CFG8] a venue that names no staff asks for nothing", () => {
  for (const action of FOR_MANAGERS) assert.equal(can(undefined, action, LIMITS), true, action.kind);
});

Deno.test("[CFG6] a PIN has four to six digits", () => {
  for (const pin of ["1234", "0000", "123456"]) assert.equal(Pin.safeParse(pin).success, true, pin);
  for (const pin of ["123", "1234567", "12a4", "١٢٣٤", " 1234", "1234\n", ""]) {
    assert.equal(Pin.safeParse(pin).success, false, pin);
  }
});

Deno.test("[CFG7] after five wrong PINs the wait doubles up to a quarter of an hour", () => {
  const at = 1_000_000;
  assert.deepEqual([0, 4, 5, 6, 7, 40].map((wrong) => pinWaitMs({ wrong, at }, at) / 1000), [0, 0, 30, 60, 120, 900]);
  assert.equal(pinWaitMs({ wrong: 5, at }, at + 29_999), 1);
  assert.equal(pinWaitMs({ wrong: 5, at }, at + 30_000), 0);
});

Deno.test("[CFG7] a clock that was set back does not lengthen the wait", () => {
  assert.equal(pinWaitMs({ wrong: 5, at: 1_000_000 }, 0), 30_000);
});
