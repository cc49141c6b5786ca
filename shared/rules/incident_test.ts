/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { healthyFacts, NOON } from "./fixture.ts";
import { type IncidentRow, type IncidentState, NO_INCIDENTS, openIncidents, restoreIncidents } from "./incident.ts";
import { HEALTHY, type Outcome, type Reading, type Rule, type Severity, unknown } from "./rule.ts";
import { ROUND_GAP_MS, step } from "./step.ts";

const ROUND_MS = 1_000;
const UNKNOWN = unknown("not measured");

function ruleOf(code: string, more: Partial<Rule> = {}): Rule {
  return {
    code,
    title: code,
    from: "own",
    strength: "A",
    dependsOn: [],
    openAfterMs: 5_000,
    closeAfterMs: 10_000,
    runbook: ["Look", "Act"],
    subjects: () => [],
    test: () => HEALTHY,
    ...more,
  };
}
const weak = ruleOf("weak");
const parent = ruleOf("parent", { openAfterMs: 0, returnMs: 60_000 });
const child = ruleOf("child", { dependsOn: ["parent"] });
const grandchild = ruleOf("grandchild", { dependsOn: ["child"] });

function broken(severity: Severity = "warn", more: Partial<Extract<Outcome, { kind: "broken" }>> = {}): Outcome {
  return { kind: "broken", severity, text: "weak", evidence: [], ...more };
}

/** A run of rounds, one per second, that keeps every row with the second it came in. */
class Run {
  second = 0;
  rows: { second: number; row: IncidentRow }[] = [];
  #ids = 0;
  constructor(public state: IncidentState = NO_INCIDENTS) {}

  /** Runs `seconds` rounds in which every reading stays the same. */
  rounds(seconds: number, ...readings: [Rule, string, Outcome][]): this {
    for (let i = 0; i < seconds; i++) this.round(readings);
    return this;
  }
  round(readings: [Rule, string, Outcome][]) {
    const round = readings.map(([rule, subject, outcome]): Reading => ({ rule, subject, outcome }));
    const { state, rows } = step(this.state, round, NOON + this.second * ROUND_MS, () => `i${++this.#ids}`);
    this.state = state;
    this.rows.push(...rows.filter((row) => !row.quiet).map((row) => ({ second: this.second, row })));
    this.second++;
  }
  get told(): string[] {
    return this.rows.map(({ second, row }) => `${second} ${row.kind} ${row.incident.code} ${row.incident.severity}`);
  }
}

Deno.test("[INC1] opens once broken for its opening time, and not before", () => {
  assert.deepEqual(new Run().rounds(5, [weak, "a", broken()]).told, []);
  assert.deepEqual(new Run().rounds(9, [weak, "a", broken()]).told, ["5 opened weak warn"]);
});

Deno.test("[INC1] a break in between begins anew", () => {
  const run = new Run().rounds(4, [weak, "a", broken()]).rounds(1, [weak, "a", HEALTHY]).rounds(6, [
    weak,
    "a",
    broken(),
  ]);
  assert.deepEqual(run.told, ["10 opened weak warn"]);
});

Deno.test("[INC2] resolves once healthy for its closing time, and not before", () => {
  const run = new Run().rounds(6, [weak, "a", broken()]).rounds(10, [weak, "a", HEALTHY]);
  assert.equal(openIncidents(run.state).length, 1);
  run.rounds(1, [weak, "a", HEALTHY]);
  assert.deepEqual(run.told, ["5 opened weak warn", "16 resolved weak warn"]);
  assert.equal(run.rows[1]?.row.incident.resolution, "healthy");
  assert.equal(run.rows[1]?.row.incident.resolvedAt, NOON + 16_000);
  assert.deepEqual(openIncidents(run.state), []);
});

Deno.test("[INC2] one bad round in between begins anew", () => {
  const run = new Run().rounds(6, [weak, "a", broken()]).rounds(9, [weak, "a", HEALTHY]).rounds(1, [
    weak,
    "a",
    broken(),
  ]);
  assert.deepEqual(run.rounds(10, [weak, "a", HEALTHY]).told, ["5 opened weak warn"]);
});

Deno.test("[INC3] unknown neither opens nor resolves, and restarts the wait", () => {
  const run = new Run().rounds(5, [weak, "a", broken()]).rounds(100, [weak, "a", UNKNOWN]).rounds(5, [
    weak,
    "a",
    broken(),
  ]);
  assert.deepEqual(run.told, []);
  run.rounds(1, [weak, "a", broken()]).rounds(9, [weak, "a", HEALTHY]).rounds(100, [weak, "a", UNKNOWN]);
  run.rounds(10, [weak, "a", HEALTHY]);
  assert.deepEqual(run.told, ["110 opened weak warn"]);
});

