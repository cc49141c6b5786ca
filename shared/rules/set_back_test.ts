/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { noteHeartbeat } from "./facts.ts";
import { addressOf, beatAt, healthyFacts, NOON } from "./fixture.ts";
import { noteLastWords } from "./heard.ts";
import { liveness } from "./liveness.ts";
import { HEALTHY } from "./rule.ts";
import { incidentSetBack, networkSetBack, registerSetBack } from "./set_back.ts";
import { signalWeak } from "./signal.ts";
import { broken, Rounds, ruleOf } from "./step_testing.ts";

const HOUR_MS = 60 * 60_000;
const weak = ruleOf("weak");

/** All numbers in it that look like an instant, with the way to each. */
function instants(value: unknown, path = ""): [string, number][] {
  if (typeof value === "number") return value > NOON - 30 * HOUR_MS ? [[path, value]] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => instants(each, `${path}.${key}`));
}

Deno.test("[INC34] a register that is not heard stays silent when the clock is set back", () => {
  const facts = healthyFacts();
  const silent = { ...facts.registers[0]!, heardAt: NOON - 60_000 };
  const now = NOON - HOUR_MS;
  assert.equal(liveness(silent, { ...facts, now }), "ok", "unless it moves along");
  assert.equal(liveness(registerSetBack(silent, HOUR_MS), { ...facts, now }), "silent");
});

Deno.test("[INC34] a signal that got strong again is found so at once, not once the clock is there again", () => {
  const facts = healthyFacts();
  const beat = (register: typeof facts.registers[number], now: number, rssiDbm: number) =>
    noteHeartbeat(register, beatAt(now, addressOf(0), { network: { rssiDbm } }), { now, configVersion: 7 });
  let register = facts.registers[0]!;
  for (let n = 1; n <= 60; n++) register = beat(register, NOON + n * 5_000, -80);
  register = registerSetBack(register, HOUR_MS);
  const last = NOON + 60 * 5_000 - HOUR_MS;
  for (let n = 1; n <= 60; n++) register = beat(register, last + n * 5_000, -50);
  const now = last + 60 * 5_000;
  const after = { ...facts, now, registers: [register] };
  assert.equal(signalWeak.test(after, register.id).kind, "healthy");
});

Deno.test("[INC34] every instant of a register moves, but when it was enrolled and what its own clock said", () => {
  const facts = healthyFacts();
  const token = "t";
  const said = { token, kind: "hidden" as const, sentAt: new Date(NOON).toISOString(), idleSeconds: 300 };
  const full = {
    ...noteLastWords(facts.registers[0]!, said, NOON),
    ...{ versionChangedAt: NOON, hiddenSince: NOON, configBehindSince: NOON, unsyncedSince: NOON },
    session: { openSince: NOON, closedAt: NOON },
    address: { address: "192.168.1.21", how: "It answered", at: NOON },
    absence: { from: NOON, to: NOON },
    move: { at: NOON, what: "address" as const, from: "a", to: "b" },
    macs: [{ mac: "a", since: NOON, at: NOON }],
  };
  const before = new Map(instants(full));
  const moved = instants(registerSetBack(full, HOUR_MS)).filter(([path, at]) => before.get(path) === at);
  assert.deepEqual(moved.map(([path]) => path).sort(), [".beatSentAt", ".enrolledAt", ".lastWords.sentAt"]);
  assert.ok(before.size > 15);
});

Deno.test("[INC34] the network and an incident move whole", () => {
  const unmoved = (before: object, after: object) => {
    const known = new Map(instants(before));
    return instants(after).filter(([path, at]) => known.get(path) !== at + HOUR_MS);
  };
  const { network } = healthyFacts();
  assert.deepEqual(unmoved(network!, networkSetBack(network!, HOUR_MS)), []);
  const run = new Rounds().pass(20, [[weak, "a", broken()]]);
  const effects = [{ code: "x", subject: "b", name: "B", since: NOON, until: NOON + 1 }];
  const unstable = { falls: 3, since: NOON, spells: [{ since: NOON, until: NOON + 1, worst: "fail" as const }] };
  const incident = { ...run.open[0]!, effects, unstable };
  const moved = incidentSetBack(incident, HOUR_MS);
  assert.deepEqual(unmoved(incident, moved), []);
  assert.equal(moved.unstable?.spells[0]?.worst, "fail");
});

Deno.test("[INC34] what is open stays open when the clock is set back, and ends after it began", () => {
  const run = new Rounds().pass(20, [[weak, "a", broken()]]);
  const { id } = run.open[0]!;
  run.second -= 3_600;
  run.pass(1, [[weak, "a", HEALTHY]]);
  assert.deepEqual(run.open.map((incident) => incident.id), [id], "nothing was healthy for long enough");
  assert.deepEqual(
    run.rows.slice(1).map(({ row }) => [row.kind, row.quiet]),
    [["changed", true]],
    "told the disk alone",
  );
  run.pass(20, [[weak, "a", HEALTHY]]);
  const { since, openedAt, changedAt, endedAt, resolvedAt } = run.rows.at(-1)!.row.incident;
  assert.ok(since <= openedAt && openedAt <= changedAt && since <= endedAt! && changedAt <= resolvedAt!);
});

Deno.test("[INC34] what a measurement dates ahead of now began now", () => {
  const run = new Rounds().pass(10, [[weak, "a", broken("fail", { since: NOON + HOUR_MS })]]);
  assert.ok(run.open[0]!.since <= run.open[0]!.openedAt);
});
