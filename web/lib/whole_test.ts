import assert from "node:assert/strict";
import { test } from "node:test";
import { waitBefore } from "./whole.ts";

test("[TLS9] a page that stays broken is loaded again ever more rarely, and never less often than twice a minute", () => {
  const waits = Array.from({ length: 50 }, (_, times) => waitBefore(times));
  assert.ok(waits.every((wait, i) => wait >= (waits[i - 1] ?? 1_000)));
  assert.equal(waits.at(-1), 30_000);
});
