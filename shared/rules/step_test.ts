/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { NOON } from "./fixture.ts";
import { HEALTHY, type Outcome, type Reading, unknown } from "./rule.ts";
import { step } from "./step.ts";
import { NO_INCIDENTS, openIncidents } from "./incident.ts";
import { broken, Rounds, ruleOf, type Said } from "./step_testing.ts";

const weak = ruleOf("weak");
const router = ruleOf("router", { openAfterMs: 0, returnMs: 60_000 });
const silent = ruleOf("silent", { openAfterMs: 3_000, dependsOn: ["router"] });

Deno.test("[INC1] what was measured often enough already opens, and gets graver, at once; while warming it waits", () => {
  const settled = broken("fail", { settled: true });
  assert.deepEqual(new Rounds().pass(1, [[weak, "a", settled]]).told, ["0 opened weak"]);
  const graver = new Rounds().pass(10, [[weak, "a", broken("warn")]]).pass(1, [[weak, "a", settled]]);
  assert.deepEqual(graver.told, ["5 opened weak", "10 changed weak"]);
  assert.deepEqual(new Rounds().pass(9, [[weak, "a", settled]], { warming: true }).told, []);
});

Deno.test("[INC39] what gets well while its parent lasts ended then, though it is told only after that", () => {
  const lasts = (child: Outcome): Said[] => [[router, "router", broken()], [silent, "a", child]];
  const run = new Rounds().pass(5, [[router, "router", HEALTHY], [silent, "a", broken()]]);
  run.pass(20, lasts(broken())).pass(10, lasts(HEALTHY)).pass(10, lasts(broken())).pass(30, lasts(HEALTHY));
  run.pass(30, [[router, "router", HEALTHY], [silent, "a", HEALTHY]]);
  const [ended] = run.rows.filter(({ row }) => row.kind === "resolved" && row.incident.code === "silent");
  assert.equal(ended!.row.incident.endedAt, NOON + 45_000, "from when it was well for good");
  assert.equal(ended!.second, 96, "ten seconds after the router was well for ten, not while the router was down");
  assert.equal(run.rows.filter(({ row }) => row.incident.code === "silent" && row.kind === "opened").length, 1);
});

Deno.test("[INC17] what opens during maintenance is muted for good once it ends in it", () => {
  const run = new Rounds().pass(20, [[weak, "a", broken()]], { muted: true });
  assert.deepEqual(run.open.map(({ muted }) => muted), [true]);
  run.pass(20, [[weak, "a", HEALTHY]], { muted: true });
  assert.deepEqual(run.rows.map(({ row }) => [row.kind, row.incident.muted]), [["opened", true], ["resolved", true]]);
});

Deno.test("[INC17] what outlasts the maintenance is news then", () => {
  const run = new Rounds().pass(20, [[weak, "a", broken()]], { muted: true }).pass(5, [[weak, "a", broken()]]);
  assert.deepEqual(run.rows.map(({ second, row }) => [second, row.kind, row.incident.muted]), [
    [5, "opened", true],
    [20, "changed", undefined],
  ]);
});

Deno.test("[INC17] what was open before is not muted by it", () => {
  const run = new Rounds().pass(10, [[weak, "a", broken()]]).pass(10, [[weak, "a", broken()]], { muted: true });
  assert.equal(run.open[0]?.muted, undefined);
});

Deno.test("[INC18] what has an excuse does not open, and ends as closed when it was open", () => {
  const excused = { excused: "the venue is closed" };
  assert.deepEqual(new Rounds().pass(60, [[weak, "a", broken(), excused]]).told, []);
  const run = new Rounds().pass(10, [[weak, "a", broken()]]).pass(1, [[weak, "a", broken(), excused]]);
  assert.deepEqual(run.told, ["5 opened weak", "10 resolved weak"]);
  assert.equal(run.rows.at(-1)?.row.incident.resolution, "closed");
});

