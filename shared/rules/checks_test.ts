/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { CHECK_OLD_MS, checkFlagOpen, checkOld, FLAG_OPEN_MS, FLAGGED_MAX } from "./checks.ts";
import type { ChecksFact, Facts, FlaggedCheck } from "./facts.ts";
import { healthyFacts, levelOf, NOON } from "./fixture.ts";
import { NO_INCIDENTS, openIncidents } from "./incident.ts";
import { evaluate, type Outcome } from "./rule.ts";
import { step } from "./step.ts";

const HOUR_MS = 60 * 60_000;
const CALM: ChecksFact = { flagged: [], flaggedCount: 0, old: [], oldCount: 0 };

function withChecks(checks: Partial<ChecksFact>): Facts {
  return { ...healthyFacts(), checks: { ...CALM, ...checks } };
}
function flagged(number: string, code: string, amount: string, n: readonly number[] = []): FlaggedCheck {
  return { number, flags: [{ code, amount }], registers: n.map((i) => healthyFacts().registers[i]!.id) };
}
function textOf(outcome: Outcome): string {
  assert.ok(outcome.kind === "broken");
  return outcome.text;
}

const FLAGS: Record<string, RegExp> = {
  "paid-twice": /^Check B12 was paid twice \(Bar, Till 1\): 24\.00 over\. Give 24\.00 back/,
  "overpaid": /^Check B12 was overpaid \(Bar, Till 1\): 24\.00 over\. Give/,
  "payment-on-void": /^Check B12 was voided with money on it \(Bar, Till 1\): 24\.00 paid\./,
  "due-after-close": /^Check B12 was closed with money due \(Bar, Till 1\): 24\.00 not paid\./,
  "line-after-payment": /^Check B12 was added to after it was ended \(Bar, Till 1\): 24\.00 more\./,
  "of-a-later-version": /^Check B12 cannot be right \(Bar, Till 1\): 24\.00\./,
};
for (const [code, text] of Object.entries(FLAGS)) {
  Deno.test(`[RUL27] ${code} is told with number, amount and registers, as a warning`, () => {
    const facts = withChecks({ flagged: [flagged("B12", code, "24.00", [0, 1])], flaggedCount: 1 });
    const outcome = checkFlagOpen.test(facts, "B12");
    assert.equal(levelOf(outcome), "warn");
    assert.match(textOf(outcome), text);
  });
}

Deno.test("[RUL27] a flag is a finding once it has stood for five minutes, and not before", () => {
  assert.equal(FLAG_OPEN_MS, 5 * 60_000);
  let state = NO_INCIDENTS;
  const facts = withChecks({ flagged: [flagged("B12", "overpaid", "5.00")], flaggedCount: 1 });
  const openAt = (ms: number) => {
    state = step(state, evaluate([checkFlagOpen], { ...facts, now: NOON + ms }), NOON + ms, () => "i").state;
    return openIncidents(state).map(({ subject }) => subject);
  };
  for (let ms = 0; ms < FLAG_OPEN_MS; ms += 5_000) assert.deepEqual(openAt(ms), []);
  assert.deepEqual(openAt(FLAG_OPEN_MS), ["B12"]);
});

Deno.test("[RUL27] a check that was settled is healthy; a register that is let go is not named", () => {
  const facts = withChecks({ flagged: [{ number: "B12", flags: [], registers: [] }] });
  assert.deepEqual(checkFlagOpen.subjects(facts), ["B12", "venue"]);
  assert.equal(levelOf(checkFlagOpen.test(facts, "B12")), "healthy");
  assert.equal(levelOf(checkFlagOpen.test(facts, "venue")), "healthy");
  const gone = withChecks({ flagged: [{ ...flagged("B12", "overpaid", "1.00"), registers: ["zzzzzzzz"] }] });
  assert.match(textOf(checkFlagOpen.test(gone, "B12")), /^Check B12 was overpaid: 1\.00 over\./);
});

Deno.test("[RUL28] what is beyond the list is told as a number, about the venue", () => {
  const many = Array.from({ length: FLAGGED_MAX }, (_, i) => flagged(`B${i}`, "overpaid", "1.00"));
  const facts = withChecks({ flagged: many, flaggedCount: FLAGGED_MAX + 7 });
  assert.match(textOf(checkFlagOpen.test(facts, "venue")), /^7 more checks need attention/);
});

const old = (number: string, ms: number) => ({ number, openedAt: NOON - ms, total: "12.00" });

Deno.test("[RUL28] a check is left open after a day, to the millisecond", () => {
  assert.equal(levelOf(checkOld.test(withChecks({ old: [old("B3", CHECK_OLD_MS)], oldCount: 1 }), "venue")), "healthy");
  const outcome = checkOld.test(withChecks({ old: [old("B3", CHECK_OLD_MS + 1)], oldCount: 1 }), "venue");
  assert.equal(levelOf(outcome), "warn");
  assert.match(textOf(outcome), /^A check has been open for over a day: B3 for 24 h \(12\.00\)\. Close what was paid/);
});

Deno.test("[RUL28] of many that were left open five are named and the rest counted", () => {
  const five = [1, 2, 3, 4, 5].map((n) => old(`B${n}`, (30 + n) * HOUR_MS));
  const outcome = checkOld.test(withChecks({ old: five, oldCount: 9 }), "venue");
  assert.match(textOf(outcome), /^9 checks have been open for over a day: B1 for 31 h \(12\.00\), .* and 4 more\./);
  assert.ok(outcome.kind === "broken" && outcome.headline === "9 checks were left open.");
});

Deno.test("[RUL1] without facts about checks nothing is said of them", () => {
  const facts = { ...healthyFacts(), checks: undefined };
  assert.equal(levelOf(checkFlagOpen.test(facts, "venue")), "unknown");
  assert.equal(levelOf(checkOld.test(facts, "venue")), "unknown");
});
