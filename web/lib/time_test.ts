/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { sayClockWithSeconds, sayCountdown, sayDate, sayDateAndClock, sayInstant, saySpan } from "./time.ts";

const NOW = new Date(2026, 10, 23, 19, 4, 8).getTime(); // local, so that the zone of the machine does not matter
const ago = (ms: number) => sayInstant(NOW - ms, NOW);

Deno.test("the last hour is relative", () => {
  assert.equal(ago(0), "just now");
  assert.equal(ago(9_999), "just now");
  assert.equal(ago(40_000), "40 s ago");
  assert.equal(ago(60_000), "1 min ago");
  assert.equal(ago(4 * 60_000 + 59_000), "4 min ago");
  assert.equal(ago(3_599_999), "59 min ago");
});

Deno.test("earlier today is a clock time, and before that a date", () => {
  assert.equal(ago(3_600_000), "18:04");
  assert.equal(sayInstant(new Date(2026, 10, 23, 0, 0).getTime(), NOW), "00:00");
  assert.equal(sayInstant(new Date(2026, 10, 22, 23, 59).getTime(), NOW), "22 Nov 23:59");
  assert.equal(sayInstant(new Date(2025, 0, 2, 8, 5).getTime(), NOW), "2 Jan 2025 08:05");
});

Deno.test("an instant ahead of the clock is just now when clocks merely differ, a time when it is not", () => {
  assert.equal(ago(-30_000), "just now");
  assert.equal(ago(-2 * 3_600_000), "21:04");
});

Deno.test("a point in time is never relative", () => {
  assert.equal(sayDateAndClock(NOW - 1_000, NOW), "19:04");
  assert.equal(sayDate(NOW, NOW), "23 Nov");
  assert.equal(sayClockWithSeconds(NOW), "19:04:08");
});

Deno.test("a span shows its two largest units and no zero", () => {
  assert.equal(saySpan(-5), "0 s");
  assert.equal(saySpan(40_000), "40 s");
  assert.equal(saySpan(12 * 60_000), "12 min");
  assert.equal(saySpan(65 * 60_000), "1 h 5 min");
  assert.equal(saySpan(2 * 3_600_000), "2 h");
  assert.equal(saySpan(76 * 3_600_000), "3 d 4 h");
});

Deno.test("a countdown ends at nought and not below", () => {
  assert.equal(sayCountdown(247_000), "4:07");
  assert.equal(sayCountdown(247_999), "4:07");
  assert.equal(sayCountdown(-1), "0:00");
});
