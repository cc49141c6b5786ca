/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { RULES } from "../rules/all.ts";
import type { Facts } from "../rules/facts.ts";
import { emptyFacts, healthyFacts, NOON, withBeat, withRegister } from "../rules/fixture.ts";
import { CATALOGUE } from "./catalogue.ts";
import { makeList, type Row } from "./list.ts";
import { makePairs } from "./pairs.ts";
import { nextThing } from "./next.ts";
import { QUESTIONS } from "./questions.ts";
import type { WalkResult } from "./walk.ts";
import { Answer, AnswerRequest, surveyFact, weigh } from "./survey.ts";

const row = (code: string, facts: Facts, answers: Answer[] = []): Row =>
  makeList(RULES, facts, answers).find((each) => each.code === code)!;
const short = ({ state, by }: Row) => `${state} ${by}`;

function answer(question: string, choice: string | null, more: Partial<Answer> = {}): Answer {
  const at = new Date(NOON).toISOString();
  return { question, choice, register: null, distance: null, by: "Ana", note: "", photo: null, at, ...more };
}
const far = (n: number, amount: number, unit: "m" | "ft" = "m") =>
  answer("distance", null, { register: healthyFacts().registers[n]!.id, distance: { amount, unit } });
const unanswered = (facts = healthyFacts()): Facts => ({ ...facts, venue: { ...facts.venue, survey: undefined } });

Deno.test("[INS1] every rule has a row, the article's first and in its order, and rules to come are not measured", () => {
  const rows = makeList(RULES, healthyFacts(), []);
  assert.equal(new Set(rows.map(({ code }) => code)).size, rows.length);
  for (const { code } of RULES) assert.ok(rows.some((each) => each.code === code), code);
  const seeds = rows.filter(({ from }) => from === "seed").map(({ code }) => code);
  assert.deepEqual(rows.slice(0, seeds.length).map(({ code }) => code), seeds);
  assert.deepEqual(RULES.filter(({ from }) => from === "seed").map(({ code }) => code).sort(), seeds.toSorted());
  const missing = CATALOGUE.filter(({ code }) => !RULES.some((rule) => rule.code === code));
  for (const { code } of missing) assert.equal(short(row(code, healthyFacts())), "unmeasured nothing", code);
  assert.ok(QUESTIONS.every(({ rule }) => seeds.includes(rule)));
});

Deno.test("[INS1] a rule that the list does not know comes last, under its own title", () => {
  const strange = { ...RULES[0]!, code: "moon-full", title: "Full moon", from: "own" as const };
  const last = makeList([...RULES, strange], healthyFacts(), []).at(-1)!;
  assert.deepEqual([last.code, last.state], ["moon-full", "passed"]);
  assert.match(last.wants, /Full moon/);
});

Deno.test("[INS2] what passed says its numbers, how and when", () => {
  const { measured, state } = row("signal-weak", healthyFacts());
  assert.equal(state, "passed");
  assert.deepEqual(measured, {
    ...{ state: "passed", text: "Bar, Till 1 and Terrace: -55 dBm".replace("-", "−"), how: "Median of 5 min" },
    ...{ at: new Date(NOON).toISOString(), broken: [], todo: null },
  });
  const facts = { ...healthyFacts(), router: { ...healthyFacts().router, checkedAt: NOON } };
  for (const { state, measured } of makeList(RULES, facts, [])) {
    if (state === "passed") assert.ok(measured.at !== null && measured.text !== "");
  }
});

Deno.test("[INS2] one subject that was not measured is enough for a row that is not, and it says whose", () => {
  const facts = withRegister(healthyFacts(), 2, { signal: [] });
  const { state, measured } = row("signal-weak", facts);
  assert.equal(state, "unmeasured");
  assert.match(measured.text, /^Not measured on 1 of 3\. Terrace: 0 signal readings/);
});

Deno.test("[INS2] the gravest of its subjects makes the row, and it names them with the first step", () => {
  const facts = withBeat(healthyFacts(), 1, { state: { autoLock: 2 } });
  const { state, measured } = row("auto-lock-on", facts);
  assert.equal(state, "failed");
  assert.deepEqual(measured.broken, ["Till 1"]);
  assert.equal(measured.todo, "On the iPad, open Settings.");
});

Deno.test("[INS3] an answer never counts as measured", () => {
  assert.equal(short(row("router-combo", unanswered())), "unmeasured nothing");
  const answered = row("router-combo", healthyFacts(), [answer("router", "alone")]);
  assert.equal(short(answered), "passed answered");
  assert.equal(answered.measured.state, "unmeasured");
  assert.equal(
    row("router-combo", healthyFacts()).measured.state,
    "unmeasured",
    "the survey in the facts is an answer, too",
  );
  assert.deepEqual(answered.answered, { state: "passed", text: "Two boxes" });
});

Deno.test("[INS4] a hint is settled by an answer, what is proven is not, and what was seen to be wrong is wrong", () => {
  const several = withBeat(healthyFacts(), 1, { network: { bssid: "11:22:33:44:55:66" } });
  assert.equal(short(row("extender-suspected", several)), "warned measured");
  const both = [answer("repeaters", "yes"), answer("wired", "yes")];
  assert.equal(short(row("extender-suspected", several, both)), "passed answered");
  assert.equal(
    short(row("extender-suspected", several, both.slice(1))),
    "warned measured",
    "half an answer settles nothing",
  );
  const locked = withBeat(healthyFacts(), 1, { state: { autoLock: 2 } });
  assert.equal(short(row("auto-lock-on", locked, [answer("auto-lock", "yes")])), "failed measured");
  assert.equal(short(row("auto-lock-on", healthyFacts(), [answer("auto-lock", "no")])), "failed answered");
  assert.equal(short(row("auto-lock-on", healthyFacts(), [answer("auto-lock", "unknown")])), "passed measured");
});