Deno.test("[INC4] a child neither opens nor resolves while its parent is open", () => {
  const run = new Run().rounds(30, [parent, "router", broken("fail")], [child, "a", broken()]);
  assert.deepEqual(run.told, ["0 opened parent fail"]);
  const open = new Run().rounds(6, [parent, "router", HEALTHY], [child, "a", broken()]);
  open.rounds(30, [parent, "router", broken("fail")], [child, "a", HEALTHY]);
  assert.deepEqual(openIncidents(open.state).map(({ code }) => code).sort(), ["child", "parent"]);
});

Deno.test("[INC4] a parent that is broken but not open yet holds its children back too", () => {
  const slow = ruleOf("parent", { openAfterMs: 60_000 });
  assert.deepEqual(new Run().rounds(30, [child, "a", broken()], [slow, "router", broken()]).told, []);
});

Deno.test("[INC4] a parent about one register touches that register only", () => {
  const run = new Run().rounds(6, [parent, "a", broken("fail")], [child, "a", broken()], [child, "b", broken()]);
  assert.deepEqual(run.rows.map(({ row }) => `${row.incident.code} ${row.incident.subject}`), ["parent a", "child b"]);
});

Deno.test("[INC4] a parent's parent counts", () => {
  const run = new Run().rounds(
    30,
    [parent, "router", broken("fail")],
    [child, "a", UNKNOWN],
    [grandchild, "a", broken()],
  );
  assert.deepEqual(run.told, ["0 opened parent fail"]);
});

Deno.test("[INC4] an unknown parent holds nothing back", () => {
  assert.deepEqual(new Run().rounds(6, [parent, "router", UNKNOWN], [child, "a", broken()]).told, [
    "5 opened child warn",
  ]);
});

Deno.test("[INC5] what is open when its parent opens is told as its effect, once, and comes off it when it outlasts it", () => {
  const run = new Run().rounds(6, [parent, "router", HEALTHY], [child, "a", broken()]);
  run.rounds(20, [parent, "router", broken("fail")], [child, "a", broken()]);
  assert.deepEqual(run.told, ["5 opened child warn", "6 opened parent fail", "7 changed child warn"]);
  assert.equal(openIncidents(run.state).find(({ code }) => code === "child")?.under, "parent router");
  run.rounds(80, [parent, "router", HEALTHY], [child, "a", broken()]);
  assert.deepEqual(run.told.slice(3), ["36 resolved parent fail", "101 changed child warn"]); // a minute, and its own settle time
  assert.equal(openIncidents(run.state)[0]?.under, undefined);
});

Deno.test("[INC6] after the router, registers have 60 s before they are accused", () => {
  const run = new Run().rounds(1, [parent, "router", broken("fail")], [child, "a", broken()]);
  run.rounds(80, [parent, "router", HEALTHY], [child, "a", broken()]);
  assert.deepEqual(run.told, ["0 opened parent fail", "11 resolved parent fail", "76 opened child warn"]);
});

Deno.test("[INC6] health counts at once", () => {
  const run = new Run().rounds(6, [parent, "router", HEALTHY], [child, "a", broken()]);
  run.rounds(1, [parent, "router", broken("fail")], [child, "a", broken()]);
  run.rounds(30, [parent, "router", HEALTHY], [child, "a", HEALTHY]);
  assert.deepEqual(run.told.slice(3), ["17 resolved parent fail", "28 resolved child warn"]);
});

Deno.test("[INC7] new words alone write no row, and are shown", () => {
  const run = new Run().rounds(6, [weak, "a", broken()]).rounds(20, [weak, "a", broken("warn", { text: "weaker" })]);
  assert.deepEqual(run.told, ["5 opened weak warn"]);
  assert.equal(openIncidents(run.state)[0]?.text, "weaker");
});

Deno.test("[INC7] another cause writes a row", () => {
  const run = new Run().rounds(6, [weak, "a", broken()]).rounds(3, [weak, "a", broken("warn", { cause: "asleep" })]);
  assert.deepEqual(run.told, ["5 opened weak warn", "6 changed weak warn"]);
  assert.equal(run.rows[1]?.row.incident.cause, "asleep");
});

Deno.test("[INC8] graver must last the opening time, milder the closing time; text and severity stay together", () => {
  const run = new Run().rounds(6, [weak, "a", broken()]).rounds(5, [weak, "a", broken("fail", { text: "gone" })]);
  assert.equal(openIncidents(run.state)[0]?.text, "weak");
  run.rounds(1, [weak, "a", broken("fail", { text: "gone" })]).rounds(12, [weak, "a", broken()]);
  assert.deepEqual(run.told, ["5 opened weak warn", "11 changed weak fail", "22 changed weak warn"]);
});

