import assert from "node:assert/strict";
import { WALK_PLAN } from "../shared/install/walk.ts";
import type { WalkResult } from "../shared/install/walk.ts";
import { emptyFacts, enrolled } from "../shared/rules/fixture.ts";
import { Walks } from "./walks.ts";

const READING = {
  rttMs: Array.from({ length: 100 }, () => 3),
  lost: 0,
  down: { bytes: 0, ms: 0 },
  up: { bytes: 0, ms: 0 },
};

function lab(answer: "asked" | "away" | "cannot" = "asked") {
  const clock = { now: emptyFacts().now };
  const done: WalkResult[] = [];
  let n = 0;
  const walks = new Walks({
    plan: WALK_PLAN,
    random: (length) => new Uint8Array(length).fill(n++),
    now: () => clock.now,
    register: (id) => ({ ...enrolled(0, id === "a" ? "Bar" : "Till 1"), signal: [{ at: clock.now, rssiDbm: -61 }] }),
    ask: () => answer,
    done: (walk) => done.push(walk),
  });
  return { walks, clock, done };
}

function begin(walks: Walks, register: string, spot: string) {
  const begun = walks.begin(register, spot);
  assert.ok(begun.ok);
  return begun.start;
}

Deno.test("[INS13] one walk at a time: another register waits, and the same one begins anew", () => {
  const { walks } = lab();
  const first = begin(walks, "a", "Door");
  assert.deepEqual(walks.begin("b", "Bar"), { ok: false, reason: "busy" });
  assert.deepEqual(walks.ask("b", "Bar"), { ok: false, reason: "busy" });
  const again = begin(walks, "a", "Window");
  assert.notEqual(again.id, first.id);
  assert.deepEqual(walks.ping("a", first.id), { ok: false, reason: "unknown" });
  assert.deepEqual(walks.ping("a", again.id), { ok: true });
});

Deno.test("[INS14] what a walk may ask for is bounded, is only for its own register, and ends with it", () => {
  const { walks, done } = lab();
  const { id } = begin(walks, "a", "Door");
  assert.deepEqual(walks.ping("b", id), { ok: false, reason: "unknown" });
  for (let n = 0; n < 1_000; n++) assert.deepEqual(walks.ping("a", id), { ok: true });
  assert.deepEqual(walks.ping("a", id), { ok: false, reason: "too-much" });
  const other = begin(walks, "a", "Door");
  assert.deepEqual(walks.bytes("a", other.id, 128 * 1024 * 1024), { ok: true });
  assert.deepEqual(walks.bytes("a", other.id, 1), { ok: false, reason: "too-much" });
  assert.equal(walks.finish("b", other.id, READING), undefined);
  const result = walks.finish("a", other.id, READING)!;
  assert.equal(result.signalDbm, -61);
  assert.deepEqual(done, [result]);
  assert.equal(walks.finish("a", other.id, READING), undefined);
  assert.deepEqual(walks.bytes("a", other.id, 1), { ok: false, reason: "unknown" });
});

Deno.test("[INS15] a register that was asked and does not begin, or does not end, is told as such", () => {
  const { walks, clock } = lab();
  assert.deepEqual(walks.ask("a", "Door"), { ok: true });
  assert.equal(walks.now()?.phase, "asked");
  clock.now += 15_000;
  assert.equal(walks.now(), null);
  assert.match(walks.lost()!.text, /^Bar did not begin\./);
  walks.begin("a", "Door");
  assert.equal(walks.lost(), null);
  clock.now += 39_000;
  assert.equal(walks.now()?.phase, "running");
  clock.now += 2_000;
  assert.equal(walks.now(), null);
  assert.match(walks.lost()!.text, /may not reach “Door”/);
  clock.now += 5 * 60_000;
  assert.equal(walks.lost(), null);
});

Deno.test("[INS15] a register that is not connected or cannot be asked is not waited for", () => {
  for (const reason of ["away", "cannot"] as const) {
    const { walks } = lab(reason);
    assert.deepEqual(walks.ask("a", "Door"), { ok: false, reason });
    assert.equal(walks.now(), null);
  }
});

Deno.test("[INS14] walks begin no more often than one after another can", () => {
  const { walks, clock } = lab();
  for (let n = 0; n < 25; n++) begin(walks, "a", "Door");
  assert.deepEqual(walks.begin("a", "Door"), { ok: false, reason: "too-often" });
  clock.now += 10 * 60_000;
  begin(walks, "a", "Door");
});
