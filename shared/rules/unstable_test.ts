/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { NOON } from "./fixture.ts";
import { restoreIncidents } from "./incident.ts";
import { HEALTHY, type Severity } from "./rule.ts";
import { broken, Rounds, ruleOf } from "./step_testing.ts";
import { fallenAgain, SPELLS_MAX, STEADY_MS } from "./unstable.ts";

const weak = ruleOf("weak");
const child = ruleOf("child", { dependsOn: ["weak"] });

function flap(run: Rounds, times: number, severity: Severity = "fail"): Rounds {
  for (let i = 0; i < times; i++) run.pass(30, [[weak, "a", broken(severity)]]).pass(30, [[weak, "a", HEALTHY]]);
  return run;
}

Deno.test("[INC15] what opens a third time in a quarter of an hour is one unstable incident through twenty falls", () => {
  const run = flap(new Rounds(), 20);
  assert.deepEqual(run.told, [
    ...["5 opened weak", "40 resolved weak", "65 opened weak", "100 resolved weak", "125 opened weak"],
  ]);
  const [incident] = run.open;
  assert.equal(incident?.unstable?.falls, 20);
  assert.equal(incident?.unstable?.spells.length, 18);
  assert.equal(incident?.title, "weak, again and again");
  assert.match(incident?.text ?? "", /came and went 20 times in 19 min\. It is fine just now; this ends once/);
});

Deno.test("[INC15] while it is there its text is its rule's, with the count", () => {
  const run = flap(new Rounds(), 3).pass(10, [[weak, "a", broken("fail", { text: "Bar is far." }), { name: "Bar" }]]);
  assert.match(run.open[0]?.text ?? "", /^Bar is far\. It has come and gone 4 times in 3 min/);
  assert.equal(run.open[0]?.headline, "Bar comes and goes.");
});

Deno.test("[INC15] it ends once it has been steady for five minutes, at the end of its last spell, and the next is plain again", () => {
  const run = flap(new Rounds(), 4);
  const steadyFrom = run.second - 30; // healthy for 30 s by now
  run.pass(STEADY_MS / 1_000, [[weak, "a", HEALTHY]]);
  const last = run.rows.at(-1)?.row;
  assert.deepEqual([last?.kind, last?.incident.resolvedAt], ["resolved", NOON + steadyFrom * 1_000 + STEADY_MS]);
  assert.equal(last?.incident.endedAt, NOON + steadyFrom * 1_000);
  run.pass(6, [[weak, "a", broken()]]);
  assert.equal(run.open[0]?.unstable, undefined);
});

Deno.test("[INC15] two openings, or three over an hour, are told one by one", () => {
  const slow = new Rounds();
  for (let i = 0; i < 4; i++) slow.pass(60, [[weak, "a", broken()]]).pass(20 * 60, [[weak, "a", HEALTHY]]);
  assert.equal(slow.told.length, 8);
  assert.equal(flap(new Rounds(), 2).told.length, 4);
});

Deno.test("[INC15] a restart does not forget that it came and went", () => {
  const before = flap(new Rounds(), 2);
  const after = new Rounds(
    restoreIncidents(before.rows.filter(({ row }) => row.kind === "resolved").map(({ row }) => row.incident)),
  );
  after.second = before.second + 60;
  after.pass(6, [[weak, "a", broken()]]);
  assert.equal(after.open[0]?.unstable?.falls, 3);
});

Deno.test("[INC15] while an unstable parent is fine it holds nothing back", () => {
  const run = flap(new Rounds(), 3);
  run.pass(30, [[weak, "a", HEALTHY], [child, "a", broken()]]);
  assert.ok(run.told.some((row) => row.endsWith("opened child")), run.told.join());
});

Deno.test("[INC15] spells are kept up to a limit, and trouble never counts as less", () => {
  const spells = Array.from({ length: SPELLS_MAX }, (_, n) => ({ since: n * 10, until: n * 10 + 5 }));
  const full = fallenAgain({ falls: SPELLS_MAX, since: 0, spells }, 99_999);
  assert.equal(full.spells.length, SPELLS_MAX);
  assert.deepEqual(full.spells.at(-1), { since: (SPELLS_MAX - 1) * 10 });
});

Deno.test("[INC21] of what comes and goes each spell knows how grave it was", () => {
  const run = flap(new Rounds(), 3);
  run.pass(10, [[weak, "a", HEALTHY]]).pass(20, [[weak, "a", broken("warn")]]).pass(15, [[weak, "a", HEALTHY]]);
  run.pass(20, [[weak, "a", broken("warn")]]).pass(8, [[weak, "a", broken("fail")]]);
  assert.deepEqual(run.open[0]?.unstable?.spells.map(({ worst }) => worst), ["fail", "warn", "fail"]);
});

Deno.test("[INC15] what comes again milder or graver than it went is there again, once that has lasted", () => {
  for (const severity of ["warn", "fail"] as const) {
    const run = flap(new Rounds(), 3, severity === "warn" ? "fail" : "warn").pass(10, [[weak, "a", HEALTHY]]);
    run.pass(20, [[weak, "a", broken(severity)]]);
    assert.equal(run.open[0]?.unstable?.falls, 4, severity);
    assert.equal(run.open[0]?.severity, severity);
  }
});
