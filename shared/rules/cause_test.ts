/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import fc from "fast-check";
import { type Cause, causeOf, MOVE_NEWS_MS, returnCauseOf } from "./cause.ts";
import type { Facts, RegisterFacts } from "./facts.ts";
import { emptyFacts, enrolled, healthyFacts, NOON, withBeat, withRegister } from "./fixture.ts";
import { PEER_PROOF_MS, TOGETHER_MS } from "./quiet.ts";
import type { Move } from "./traces.ts";

const QUIET_MS = 45_000;
const ROUTER_DOWN = { address: "192.168.1.1", alive: false, how: "TCP 443 unreachable" };
const NO_POINT = { network: undefined, sourceMac: undefined };

/** The n-th registers are quiet since 45 s, unless they say otherwise. */
function quiet(facts: Facts, ...changes: Partial<RegisterFacts>[]): Facts {
  const registers = facts.registers.map((register) => ({ ...register, links: [] })); // no peer tells of it
  return changes.reduce<Facts>(
    (all, change, n) => withRegister(all, n, { heardAt: NOON - QUIET_MS, ...change }),
    { ...facts, registers },
  );
}
/** The third register is on another access point. */
function apart(facts: Facts): Facts {
  return withBeat(facts, 2, { network: { bssid: "a4:2b:b0:09:09:09" } });
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
  assert.deepEqual(found.evidence, ["Its last words, 0 s ago, were that the app went to the background"]);
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
  const found = cause(quiet(apart(healthyFacts()), {}, { heardAt: NOON - QUIET_MS + 3_000 }));
  assert.equal(found.strength, "B");
  assert.match(found.text, /access point or extender/);
  assert.equal(found.evidence[1], "Bar and Till 1 were last seen on a4:2b:b0:01:02:03");
});

Deno.test("[CAU6] a shared MAC does as well", () => {
  const sourceMac = "02:00:00:00:00:77";
  const found = cause(
    quiet(apart(healthyFacts()), { network: undefined, sourceMac }, { network: undefined, sourceMac }),
  );
  assert.equal(found.evidence[1], `Bar and Till 1 were last seen on ${sourceMac}`);
});

Deno.test("[CAU6] several with nothing in common are not explained by an access point", () => {
  assert.equal(cause(quiet(healthyFacts(), NO_POINT, NO_POINT)).strength, "C");
});

Deno.test("[CAU6] when the hub hears nothing at all, no access point is blamed", () => {
  const all = { ...quiet(healthyFacts(), {}, {}, {}), router: { how: "not probed" } };
  assert.equal(cause(all).strength, "C");
  assert.equal(cause({ ...all, router: { how: "ping", alive: true, checkedAt: NOON } }).strength, "B");
  const before = { how: "ping", alive: true, checkedAt: NOON - QUIET_MS - 1 };
  assert.equal(cause({ ...all, router: before }).strength, "C", "the router was asked before they went quiet");
});

Deno.test("[CAU7] who said why is not counted in a group", () => {
  const facts = withBeat(healthyFacts(), 1, { state: { foreground: false } });
  assert.equal(cause(quiet(facts, {}, {})).strength, "C");
});

const ANSWERS = { address: "192.168.1.21", answers: true, how: "It answered a ping in 3 ms", at: NOON - 5_000 };
const GONE = { ...ANSWERS, answers: false, how: "Nobody on the network has the address 192.168.1.21 now" };
const HIDDEN = { kind: "hidden", at: NOON - QUIET_MS, sentAt: NOON - QUIET_MS } as const;
const DIRECT = { path: "direct", rttMs: 3, lossPercent: 0, since: undefined, why: undefined } as const;

