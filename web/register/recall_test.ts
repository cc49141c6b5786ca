/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import type { Recall } from "../../shared/wire.ts";
import { sayRecall } from "./ask_hub.tsx";
import { ANSWER_MAX_MS, numbersMeant, Recalls } from "./recall.ts";

function rig() {
  const said: Recall[] = [];
  const at = { now: 1_000, online: true };
  const recalls = new Recalls({
    say: (message) => at.online && said.push(message) > 0,
    now: () => at.now,
  });
  const kind = () => recalls.state.value?.kind;
  return { recalls, said, at, kind };
}

Deno.test("[SYN36] a number is asked for with its letter, or with that of every register", () => {
  assert.deepEqual(numbersMeant(" b12 ", ["A"]), ["B12"]);
  assert.deepEqual(numbersMeant("B12·2", ["A"]), ["B12"]); // both that bear it
  assert.deepEqual(numbersMeant("12", ["A", "B", "A"]), ["A12", "B12"]);
  for (const typed of ["", "ana", "table 4", "B0", "0", "B12x", "12345678"]) {
    assert.deepEqual(numbersMeant(typed, ["A"]), [], typed);
  }
});

Deno.test("[SYN36] what the hub answers is told of what was asked last, and of nothing else", () => {
  const { recalls, said, kind } = rig();
  recalls.ask(["B12"]);
  assert.deepEqual([said, kind()], [[{ type: "recall", numbers: ["B12"] }], "asking"]);
  recalls.hear({ type: "recalled", numbers: ["B11"], checks: [] });
  assert.equal(kind(), "asking");
  recalls.hear({ type: "recalled", numbers: ["B12"], checks: [] });
  assert.equal(kind(), "none");
  recalls.ask(["B13"]);
  recalls.hear({ type: "recalled", numbers: ["B13"], checks: ["bbbbbbbb-0000/1"] });
  assert.equal(kind(), "found");
});

Deno.test("[SYN36] a hub that is away, goes away or does not answer is told", () => {
  const { recalls, at, kind } = rig();
  at.online = false;
  recalls.ask(["B12"]);
  assert.equal(kind(), "unanswered");
  at.online = true;
  recalls.ask(["B12"]);
  recalls.understood.value = true;
  recalls.hubAway();
  assert.deepEqual([kind(), recalls.understood.value], ["unanswered", false]);
  recalls.ask(["B12"]);
  at.now += ANSWER_MAX_MS;
  recalls.tick();
  assert.equal(kind(), "asking");
  at.now++;
  recalls.tick();
  assert.equal(kind(), "unanswered");
  recalls.hear({ type: "recalled", numbers: ["B12"], checks: ["bbbbbbbb-0000/1"] }); // late is not never
  assert.equal(kind(), "found");
});

Deno.test("[SYN36] each outcome says what to do next", () => {
  assert.match(sayRecall("none", true), /Look at the number/);
  assert.match(sayRecall("unanswered", true), /Ask it again/);
  for (const kind of ["unanswered", undefined] as const) assert.match(sayRecall(kind, false), /once it is back/);
  assert.match(sayRecall("found", true), /in a moment/);
});
