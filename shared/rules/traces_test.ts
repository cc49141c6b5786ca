/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { noteHeartbeat } from "./facts.ts";
import { addressOf, beatAt, type BeatParts, enrolled, NOON } from "./fixture.ts";
import { noteHeard, noteLastWords } from "./heard.ts";
import { FALLS_MAX, fallsAfter, macsAfter, STRAY_MS } from "./traces.ts";

/** A register with a heartbeat at NOON, and what was said of it after that. */
function bar() {
  let register = noteHeartbeat(enrolled(0, "Bar"), beatAt(NOON, addressOf(0)), context(NOON));
  return {
    get facts() {
      return register;
    },
    beat(at: number, parts: BeatParts = {}, source = addressOf(0)) {
      register = noteHeartbeat(register, beatAt(at, addressOf(0), parts), { ...context(at), source });
    },
    says(
      kind: "hidden" | "closing",
      sentAt: number,
      { at = sentAt, idleSeconds }: { at?: number; idleSeconds?: number } = {},
    ) {
      const words = { token: "t", kind, sentAt: new Date(sentAt).toISOString(), idleSeconds };
      register = noteLastWords(register, words, at);
    },
    words: () => register.lastWords?.kind,
    heard: (at: number) => (register = noteHeard(register, at)),
  };
}
const context = (now: number) => ({ now, source: addressOf(0), configVersion: 7 });

Deno.test("[CAU19] last words hold until the register says something later", () => {
  const register = bar();
  register.says("hidden", NOON + 1_000);
  assert.deepEqual(register.facts.lastWords, { kind: "hidden", at: NOON + 1_000, sentAt: NOON + 1_000 });
  register.heard(NOON + 2_000);
  assert.equal(register.words(), "hidden", "a pong of a hidden page says nothing of the screen");
  register.beat(NOON + 5_000);
  assert.equal(register.words(), undefined);
});

Deno.test("[CAU19] a heartbeat may carry them, and hidden since then stays hidden since then", () => {
  const register = bar();
  register.beat(NOON + 5_000, { state: { foreground: false } });
  register.beat(NOON + 10_000, { state: { foreground: false } });
  assert.deepEqual(register.facts.lastWords, { kind: "hidden", at: NOON + 5_000, sentAt: NOON + 10_000 });
  register.beat(NOON + 11_000, { state: { foreground: true, lastWords: "closing" } });
  assert.equal(register.words(), "closing");
});

Deno.test("[CAU20] words and heartbeats that overtake each other on the way: the later sent counts", () => {
  const register = bar();
  register.says("closing", NOON - 300, { at: NOON + 100 });
  assert.equal(register.words(), undefined, "the page is back already");
  register.says("hidden", NOON + 2_000);
  register.beat(NOON + 3_000, { sentAt: new Date(NOON + 1_900).toISOString() });
  assert.equal(register.words(), "hidden", "the heartbeat was sent before");
  register.says("closing", NOON + 2_100);
  register.says("hidden", NOON + 2_100);
  register.says("hidden", NOON + 2_050);
  assert.equal(register.words(), "closing");
});

Deno.test("[CAU20] a clock that was set back does not keep words alive", () => {
  const register = bar();
  register.says("hidden", NOON + 2_000);
  register.beat(NOON + 5_000, { sentAt: new Date(NOON + 2_000 - STRAY_MS - 1).toISOString() });
  assert.equal(register.words(), undefined);
});

Deno.test("[CAU17] a move is seen in the first heartbeat after an absence only", () => {
  const register = bar();
  register.beat(NOON + 5_000, { network: { ssid: "Guest" } });
  assert.equal(register.facts.move, undefined, "it was heard all the time");
  register.heard(NOON + 60_000); // its session is back before it says where it is
  register.beat(NOON + 61_000, {}, "192.168.1.99");
  assert.deepEqual(register.facts.move, { at: NOON + 61_000, what: "Wi-Fi", from: "Guest", to: "Shop" });
  register.beat(NOON + 120_000, {}, "192.168.1.98");
  const address = { at: NOON + 120_000, what: "address", from: "192.168.1.99", to: "192.168.1.98" };
  assert.deepEqual(register.facts.move, address);
});

Deno.test("[RUL33] each time the screen goes away it is kept how long nobody had touched it", () => {
  const register = bar();
  register.says("hidden", NOON + 1_000, { idleSeconds: 120 });
  register.beat(NOON + 2_000, { state: { foreground: false, idleSeconds: 121 } });
  register.beat(NOON + 3_000);
  register.beat(NOON + 4_000, { state: { foreground: false, idleSeconds: 1 } });
  register.says("closing", NOON + 5_000, { idleSeconds: 2 });
  assert.deepEqual(register.facts.falls, [{ at: NOON + 1_000, idleMs: 120_000 }, { at: NOON + 4_000, idleMs: 1_000 }]);
  const many = Array.from({ length: 40 }).reduce<ReturnType<typeof fallsAfter>>((all) => fallsAfter(all, 1, NOON), []);
  assert.equal(many.length, FALLS_MAX);
});

Deno.test("[RUL34] hardware behind an address is kept in the order in which it came, and for minutes", () => {
  const first = macsAfter(macsAfter([], "a", NOON), "a", NOON + 5_000);
  assert.deepEqual(first, [{ mac: "a", since: NOON, at: NOON + 5_000 }]);
  assert.deepEqual(macsAfter(first, "b", NOON + 6_000).map(({ mac }) => mac), ["a", "b"]);
  assert.deepEqual(macsAfter(first, "b", NOON + 60 * 60_000).map(({ mac }) => mac), ["b"]);
  const register = bar();
  register.beat(NOON + 5_000, {}, "192.168.1.99");
  assert.equal(register.facts.macs, undefined, "another address, other hardware");
});
