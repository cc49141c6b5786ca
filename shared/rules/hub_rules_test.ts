/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { healthyFacts, levelOf, NOON, outcomeOf } from "./fixture.ts";
import { DISK_FREE_MIN_BYTES, hubDiskLow, hubOnWifi } from "./hub_rules.ts";
import { networkAt } from "./network_fixture.ts";

Deno.test("[PRB18] a hub on Wi-Fi warns, one on a cable is fine, and one that cannot tell is unknown", () => {
  const on = (medium: "wired" | "wireless" | undefined) =>
    levelOf(outcomeOf(hubOnWifi, { ...healthyFacts(), network: networkAt("fine", NOON, { medium }) }));
  assert.equal(on("wireless"), "warn");
  assert.equal(on("wired"), "healthy");
  assert.equal(on(undefined), "unknown");
  assert.equal(levelOf(outcomeOf(hubOnWifi, { ...healthyFacts(), network: undefined })), "unknown");
});

Deno.test("[PRB15] under 500 MB of free disk warns, with the number", () => {
  const facts = healthyFacts();
  const free = (diskFreeBytes: number | undefined) =>
    outcomeOf(hubDiskLow, { ...facts, hub: { ...facts.hub, diskFreeBytes } });
  assert.equal(levelOf(free(DISK_FREE_MIN_BYTES)), "healthy");
  const low = free(DISK_FREE_MIN_BYTES - 1);
  assert.ok(low.kind === "broken" && low.severity === "warn");
  assert.match(low.text, /^The hub's disk has 499 MB left\./);
  assert.equal(levelOf(free(undefined)), "unknown");
});
