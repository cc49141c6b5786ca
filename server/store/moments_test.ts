import assert from "node:assert/strict";
import { openDatabase } from "./db.ts";
import { createMoments, type Look } from "./moments.ts";

const NOON = Date.parse("2026-11-23T12:00:00Z");
const MINUTE_MS = 60_000;

function look(at: number, more: Partial<Look> = {}): Look {
  return { at, layers: { router: "ok", internet: "unknown" }, openChecks: 3, unsynced: new Map(), ...more };
}

function started() {
  const db = openDatabase(":memory:");
  return { db, moments: createMoments(db) };
}

Deno.test("[INC25] each minute holds the worst of its looks, and what nobody looked at is not known", () => {
  const { moments } = started();
  moments.add(look(NOON));
  moments.add(look(NOON + 5_000, { layers: { router: "down", internet: "unknown" } }));
  moments.add(look(NOON + 2 * MINUTE_MS, { layers: { router: "unknown", internet: "ok" } }));
  moments.flush();
  const { layers } = moments.background(NOON, 4, "minute");
  assert.deepEqual(layers.router, ["down", "unknown", "unknown", "unknown"]);
  assert.deepEqual(layers.internet, ["unknown", "unknown", "ok", "unknown"]);
  assert.deepEqual(moments.background(NOON, 1, "quarter").layers, { router: ["down"], internet: ["ok"] });
});

Deno.test("[INC26] what was at stake is the most of each step; nothing at stake is no row", () => {
  const { moments } = started();
  moments.add(look(NOON, { unsynced: new Map([["bar", 2], ["till", 0]]) }));
  moments.add(look(NOON + 5_000, { openChecks: 5, unsynced: new Map([["bar", 1]]) }));
  moments.flush();
  moments.add(look(NOON + 10_000, { openChecks: 4 }));
  moments.flush();
  const { openChecks, unsynced } = moments.background(NOON, 2, "minute");
  assert.deepEqual(openChecks, [5, null]);
  assert.deepEqual([...unsynced], [["bar", [2, null]]]);
});

Deno.test("[INC29] a layer is measured once it was found up or down", () => {
  const { moments } = started();
  moments.add(look(NOON));
  moments.flush();
  assert.equal(moments.isMeasured("router", NOON - MINUTE_MS, NOON + MINUTE_MS), true);
  assert.equal(moments.isMeasured("internet", NOON - MINUTE_MS, NOON + MINUTE_MS), false);
  assert.equal(moments.isMeasured("router", NOON + 60 * MINUTE_MS, NOON + 70 * MINUTE_MS), false);
});

Deno.test("looks that the disk refused are stored the next time", () => {
  const { db, moments } = started();
  moments.add(look(NOON));
  db.exec("ALTER TABLE stake RENAME TO away");
  assert.throws(() => moments.flush());
  db.exec("ALTER TABLE away RENAME TO stake");
  moments.flush();
  assert.deepEqual(moments.background(NOON, 1, "minute").layers.router, ["ok"]);
  assert.deepEqual(moments.background(NOON, 1, "minute").openChecks, [3]);
});

Deno.test("minutes are kept for a month, quarters for a year", () => {
  const { moments } = started();
  moments.add(look(NOON));
  moments.flush();
  moments.prune(NOON + 31 * 24 * 60 * MINUTE_MS);
  assert.deepEqual(moments.background(NOON, 1, "minute").layers.router, ["unknown"]);
  assert.deepEqual(moments.background(NOON, 1, "quarter").layers.router, ["ok"]);
  moments.prune(NOON + 401 * 24 * 60 * MINUTE_MS);
  assert.deepEqual(moments.background(NOON, 1, "quarter").layers.router, ["unknown"]);
});
