/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import type { DhcpFact, DhcpServer } from "./dhcp_fact.ts";
import { emptyFacts, NOON, outcomeOf } from "./fixture.ts";
import { DHCP_KEPT_MS, sayServers, secondDhcp } from "./second_dhcp.ts";

const ROUTER: DhcpServer = { address: "192.168.1.1", mac: "a4:2b:b0:00:00:01", router: "192.168.1.1" };
const ROGUE: DhcpServer = {
  address: "192.168.1.254",
  mac: "02:00:00:00:00:fe",
  router: "192.168.1.254",
  nameServer: "9.9.9.9",
};
const known = (...servers: DhcpServer[]): DhcpFact => ({ kind: "known", askedAt: NOON, servers });
const outcome = (dhcp: DhcpFact | undefined, now = NOON) => outcomeOf(secondDhcp, { ...emptyFacts(), dhcp, now });
const whyOf = (dhcp: DhcpFact | undefined, now = NOON) => {
  const told = outcome(dhcp, now);
  return told.kind === "unknown" ? told.why : assert.fail(told.kind);
};

Deno.test("[RUL44] two machines that answered fail, each by its address and hardware, the router by that word", () => {
  const told = outcome(known(ROGUE, ROUTER));
  assert.ok(told.kind === "broken");
  assert.deepEqual([told.severity, told.strength ?? secondDhcp.strength, told.since], ["fail", "A", NOON]);
  assert.match(
    told.text,
    /the router 192\.168\.1\.1 \(a4:2b:b0:00:00:01\) and 192\.168\.1\.254 \(02:00:00:00:00:fe\)\./,
  );
  assert.match(told.text, /Unplug 192\.168\.1\.254, or switch off its DHCP\.$/);
  assert.match(told.evidence[1]!, /offered an address with the router 192\.168\.1\.254 and the name server 9\.9\.9\.9/);
});

Deno.test("[RUL44] where neither is the router, nobody is picked; hardware that is not known is said to be so", () => {
  const told = outcome(known({ address: "10.0.0.1" }, ROGUE));
  assert.ok(told.kind === "broken");
  assert.match(told.text, /10\.0\.0\.1 \(its hardware address is not known\)/);
  assert.match(told.text, /Unplug the one that is not yours/);
});

Deno.test("[RUL44] one machine is as it should be, under one of its addresses or two", () => {
  assert.equal(outcome(known(ROUTER)).kind, "healthy");
  assert.equal(outcome(known(ROUTER, { ...ROUTER, address: "192.168.1.2" })).kind, "healthy");
  assert.equal(sayServers(known(ROUTER)), "192.168.1.1 (a4:2b:b0:00:00:01)");
});

Deno.test("[RUL45] not asked, not able to ask, nobody answered and a month ago are each unknown, with the reason", () => {
  assert.equal(whyOf(undefined), "nobody has asked yet");
  const why = "this hub has no leave to use UDP port 68";
  assert.equal(whyOf({ kind: "unknown", askedAt: NOON, why }), why);
  assert.match(whyOf(known()), /nobody offered an address/);
  assert.equal(outcome(known(ROUTER, ROGUE), NOON + DHCP_KEPT_MS).kind, "broken");
  assert.match(whyOf(known(ROUTER, ROGUE), NOON + DHCP_KEPT_MS + 1), /last asked 30 days ago/);
});
