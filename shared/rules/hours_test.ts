/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { accessPointDown, pointsOf } from "./access_point.ts";
import { healthyFacts } from "./fixture.ts";
import { closedSpans, excused, isOpen, nextChange, type OpeningHours } from "./hours.ts";
import { routerDown } from "./ladder_rules.ts";
import { registerSilent } from "./live.ts";
import { HEALTHY } from "./rule.ts";
import { lengthOf } from "./spans.ts";

const HOUR_MS = 3_600_000;
const at = (text: string) => Date.parse(text);
const LOLA: OpeningHours = {
  timeZone: "Europe/Lisbon",
  week: [
    { day: 0, opens: "10:00", closes: "16:00" },
    { day: 4, opens: "18:00", closes: "02:00" }, // Friday into Saturday
    { day: 6, opens: "00:00", closes: "00:00" }, // all Sunday
  ],
};

Deno.test("[INC23] opening hours are by the week and the clock on the wall, over midnight too", () => {
  const open = (text: string) => isOpen(LOLA, at(text));
  assert.deepEqual(
    ["2026-11-23T09:59:00Z", "2026-11-23T10:00:00Z", "2026-11-23T15:59:59Z", "2026-11-23T16:00:00Z"].map(open),
    [
      ...[false, true, true, false],
    ],
  );
  assert.deepEqual(["2026-11-27T23:00:00Z", "2026-11-28T01:59:00Z", "2026-11-28T02:00:00Z"].map(open), [
    true,
    true,
    false,
  ]);
  assert.deepEqual(["2026-11-29T00:00:00Z", "2026-11-29T23:59:00Z", "2026-11-30T00:00:00Z"].map(open), [
    true,
    true,
    false,
  ]);
});

Deno.test("[INC23] in summer the clock on the wall is an hour ahead", () => {
  assert.deepEqual(["2026-07-06T09:00:00Z", "2026-07-06T15:30:00Z"].map((text) => isOpen(LOLA, at(text))), [
    true,
    false,
  ]);
});

Deno.test("[INC23] it is known when it opens or closes next; without hours a venue is always open", () => {
  assert.equal(nextChange(LOLA, at("2026-11-23T04:07:00Z")), at("2026-11-23T10:00:00Z"));
  assert.equal(nextChange(LOLA, at("2026-11-27T20:00:00Z")), at("2026-11-28T02:00:00Z"));
  assert.equal(nextChange(undefined, 0), undefined);
  assert.equal(isOpen(undefined, 0), true);
  assert.equal(nextChange({ timeZone: "UTC", week: [] }, 0), undefined);
});

Deno.test("[INC23] the closed hours of a week are what the open ones leave", () => {
  const from = at("2026-11-23T00:00:00Z");
  const closed = closedSpans(LOLA, { from, until: from + 7 * 24 * HOUR_MS });
  assert.equal(lengthOf(closed), (168 - 6 - 8 - 24) * HOUR_MS);
  assert.deepEqual(closed[0], { from, until: at("2026-11-23T10:00:00Z") });
});

Deno.test("[INC18] only silence has an excuse, when closed, and for the first quarter of an hour until a register is heard", () => {
  const facts = healthyFacts();
  const [bar, till] = facts.registers;
  const readings = [
    { rule: registerSilent, subject: bar!.id, outcome: HEALTHY },
    { rule: registerSilent, subject: till!.id, outcome: HEALTHY },
    { rule: routerDown, subject: "router", outcome: HEALTHY },
  ];
  const excuses = (now: string, heardAt: string) =>
    excused(
      readings,
      { ...facts, now: at(now), registers: [{ ...bar!, heardAt: at(heardAt) }, { ...till!, heardAt: undefined }] },
      LOLA,
    ).map(({ excused }) => excused);
  const closed = "the venue is closed";
  const opened = "the venue has just opened";
  assert.deepEqual(excuses("2026-11-23T09:00:00Z", "2026-11-23T08:59:00Z"), [closed, closed, undefined]);
  assert.deepEqual(excuses("2026-11-23T10:10:00Z", "2026-11-23T08:59:00Z"), [opened, opened, undefined]);
  assert.deepEqual(excuses("2026-11-23T10:10:00Z", "2026-11-23T10:02:00Z"), [undefined, opened, undefined]);
  assert.deepEqual(excuses("2026-11-23T10:15:00Z", "2026-11-23T08:59:00Z"), [undefined, undefined, undefined]);
});

Deno.test("[INC18] registers that are switched off together at closing are no lost access point, until they are woken", () => {
  const facts = healthyFacts();
  const subject = pointsOf(facts, facts.registers[0]!.id)[0]!;
  const reading = { rule: accessPointDown, subject, outcome: HEALTHY };
  const isExcused = (now: string, ...heardAt: string[]) => {
    const registers = facts.registers.map((each, n) => ({ ...each, heardAt: at(heardAt[n] ?? heardAt[0]!) }));
    return excused([reading], { ...facts, now: at(now), registers }, LOLA)[0]?.excused !== undefined;
  };
  assert.equal(isExcused("2026-11-23T05:00:00Z", "2026-11-23T02:00:00Z"), true);
  assert.equal(isExcused("2026-11-23T10:05:00Z", "2026-11-23T02:00:00Z"), true, "just opened");
  assert.equal(isExcused("2026-11-23T10:05:00Z", "2026-11-23T10:02:00Z", "2026-11-23T02:00:00Z"), true, "one is up");
  assert.equal(isExcused("2026-11-23T10:05:00Z", "2026-11-23T10:02:00Z"), false);
  assert.equal(isExcused("2026-11-23T12:00:00Z", "2026-11-23T10:02:00Z"), false);
});
