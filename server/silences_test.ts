import assert from "node:assert/strict";
import { emptyFacts, healthyFacts, NOON, withRegister } from "../shared/rules/fixture.ts";
import { ASK_EVERY_MS, ASKED_FOR_MS, Silences } from "./silences.ts";

function shop() {
  const clock = { now: NOON };
  let facts = withRegister(healthyFacts(), 0, { heardAt: NOON - 20_000 });
  const found: unknown[] = [];
  const silences = new Silences({
    health: { lastWords: () => {}, asked: (...news) => found.push(news) },
    facts: () => facts,
    now: () => clock.now,
  });
  const others = () => (facts = {
    ...facts,
    registers: facts.registers.map((each, n) => n ? { ...each, heardAt: clock.now } : each),
  });
  const later = (ms: number) => {
    clock.now += ms;
    others();
  };
  return { silences, later, found, gone: () => (facts = emptyFacts()) };
}

Deno.test("[CAU23] only a register that went quiet is asked, every 10 s, and not for ever", () => {
  const { silences, later, gone } = shop();
  assert.deepEqual(silences.due(), [{ register: "reg00000", address: "192.168.1.21", silentMs: 20_000 }]);
  assert.deepEqual(silences.due(), []);
  later(ASK_EVERY_MS - 1);
  assert.deepEqual(silences.due(), []);
  later(1);
  assert.equal(silences.due().length, 1);
  later(ASKED_FOR_MS);
  assert.deepEqual(silences.due(), []);
  gone();
  assert.deepEqual(silences.due(), []);
});

Deno.test("[CAU23] what was found is kept with its address and time", () => {
  const { silences, found } = shop();
  const [question] = silences.due();
  silences.found(question!, { answers: true, how: "It answered a ping" });
  assert.deepEqual(found, [["reg00000", {
    address: "192.168.1.21",
    answers: true,
    how: "It answered a ping",
    at: NOON,
  }]]);
});

Deno.test("[INC34] a clock that is set back keeps nobody from being asked", () => {
  const { silences, later } = shop();
  later(60_000);
  assert.equal(silences.due().length, 1);
  later(-30_000);
  assert.equal(silences.due().length, 1);
});
