/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import type { RegisterFacts } from "./facts.ts";
import { healthyFacts, levelOf, NOON, outcomeOf, withRegister } from "./fixture.ts";
import { lanSlow } from "./lan.ts";
import { rttFigures } from "./rtt.ts";
import { extenderSuspected } from "./setup_network.ts";

/** Sixty round trips, made by their place. */
const sixty = (make: (n: number) => number | null) => Array.from({ length: 60 }, (_, n) => make(n));
const pinged = (pings: readonly (number | null)[], change: Partial<RegisterFacts> = {}) =>
  withRegister(healthyFacts(), 0, { session: { openSince: NOON - 600_000, pings }, ...change });
const level = (pings: readonly (number | null)[]) => levelOf(outcomeOf(lanSlow, pinged(pings)));

Deno.test("[RUL38] slow, uneven or lost over five minutes warns; over 5 % lost fails", () => {
  assert.equal(level(sixty(() => 3)), "healthy");
  assert.equal(level(sixty((n) => (n < 3 ? 500 : 3))), "healthy", "three slow ones of sixty are not one in twenty");
  assert.equal(level(sixty((n) => (n % 20 === 7 ? 900 : 3))), "healthy", "nor do three hiccups make it uneven");
  assert.equal(level(sixty((n) => (n % 15 === 7 ? 900 : 3))), "warn", "four do");
  assert.equal(level(sixty((n) => (n < 4 ? 101 : 90))), "warn", "slow");
  assert.equal(level(sixty((n) => (n % 2 ? 26 : 5))), "warn", "uneven");
  assert.equal(level(sixty((n) => (n < 1 ? null : 3))), "warn", "1.7 % lost");
  assert.equal(level(sixty((n) => (n < 3 ? null : 3))), "warn", "5 % lost");
  assert.equal(level(sixty((n) => (n < 4 ? null : 3))), "fail", "6.7 % lost");
});

Deno.test("[RUL38] the text names the register and each number over its limit, and nothing that is within", () => {
  const outcome = outcomeOf(lanSlow, pinged(sixty((n) => (n < 6 ? null : n % 2 ? 120 : 121))));
  assert.ok(outcome.kind === "broken");
  assert.match(
    outcome.text,
    /^Between Bar and the hub, over the last 5 min, one in twenty messages takes over 121 ms .* and 10 % are lost/,
  );
  assert.doesNotMatch(outcome.text, /differ/);
});

Deno.test("[RUL38] less than five minutes, silence, and a hidden app say nothing", () => {
  const slow = sixty(() => 300);
  assert.equal(level(slow.slice(1)), "unknown");
  assert.equal(levelOf(outcomeOf(lanSlow, pinged(slow, { heardAt: NOON - 20_000 }))), "unknown");
  const hidden = { ...healthyFacts().registers[0]!.state!, foreground: false };
  assert.equal(levelOf(outcomeOf(lanSlow, pinged(slow, { state: hidden }))), "unknown");
});

Deno.test("[RUL56] what a busy hub measured is left out: judged by the rest, and unknown when that is less than half", () => {
  const busy = (pings: readonly number[], unsure: number) => {
    const rtts = Array.from({ length: 60 }, (_, n) => ({ at: NOON - (59 - n) * 5_000, rttMs: 300 })); // as late as the hub answered it
    return levelOf(outcomeOf(lanSlow, pinged(pings, { session: { openSince: NOON - 600_000, pings, unsure }, rtts })));
  };
  assert.equal(busy(Array(40).fill(3), 20), "healthy");
  assert.equal(busy(Array(40).fill(300), 20), "warn");
  assert.equal(busy(Array(29).fill(300), 31), "unknown");
});

Deno.test("[RUL38] a register that measures for itself counts by its own round trips and loss", () => {
  const rtts = (rttMs: number, lossPercent: number, everyMs = 5_000) =>
    Array.from({ length: 60 }, (_, n) => ({ at: NOON - (59 - n) * everyMs, rttMs, lossPercent }));
  const own = (readings: RegisterFacts["rtts"]) =>
    levelOf(outcomeOf(lanSlow, withRegister(healthyFacts(), 0, { session: undefined, rtts: readings })));
  assert.equal(own(rtts(3, 0)), "healthy");
  assert.equal(own(rtts(150, 0)), "warn");
  assert.equal(own(rtts(3, 6)), "fail");
  assert.equal(own(rtts(150, 0, 2_000)), "unknown", "two minutes");
});

Deno.test("[RUL39] round trips in two heaps, and twice as slow as the others: a repeater is asked for, as a hint", () => {
  const heaps = pinged(sixty((n) => (n % 5 < 3 ? 30 : 8)));
  assert.deepEqual(rttFigures(heaps.registers[0]!)?.modes, [8, 30]);
  const outcome = outcomeOf(extenderSuspected, heaps);
  assert.ok(outcome.kind === "broken" && outcome.severity === "warn" && outcome.strength === undefined);
  assert.match(outcome.text, /^Messages of Bar take 30 ms, those of the others 3 ms, .* about 8 and 30 ms\./);
});

Deno.test("[RUL39] slow alone, uneven alone, or all alike is no repeater", () => {
  const suspected = (make: (n: number) => number) => levelOf(outcomeOf(extenderSuspected, pinged(sixty(make))));
  assert.equal(suspected(() => 30), "healthy", "slow, in one heap");
  assert.equal(suspected((n) => (n % 5 < 4 ? 3 : 8)), "healthy", "two heaps, as quick as the others");
  assert.equal(suspected((n) => (n < 8 ? 3 : 30 + n)), "healthy", "a handful that differ are a hiccup");
  const all = healthyFacts();
  const session = { openSince: 0, pings: sixty((n) => (n % 2 ? 30 : 8)) };
  assert.equal(
    levelOf(outcomeOf(extenderSuspected, { ...all, registers: all.registers.map((each) => ({ ...each, session })) })),
    "healthy",
  );
});
