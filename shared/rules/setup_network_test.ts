/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { healthyFacts, levelOf, outcomeOf, withBeat, withRegister } from "./fixture.ts";
import { evaluate } from "./rule.ts";
import { extenderSuspected, sharedNetwork } from "./setup_network.ts";

Deno.test("[RUL13] /23 is fine, /22 warns with the number of devices it has room for", () => {
  assert.equal(
    levelOf(outcomeOf(sharedNetwork, withBeat(healthyFacts(), 1, { network: { prefixLength: 23 } }))),
    "healthy",
  );
  const outcome = outcomeOf(sharedNetwork, withBeat(healthyFacts(), 1, { network: { prefixLength: 22 } }));
  assert.ok(outcome.kind === "broken" && outcome.severity === "warn");
  assert.match(outcome.text, /room for 1022 devices \(\/22\)/);
  assert.deepEqual(outcome.evidence, ["Till 1 reports a /22 network"]);
});

Deno.test("[RUL13] the mask of an IPv6 network is not looked at", () => {
  const facts = { ...healthyFacts(), network: undefined, registers: healthyFacts().registers.slice(0, 1) };
  const v6 = withBeat(facts, 0, { network: { address: "fd00::5", prefixLength: 16 } });
  assert.equal(levelOf(outcomeOf(sharedNetwork, v6)), "unknown");
});

Deno.test("[RUL14] two access points for one Wi-Fi name ask whether each is wired", () => {
  const outcome = outcomeOf(
    extenderSuspected,
    withBeat(healthyFacts(), 2, { network: { bssid: "a4:2b:b0:01:02:99" } }),
  );
  assert.ok(outcome.kind === "broken" && outcome.severity === "warn");
  assert.match(outcome.text, /^“Shop” comes from 2 access points: .* Is each access point wired to the router\?/);
});

Deno.test("[RUL14] the two bands of one access point are one", () => {
  const network = { bssid: "a6:2b:b0:01:02:04", band: "2.4GHz", channel: 6 };
  assert.equal(levelOf(outcomeOf(extenderSuspected, withBeat(healthyFacts(), 2, { network }))), "healthy");
});

Deno.test("[RUL14] two Wi-Fi names from two access points are another matter", () => {
  const network = { ssid: "Guest", bssid: "a4:2b:b0:77:02:99" };
  assert.equal(levelOf(outcomeOf(extenderSuspected, withBeat(healthyFacts(), 2, { network }))), "healthy");
});

Deno.test("[RUL14] two registers' addresses on one MAC are strong evidence, named", () => {
  const mac = "02:00:00:00:00:77";
  const facts = withRegister(withRegister(healthyFacts(), 1, { sourceMac: mac }), 2, { sourceMac: mac });
  const outcome = outcomeOf(extenderSuspected, facts);
  assert.ok(outcome.kind === "broken" && outcome.strength === "B" && outcome.severity === "warn");
  assert.match(outcome.text, /^Till 1 and Terrace seem to reach the router through one device/);
  assert.deepEqual(outcome.evidence, [`Till 1 at 192.168.1.22 has ${mac}`, `Terrace at 192.168.1.23 has ${mac}`]);
});

Deno.test("[RUL14] one machine with two registers on it, and the router's own MAC, are no extender", () => {
  const mac = "02:00:00:00:00:77";
  const facts = withRegister(healthyFacts(), 1, { sourceMac: mac, sourceAddress: "192.168.1.23" });
  assert.equal(levelOf(outcomeOf(extenderSuspected, withRegister(facts, 2, { sourceMac: mac }))), "healthy");
  const sourceMac = facts.router.mac;
  const behind = withRegister(withRegister(healthyFacts(), 1, { sourceMac }), 2, { sourceMac });
  assert.equal(levelOf(outcomeOf(extenderSuspected, behind)), "healthy");
});

Deno.test("[RUL2] a hint that calls itself a failure is a warning", () => {
  const loud = {
    ...sharedNetwork,
    test: () => ({ kind: "broken", severity: "fail", text: "", evidence: [] }) as const,
  };
  assert.deepEqual(evaluate([loud], healthyFacts()).map(({ outcome }) => levelOf(outcome)), ["warn"]);
  const proven = { ...loud, strength: "A" as const };
  assert.deepEqual(evaluate([proven], healthyFacts()).map(({ outcome }) => levelOf(outcome)), ["fail"]);
});
