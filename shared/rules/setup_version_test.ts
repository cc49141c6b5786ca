/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { healthyFacts, levelOf, NOON, outcomeOf, withBeat, withRegister } from "./fixture.ts";
import { SELF_REPORT_MS } from "./liveness.ts";
import { CONFIG_BEHIND_MS, configBehind, UPDATE_MS, versionMismatch, versionOutdated } from "./setup_version.ts";

const app = (version: string) => ({ app: { version, build: undefined } });

Deno.test("[RUL5] one version is fine, also when written with fewer parts", () => {
  assert.equal(levelOf(outcomeOf(versionMismatch, healthyFacts())), "healthy");
  assert.equal(levelOf(outcomeOf(versionMismatch, withRegister(healthyFacts(), 1, app("3.2")))), "healthy");
});

Deno.test("[RUL5] two versions fail, name who has which, and which to go to", () => {
  const outcome = outcomeOf(versionMismatch, withRegister(healthyFacts(), 2, app("3.1.4")));
  assert.ok(outcome.kind === "broken" && outcome.severity === "fail");
  assert.match(outcome.text, /2 app versions: Bar and Till 1 on 3\.2\.0 and Terrace on 3\.1\.4\./);
  assert.match(outcome.text, /Update Terrace to 3\.2\.0\.$/);
});

Deno.test("[RUL5] the venue's latest version is the one to go to", () => {
  const facts = withRegister(healthyFacts(), 2, app("3.1.4"));
  const outcome = outcomeOf(versionMismatch, { ...facts, venue: { ...facts.venue, latestVersion: "3.3.0" } });
  assert.ok(outcome.kind === "broken");
  assert.match(outcome.text, /Update Bar, Till 1 and Terrace to 3\.3\.0\.$/);
});

Deno.test("[RUL5] an update under way only warns, for 10 min after the last change", () => {
  const facts = withRegister(healthyFacts(), 0, { ...app("3.3.0"), versionChangedAt: NOON - UPDATE_MS + 1 });
  assert.equal(levelOf(outcomeOf(versionMismatch, facts)), "warn");
  assert.equal(
    levelOf(outcomeOf(versionMismatch, withRegister(facts, 0, { versionChangedAt: NOON - UPDATE_MS }))),
    "fail",
  );
});

Deno.test("[RUL5] a heartbeat with a new version begins an update", () => {
  assert.equal(levelOf(outcomeOf(versionMismatch, withBeat(healthyFacts(), 0, app("3.3.0")))), "warn");
});

Deno.test("[RUL5] only registers heard in the last 10 min are compared", () => {
  const facts = withRegister(healthyFacts(), 2, { ...app("3.1.4"), heardAt: NOON - SELF_REPORT_MS - 1 });
  assert.equal(levelOf(outcomeOf(versionMismatch, facts)), "healthy");
});

Deno.test("[RUL6] older than the venue's latest warns with both versions", () => {
  const facts = withRegister(healthyFacts(), 2, app("3.9.0"));
  const outcome = outcomeOf(versionOutdated, { ...facts, venue: { ...facts.venue, latestVersion: "3.10.0" } }, 2);
  assert.ok(outcome.kind === "broken" && outcome.severity === "warn");
  assert.match(outcome.text, /^Terrace runs version 3\.9\.0, and 3\.10\.0 is the latest\./);
});

Deno.test("[RUL6] without one, older than the newest ever heard here warns", () => {
  const facts = withRegister(healthyFacts(), 0, { ...app("3.3.0"), heardAt: NOON - SELF_REPORT_MS - 1 });
  assert.equal(levelOf(outcomeOf(versionOutdated, facts, 1)), "warn");
  assert.equal(levelOf(outcomeOf(versionOutdated, healthyFacts(), 1)), "healthy");
});

Deno.test("[RUL6] a version ahead of the venue's latest is fine", () => {
  const facts = healthyFacts();
  assert.equal(
    levelOf(outcomeOf(versionOutdated, { ...facts, venue: { ...facts.venue, latestVersion: "3.1.0" } })),
    "healthy",
  );
});

Deno.test("[RUL7] settings may be behind for 5 min, and no longer", () => {
  const behind = (ms: number) => withRegister(healthyFacts(), 1, { configVersion: 6, configBehindSince: NOON - ms });
  assert.equal(levelOf(outcomeOf(configBehind, behind(CONFIG_BEHIND_MS), 1)), "healthy");
  const outcome = outcomeOf(configBehind, behind(12 * 60_000), 1);
  assert.ok(outcome.kind === "broken" && outcome.severity === "warn");
  assert.match(
    outcome.text,
    /^Till 1 has had old settings for 12 min \(6, the latest are 7\)\. Tap “Get Updates” on it\.$/,
  );
});

Deno.test("[RUL1] without a settings version it is unknown", () => {
  const facts = withRegister(healthyFacts(), 1, { configVersion: undefined, configBehindSince: NOON - 12 * 60_000 });
  assert.equal(levelOf(outcomeOf(configBehind, facts, 1)), "unknown");
});
