/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { NOON } from "./fixture.ts";
import { hubOff } from "./hub_off.ts";
import type { Incident } from "./incident.ts";
import { type Measured, riskOf, type StoryParts, tell } from "./story.ts";

const MINUTE_MS = 60_000;
const at = (minute: number) => NOON + minute * MINUTE_MS;
const INCIDENT: Incident = {
  ...{
    id: "i1",
    code: "register-silent",
    subject: "bar",
    severity: "fail",
    strength: "A",
    title: "Register is not heard",
  },
  ...{ text: "", evidence: [], runbook: [], cause: "Probably asleep.", changedAt: at(9) },
  ...{ since: at(4), openedAt: at(4) + 15_000, resolvedAt: at(9), endedAt: at(8), resolution: "healthy" },
};
const MEASURED: Measured = {
  t: Array.from({ length: 12 }, (_, minute) => at(minute)),
  openChecks: [9, 9, 9, 3, 4, 5, 5, 4, 3, 8, 8, 8],
  registers: [{
    ...{ id: "bar", name: "Bar" },
    rttMs: [4, 5, 6, 5, null, null, null, null, 4, 4, 4, 4],
    rssiDbm: [-61, -61, -62, null, null, null, null, null, -58, -58, -58, -58],
    unsynced: [null, null, null, 7, 1, 2, 2, 2, null, null, null, null],
  }],
};
const PARTS: StoryParts = { measured: MEASURED, gaps: [], maintenance: [], now: at(12) };
const told = (incident: Incident, parts: Partial<StoryParts> = {}) =>
  tell(incident, { ...PARTS, ...parts }).map(({ at: when, text }) => `${(when - NOON) / MINUTE_MS} ${text}`);

Deno.test("[INC24] a story says how it was before, what happened, what was at stake and how it ended, in that order", () => {
  assert.deepEqual(told(INCIDENT), [
    "0 Until then Bar had a round trip of 5 ms and a signal of −61 dBm.",
    "4 It began: Register is not heard. The hub was sure after 15 s. Probably asleep.",
    "4.25 5 checks were open.",
    "4.25 2 changes were on Bar alone.",
    "8 It was over, after 4 min.",
  ]);
});

Deno.test("[INC24] a story that is not measured on says only that", () => {
  assert.equal(
    told({ ...INCIDENT, resolution: "unmeasured" }).at(-1),
    "8 From here on it was not measured, so whether it is still so is not known.",
  );
});

Deno.test("[INC24] nothing is told that was not measured", () => {
  const nothing = { t: MEASURED.t, openChecks: MEASURED.t.map(() => null), registers: [] };
  assert.deepEqual(told({ ...INCIDENT, cause: undefined }, { measured: nothing }), [
    "4 It began: Register is not heard. The hub was sure after 15 s.",
    "8 It was over, after 4 min.",
  ]);
});

Deno.test("[INC24] a story tells whom it touched, who came back, the hub's own gaps and maintenance", () => {
  const effect = { code: "register-silent", subject: "till", name: "Till 1", since: at(5) };
  const lines = told({ ...INCIDENT, effects: [{ ...effect, subject: "bar", name: "Bar", until: at(6) }, effect] }, {
    gaps: [{ from: at(6.5), until: at(7) }],
    maintenance: [{ from: at(3), until: at(9), words: "A new router" }],
  });
  assert.ok(lines.includes("3 Maintenance: A new router"));
  assert.ok(lines.includes("5 Not heard because of it: Bar and Till 1."));
  assert.ok(lines.includes("6 Bar was heard again."));
  assert.ok(lines.some((line) => line.startsWith("6.5 The hub itself was off for 30 s.")));
  assert.ok(lines.includes("9 Not back yet by then: Till 1."));
});

Deno.test("[INC24] what comes and goes is told spell by spell, and what is open has no end", () => {
  const spells = [{ since: at(4), until: at(5) }, { since: at(6), until: at(7) }];
  const lines = told({
    ...INCIDENT,
    resolvedAt: undefined,
    endedAt: undefined,
    unstable: { falls: 4, since: at(1), spells },
  });
  assert.ok(lines.includes("4 It had come and gone 2 times before."));
  assert.ok(lines.includes("6 It came again, for 60 s."));
  assert.equal(lines.at(-1), "12 It is still so, after 8 min.");
});

Deno.test("[INC26] at risk is the most while it lasted, and not what was before or after", () => {
  assert.deepEqual(riskOf(INCIDENT, PARTS), { openChecks: 5, unsynced: [{ id: "bar", name: "Bar", changes: 2 }] });
});

Deno.test("[INC20] a gap of the hub's own says from when to when, by the clock of the venue", () => {
  const gap = { from: Date.parse("2026-11-23T19:04:10Z"), until: Date.parse("2026-11-23T19:06:00Z") };
  const { text, severity, subject, resolvedAt } = hubOff(gap, "i1", "Europe/Madrid");
  assert.match(text, /^The hub was off from 20:04 to 20:06\./);
  assert.deepEqual([severity, subject, resolvedAt], ["info", "hub", gap.until]);
});

Deno.test("[INC24] who came back within a minute is told in one breath", () => {
  const effect = (name: string, until: number) => ({
    code: "register-silent",
    subject: name,
    name,
    since: at(3),
    until,
  });
  const effects = [effect("Bar", at(7)), effect("Till 1", at(6.5)), effect("Terrace", at(8.5))];
  const lines = told({ ...INCIDENT, code: "router-down", effects });
  assert.ok(lines.includes("4 Not heard because of it: Bar, Till 1 and Terrace."), lines.join("\n"));
  assert.ok(lines.includes("6.5 Till 1 and Bar were heard again."));
  assert.ok(lines.includes("8.5 Terrace was heard again."));
});
