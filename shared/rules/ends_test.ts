import assert from "node:assert/strict";
import { test } from "node:test";
import { ENDS_MAX, endsAfter, NO_ENDS } from "./ends.ts";
import { healthyFacts, NOON, withRegister } from "./fixture.ts";
import type { Effect, Incident } from "./incident.ts";
import { SILENT_MS } from "./liveness.ts";

const facts = healthyFacts();
const [bar, till] = facts.registers as [typeof facts.registers[number], typeof facts.registers[number]];

function ended(resolution: Incident["resolution"], more: Partial<Incident> = {}): Incident {
  return {
    ...{ id: "i1", code: "access-point-down", subject: "ap-a4:2b:b0:01:02:03", severity: "fail", strength: "B" },
    ...{ title: "Gone", text: "It is gone.", evidence: [], runbook: [], since: NOON, openedAt: NOON, changedAt: NOON },
    ...{ resolvedAt: NOON, resolution },
    ...more,
  };
}

const effectsOn = (...ids: string[]): Effect[] =>
  ids.map((subject) => ({ code: "register-silent", subject, name: subject, since: NOON }));
const endOf = (incident: Incident, known?: typeof facts) => [...endsAfter(NO_ENDS, [incident], known).values()][0];

test("[NTC19] what was measured healthy is over; what closed with the venue, left the list or is not measured is not", () => {
  assert.equal(endOf(ended("healthy"), facts), "over");
  assert.equal(endOf(ended("closed"), facts), "closed");
  assert.equal(endOf(ended("gone"), facts), "gone");
  assert.equal(endOf(ended("unmeasured"), facts), "unmeasured");
});

test("[NTC21] an access point that nobody is on any more is over once all that it took along are heard, and not before", () => {
  const gone = ended("gone", { effects: effectsOn(bar.id, till.id) });
  assert.equal(endOf(gone, facts), "over");
  assert.equal(endOf(gone, withRegister(facts, 1, { heardAt: NOON - SILENT_MS })), "gone");
  assert.equal(endOf(gone), "gone"); // from the disk, after a restart
  const unenrolled = ended("gone", { code: "register-silent", subject: "left", effects: effectsOn("left") });
  assert.equal(endOf(unenrolled, facts), "gone");
});

test("[NTC19] the last end of a finding counts, and what is remembered is bounded", () => {
  const ends = endsAfter(endsAfter(NO_ENDS, [ended("closed")], facts), [ended("healthy")], facts);
  assert.deepEqual([...ends], [["access-point-down ap-a4:2b:b0:01:02:03", "over"]]);
  const many = Array.from({ length: ENDS_MAX + 5 }, (_, at) => ended("healthy", { subject: `${at}` }));
  const kept = endsAfter(ends, many, facts);
  assert.deepEqual([kept.size, [...kept.keys()][0]], [ENDS_MAX, "access-point-down 5"]);
});
