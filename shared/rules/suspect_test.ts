/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import type { Facts, SuspicionFact } from "./facts.ts";
import { healthyFacts, levelOf, NOON, withRegister } from "./fixture.ts";
import { SILENT_MS } from "./liveness.ts";
import type { Outcome } from "./rule.ts";
import { peerSuspect, STRANGER_TRIES, SUSPECT_CLEARS_MS, SUSPECT_FRESH_MS } from "./suspect.ts";

const [BAR, TILL] = healthyFacts().registers.map(({ id }) => id) as [string, string];
const FORK: SuspicionFact = {
  subject: BAR,
  by: "hub",
  what: "fork",
  detail: `${TILL}-0000/3`,
  times: 1,
  since: NOON - 1_000,
  lastAt: NOON,
};
const having = (...suspicions: SuspicionFact[]): Facts => ({ ...healthyFacts(), suspicions });
const of = (suspicion: SuspicionFact): Extract<Outcome, { kind: "broken" }> => {
  const outcome = peerSuspect.test(having(suspicion), suspicion.subject);
  assert.ok(outcome.kind === "broken");
  return outcome;
};

Deno.test("[RUL30] a fork fails, and tells who sent it, whose change it was, what was kept and what to do", () => {
  const { severity, strength, text } = of(FORK);
  assert.deepEqual([severity, strength], ["fail", "A"]);
  assert.equal(
    text,
    "Bar sent a change of Till 1 that the hub holds already with other content. The hub kept the one it had. " +
      "Load the page again on Bar, and compare its open checks with another register's.",
  );
});

for (
  const [what, severity, text] of [
    ["gap", "warn", /^Bar keeps sending changes without the ones before them\. The hub took none of these/],
    ["oversize", "warn", /^Bar sent 3 times a message that is too large\. Nothing of it was kept\./],
    ["garbage", "warn", /^Bar sent 3 times what the hub cannot read\. Nothing of it was kept\./],
    ["wrong-name", "fail", /^A device with the key of Bar tried 3 times to write under another register's name\./],
  ] as const
) {
  Deno.test(`[RUL30] ${what} is a ${severity} with what was sent and kept`, () => {
    const outcome = of({ ...FORK, what, times: 3 });
    assert.equal(outcome.severity, severity);
    assert.match(outcome.text, text);
  });
}

Deno.test("[RUL31] what another register says of it is no proof: it warns, and names who says so", () => {
  const { severity, strength, text } = of({ ...FORK, by: TILL, detail: undefined });
  assert.deepEqual([severity, strength], ["warn", "B"]);
  assert.match(text, /^Till 1 says that Bar sent a change that Till 1 holds already .* Till 1 kept the one it had\./);
  const ofHub = of({ ...FORK, subject: "hub", by: TILL, what: "gap" });
  assert.match(ofHub.text, /^Till 1 says that the hub keeps .* Load the page again on Till 1,/);
});

Deno.test("[RUL31] of several the hub's own come first, then the gravest, and all are evidence", () => {
  const outcome = peerSuspect.test(
    having({ ...FORK, by: TILL }, { ...FORK, what: "garbage" }, { ...FORK, what: "gap" }),
    BAR,
  );
  assert.ok(outcome.kind === "broken" && outcome.cause === "gap" && outcome.evidence.length === 3);
});

Deno.test("[RUL32] a device that is not enrolled is worth a word at its third try, about the venue", () => {
  const stranger = { ...FORK, subject: "venue", what: "unknown-token", detail: "192.168.1.33" } as const;
  assert.equal(levelOf(peerSuspect.test(having({ ...stranger, times: STRANGER_TRIES - 1 }), "venue")), "healthy");
  const outcome = of({ ...stranger, times: STRANGER_TRIES });
  assert.equal(outcome.severity, "warn");
  assert.match(
    outcome.text,
    /^A device at 192\.168\.1\.33 tried 3 times to join with a key that this hub does not know\./,
  );
});

Deno.test("[LOS12] it is over after five minutes of good behaviour that was seen: silence is none", () => {
  assert.equal(SUSPECT_FRESH_MS + SUSPECT_CLEARS_MS, 5 * 60_000);
  assert.equal(peerSuspect.closeAfterMs, SUSPECT_CLEARS_MS);
  const old = having({ ...FORK, lastAt: NOON - SUSPECT_FRESH_MS - 1 });
  assert.equal(levelOf(peerSuspect.test(old, BAR)), "healthy");
  assert.equal(levelOf(peerSuspect.test(withRegister(old, 0, { heardAt: NOON - SILENT_MS }), BAR)), "unknown");
  assert.equal(levelOf(peerSuspect.test({ ...old, suspicions: undefined }, BAR)), "unknown");
});