Deno.test("[INC19] while the hub is warming nothing opens and nothing gets graver; what is open may get well", () => {
  const run = new Rounds().pass(10, [[weak, "a", broken("warn")], [weak, "b", broken()], [weak, "c", HEALTHY]]);
  const ids = run.open.map(({ id }) => id);
  const warming = { warming: true };
  run.pass(60, [[weak, "a", broken("fail")], [weak, "b", HEALTHY], [weak, "c", broken()]], warming);
  assert.deepEqual(run.told.slice(2), ["20 resolved weak"]);
  assert.deepEqual(run.open.map(({ id, severity }) => [id, severity]), [[ids[0], "warn"]]);
  run.pass(1, [[weak, "a", broken("fail")], [weak, "b", HEALTHY], [weak, "c", broken()]]);
  assert.deepEqual(run.told.slice(3), ["70 changed weak", "70 opened weak"]);
});

/** A row of numbers that looks like chance and is the same every time. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Each finding keeps its mind for a while, as things do. */
function moods(random: () => number): () => Outcome {
  let left = 0;
  let mood: Outcome = HEALTHY;
  return () => {
    if (left-- <= 0) {
      left = Math.floor(random() * 90);
      const at = random();
      mood = at < 0.45 ? HEALTHY : at < 0.85 ? broken(at < 0.6 ? "warn" : "fail") : unknown("not measured");
    }
    return mood;
  };
}

for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
  Deno.test(`[INC16] half an hour of chance leaves no incident stuck, twice open or wrongly accused (seed ${seed})`, () => {
    const random = dice(seed);
    const [ofRouter, ...ofRegisters] = Array.from({ length: 5 }, () => moods(random));
    let state = NO_INCIDENTS;
    let ids = 0;
    const openNow = new Map<string, string>(); // by finding: the id
    const ended = new Set<string>();
    let routerEndedAt = -Infinity;
    for (let second = 0; second < 1_800 + 400; second++) {
      const now = NOON + second * 1_000;
      const calm = second >= 1_800;
      const said = (mood: () => Outcome) => calm ? HEALTHY : mood();
      const readings: Reading[] = [
        { rule: router, subject: "router", outcome: said(ofRouter!) },
        ...ofRegisters.map((mood, n): Reading => ({ rule: silent, subject: `r${n}`, outcome: said(mood) })),
      ];
      const heldBack = openIncidents(state).some(({ code, unstable }) =>
        code === "router" && (unstable === undefined || unstable.spells.at(-1)?.until === undefined)
      );
      const next = step(JSON.parse(JSON.stringify(state)), readings, now, () => `i${++ids}`, {
        warming: second % 700 > 640,
        muted: second % 500 > 400,
      });
      for (const { kind, incident } of next.rows) {
        const key = `${incident.code} ${incident.subject}`;
        assert.ok(!ended.has(incident.id), `${incident.id} goes on after its end, second ${second}`);
        if (kind === "opened") assert.ok(!openNow.has(key), `${key} opened twice, second ${second}`);
        else assert.equal(openNow.get(key), incident.id, `second ${second}`);
        if (kind === "opened" && incident.code === "silent") {
          assert.ok(!heldBack, `${key} is accused while the router is down, second ${second}`);
          assert.ok(now - routerEndedAt >= 60_000, `${key} had no time to come back, second ${second}`);
        }
        if (kind === "resolved") {
          openNow.delete(key);
          ended.add(incident.id);
          assert.ok(incident.endedAt! <= incident.resolvedAt! && incident.endedAt! >= incident.since);
        } else openNow.set(key, incident.id);
      }
      const holdsStill = openIncidents(next.state).some(({ code, unstable }) =>
        code === "router" && (unstable === undefined || unstable.spells.at(-1)?.until === undefined)
      );
      if (heldBack && !holdsStill) routerEndedAt = now;
      state = next.state;
    }
    assert.deepEqual(openIncidents(state), []);
    assert.deepEqual(state.watches, {});
    assert.ok(ended.size > 0);
  });
}
