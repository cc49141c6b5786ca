/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { whyText } from "../link_words.ts";
import type { LinkReport } from "../heartbeat.ts";
import { FIND_WITHIN_MS, multicastBlocked, registersIsolated, RELAY_WARN_MS, relayOnly } from "./between.ts";
import type { Facts, RegisterFacts } from "./facts.ts";
import { healthyFacts, levelOf, NOON, outcomeOf, withRegister } from "./fixture.ts";

const [BAR, TILL] = ["reg00000", "reg10000"];

function relay(peer: string, why: string | undefined, forMs: number): LinkReport {
  const since = new Date(NOON - forMs).toISOString();
  return { peer, path: "relay", rttMs: undefined, lossPercent: undefined, since, why };
}

/** Bar and Till 1 alone, each with what it says of its path to the other. */
function pair(bar: LinkReport | undefined, till: LinkReport | undefined, change: Partial<Facts> = {}): Facts {
  const registers = healthyFacts().registers.slice(0, 2).map((register, n) => {
    const link = n === 0 ? bar : till;
    return { ...register, links: link ? [link] : [] };
  });
  return { ...healthyFacts(), mdns: undefined, registers, ...change };
}
const bothWays = (why: string, forMs = RELAY_WARN_MS + 1, change: Partial<Facts> = {}) =>
  pair(relay(TILL!, why, forMs), relay(BAR!, why, forMs), change);
const said = (facts: Facts, rule = relayOnly) => {
  const outcome = outcomeOf(rule, facts);
  assert.ok(outcome.kind === "broken", JSON.stringify(outcome));
  return outcome;
};
const TRIED_MS = 5_000;
const mdns = (...addresses: string[]) => ({
  mdns: { hosts: addresses.map((address) => ({ address, heardAt: NOON - 60_000 })) },
});

Deno.test("[RUL35] a pair through the hub for over 5 min warns, with both names and the reason of each side", () => {
  const { severity, text, evidence } = said(bothWays(whyText("no-answer")));
  assert.equal(severity, "warn");
  assert.match(text, /^Bar and Till 1 have reached each other through the hub only, for up to 5 min\./);
  assert.ok(text.endsWith(whyText("no-answer")), text);
  assert.equal(evidence.length, 2);
  assert.equal(evidence[0], `Bar reaches Till 1 through the hub for 5 min: ${whyText("no-answer")}`);
});

Deno.test("[RUL35] not before 5 min, not while one side has it direct, and by the hub's time", () => {
  assert.equal(levelOf(outcomeOf(relayOnly, bothWays("quiet", RELAY_WARN_MS))), "healthy");
  const direct = { ...relay(BAR!, undefined, 60_000), path: "direct" as const };
  assert.equal(levelOf(outcomeOf(relayOnly, pair(relay(TILL!, "quiet", 2 * RELAY_WARN_MS), direct))), "healthy");
  const ahead = withRegister(withRegister(bothWays("quiet", 0), 0, { clockOffsetMs: 600_000 }), 1, {
    clockOffsetMs: 600_000,
  });
  assert.equal(levelOf(outcomeOf(relayOnly, ahead)), "warn", "their clocks are 10 min ahead");
});

Deno.test("[RUL35] registers that are silent, hidden or say nothing of a path are no pair", () => {
  const quiet = (change: Partial<RegisterFacts>) => withRegister(bothWays("quiet"), 0, change);
  assert.equal(levelOf(outcomeOf(relayOnly, quiet({ heardAt: NOON - 20_000 }))), "unknown");
  const hidden = { ...healthyFacts().registers[0]!.state!, foreground: false };
  assert.equal(levelOf(outcomeOf(relayOnly, quiet({ state: hidden }))), "unknown");
  assert.equal(levelOf(outcomeOf(relayOnly, pair(undefined, undefined))), "unknown");
});

Deno.test("[RUL35] of many pairs three are named", () => {
  const { registers } = healthyFacts();
  const four = [...registers, { ...registers[0]!, id: "reg30000", name: "Window", sourceAddress: "192.168.1.24" }];
  const all = four.map((register) => ({
    ...register,
    links: four.filter(({ id }) => id !== register.id).map(({ id }) => relay(id, "quiet", 2 * RELAY_WARN_MS)),
  }));
  assert.match(
    said({ ...healthyFacts(), registers: all }).text,
    /^Bar and Till 1; Bar and Terrace; Bar and Window; 3 more pairs have/,
  );
});

Deno.test("[RUL36] packets that get through neither way on one network: the Wi-Fi keeps them apart", () => {
  const probably = said(bothWays(whyText("no-route"), TRIED_MS), registersIsolated);
  assert.deepEqual([probably.severity, probably.strength], ["fail", "B"]);
  assert.match(
    probably.text,
    /^Bar and Till 1 cannot reach each other, .* Probably the Wi-Fi keeps its devices apart\./,
  );
  const proven = said(bothWays("no-route", TRIED_MS, mdns("192.168.1.21", "192.168.1.22")), registersIsolated);
  assert.equal(proven.strength, "A");
  assert.doesNotMatch(proven.text, /probably/i);
});

