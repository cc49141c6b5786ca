/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { addressOf, healthyFacts, HUB_ADDRESS, levelOf, outcomeOf, withBeat, withRegister } from "./fixture.ts";
import { otherNetwork } from "./other_network.ts";

const NO_NETWORK = { network: undefined, sourceAddress: undefined };

Deno.test("[RUL11] all on one network is fine", () => {
  for (const n of [0, 1, 2]) assert.equal(levelOf(outcomeOf(otherNetwork, healthyFacts(), n)), "healthy");
});

Deno.test("[RUL11] another Wi-Fi name than most fails, and names both", () => {
  const facts = withBeat(healthyFacts(), 0, { network: { ssid: "Guest" } });
  const outcome = outcomeOf(otherNetwork, facts, 0);
  assert.ok(outcome.kind === "broken" && outcome.severity === "fail");
  assert.match(
    outcome.text,
    /^Bar is on another network: its Wi-Fi is “Guest”, and Till 1 and Terrace are on “Shop”\./,
  );
  assert.equal(levelOf(outcomeOf(otherNetwork, facts, 1)), "healthy");
});

Deno.test("[RUL11] of a tie, the network of the earliest enrolled register is right", () => {
  const facts = withBeat(withRegister(healthyFacts(), 2, NO_NETWORK), 1, { network: { ssid: "Guest" } });
  assert.equal(levelOf(outcomeOf(otherNetwork, facts, 0)), "healthy");
  assert.equal(levelOf(outcomeOf(otherNetwork, facts, 1)), "fail");
});

Deno.test("[RUL11] another gateway than the hub's fails, with both", () => {
  const outcome = outcomeOf(otherNetwork, withBeat(healthyFacts(), 2, { network: { gateway: "192.168.1.254" } }), 2);
  assert.ok(outcome.kind === "broken");
  assert.match(outcome.text, /its gateway is 192\.168\.1\.254, and the hub's is 192\.168\.1\.1/);
});

Deno.test("[RUL11] without the hub's gateway, the one of most registers is right", () => {
  const facts = withBeat(healthyFacts(), 2, { network: { gateway: "192.168.1.254" } });
  const blind = { ...facts, router: { how: "no default route" } };
  assert.equal(levelOf(outcomeOf(otherNetwork, blind, 2)), "fail");
  assert.equal(levelOf(outcomeOf(otherNetwork, blind, 1)), "healthy");
});

Deno.test("[RUL11] a source outside every subnet of the hub fails", () => {
  const facts = withBeat(healthyFacts(), 2, { network: { address: "10.0.0.5", gateway: null } }, "10.0.0.5");
  const outcome = outcomeOf(otherNetwork, facts, 2);
  assert.ok(outcome.kind === "broken");
  assert.deepEqual(outcome.evidence, ["its messages come from 10.0.0.5, outside the hub's network 192.168.1.10/24"]);
});

Deno.test("[RUL11] any one of the hub's subnets will do", () => {
  const facts = withBeat(healthyFacts(), 2, { network: { address: "10.0.0.5", gateway: null } }, "10.0.0.5");
  const wlan = { name: "wlan0", address: "10.0.0.1", prefixLength: 24 };
  const twoNics = { ...facts, hub: { ...facts.hub, interfaces: [...facts.hub.interfaces, wlan] } };
  assert.equal(levelOf(outcomeOf(otherNetwork, twoNics, 2)), "healthy");
});

Deno.test("[RUL11] an address that is not the source means a router between", () => {
  const facts = withBeat(healthyFacts(), 2, { network: { address: "192.168.50.10" } }, "192.168.1.60");
  const outcome = outcomeOf(otherNetwork, facts, 2);
  assert.ok(outcome.kind === "broken" && outcome.severity === "fail");
  assert.match(
    outcome.text,
    /it has the address 192\.168\.50\.10 but its messages come from 192\.168\.1\.60, so a second router/,
  );
});

Deno.test("[RUL11] several pieces of evidence are told one after the other", () => {
  const facts = withBeat(healthyFacts(), 2, { network: { ssid: "Guest", gateway: "192.168.50.1" } });
  const outcome = outcomeOf(otherNetwork, facts, 2);
  assert.ok(outcome.kind === "broken");
  assert.match(
    outcome.text,
    /are on “Shop”; its gateway is 192\.168\.50\.1, and the hub's is 192\.168\.1\.1\. Registers/,
  );
});

Deno.test("[RUL11] a device's second IPv6 address is not a router between", () => {
  const facts = withBeat(healthyFacts(), 2, { network: { address: "fd00::5" } }, "fd00::77");
  assert.equal(levelOf(outcomeOf(otherNetwork, facts, 2)), "healthy");
});

Deno.test("[RUL12] an IPv4 source in IPv6 form is the same address", () => {
  assert.equal(levelOf(outcomeOf(otherNetwork, withBeat(healthyFacts(), 0, {}, `::ffff:${addressOf(0)}`))), "healthy");
});

for (const source of ["127.0.0.1", "::1", "::ffff:127.0.0.1", HUB_ADDRESS]) {
  Deno.test(`[RUL12] a source of ${source} says nothing about address or gateway`, () => {
    const network = { ssid: null, address: "10.9.9.9", gateway: "10.9.9.1" };
    const facts = withBeat(
      withRegister(withRegister(healthyFacts(), 1, NO_NETWORK), 2, NO_NETWORK),
      0,
      { network },
      source,
    );
    assert.equal(levelOf(outcomeOf(otherNetwork, facts, 0)), "unknown");
  });
}

Deno.test("[RUL1] nothing to compare with is unknown", () => {
  assert.equal(levelOf(outcomeOf(otherNetwork, withRegister(healthyFacts(), 0, NO_NETWORK), 0)), "unknown");
});
