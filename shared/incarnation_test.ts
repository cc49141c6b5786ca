import assert from "node:assert/strict";
import { test } from "node:test";
import { Incarnation } from "./incarnation.ts";
import { seededBytes } from "./testing.ts";

test("[SYN10] a name that storage gave back is doubted, a new one is not", () => {
  const fresh = new Incarnation("aaaaaaaa", seededBytes(1), undefined);
  assert.ok(fresh.isSure && fresh.id.startsWith("aaaaaaaa-"));
  const stored = new Incarnation("aaaaaaaa", seededBytes(1), "aaaaaaaa-0000");
  assert.deepEqual([stored.id, stored.isSure], ["aaaaaaaa-0000", false]);
  stored.become("aaaaaaaa-1111");
  assert.deepEqual([stored.id, stored.isSure], ["aaaaaaaa-1111", true]);
  stored.doubt();
  assert.equal(stored.isSure, false);
});

test("[SYN8] ops are drafted one after another, later than all that was seen, and nothing is written", () => {
  const self = new Incarnation("aaaaaaaa", seededBytes(1), "aaaaaaaa-0000");
  self.saw([{ replica: "bbbbbbbb-0000", seq: 1, stamp: { ms: 5_000, count: 0 }, body: { kind: "shift.open" } }], 4_000);
  const plan = () => [{ kind: "shift.open" } as const, { kind: "shift.close" } as const];
  const draft = self.draft(plan, 7, () => 4_000);
  assert.deepEqual(draft.map(({ seq }) => seq), [7, 8]);
  assert.ok(draft.every(({ stamp }) => stamp.ms > 5_000 || (stamp.ms === 5_000 && stamp.count > 0)));
  assert.deepEqual(self.draft(plan, 7, () => 4_000), draft);
});
