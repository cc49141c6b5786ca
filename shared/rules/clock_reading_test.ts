import assert from "node:assert/strict";
import { test } from "node:test";
import { clockAfter, type ClockReading } from "./clock_reading.ts";

/** What is held of a register's clock after heartbeats that came `[at second, with this offset in ms]`. */
function after(...beats: readonly (readonly [seconds: number, offsetMs: number])[]): number | undefined {
  let reading: ClockReading | undefined;
  for (const [seconds, offsetMs] of beats) {
    const now = Math.round(seconds * 1_000);
    reading = clockAfter(reading, now + offsetMs, now);
  }
  return reading?.offsetMs;
}

test("[RUL55] heartbeats that waited in a queue tell nothing of the clock, and the next one does", () => {
  assert.equal(after([0, -3], [5, -4], [18, -8_000]), -4);
  assert.equal(after([0, -3], [18, -13_000], [18.1, -8_000], [18.2, -3_000]), -3);
  assert.equal(after([0, -3], [18, -13_000], [18.1, -8_000], [18.2, -3_000], [23.2, -90_000]), -90_000);
});

test("[RUL55] a clock that is wrong is known by the first heartbeat there is, by the next in turn, and when it is put right", () => {
  assert.equal(after([0, -90_000]), -90_000);
  assert.equal(after([0, 0], [5, -90_000]), -90_000);
  assert.equal(after([0, 0], [5, 90_000]), 90_000);
  assert.equal(after([0, -90_000], [60, 0]), 0);
});

test("[RUL55] a client that sends at another pace is believed after half a minute", () => {
  assert.equal(after([0, 0], [10, -90_000], [20, -90_000], [30, -90_000]), 0);
  assert.equal(after([0, 0], [10, -90_000], [20, -90_000], [30, -90_000], [40, -90_000]), -90_000);
});
