/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { healthyFacts, NOON } from "./fixture.ts";
import type { RegisterFacts } from "./facts.ts";
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

Deno.test("[LAD11] registers that are asked and do not answer prove nothing, and soon speak against the network", () => {
  const { registers } = healthyFacts();
  const asked = (calledAt: number, heardAt = NOON): RegisterFacts[] =>
    registers.map((register) => ({ ...register, heardAt, session: { openSince: NOON - 60_000, calledAt } }));
  const at = (ms: number, of = asked(NOON + 1_000)) => peersHeard(of, NOON + ms);
  assert.equal(at(2_000)?.ok, undefined, "asked a second ago");
  assert.equal(at(3_400)?.ok, undefined);
  assert.deepEqual(at(3_500), { ok: false, how: "Bar, Till 1 and Terrace do not answer any more" });
  assert.equal(at(5_900, asked(NOON + 1_000).slice(0, 1))?.ok, undefined, "one alone may be busy");
  assert.equal(at(6_000, asked(NOON + 1_000).slice(0, 1))?.ok, false);
  assert.equal(at(4_000, asked(NOON + 1_000, NOON + 1_000))?.ok, true, "it answered");
  const oneAnswered = [...asked(NOON + 1_000).slice(0, 1), ...registers.slice(1, 2)];
  assert.deepEqual(at(4_000, oneAnswered), { ok: true, how: "Till 1 was heard 4 s ago" });
});

Deno.test("[LAD11] a register on the hub's own machine, or not heard since it began, is no witness", () => {
  const here = healthyFacts().registers.map((register) => ({ ...register, sourceAddress: "::ffff:127.0.0.1" }));
  assert.equal(peersHeard(here, NOON), undefined);
  const before = healthyFacts().registers.map((register) => ({ ...register, heardSinceStart: false }));
  assert.equal(peersHeard(before, NOON), undefined);
});
