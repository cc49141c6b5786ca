/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import type { Facts } from "./facts.ts";
import { healthyFacts, levelOf, NOON, outcomeOf } from "./fixture.ts";
import { LADDER, networkAfter, type VerdictKind } from "./ladder.ts";
import { dnsDown, hubLinkDown, internetDown, LADDER_RULES, modemDown, routerDown } from "./ladder_rules.ts";
import { fineRound, networkAt, roundAt } from "./network_fixture.ts";
import { sharedNetwork } from "./setup_network.ts";
import { Shop } from "./shop_fixture.ts";

const ROUTER_IS_DOWN = { alive: false, since: NOON - 60_000, how: "Silent", address: "192.168.1.1" };

function factsAt(kind: VerdictKind): Facts {
  const down = kind === "lan-down" || kind === "router-down" || kind === "own-link";
  const facts = { ...healthyFacts(), network: networkAt(kind, NOON) };
  return down ? { ...facts, router: ROUTER_IS_DOWN } : facts;
}

/** What each rule says at each rung: hub-link-down, router-down, modem-down, internet-down, dns-down, the sign-in page. */
const TABLE: Readonly<Record<VerdictKind, string>> = {
  "own-link": "fail unknown unknown unknown unknown unknown",
  "lan-down": "healthy fail unknown unknown unknown unknown",
  "router-down": "healthy fail unknown unknown unknown unknown",
  "modem-or-uplink": "healthy healthy fail unknown unknown unknown",
  "provider": "healthy healthy healthy fail unknown unknown",
  "dns": "healthy healthy healthy healthy fail unknown",
  "captive-portal": "healthy healthy healthy healthy healthy fail",
  "fine": "healthy healthy healthy healthy healthy healthy",
  "unknown": "unknown healthy unknown unknown unknown unknown",
};

for (const kind of [...LADDER, "unknown"] as const) {
  Deno.test(`[LAD9] at ${kind} one rule fails, those nearer are healthy, those further out not known`, () => {
    const facts = factsAt(kind);
    const levels = [...LADDER_RULES, sharedNetwork].map((rule) => levelOf(outcomeOf(rule, facts)));
    assert.equal(levels.join(" "), TABLE[kind]);
  });
}

Deno.test("[LAD9] probes of over a minute ago say nothing", () => {
  for (const rule of [hubLinkDown, modemDown, internetDown, dnsDown, sharedNetwork]) {
    for (const kind of LADDER) {
      const facts = { ...factsAt(kind), now: NOON + 60_001 };
      assert.equal(levelOf(outcomeOf(rule, facts)), "unknown", `${rule.code} ${kind}`);
    }
  }
});

Deno.test("[LAD9] a finding began when the first of the two rounds did, and carries what was measured", () => {
  const outcome = outcomeOf(internetDown, factsAt("provider"));
  assert.ok(outcome.kind === "broken");
  assert.equal(outcome.since, NOON - 60_000);
  assert.match(
    outcome.text,
    /^The internet has not answered for 60 s, while the router and 84\.116\.1\.1 behind it do\./,
  );
  assert.equal(outcome.evidence.length, 2);
});

Deno.test("[LAD6] the modem is named alone only where that is known", () => {
  const routing = { ...fineRound(), hop2: { ok: true, address: "192.168.100.1", how: "" } };
  const rounds = [routing, roundAt("modem-or-uplink"), roundAt("modem-or-uplink")];
  const network = rounds.reduce<Facts["network"]>((known, round) => networkAfter(known, round, NOON), undefined);
  const alone = outcomeOf(modemDown, { ...healthyFacts(), network });
  assert.ok(alone.kind === "broken");
  assert.equal(alone.headline, "The modem does not answer.");
  const either = outcomeOf(modemDown, factsAt("modem-or-uplink"));
  assert.ok(either.kind === "broken");
  assert.match(either.text, /the modem, its line or the internet provider is down/);
});

Deno.test("[LAD5] with nobody else alive the router's finding says that the Wi-Fi may be gone too", () => {
  const outcome = outcomeOf(routerDown, factsAt("lan-down"));
  assert.ok(outcome.kind === "broken");
  assert.match(outcome.text, /Nothing else on the network answers either/);
  assert.equal(outcome.headline, "The whole network does not answer.");
});

Deno.test("[LAD8] a sign-in page is proof that the network is shared, and names its host", () => {
  const outcome = outcomeOf(sharedNetwork, factsAt("captive-portal"));
  assert.ok(outcome.kind === "broken" && outcome.severity === "fail" && outcome.strength === "A");
  assert.ok(outcome.settled, "two rounds agree");
  assert.match(outcome.text, /^A sign-in page at wifi\.example\.com answers in place of the internet/);
});

Deno.test("[LAD8] a sign-in page is not gone because nobody could look, and is when the 204 page answers", () => {
  const nobody = { ...healthyFacts(), registers: [] };
  assert.equal(levelOf(outcomeOf(sharedNetwork, { ...nobody, network: networkAt("router-down", NOON) })), "unknown");
  assert.equal(levelOf(outcomeOf(sharedNetwork, { ...nobody, network: networkAt("fine", NOON) })), "healthy");
});

Deno.test("[LAD10] when the router goes, the internet's finding and the registers' silence hang under it", () => {
  const shop = new Shop();
  const network = (kind: VerdictKind) => shop.set({ network: networkAt(kind, shop.facts.now) });
  network("provider");
  shop.seconds(20);
  assert.deepEqual(shop.codes, ["internet-down"]);
  for (const name of ["Bar", "Till 1", "Terrace"]) shop.let(name, { on: false });
  network("lan-down");
  shop.set({ router: { ...ROUTER_IS_DOWN, since: shop.facts.now } });
  shop.seconds(60);
  const roots = shop.open.filter(({ under }) => under === undefined).map(({ code }) => code);
  assert.deepEqual(roots, ["router-down"]);
  assert.ok(!shop.codes.includes("register-silent"), "no register is accused");
  assert.equal(shop.open.find(({ code }) => code === "internet-down")?.under, "router-down router");
});

Deno.test("[LAD10] when the hub's own plug is out, neither the router nor a register is accused", () => {
  const shop = new Shop();
  for (const name of ["Bar", "Till 1", "Terrace"]) shop.let(name, { on: false });
  shop.set({ network: networkAt("own-link", shop.facts.now), router: { ...ROUTER_IS_DOWN, since: shop.facts.now } });
  shop.seconds(120);
  assert.deepEqual(shop.codes, ["hub-link-down"]);
});