/** Every row of the table of causes: what is known, and what is said of it. */
const ROWS: readonly {
  readonly name: string;
  readonly facts: Facts;
  readonly says: RegExp;
  readonly strength: string;
}[] = [
  {
    name: "[CAU9] hidden, and its address answers: the app is in the background",
    facts: quiet(healthyFacts(), { lastWords: HIDDEN, address: ANSWERS }),
    says: /^Probably the app is in the background/,
    strength: "B",
  },
  {
    name: "[CAU10] hidden, and its address is gone: locked or asleep",
    facts: quiet(healthyFacts(), { lastWords: HIDDEN, address: GONE }),
    says: /^Probably the iPad is locked or asleep\.$/,
    strength: "B",
  },
  {
    name: "[CAU11] closing: closed, whatever its address does",
    facts: quiet(healthyFacts(), { lastWords: { ...HIDDEN, kind: "closing" }, address: ANSWERS }),
    says: /^The app was closed or left\.$/,
    strength: "A",
  },
  {
    name: "[CAU3] a goodbye: closed",
    facts: quiet(healthyFacts(), { session: { closedAt: NOON - QUIET_MS, closedCleanly: true } }),
    says: /^The app was closed or left\.$/,
    strength: "A",
  },
  {
    name: "[CAU12] no last words, and its address answers: the app stopped",
    facts: quiet(healthyFacts(), { address: ANSWERS }),
    says: /^Probably the app stopped or was force-quit/,
    strength: "B",
  },
  {
    name: "[CAU13] no last words, its address gone, others heard: off the Wi-Fi",
    facts: quiet(healthyFacts(), { address: GONE }),
    says: /^Probably it is off the Wi-Fi, or switched off\.$/,
    strength: "B",
  },
  {
    name: "[CAU14] a peer still hears it: the path to the hub",
    facts: withRegister(quiet(healthyFacts(), {}), 2, { links: [{ ...DIRECT, peer: "reg00000" }] }),
    says: /^Probably the path between it and the hub/,
    strength: "B",
  },
  {
    name: "[CAU5] several at once, no router: the router",
    facts: { ...quiet(healthyFacts(), {}, {}, {}), router: ROUTER_DOWN },
    says: /^Probably the router/,
    strength: "B",
  },
  {
    name: "[CAU6] several at once on one access point: that one",
    facts: quiet(apart(healthyFacts()), {}, {}),
    says: /^Probably the access point or extender/,
    strength: "B",
  },
  {
    name: "[CAU8] nothing but silence: not known",
    facts: quiet(healthyFacts(), {}),
    says: /not known which\.$/,
    strength: "C",
  },
];

for (const { name, facts, says, strength } of ROWS) {
  Deno.test(name, () => {
    const found = cause(facts);
    assert.match(found.text, says);
    assert.equal(found.strength, strength);
    assert.ok(found.evidence.length > 0);
  });
}

Deno.test("[CAU13] with nobody heard and no router known, an address that is gone accuses no register", () => {
  const all = quiet(healthyFacts(), { address: GONE, ...NO_POINT }, { heardAt: NOON - 90_000 }, {
    heardAt: NOON - 90_000,
  });
  assert.equal(cause({ ...all, router: { how: "not probed" } }).strength, "C");
});

Deno.test("[CAU26] a goodbye after the app was hidden may be the system's: it is not known to be closed", () => {
  const session = { closedAt: NOON - QUIET_MS, closedCleanly: true };
  const found = cause(quiet(healthyFacts(), { session, lastWords: HIDDEN }));
  assert.deepEqual([found.strength, /locked, or another app/.test(found.text)], ["B", true]);
});

Deno.test("[CAU15] an answer from before it went quiet counts for nothing", () => {
  assert.equal(cause(quiet(healthyFacts(), { address: { ...GONE, at: NOON - QUIET_MS - 1 } })).strength, "C");
});

Deno.test("[CAU14] a peer's report that is not newer than a broken link could be proves nothing", () => {
  const links = [{ ...DIRECT, peer: "reg00000" }];
  const early = NOON - QUIET_MS + PEER_PROOF_MS - 1_000;
  assert.equal(cause(withRegister(quiet(healthyFacts(), {}), 2, { links, heardAt: early })).strength, "C");
  const doubted = [{ ...DIRECT, peer: "reg00000", why: "The direct link did not answer twice." }];
  assert.equal(cause(withRegister(quiet(healthyFacts(), {}), 2, { links: doubted })).strength, "C");
});

Deno.test("[CAU16] one whose address answers, or whom a peer hears, is not counted in a group", () => {
  assert.match(cause(quiet(apart(healthyFacts()), {}, { address: ANSWERS })).text, /not known which/);
  const heard = withRegister(quiet(apart(healthyFacts()), {}, {}), 2, { links: [{ ...DIRECT, peer: "reg10000" }] });
  assert.match(cause(heard).text, /not known which/);
});

Deno.test("[CAU6] an access point on which somebody is still heard is not gone", () => {
  assert.match(cause(quiet(healthyFacts(), {}, {})).text, /not known which/);
});

Deno.test("[CAU17] back on another Wi-Fi or in another network: it moved; back in the same one: probably it joined again", () => {
  const moved = (move: Omit<Move, "at">, at = NOON - 5_000) => {
    const facts = withRegister(healthyFacts(), 0, { move: { ...move, at } });
    return returnCauseOf(facts.registers[0]!, facts);
  };
  const wifi = moved({ what: "Wi-Fi", from: "Shop", to: "Guest" });
  assert.deepEqual([wifi?.text, wifi?.strength], ["It moved to another network.", "A"]);
  assert.deepEqual(wifi?.evidence, ["It came back with the Wi-Fi “Guest”; before it was “Shop”"]);
  assert.equal(moved({ what: "address", from: "192.168.1.21", to: "10.0.0.7" })?.strength, "A");
  const again = moved({ what: "address", from: "192.168.1.21", to: "192.168.1.44" });
  assert.deepEqual([again?.text, again?.strength], ["Probably it left the network and joined it again.", "B"]);
  assert.equal(moved({ what: "Wi-Fi", from: "Shop", to: "Guest" }, NOON - MOVE_NEWS_MS - 1), undefined);
});

