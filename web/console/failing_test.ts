/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { viewOf } from "../../tests/support/scenes.ts";
import { failing, hasNew } from "./failing.ts";

const incident = (id: string, more = {}) => ({
  ...{ id, code: "register-silent", subject: id, severity: "fail" as const, strength: "A" as const, title: "Silent" },
  ...{ text: "It is silent.", evidence: [], since: "2026-11-23T19:00:00.000Z", runbook: [], cause: null, under: null },
  ...{ openedAt: "2026-11-23T19:00:00.000Z", changedAt: "2026-11-23T19:00:00.000Z", resolvedAt: null },
  ...{ endedAt: null, resolution: null, parentId: null, effects: [], unstable: null, muted: false, fixedBy: null },
  ...more,
});

Deno.test("[NTC18] [INC17] only what fails now, is nobody's effect and is not muted counts", () => {
  const incidents = [
    incident("a"),
    incident("b", { severity: "warn" }),
    incident("c", { under: "router-down router" }),
    incident("d", { resolvedAt: "2026-11-23T19:05:00.000Z" }),
    incident("e", { muted: true }),
  ];
  assert.deepEqual([...failing({ incidents })], ["a"]);
  assert.equal(failing(viewOf("healthy", Date.parse("2026-11-23T19:00:00.000Z"))).size, 0);
});

Deno.test("[NTC18] it rings for what is new, not for what was there first, nor when something ends", () => {
  assert.equal(hasNew(new Set(["a"]), undefined), false);
  assert.equal(hasNew(new Set(["a"]), new Set()), true);
  assert.equal(hasNew(new Set(["a", "b"]), new Set(["a"])), true);
  assert.equal(hasNew(new Set(["a"]), new Set(["a", "b"])), false);
});
