/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import type { Facts } from "./facts.ts";
import type { SurveyFact } from "./survey_fact.ts";
import { emptyFacts, levelOf, NOON, outcomeOf } from "./fixture.ts";
import { networkAfter } from "./ladder.ts";
import type { HopRung, NatFact } from "./network.ts";
import { fineRound } from "./network_fixture.ts";
import { comboByProbes, routerCombo } from "./router_combo.ts";

const SILENT = { how: "The router does not answer" };
const PUBLIC = "84.116.20.7";

/** A network in which the router tells this, and this one answers behind it. */
function seen(nat: Partial<NatFact> | undefined, behind?: string, survey?: SurveyFact["router"]): Facts {
  const hop2: HopRung = behind === undefined
    ? { how: "Nobody answers" }
    : { ok: true, address: behind, how: `Behind the router ${behind} answers` };
  const told = nat && { igd: SILENT, pmp: SILENT, pcp: SILENT, online: true, checkedAt: NOON, ...nat };
  const facts = emptyFacts();
  return {
    ...facts,
    network: networkAfter(undefined, { ...fineRound(), hop2, nat: told }, NOON),
    venue: { ...facts.venue, survey: survey && { router: survey, metres: {}, walks: [] } },
  };
}
const igd = (externalAddress: string, status = "Connected") => ({
  igd: { externalAddress, status, how: `The router says by UPnP “${externalAddress}”` },
});
const pmp = (resultCode: number, externalAddress?: string) => ({
  pmp: { resultCode, externalAddress, how: `The router says by NAT-PMP code ${resultCode}` },
});
/** "fail A", "warn B", "unknown". */
function verdictOn(facts: Facts): string {
  const outcome = outcomeOf(routerCombo, facts);
  return outcome.kind === "broken" ? `${outcome.severity} ${outcome.strength ?? routerCombo.strength}` : outcome.kind;
}
/** What it says of a router that is alone: that it is, and what is left for a person to tell. */
const unsaid = (facts: Facts): string => {
  const outcome = comboByProbes(facts);
  return (outcome.kind === "healthy" ? outcome.unsaid : undefined) ?? assert.fail(levelOf(outcome));
};

Deno.test("[RUL46] a private address outside is proof, by UPnP and by NAT-PMP, and stands in the text", () => {
  assert.equal(verdictOn(seen(igd("192.168.100.2"))), "fail A");
  assert.equal(verdictOn(seen(pmp(0, "10.0.0.9"))), "fail A");
  const outcome = outcomeOf(routerCombo, seen(igd("192.168.100.2"), "192.168.100.1"));
  assert.ok(outcome.kind === "broken");
  assert.match(outcome.text, /^The router is behind a second router: its own address there is 192\.168\.100\.2\./);
  assert.equal(outcome.evidence.length, 2);
});

Deno.test("[RUL46] a private second hop, an empty address and code 3 are strong, and warn", () => {
  assert.equal(verdictOn(seen(undefined, "192.168.100.1")), "warn B");
  assert.equal(verdictOn(seen({}, "172.20.0.1")), "warn B");
  assert.equal(verdictOn(seen({ ...igd(""), ...pmp(3) }, "192.168.100.1")), "warn B");
  assert.equal(verdictOn(seen(igd(""))), "warn B");
  assert.equal(verdictOn(seen(igd("0.0.0.0"))), "warn B");
  assert.equal(verdictOn(seen(pmp(3))), "warn B");
});

Deno.test("[RUL46] 10/8 behind the router is a hint: providers use it, and an answer settles it", () => {
  assert.equal(verdictOn(seen({}, "10.3.0.1")), "warn C");
  assert.equal(verdictOn(seen({}, "10.3.0.1", "bridged")), "healthy");
  assert.equal(verdictOn(seen({}, "192.168.100.1", "bridged")), "warn B");
});

Deno.test("[RUL46] no address outside means nothing while the internet does not answer, or the router is not connected", () => {
  assert.equal(verdictOn(seen({ ...igd(""), ...pmp(3), online: false })), "unknown");
  assert.equal(verdictOn(seen({ ...pmp(3), online: undefined })), "unknown");
  assert.equal(verdictOn(seen(igd("", "Disconnected"))), "unknown");
  assert.equal(verdictOn(seen(pmp(2))), "unknown");
});

Deno.test("[RUL47] a public address outside is no second router, whoever answers behind it", () => {
  for (const behind of ["192.168.100.1", "10.3.0.1", undefined]) {
    assert.match(unsaid(seen(igd(PUBLIC), behind)), /no second router .*its address outside is 84\.116\.20\.7/);
  }
  assert.equal(verdictOn(seen({}, "84.116.1.1")), "healthy", "which ends what was found before");
  assert.match(unsaid(seen({}, "84.116.1.1")), /84\.116\.1\.1 answers behind it/);
});

Deno.test("[RUL47] CGNAT is told as such, by the address outside and by the second hop, and is no combo", () => {
  const cases = [seen(igd("100.64.3.2")), seen(pmp(0, "100.127.0.9"), "10.0.0.1"), seen(igd(""), "100.64.0.1")];
  for (const facts of cases) assert.match(unsaid(facts), /CGNAT, 100\./);
  assert.equal(verdictOn(seen(igd("100.64.3.2"), undefined, "alone")), "healthy");
  for (const near of ["100.63.255.1", "100.128.0.1"]) assert.doesNotMatch(unsaid(seen(igd(near))), /CGNAT/);
});

Deno.test("[RUL47] what was not measured, or long ago, is not known", () => {
  const outcome = comboByProbes(seen(undefined));
  assert.match(
    outcome.kind === "unknown" ? outcome.why : "",
    /does not tell its address outside, and nobody answers behind it/,
  );
  assert.equal(levelOf(comboByProbes({ ...emptyFacts(), network: undefined })), "unknown");
  const later = {
    ...seen({ ...igd("192.168.100.2"), checkedAt: NOON - 16 * 60_000 }, "192.168.100.1"),
    now: NOON + 90_000,
  };
  assert.equal(verdictOn(later), "unknown");
});

Deno.test("[RUL46] who was behind the router counts while it keeps silent, until it is another router", () => {
  const before = seen({}, "192.168.100.1").network;
  const silent = { ...fineRound(), hop2: { ok: false, how: "Silent" } };
  const facts = (round: typeof silent) => ({ ...emptyFacts(), network: networkAfter(before, round, NOON) });
  assert.equal(verdictOn(facts(silent)), "warn B");
  assert.equal(verdictOn(facts({ ...silent, gateway: { ...silent.gateway, address: "192.168.1.2" } })), "unknown");
});

Deno.test("[RUL48] an answer of one box warns whatever is measured, and none makes better what was measured", () => {
  assert.equal(verdictOn(seen(igd(PUBLIC), undefined, "combo")), "warn C");
  assert.equal(verdictOn(seen(undefined, undefined, "combo")), "warn C");
  assert.equal(verdictOn(seen(igd("192.168.100.2"), undefined, "combo")), "fail A");
  assert.equal(verdictOn(seen(igd("192.168.100.2"), undefined, "alone")), "fail A");
  assert.equal(verdictOn(seen(igd(PUBLIC), undefined, "alone")), "healthy");
  assert.equal(verdictOn(seen(undefined)), "unknown");
});