Deno.test("[RUL36] one way alone, another reason, another network or no router: not said", () => {
  const cases: readonly Facts[] = [
    pair(relay(TILL!, "no-route", TRIED_MS), relay(BAR!, "no-answer", TRIED_MS)),
    pair(relay(TILL!, "no-route", TRIED_MS), undefined),
    bothWays("closed"),
    bothWays("quiet"),
    bothWays("opened"),
    bothWays("no-route", TRIED_MS, { router: { how: "not probed" } }),
    withRegister(bothWays("no-route"), 1, { sourceAddress: "10.0.0.9" }),
    withRegister(bothWays("no-route"), 1, { sourceAddress: "192.168.1.21" }), // one address: somebody stands between
    bothWays("no-route", TRIED_MS, mdns("192.168.1.21")), // Till 1 is not heard by multicast
  ];
  for (const [n, facts] of cases.entries()) {
    assert.equal(levelOf(outcomeOf(registersIsolated, facts)), "unknown", `case ${n}`);
  }
  assert.equal(levelOf(outcomeOf(registersIsolated, healthyFacts())), "healthy");
});

Deno.test("[RUL36] a link that both lost, and told at once: probably; not by who had lost the hub, too", () => {
  const lost = (bar: boolean | undefined, till: boolean | undefined) =>
    pair(
      { ...relay(TILL!, "missed-beats", 0), prompt: bar } as LinkReport,
      { ...relay(BAR!, "missed-beats", 0), prompt: till } as LinkReport,
    );
  assert.equal(said(lost(true, true), registersIsolated).strength, "B");
  for (const facts of [lost(true, false), lost(undefined, true)]) {
    assert.equal(levelOf(outcomeOf(registersIsolated, facts)), "unknown");
  }
  assert.equal(levelOf(outcomeOf(registersIsolated, bothWays(whyText("quiet")))), "unknown", "it is being tried again");
});

const HIDDEN = "8f3a9c1e.local";
/** Bar told its address, Till 1 a name, for which the hub asked so long ago. */
function offered(askedMsAgo: number, foundAt?: number): Facts {
  const names = [{ name: HIDDEN, askedAt: NOON - askedMsAgo, foundAt }];
  const facts = withRegister(bothWays("no-route", TRIED_MS, { mdns: { hosts: [], names } }), 0, {
    offer: { at: NOON, call: "c" },
  });
  return withRegister(facts, 1, { offer: { at: NOON, call: "c", name: HIDDEN } });
}

Deno.test("[RUL36, RUL37] a name that is found proves that the Wi-Fi keeps them apart, one that is not that they cannot be found", () => {
  const isolated = (facts: Facts) => outcomeOf(registersIsolated, facts);
  const found = offered(FIND_WITHIN_MS, NOON - 2_000);
  assert.equal(said(found, registersIsolated).strength, "A");
  assert.equal(levelOf(outcomeOf(multicastBlocked, found)), "healthy");

  const lost = offered(FIND_WITHIN_MS);
  assert.equal(levelOf(isolated(lost)), "unknown");
  const { evidence, text } = said(lost, multicastBlocked);
  assert.match(text, /the hub hears no multicast from Till 1\./);
  assert.match(evidence.at(-1)!, /^Till 1 can be found by a name only, and nobody answered/);

  const asking = offered(FIND_WITHIN_MS - 1);
  assert.equal(levelOf(isolated(asking)), "unknown");
  assert.equal(levelOf(outcomeOf(multicastBlocked, asking)), "unknown", "it is still being asked for");
  const again = offered(FIND_WITHIN_MS - 1, NOON - 60_000);
  assert.equal(said(again, registersIsolated).strength, "A", "it was found before, and is being asked for again");
  const gone = offered(FIND_WITHIN_MS, NOON - 60_000);
  assert.equal(levelOf(isolated(gone)), "unknown", "and is not found any more");
  const both = withRegister(lost, 1, { offer: { at: NOON, call: "c" } });
  assert.equal(said(both, registersIsolated).strength, "A", "both told their addresses: no name is needed");
});

Deno.test("[RUL37] no direct link ever, and no multicast from a register: it does not get through", () => {
  const { text, severity } = said(bothWays("no-route", TRIED_MS, mdns("192.168.1.21")), multicastBlocked);
  assert.equal(severity, "fail");
  assert.match(text, /the hub hears no multicast from Till 1\. Probably the Wi-Fi does not pass multicast on/);
});

Deno.test("[RUL37] what the hub does not listen to is not known; what it hears is no trouble", () => {
  const level = (facts: Facts) => levelOf(outcomeOf(multicastBlocked, facts));
  assert.equal(level(bothWays("no-route")), "unknown");
  assert.equal(
    level(bothWays("no-route", TRIED_MS, { mdns: { hosts: [], unheard: "port 5353 is taken" } })),
    "unknown",
  );
  assert.equal(level(bothWays("no-answer", TRIED_MS, mdns())), "unknown");
  assert.equal(level(bothWays("no-route", TRIED_MS, mdns("192.168.1.21", "::ffff:192.168.1.22"))), "healthy");
  assert.equal(level(healthyFacts()), "healthy");
});
