/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { DOUBLE_TAP_MS, isStray, NEAR_PX, type Tap } from "./double_tap.ts";

const FIRST: Tap = { at: 1_000, x: 400, y: 800, on: "Take 29.94 and close" };
const after = (ms: number, more: Partial<Tap> = {}): Tap => ({ ...FIRST, at: FIRST.at + ms, on: "Done", ...more });

Deno.test("[CHK25] the rest of a double tap does nothing to what came up under it", () => {
  assert.equal(isStray(FIRST, after(150)), true);
  assert.equal(isStray(FIRST, after(DOUBLE_TAP_MS - 1, { x: FIRST.x + NEAR_PX - 1 })), true);
});

Deno.test("[CHK25] two taps on one thing, a tap elsewhere and a tap later count", () => {
  assert.equal(isStray(undefined, FIRST), false);
  assert.equal(isStray(FIRST, after(150, { on: FIRST.on })), false);
  assert.equal(isStray(FIRST, after(150, { y: FIRST.y + NEAR_PX })), false);
  assert.equal(isStray(FIRST, after(DOUBLE_TAP_MS)), false);
});
