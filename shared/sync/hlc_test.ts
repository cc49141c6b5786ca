import assert from "node:assert/strict";
import { test } from "node:test";
import { compareStamps, COUNT_MAX, nextStamp, PULL_MAX_MS, pullStamp } from "./hlc.ts";

const at = (ms: number, count = 0) => ({ ms, count });

test("[SYN8] nextStamp() rises with time and within one millisecond", () => {
  assert.deepEqual(nextStamp(at(10), 20), at(20));
  assert.deepEqual(nextStamp(at(20), 20), at(20, 1));
  assert.deepEqual(nextStamp(at(20, 7), 5), at(20, 8)); // the clock went back: time does not
  assert.deepEqual(nextStamp(at(20, COUNT_MAX), 20), at(21));
});

test("[SYN8] pullStamp() follows another's clock, but by a bounded amount only", () => {
  assert.deepEqual(pullStamp(at(10), at(30), 20), at(30));
  assert.deepEqual(pullStamp(at(40), at(30), 20), at(40));
  const twoDays = 2 * 24 * 60 * 60_000;
  assert.deepEqual(pullStamp(at(10), at(twoDays), 20), at(20 + PULL_MAX_MS));
});

test("[SYN8] a write after a pull is later than what was seen within the bound", () => {
  const seen = at(5_000, 3);
  assert.ok(compareStamps(nextStamp(pullStamp(at(1_000), seen, 1_000), 1_000), seen) > 0);
});
