/** Whatever happens in a shop, a run goes forward. Each test prints its seed; one that failed is to be pinned here by its number. */
import assert from "node:assert/strict";
import type { Facts, RegisterFacts } from "../rules/facts.ts";
import { advance, answer, begin, CREDIT_MS, stop } from "./advance.ts";
import { Walk } from "./fixture.ts";
import { RUNBOOK_KINDS } from "./kind.ts";
import { currentStep, type Run } from "./run.ts";
import { tell } from "./told.ts";

const SEEDS = 150;
const ROUNDS = 120;

/** A small generator of chance: the same seed, the same evening. */
function dice(seed: number): () => number {
  let state = seed * 2_654_435_761 >>> 0;
  return () => {
    state = state + 0x6d2b79f5 >>> 0;
    let t = Math.imul(state ^ state >>> 15, state | 1);
    t ^= t + Math.imul(t ^ t >>> 7, t | 61);
    return ((t ^ t >>> 14) >>> 0) / 4_294_967_296;
  };
}

type Roll = () => number;
const pick = <T>(roll: Roll, of: readonly T[]): T => of[Math.floor(roll() * of.length)]!;

function stir(facts: Facts, roll: Roll, now: number): Facts {
  const registers = facts.registers
    .filter(() => facts.registers.length < 2 || roll() > 0.003)
    .map((register) => stirRegister(register, roll, now));
  const alive = roll() < 0.1 ? pick(roll, [true, false, undefined]) : facts.router.alive;
  const sync = roll() < 0.02 ? { ...facts.venue.sync, enabled: roll() < 0.5 } : facts.venue.sync;
  return {
    ...facts,
    now,
    registers,
    router: { ...facts.router, alive, checkedAt: now },
    venue: { ...facts.venue, sync, configVersion: facts.venue.configVersion + (roll() < 0.02 ? 1 : 0) },
  };
}

function stirRegister(register: RegisterFacts, roll: Roll, now: number): RegisterFacts {
  const heardAt = roll() < 0.7 ? now : register.heardAt;
  if (roll() > 0.15) return { ...register, heardAt };
  const session = pick(roll, [undefined, { openSince: now }, { closedAt: now }, register.session]);
  const foreground = pick(roll, [true, false, undefined]);
  return {
    ...register,
    ...{
      heardAt,
      session,
      state: { ...register.state!, foreground },
      hiddenSince: foreground === false ? now : undefined,
    },
    network: { ...register.network!, ssid: pick(roll, ["Shop", "Shop", "Guest"]) },
    app: { version: pick(roll, ["3.2.0", "3.2.0", "3.1.0"]), build: undefined },
    unsynced: pick(roll, [0, 0, 3, undefined]),
    unsyncedSince: now - 60_000,
  };
}

function assertForward(before: Run, after: Run, seed: number): void {
  const order = after.steps.map(({ state }) => state.kind === "done" || state.kind === "skipped" ? "past" : state.kind);
  const shape = order.join(" ");
  assert.match(shape, /^(past ?)*(now ?)?(later ?)*$/, `seed ${seed}: out of order: ${shape}`);
  before.steps.forEach((step, n) => {
    if (step.state.kind !== "done" && step.state.kind !== "skipped") return;
    assert.deepEqual(after.steps[n]!.state, step.state, `seed ${seed}: ${step.id} was un-ticked`);
  });
  if (before.end) assert.equal(after, before, `seed ${seed}: it went on past its end`);
}

Deno.test(`[RBK5] a run is never stuck, keeps its order and un-ticks nothing (seeds 1 to ${SEEDS})`, () => {
  for (let seed = 1; seed <= SEEDS; seed++) {
    const roll = dice(seed);
    const walk = new Walk().seconds(30);
    let facts = stir(walk.facts, roll, walk.facts.now);
    const kind = pick(roll, RUNBOOK_KINDS);
    const run = [facts.registers[0]!.id, "venue", "router"].map((each) => begin(kind, each, facts, "run")).find(
      Boolean,
    );
    assert.ok(run, `seed ${seed}: ${kind} cannot begin`);
    let at = run;
    let idleSince = facts.now;
    for (let round = 0; round < ROUNDS; round++) {
      facts = stir(facts, roll, facts.now + 1_000 + Math.floor(roll() * 9_000));
      const next = advance(at, facts);
      assertForward(at, next, seed);
      at = JSON.parse(JSON.stringify(next)) as Run;
      if (next.end) at = next;
      const step = currentStep(at);
      if (step && roll() < 0.2) {
        const answered = answer(at, step.id, pick(roll, ["done", "skipped"]), facts);
        assert.ok(answered.ok, `seed ${seed}`);
        assertForward(at, answered.run, seed);
        at = answered.run;
      }
      if (at.end || currentStep(at)) idleSince = facts.now;
      assert.ok(facts.now - idleSince <= CREDIT_MS + 30_000, `seed ${seed}: nothing to do and no end`);
      const told = tell(at, facts);
      assert.equal(told.end !== null, at.end !== undefined);
      assert.ok(told.end === null || told.end.text.length > 0, `seed ${seed}`);
    }
    while (currentStep(at)) {
      const answered = answer(at, currentStep(at)!.id, "skipped", facts);
      assert.ok(
        answered.ok && answered.run.steps.filter(({ state }) => state.kind === "later").length <= at.steps.length,
      );
      at = answered.run;
    }
    for (let round = 0; round < 40 && !at.end; round++) {
      facts = { ...facts, now: facts.now + 5_000 };
      at = advance(at, facts);
    }
    assert.ok(at.end, `seed ${seed}: passing over every step does not end it`);
    assert.equal(stop(at, facts.now + 1), at, `seed ${seed}: an end is final`);
  }
});
