import assert from "node:assert/strict";
import { Heartbeat } from "../shared/heartbeat.ts";
import { newRegisterFacts, type RegisterFacts } from "../shared/rules/facts.ts";
import { seededBytes } from "../shared/testing.ts";
import type { Vector } from "../shared/sync/vector.ts";
import { Losses } from "./losses.ts";
import { openDatabase } from "./store/db.ts";
import { createLosses } from "./store/losses.ts";

const NOW = 1_000_000;
const [BAR, TILL] = ["bbbbbbbb", "tttttttt"];
const [OWN, OTHER] = [`${BAR}-0000`, `${TILL}-0000`];

function register(id: string, name: string, parts: Partial<RegisterFacts> = {}): RegisterFacts {
  return { ...newRegisterFacts({ id, name, letter: "A", enrolledAt: 0 }), heardAt: NOW - 5_000, ...parts };
}
const beat = (vector?: Vector) => Heartbeat.parse({ sentAt: "2026-01-01T00:00:00Z", app: { version: "1" }, vector });

function rig(held: Vector = {}, others: RegisterFacts[] = []) {
  const store = createLosses(openDatabase(":memory:"));
  const state = { held, others };
  const open = () =>
    new Losses({
      store,
      held: () => state.held,
      registers: () => state.others,
      now: () => NOW,
      random: seededBytes(1),
      guarded: (write) => write(),
    });
  const losses = open();
  const told = () => losses.facts().map(({ name, how, count, named }) => ({ name, how, count, named }));
  return { state, losses, told, open };
}

const HOLDS_THREE = { unsaved: { [OWN]: 8 }, unsynced: 3 };

Deno.test("[LOS1] what an un-enrolled register alone held is lost, with its name, how many and when it was last heard", () => {
  const { losses } = rig({ [OWN]: 5 });
  losses.removed(register(BAR, "Bar", HOLDS_THREE));
  assert.deepEqual(losses.facts(), [
    { register: BAR, name: "Bar", how: "removed", count: 3, named: true, heardAt: NOW - 5_000, since: NOW },
  ]);
});

for (
  const [who, held, others] of [
    ["the hub", { [OWN]: 8 }, []],
    ["another register", { [OWN]: 5 }, [register(TILL, "Till 1", { unsaved: { [OWN]: 8 } })]],
  ] as const
) {
  Deno.test(`[LOS3] nothing is lost that ${who} holds`, () => {
    const { losses, told } = rig(held, [...others]);
    losses.removed(register(BAR, "Bar", HOLDS_THREE));
    losses.heard(register(BAR, "Bar", HOLDS_THREE), beat({}));
    assert.deepEqual(told(), []);
  });
}

Deno.test("[LOS3] what the register said that others hold is not lost, though the hub has not seen them say so", () => {
  const { losses, told } = rig({ [OWN]: 5 });
  losses.removed(register(BAR, "Bar", { ...HOLDS_THREE, unsynced: 1 }));
  losses.removed(register(TILL, "Till 1", { unsaved: { [OTHER]: 2 }, unsynced: 0 }));
  assert.deepEqual(told().map(({ name, count }) => [name, count]), [["Bar", 1]]);
});

Deno.test("[LOS4] a register that told only how many is lost with so many, probably; one that told nothing with none", () => {
  const { losses, told } = rig();
  losses.removed(register(BAR, "Bar", { unsynced: 2 }));
  losses.removed(register(TILL, "Till 1"));
  assert.deepEqual(told(), [{ name: "Bar", how: "removed", count: 2, named: false }]);
});

Deno.test("[LOS2] storage that was cleared, or put back to an older copy, is a loss of what is not there any more", () => {
  for (const [now, count] of [[{}, 3], [{ [OWN]: 6 }, 2], [{ [`${BAR}-1111`]: 1 }, 3]] as const) {
    const { losses, told } = rig({ [OWN]: 5 });
    losses.heard(register(BAR, "Bar", HOLDS_THREE), beat(now));
    assert.deepEqual(told(), [{ name: "Bar", how: "cleared", count, named: true }]);
  }
});

Deno.test("[LOS2] a heartbeat without a vector, or one that goes on as before, says nothing of storage", () => {
  const { losses, told } = rig({ [OWN]: 5 });
  losses.heard(register(BAR, "Bar", HOLDS_THREE), beat());
  losses.heard(register(BAR, "Bar", HOLDS_THREE), beat({ [OWN]: 9 }));
  losses.heard(register(BAR, "Bar", { unsynced: 3 }), beat({}));
  losses.heard(undefined, beat({}));
  assert.deepEqual(told(), []);
});

Deno.test("[LOS2] a register that goes back and forth has one loss, which counts each change once", () => {
  const { losses, told } = rig({ [OWN]: 5 });
  for (let n = 0; n < 3; n++) losses.heard(register(BAR, "Bar", HOLDS_THREE), beat({}));
  assert.deepEqual(told().map(({ count }) => count), [3]);
});

Deno.test("[LOS6] a loss shrinks with what turns up, and goes with the last of it, on the hub or on a register", () => {
  const { losses, told, state, open } = rig({ [OWN]: 5 });
  losses.removed(register(BAR, "Bar", HOLDS_THREE));
  state.held = { [OWN]: 7 };
  losses.tick();
  assert.deepEqual(told().map(({ count }) => count), [1]);
  state.others = [register(TILL, "Till 1", { unsaved: { [OWN]: 8 } })];
  losses.tick();
  assert.deepEqual([told(), open().facts()], [[], []]);
});

Deno.test("[LOS5] a loss survives a restart, until it was seen", () => {
  const { losses, open } = rig({ [OWN]: 5 });
  losses.removed(register(BAR, "Bar", HOLDS_THREE));
  losses.removed(register(TILL, "Till 1", { unsynced: 1 }));
  const again = open();
  assert.deepEqual(again.facts(), losses.facts());
  again.tick();
  const [first] = again.view();
  assert.equal(again.seen("nobody"), false);
  assert.equal(again.seen(first!.id), true);
  assert.deepEqual(open().facts().map(({ name }) => name), ["Till 1"]);
  assert.equal(again.seen(first!.id), false);
});
