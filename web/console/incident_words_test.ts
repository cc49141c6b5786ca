/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { sayState, sayWhat } from "./incident_words.ts";

const ENDED = { resolvedAt: "2026-11-23T19:05:00.000Z", severity: "fail" } as const;
const OPEN = { resolvedAt: null, resolution: null, severity: "fail" } as const;

Deno.test("[INC38] only what was seen to be well is called over, in words and by its mark", () => {
  assert.deepEqual(sayState({ ...ENDED, resolution: "healthy" }, false), { mark: "fine", word: "Over" });
  assert.deepEqual(sayState({ ...ENDED, resolution: null }, false), { mark: "fine", word: "Over" });
  for (const resolution of ["gone", "closed", "unmeasured"] as const) {
    const { mark, word } = sayState({ ...ENDED, resolution }, false);
    assert.deepEqual([mark, word === "Over"], ["unknown", false], resolution);
  }
});

Deno.test("[INC38] what is open has its severity, unless the hub is away", () => {
  assert.deepEqual(sayState(OPEN, false), { mark: "act", word: "Open" });
  assert.deepEqual(sayState(OPEN, true), { mark: "unknown", word: "Open" });
});

Deno.test("[INC38] what is over tells nobody what to do: its cause, or else its first sentence, numbers and addresses whole", () => {
  const text = "The router at 192.168.1.1 has not answered for 5 min. Registers still sync. Unplug the router.";
  const incident = { resolvedAt: ENDED.resolvedAt, unstable: null, cause: null, text };
  assert.equal(sayWhat(incident), "The router at 192.168.1.1 has not answered for 5 min.");
  assert.equal(sayWhat({ ...incident, resolvedAt: null }), text);
  assert.equal(sayWhat({ ...incident, cause: "It was restarted." }), "It was restarted.");
  assert.equal(sayWhat({ ...incident, text: "One sentence without an end" }), "One sentence without an end");
  const unstable = { falls: 3, since: ENDED.resolvedAt, spells: [] } as unknown as Parameters<
    typeof sayWhat
  >[0]["unstable"];
  assert.equal(sayWhat({ ...incident, unstable }), text);
});
