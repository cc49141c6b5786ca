/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { type Cause, causeOf, TOGETHER_MS } from "./cause.ts";
import type { Facts, RegisterFacts } from "./facts.ts";
import { emptyFacts, enrolled, healthyFacts, NOON, withBeat, withRegister } from "./fixture.ts";

const QUIET_MS = 45_000;
const ROUTER_DOWN = { address: "192.168.1.1", alive: false, how: "TCP 443 unreachable" };
const NO_POINT = { network: undefined, sourceMac: undefined };

/** The n-th registers are quiet since 45 s, unless they say otherwise. */
function quiet(facts: Facts, ...changes: Partial<RegisterFacts>[]): Facts {
  return changes.reduce<Facts>(
    (all, change, n) => withRegister(all, n, { heardAt: NOON - QUIET_MS, ...change }),
    facts,
  );
}
function cause(facts: Facts, n = 0): Cause {
  const found = causeOf(facts.registers[n]!, facts);
  assert.ok(found, "has a cause");
  return found;
}

Deno.test("[CAU1] a register that is heard, or was never heard, has no cause", () => {
  assert.equal(causeOf(healthyFacts().registers[0]!, healthyFacts()), undefined);
  const facts = { ...emptyFacts(), registers: [enrolled(0, "Bar")] };
  assert.equal(causeOf(facts.registers[0]!, facts), undefined);
});

Deno.test("[CAU8] without last words it is not known which", () => {
  const found = cause(quiet(healthyFacts(), {}));
  assert.equal(found.strength, "C");
  assert.match(found.text, /^Probably asleep, off Wi-Fi or switched off\. .* not known which\.$/);
});

Deno.test("[CAU4] last words that the app was hidden", () => {
  const found = cause(quiet(withBeat(healthyFacts(), 0, { state: { foreground: false } }), {}));
  assert.equal(found.strength, "B");
  assert.match(found.text, /locked, or another app/);
  assert.deepEqual(found.evidence, ["Its last words were that the app went to the background"]);
});

Deno.test("[CAU3] a goodbye means the app was closed, and is no guess", () => {
  const session = { closedAt: NOON - QUIET_MS, closedCleanly: true };
  const found = cause(quiet(healthyFacts(), { session }));
  assert.equal(found.strength, "A");
  assert.equal(found.text, "The app was closed or left.");
  assert.deepEqual(found.evidence, ["It ended its session with a goodbye 45 s ago"]);
});

Deno.test("[CAU3] a goodbye long before the last message explains nothing", () => {
  const session = { closedAt: NOON - 10 * 60_000, closedCleanly: true };
  assert.equal(cause(quiet(healthyFacts(), { session })).strength, "C");
});

Deno.test("[CAU3] a session that ended without a goodbye explains nothing", () => {
  const found = cause(quiet(healthyFacts(), { session: { closedAt: NOON - QUIET_MS, closedCleanly: false } }));
  assert.deepEqual([found.strength, ...found.evidence], ["C", "Its session ended without a goodbye"]);
});

Deno.test("[CAU5] several within 5 s and no router mean the router", () => {
  const facts = {
    ...quiet(healthyFacts(), NO_POINT, { ...NO_POINT, heardAt: NOON - QUIET_MS - TOGETHER_MS }),
    router: ROUTER_DOWN,
  };
  const found = cause(facts);
  assert.equal(found.text, "Probably the router, which does not answer.");
  assert.deepEqual(found.evidence, [
    "Bar, Till 1 were last heard within 5 s of each other",
    "The router does not answer: TCP 443 unreachable",
  ]);
});

Deno.test("[CAU5] one alone, or two further apart, are not the router's doing", () => {
  assert.equal(cause({ ...quiet(healthyFacts(), {}), router: ROUTER_DOWN }).strength, "C");
  const apart = quiet(healthyFacts(), NO_POINT, { ...NO_POINT, heardAt: NOON - QUIET_MS - TOGETHER_MS - 1 });
  assert.equal(cause({ ...apart, router: ROUTER_DOWN }).strength, "C");
});

Deno.test("[CAU6] several within 5 s on one access point mean that one", () => {
  const found = cause(quiet(healthyFacts(), {}, { heardAt: NOON - QUIET_MS + 3_000 }));
  assert.equal(found.strength, "B");
  assert.match(found.text, /access point or extender/);
  assert.equal(found.evidence[1], "Bar and Till 1 were last seen on a4:2b:b0:01:02:03");
});

Deno.test("[CAU6] a shared MAC does as well", () => {
  const sourceMac = "02:00:00:00:00:77";
  const found = cause(quiet(healthyFacts(), { network: undefined, sourceMac }, { network: undefined, sourceMac }));
  assert.equal(found.evidence[1], `Bar and Till 1 were last seen on ${sourceMac}`);
});

Deno.test("[CAU6] several with nothing in common are not explained by an access point", () => {
  assert.equal(cause(quiet(healthyFacts(), NO_POINT, NO_POINT)).strength, "C");
});

Deno.test("[CAU6] when the hub hears nothing at all, no access point is blamed", () => {
  const all = { ...quiet(healthyFacts(), {}, {}, {}), router: { how: "not probed" } };
  assert.equal(cause(all).strength, "C");
  assert.equal(cause({ ...all, router: { how: "ping", alive: true } }).strength, "B");
});

Deno.test("[CAU7] who said why is not counted in a group", () => {
  const facts = withBeat(healthyFacts(), 1, { state: { foreground: false } });
  assert.equal(cause(quiet(facts, {}, {})).strength, "C");
});

Deno.test("[CAU2] every cause that is not proven says probably, and every cause has evidence", () => {
  const hidden = withBeat(healthyFacts(), 0, { state: { foreground: false } });
  const closed = { session: { closedAt: NOON - QUIET_MS, closedCleanly: true } };
  const worlds = [
    quiet(healthyFacts(), {}),
    quiet(hidden, {}),
    quiet(healthyFacts(), closed),
    quiet(healthyFacts(), {}, {}),
    { ...quiet(healthyFacts(), {}, {}), router: ROUTER_DOWN },
  ];
  const causes = worlds.map((facts) => cause(facts));
  assert.equal(new Set(causes.map(({ text }) => text)).size, worlds.length, "five worlds, five causes");
  for (const { text, strength, evidence } of causes) {
    assert.equal(/\bprobably\b/i.test(text), strength !== "A", text);
    assert.ok(evidence.length > 0, text);
  }
});
