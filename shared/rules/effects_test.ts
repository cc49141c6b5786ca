/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { NOON } from "./fixture.ts";
import { HEALTHY, unknown } from "./rule.ts";
import { broken, Rounds, ruleOf, type Said } from "./step_testing.ts";

const router = ruleOf("router-down", { openAfterMs: 0, returnMs: 60_000 });
const silent = ruleOf("register-silent", { openAfterMs: 0, dependsOn: ["router-down"] });
const weak = ruleOf("signal-weak", { dependsOn: ["register-silent"] });
const slow = ruleOf("other-network", { dependsOn: ["router-down"] });
const NAMES = ["Bar", "Till 1", "Terrace", "Window"];
const LATE = broken("warn", { since: NOON });

function all(outcome: ReturnType<typeof broken> | typeof HEALTHY): Said[] {
  return NAMES.map((name, n) => [silent, `r${n}`, outcome, { name }]);
}

Deno.test("[INC13] a router that is down with four registers is one incident with four effects, and says so", () => {
  const run = new Rounds().pass(60, [[router, "router", broken("fail", { since: NOON })], ...all(LATE)]);
  assert.deepEqual(run.told, ["0 opened router-down"]);
  const [incident] = run.open;
  assert.deepEqual(incident?.effects?.map(({ code, name, until }) => [code, name, until]), [
    ...NAMES.map((name) => ["register-silent", name, undefined]),
  ]);
  assert.match(
    incident?.text ?? "",
    /^It is weak\. Because of it the hub does not hear Bar, Till 1, Terrace and Window\.$/,
  );
});

Deno.test("[INC13] silence that was noticed first is hung under the router, once, and is in its list", () => {
  const run = new Rounds().pass(5, [[router, "router", HEALTHY], ...all(LATE)]);
  assert.equal(run.open.length, 4);
  run.pass(30, [[router, "router", broken()], ...all(LATE)]);
  const parent = run.open.find(({ code }) => code === "router-down")!;
  const children = run.open.filter(({ code }) => code === "register-silent");
  assert.deepEqual(run.open.filter(({ under }) => under === undefined), [parent]);
  assert.deepEqual(
    children.map(({ under, parentId }) => [under, parentId]),
    Array(4).fill(["router-down router", parent.id]),
  );
  assert.equal(parent.effects?.length, 4);
  assert.equal(run.told.filter((row) => row.includes("changed register-silent")).length, 4);
});

Deno.test("[INC13] an effect of an effect is told at the top", () => {
  const run = new Rounds().pass(3, [[router, "router", HEALTHY], [silent, "r0", LATE, { name: "Bar" }]]);
  run.pass(3, [[router, "router", broken()], [silent, "r0", LATE, { name: "Bar" }], [weak, "r0", broken(), {
    name: "Bar",
  }]]);
  const parent = run.open.find(({ code }) => code === "router-down");
  assert.deepEqual(parent?.effects?.map(({ code }) => code), ["register-silent", "signal-weak"]);
});

Deno.test("[INC13] a register that is heard again leaves the sentence, and stays in the list with its end", () => {
  const run = new Rounds().pass(10, [[router, "router", broken()], ...all(LATE)]);
  run.pass(5, [[router, "router", broken()], ...all(LATE).slice(1), [silent, "r0", HEALTHY, { name: "Bar" }]]);
  assert.equal(run.open[0]?.effects?.find(({ name }) => name === "Bar")?.until, NOON + 10_000);
  assert.match(run.open[0]?.text ?? "", /does not hear Till 1, Terrace and Window\.$/);
  assert.equal(run.open[0]?.text.match(/Because/g)?.length, 1);
});

Deno.test("[INC30] what was wrong long before its parent is no effect of it", () => {
  const old = broken("fail", { since: NOON - 60 * 60_000 });
  const run = new Rounds().pass(10, [[router, "router", broken("fail", { since: NOON })], [silent, "r0", old]]);
  assert.deepEqual(run.open.map(({ code, effects = [] }) => [code, effects.length]), [["router-down", 0]]);
});

Deno.test("[INC30] what begins as its parent comes back is no effect of it, and what began while it was down is", () => {
  const modem = ruleOf("modem-down", { openAfterMs: 0, dependsOn: ["router-down"] });
  const run = new Rounds().pass(30, [[router, "router", broken("fail", { since: NOON })], [silent, "r0", HEALTHY]]);
  run.pass(2, [[router, "router", unknown("a second round has to agree")], [silent, "r0", HEALTHY]]);
  const [lost, behind] = [broken("warn", { since: NOON + 15_000 }), broken("fail", { since: NOON + 30_000 })];
  const children: Said[] = [[silent, "r0", lost, { name: "Bar" }], [modem, "venue", behind]];
  run.pass(5, [[router, "router", HEALTHY], ...children]);
  run.pass(2, [[router, "router", unknown("silent once more: a second round has to agree")], ...children]);
  assert.deepEqual(run.open.map(({ code, effects }) => [code, effects?.map(({ code }) => code)]), [
    ["router-down", ["register-silent"]],
  ]);
});

Deno.test("[INC14] what outlives its parent is told after the time to come back and its own settle time", () => {
  const run = new Rounds().pass(6, [[router, "router", HEALTHY], [slow, "r0", broken()]]);
  assert.deepEqual(run.told, ["5 opened other-network"]);
  run.pass(10, [[router, "router", broken()], [slow, "r0", broken()]]);
  run.pass(90, [[router, "router", HEALTHY], [slow, "r0", broken()]]);
  assert.deepEqual(run.told.slice(1), [
    "6 opened router-down",
    "7 changed other-network",
    "26 resolved router-down",
    "91 changed other-network",
  ]);
  assert.deepEqual(run.open.map(({ code, under }) => [code, under]), [["other-network", undefined]]);
});

Deno.test("[INC14] a parent that names no time to come back gives three heartbeats", () => {
  const off = ruleOf("sync-off", { openAfterMs: 0 });
  const child = ruleOf("unsynced-changes", { dependsOn: ["sync-off"], openAfterMs: 0 });
  const run = new Rounds().pass(3, [[off, "venue", broken()], [child, "r0", broken()]]);
  run.pass(60, [[off, "venue", HEALTHY], [child, "r0", broken()]]);
  assert.deepEqual(run.told, ["0 opened sync-off", "13 resolved sync-off", "28 opened unsynced-changes"]);
});

Deno.test("[INC14] a child of a parent that ended is still told when it was not measured for a while", () => {
  const run = new Rounds().pass(1, [[router, "router", HEALTHY], [silent, "r0", LATE]]);
  run.pass(5, [[router, "router", broken()], [silent, "r0", LATE]]);
  run.pass(100, [[router, "router", HEALTHY], [silent, "r0", unknown("the hub has just started")]]);
  run.pass(1, [[router, "router", HEALTHY], [silent, "r0", LATE]]);
  assert.equal(run.open[0]?.under, undefined);
});
