import assert from "node:assert/strict";
import { test } from "node:test";
import { Allowance, Allowances } from "./allowance.ts";

const RATE = { atOnce: 3, perSecond: 2 };

test("[SES8] a rush is let through up to its limit, then so many a second, and it says how long to wait", () => {
  const own = new Allowance(RATE, 1_000);
  const turns = (now: number, count: number) => Array.from({ length: count }, () => own.take(now).ok);
  assert.deepEqual(turns(1_000, 4), [true, true, true, false]);
  assert.deepEqual(own.take(1_100), { ok: false, waitMs: 400 });
  assert.deepEqual(turns(1_500, 2), [true, false]);
  assert.deepEqual(turns(60_000, 4), [true, true, true, false]); // never more at once than that
});

test("[SES8] a clock that is set back neither gives turns nor holds them up for good", () => {
  const own = new Allowance(RATE, 100_000);
  for (let i = 0; i < 3; i++) own.take(100_000);
  assert.equal(own.take(5_000).ok, false);
  assert.equal(own.take(5_500).ok, true);
});

test("[SES8] one who takes too many turns takes none of another's, and what is remembered is bounded", () => {
  const all = new Allowances(RATE, 2);
  for (let i = 0; i < 5; i++) all.take("a", 0);
  assert.deepEqual([all.take("a", 0).ok, all.take("b", 0).ok], [false, true]);
  all.take("a", 0);
  all.take("c", 0); // forgets b
  assert.equal(all.take("a", 0).ok, false);
});
