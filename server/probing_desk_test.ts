import assert from "node:assert/strict";
import { USUAL_PROBING } from "../shared/probing_api.ts";
import { DEFAULT_TARGETS, LIMITS_MS, planOf, type ProbeTargets } from "./probe/settings.ts";
import { ProbingDesk } from "./probing_desk.ts";

function shelf(kept: Record<string, unknown> = {}) {
  return {
    kept,
    setting: (key: string) => kept[key],
    saveSettings: (values: Readonly<Record<string, unknown>>) => void Object.assign(kept, values),
  };
}
const deskOn = (store: ReturnType<typeof shelf>, byFlag?: ProbeTargets) =>
  new ProbingDesk({ store, plan: (set) => planOf(set, byFlag), asksByFlag: byFlag !== undefined });
const SLOW = { ...USUAL_PROBING, internet: ["10.0.0.1:80"], roundSeconds: 10, waitMs: 2_500 };

Deno.test("[PRB24] unset it is as usual; set it holds at once and through a restart; null takes it back", () => {
  const store = shelf();
  const desk = deskOn(store);
  assert.deepEqual(desk.plan().targets, DEFAULT_TARGETS);
  assert.deepEqual([desk.plan().limits, desk.view().set], [LIMITS_MS, null]);
  desk.set(SLOW);
  for (const each of [desk, deskOn(store)]) {
    const { targets, limits, roundEveryMs } = each.plan();
    assert.deepEqual(targets.internet, [{ address: "10.0.0.1", port: 80 }]);
    assert.deepEqual([roundEveryMs, limits.internet, limits.knock], [10_000, 2_500, LIMITS_MS.knock]);
    assert.deepEqual(each.view().set, SLOW);
  }
  desk.set(null);
  assert.deepEqual(deskOn(store).plan(), deskOn(shelf()).plan());
});

Deno.test("[PRB24] the command line names whom, and the times hold as set; what is kept and unreadable is as usual", () => {
  const byFlag = { internet: [] };
  const desk = deskOn(shelf({ probing: SLOW }), byFlag);
  assert.deepEqual([desk.plan().targets, desk.plan().roundEveryMs, desk.view().asksByFlag], [byFlag, 10_000, true]);
  assert.equal(deskOn(shelf({ probing: { internet: "?" } })).view().set, null);
});
