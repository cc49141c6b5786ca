/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { healthyFacts, NOON } from "./fixture.ts";
import { peersHeard } from "./peers_heard.ts";

Deno.test("[LAD11] a register heard now proves the network, one lost in the last minute speaks against it", () => {
  const { registers } = healthyFacts();
  assert.deepEqual(peersHeard(registers, NOON + 2_000), { ok: true, how: "Bar was heard 2 s ago" });
  assert.equal(peersHeard(registers.slice(0, 1), NOON + 10_000)?.ok, undefined, "one missed heartbeat is nothing");
  assert.equal(peersHeard(registers.slice(0, 1), NOON + 15_000)?.ok, false);
  assert.equal(peersHeard(registers, NOON + 7_500)?.ok, undefined);
  const gone = peersHeard(registers, NOON + 8_000);
  assert.deepEqual(gone, { ok: false, how: "Bar, Till 1 and Terrace are not heard any more" });
  assert.equal(peersHeard(registers, NOON + 61_000), undefined, "they may have gone home");
  assert.equal(peersHeard(registers, NOON + 2_000, true)?.ok, true, "a plug that is seen wrongly");
  assert.equal(peersHeard(registers, NOON + 3_000, true)?.ok, undefined, "it may have been before the plug was pulled");
});

Deno.test("[LAD11] a register on the hub's own machine, or not heard since it began, is no witness", () => {
  const here = healthyFacts().registers.map((register) => ({ ...register, sourceAddress: "::ffff:127.0.0.1" }));
  assert.equal(peersHeard(here, NOON), undefined);
  const before = healthyFacts().registers.map((register) => ({ ...register, heardSinceStart: false }));
  assert.equal(peersHeard(before, NOON), undefined);
});