const SEED = 20_261_124;
const maybe = <T>(...values: readonly T[]) => fc.option(fc.constantFrom(...values), { nil: undefined, freq: 2 }); // absent half the time

/** Registers of which anything may be known. */
const anyFacts: fc.Arbitrary<Facts> = fc.record({
  alive: maybe(true, false),
  known: fc.array(
    fc.record({
      ago: fc.constantFrom(0, 16_000, 45_000, 47_000, 600_000),
      lastWords: maybe<RegisterFacts["lastWords"]>(HIDDEN, { ...HIDDEN, kind: "closing" }),
      address: maybe(ANSWERS, GONE, { ...ANSWERS, answers: undefined }, { ...GONE, at: NOON - 700_000 }),
      session: maybe<RegisterFacts["session"]>(
        { openSince: NOON - 60_000 },
        { closedAt: NOON - 45_000, closedCleanly: true },
        { closedAt: NOON - 45_000, closedCleanly: false },
      ),
      point: fc.constantFrom("a4:2b:b0:01:02:03", "a4:2b:b0:09:09:09"),
      links: fc.subarray(["reg00000", "reg10000", "reg20000"]),
    }),
    { minLength: 3, maxLength: 3 },
  ),
}).map(({ alive, known }) => ({
  ...healthyFacts(),
  router: { alive, how: "TCP 443 silent" },
  registers: healthyFacts().registers.map((register, n): RegisterFacts => {
    const { ago, point, links, ...rest } = known[n]!;
    return {
      ...register,
      ...rest,
      heardAt: NOON - ago,
      network: { ...register.network!, bssid: point },
      links: links.map((peer) => ({ ...DIRECT, peer })),
    };
  }),
}));

/** What must be known for each thing that may be said. */
const NEEDS: readonly (readonly [said: RegExp, holds: (register: RegisterFacts, facts: Facts) => boolean])[] = [
  [/in the background/, ({ lastWords, address }) => lastWords?.kind === "hidden" && address?.answers === true],
  [/locked or asleep/, ({ lastWords, address }) => lastWords?.kind === "hidden" && address?.answers === false],
  [/locked, or another app/, ({ lastWords }) => lastWords?.kind === "hidden"],
  [/closed or left/, ({ lastWords, session }) => lastWords?.kind === "closing" || session?.closedCleanly === true],
  [/force-quit/, ({ lastWords, address }) => lastWords === undefined && address?.answers === true],
  [/off the Wi-Fi, or/, ({ lastWords, address }) => lastWords === undefined && address?.answers === false],
  [/path between/, ({ id }, { registers }) => registers.some(({ links }) => links.some(({ peer }) => peer === id))],
  [/the router, which/, (_, { router }) => router.alive === false],
  [
    /access point/,
    ({ id, network }, { registers }) =>
      registers.some((other) => other.id !== id && other.network?.bssid === network?.bssid && other.heardAt !== NOON),
  ],
  [/not known which/, ({ lastWords }) => lastWords === undefined],
];

Deno.test(`[CAU2] whatever is known: no cause without its evidence, and none but proof without “probably” (seed ${SEED})`, () => {
  const said = new Set<string>();
  fc.assert(
    fc.property(anyFacts, (facts) => {
      for (const register of facts.registers) {
        const found = causeOf(register, facts);
        if (found === undefined) continue;
        said.add(found.text);
        assert.equal(/\bprobably\b/i.test(found.text), found.strength !== "A", found.text);
        assert.ok(found.evidence.length > 0 && found.evidence.every((each) => each.length > 0), found.text);
        const needs = NEEDS.filter(([pattern]) => pattern.test(found.text));
        assert.equal(needs.length, 1, found.text);
        assert.ok(needs[0]![1](register, facts), found.text);
        const asked = register.address?.at !== undefined && register.address.at >= (register.heardAt ?? 0);
        if (/background:|asleep\.|force-quit|off the Wi-Fi, or/.test(found.text)) assert.ok(asked, found.text);
      }
    }),
    { seed: SEED, numRuns: 2_000 },
  );
  assert.equal(said.size, NEEDS.length, "every cause was met");
});