Deno.test("[INC8] a severity that comes and goes changes nothing", () => {
  const run = new Run().rounds(6, [weak, "a", broken()]);
  for (let i = 0; i < 10; i++) run.rounds(4, [weak, "a", broken("fail")]).rounds(1, [weak, "a", broken()]);
  assert.deepEqual(run.told, ["5 opened weak warn"]);
});

Deno.test("[INC9] since is the first broken round, or what the rule knows, through all changes", () => {
  const run = new Run().rounds(6, [weak, "a", broken()]).rounds(10, [
    weak,
    "a",
    broken("fail", { since: NOON + 9_000 }),
  ]);
  assert.deepEqual(run.rows.map(({ row }) => row.incident.since), [NOON, NOON]);
  const known = new Run().rounds(6, [weak, "a", broken("warn", { since: NOON - 60_000 })]);
  assert.equal(openIncidents(known.state)[0]?.since, NOON - 60_000);
});

Deno.test("[INC10] a subject that is gone resolves as gone, at once", () => {
  const run = new Run().rounds(6, [weak, "a", broken()], [weak, "b", broken()]).rounds(1, [weak, "b", broken()]);
  assert.deepEqual(run.told.slice(2), ["6 resolved weak warn"]);
  assert.deepEqual([run.rows[2]?.row.incident.subject, run.rows[2]?.row.incident.resolution], ["a", "gone"]);
});

Deno.test("[INC11] through JSON and back, nothing opens anew and nothing is forgotten", () => {
  const before = new Run().rounds(6, [weak, "a", broken()]).rounds(3, [weak, "b", broken()], [weak, "a", broken()]);
  const after = new Run(JSON.parse(JSON.stringify(before.state)));
  after.second = before.second;
  after.rounds(10, [weak, "a", broken()], [weak, "b", broken()]);
  assert.deepEqual(after.rows.map(({ second, row }) => `${second} ${row.kind} ${row.incident.subject}`), [
    "11 opened b",
  ]);
});

Deno.test("[INC11] restored from its rows alone, an incident stays the same and needs its full closing time", () => {
  const before = new Run().rounds(6, [weak, "a", broken()]);
  const after = new Run(restoreIncidents(before.rows.map(({ row }) => row.incident)));
  after.second = 600;
  after.rounds(20, [weak, "a", UNKNOWN]).rounds(10, [weak, "a", HEALTHY]);
  assert.deepEqual(after.told, []);
  after.rounds(1, [weak, "a", HEALTHY]);
  assert.deepEqual(after.rows.map(({ second, row }) => `${second} ${row.kind} ${row.incident.id}`), [
    "630 resolved i1",
  ]);
});

Deno.test("[INC11] a time when nobody watched proves neither health nor trouble", () => {
  const gap = ROUND_GAP_MS / ROUND_MS + 1;
  const closing = new Run().rounds(6, [weak, "a", broken()]).rounds(2, [weak, "a", HEALTHY]);
  closing.second += gap;
  assert.deepEqual(closing.rounds(10, [weak, "a", HEALTHY]).told, ["5 opened weak warn"]);
  const opening = new Run().rounds(2, [weak, "a", broken()]);
  opening.second += gap;
  assert.deepEqual(opening.rounds(5, [weak, "a", broken()]).told, []);
});

Deno.test("[INC11] a clock that is set back begins the waiting anew", () => {
  const run = new Run().rounds(6, [weak, "a", broken()]).rounds(9, [weak, "a", HEALTHY]);
  run.second -= 3_600;
  assert.deepEqual(run.rounds(10, [weak, "a", HEALTHY]).told.length, 1);
  assert.equal(run.rounds(1, [weak, "a", HEALTHY]).told.length, 2);
});

Deno.test("[INC12] what breaks again is a new incident", () => {
  const run = new Run().rounds(6, [weak, "a", broken()]).rounds(11, [weak, "a", HEALTHY]).rounds(6, [
    weak,
    "a",
    broken(),
  ]);
  assert.deepEqual(run.rows.map(({ row }) => `${row.kind} ${row.incident.id}`), [
    "opened i1",
    "resolved i1",
    "opened i2",
  ]);
});

Deno.test("a state without anything wrong holds nothing", () => {
  const run = new Run().rounds(
    30,
    ...healthyFacts().registers.map(({ id }): [Rule, string, Outcome] => [weak, id, HEALTHY]),
  );
  assert.deepEqual(run.state.watches, {});
});
