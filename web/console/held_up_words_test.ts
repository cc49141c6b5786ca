/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import type { RegisterView } from "../../shared/api.ts";
import { sayHeldUp } from "./held_up_words.ts";

const NOW = new Date(2026, 10, 24, 9, 0).getTime();
const register = (id: string, name: string, more: Partial<RegisterView> = {}) =>
  ({ id, name, connected: false, lastHeard: null, ...more }) as RegisterView;

Deno.test("[SYN35] what waits is said with each register and since when it was not heard", () => {
  const known = [
    register("a", "Terrace", { lastHeard: new Date(2026, 10, 23, 22, 10).toISOString() }),
    register("b", "Bar", { lastHeard: new Date(2026, 10, 24, 8, 59).toISOString(), connected: true }),
    register("c", "Till 1"),
  ];
  const say = (checks: number, ...registers: string[]) => sayHeldUp({ checks, registers }, known, NOW);
  assert.equal(say(12, "a"), "12 closed checks wait for Terrace, not heard since 23 Nov 22:10.");
  assert.equal(say(1, "b"), "1 closed check waits for Bar, which is taking them.");
  assert.match(say(2, "a", "c"), /22:10 and Till 1, not heard since the hub began\.$/);
  assert.match(say(2, "z"), /a register that is gone/);
});
