/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import type { RunbookStep, RunbookView } from "../../shared/runbook_api.ts";
import { endTitle, lastDone, sayPast, sayProgress } from "./guide_words.ts";

function step(id: string, state: RunbookStep["state"], likely = state !== "skipped"): RunbookStep {
  return { id, text: id, state, likely, by: null, already: false, said: null, at: null };
}

function run(...steps: RunbookStep[]): RunbookView {
  const startedAt = "2026-11-23T19:00:00.000Z";
  return {
    id: "x",
    kind: "app-hidden",
    subject: "y",
    title: "z",
    startedAt,
    steps,
    measured: true,
    asks: false,
    end: null,
  };
}

Deno.test("[RBK18] progress counts what is likely to be done, and never more than all", () => {
  const some = run(
    step("a", "done"),
    step("b", "skipped"),
    step("c", "now"),
    step("d", "later"),
    step("e", "later", false),
  );
  assert.deepEqual(sayProgress(some), { step: 2, of: 3 });
  assert.deepEqual(sayProgress(run(step("a", "done"), step("b", "later"))), { step: 1, of: 2 });
  assert.deepEqual(sayProgress(run(step("a", "skipped"))), { step: 1, of: 1 });
});

Deno.test("[RBK18] what is past is told: the last tick, how much was done, and what came of it", () => {
  const some = run(step("a", "done"), step("b", "done"), step("c", "skipped"), step("d", "now"));
  assert.equal(lastDone(some)?.id, "b");
  assert.equal(sayPast(some.steps), "2 steps done, 1 passed over");
  assert.equal(sayPast([step("c", "skipped")]), "1 passed over");
  const end = { text: "", next: null, at: "2026-11-23T19:00:00.000Z" };
  assert.equal(endTitle({ ...end, how: "fixed", step: "a" }), "What fixed it");
  assert.equal(endTitle({ ...end, how: "fixed", step: null }), "It is over");
});