Deno.test("[INS4] an answer outweighs no walk test that failed", () => {
  const facts = healthyFacts();
  const bar = facts.registers[0]!.id;
  const walks = [{ register: bar, spot: "Door", at: NOON, state: "failed" as const, why: ["Loss 9 %, above 1 %"] }];
  const walked = { ...facts, venue: { ...facts.venue, survey: { metres: {}, walks } } };
  const near = [0, 1, 2].map((n) => far(n, 3));
  assert.equal(short(row("too-far", walked, near)), "warned measured");
  assert.equal(short(row("too-far", facts, near)), "passed answered");
});

Deno.test("[INS5] while the router is down nobody is accused", () => {
  const facts = withBeat(healthyFacts(), 1, { network: { gateway: "10.0.0.1" } });
  assert.equal(row("other-network", facts).state, "failed");
  const down = { ...facts, router: { ...facts.router, alive: false } };
  assert.equal(row("other-network", down).state, "unmeasured");
});

Deno.test("[INS6] an answer fits its question or is refused", () => {
  const ok = (given: unknown) => AnswerRequest.safeParse(given).success;
  const bar = "reg00000";
  assert.ok(ok({ question: "router", choice: "combo", by: "Ana" }));
  assert.ok(ok({ question: "router", by: "Ana" }), "taken back");
  assert.ok(ok({ question: "distance", register: bar, distance: { amount: 20, unit: "ft" }, by: "Ana" }));
  for (
    const wrong of [
      { question: "weather", choice: "yes", by: "Ana" },
      { question: "router", choice: "maybe", by: "Ana" },
      { question: "router", choice: "combo", by: " " },
      { question: "router", choice: "combo", register: bar, by: "Ana" },
      { question: "router", distance: { amount: 2, unit: "m" }, by: "Ana" },
      { question: "distance", distance: { amount: 2, unit: "m" }, by: "Ana" },
      { question: "distance", register: bar, choice: "yes", by: "Ana" },
      { question: "distance", register: bar, distance: { amount: -1, unit: "m" }, by: "Ana" },
      { question: "router", choice: "combo", by: "Ana", note: "x".repeat(301) },
      { question: "router", choice: "combo", by: "Ana", photo: "https://elsewhere/x.jpg" },
      { question: "router", choice: "combo", by: "Ana", photo: `data:image/jpeg;base64,${"A".repeat(48_000)}` },
    ]
  ) assert.equal(ok(wrong), false, JSON.stringify(wrong).slice(0, 90));
});

Deno.test("[INS7] 9 m and 30 ft are near, more is far, and rules get metres", () => {
  assert.deepEqual([far(0, 9), far(0, 9.1), far(0, 29.5, "ft"), far(0, 31, "ft")].map((each) => weigh(each).state), [
    ...["passed", "warned", "passed", "warned"],
  ]);
  const { metres, router } = surveyFact([far(0, 32.81, "ft"), answer("router", "combo")]);
  assert.ok(Math.abs(Object.values(metres)[0]! - 10) < 0.01);
  assert.equal(router, "combo");
});

Deno.test("[INS8] the next thing is what matters most, and at last the signature", () => {
  const facts = healthyFacts();
  const registers = facts.registers.map(({ id, name }) => ({ id, name }));
  const next = (facts: Facts, parts: Partial<Parameters<typeof nextThing>[0]> = {}) => {
    const answers = [...parts.answers ?? []];
    return nextThing({ rows: makeList(RULES, facts, answers), answers, walks: [], registers, ...parts });
  };
  assert.equal(next(emptyFacts(), { registers: [] }).kind, "register");
  const locked = withBeat(facts, 1, { state: { autoLock: 2 } });
  assert.deepEqual(next(locked), { kind: "mend", at: "auto-lock-on", text: "Till 1: On the iPad, open Settings." });
  assert.deepEqual([next(facts).kind, next(facts).at], ["answer", "router"]);
  const answers = [answer("router", "alone"), far(0, 3), far(1, 3), far(2, 12)];
  assert.deepEqual([next(facts, { answers }).kind, next(facts, { answers }).at], ["walk", registers[0]!.id]);
  const walks = registers.map(({ id }) => ({ register: id }) as WalkResult);
  const several = withBeat(facts, 1, { device: { model: "iPad Pro 11-inch" } });
  assert.equal(next(several, { answers: [...answers, answer("same-model", "unknown")], walks }).at, "device-mixed");
  assert.equal(next(facts, { answers, walks }).kind, "report");
});

Deno.test("[INS9] a pair is direct only if neither side says otherwise, and the worse number counts", () => {
  const facts = healthyFacts();
  const [bar, till] = facts.registers.map(({ id }) => id) as [string, string];
  const link = (peer: string, path: "direct" | "relay", rttMs: number, why?: string) => ({
    peer,
    path,
    rttMs,
    lossPercent: 0,
    since: undefined,
    why,
  });
  const pairs = (a: ReturnType<typeof link>[], b: ReturnType<typeof link>[]) =>
    makePairs(withRegister(withRegister(facts, 0, { links: a }), 1, { links: b }).registers, NOON);
  assert.equal(pairs([], []).length, 3);
  assert.equal(pairs([], [])[0]!.path, null);
  assert.deepEqual(pairs([link(till, "direct", 3)], [link(bar, "direct", 5)])[0], {
    ...{ a: "Bar", b: "Till 1", path: "direct", rttMs: 5, lossPercent: 0, why: null },
  });
  const mixed = pairs([link(till, "direct", 3)], [link(bar, "relay", 5, "It was closed.")])[0]!;
  assert.deepEqual([mixed.path, mixed.why], ["relay", "It was closed."]);
});
