import assert from "node:assert/strict";
import { test } from "node:test";
import { SUSPECTS_MAX } from "./heartbeat.ts";
import { SUSPECT_TOLD_MS, SuspectPeers } from "./suspects.ts";

test("[LOS9] a peer is told of for a minute after the last time, once for each reason, and no list grows without end", () => {
  const suspects = new SuspectPeers();
  suspects.note("bbbbbbbb", "gap", 0);
  suspects.note("bbbbbbbb", "gap", 1_000);
  suspects.note("bbbbbbbb", "fork", 1_000);
  const told = [{ peer: "bbbbbbbb", why: "gap" }, { peer: "bbbbbbbb", why: "fork" }];
  assert.deepEqual(suspects.reports(1_000 + SUSPECT_TOLD_MS), told);
  assert.deepEqual(suspects.reports(1_001 + SUSPECT_TOLD_MS), []);
  for (let n = 0; n < 100; n++) suspects.note(`peer${n}`, "gap", 0);
  assert.equal(suspects.reports(0).length, SUSPECTS_MAX);
  assert.equal(suspects.reports(0).at(-1)?.peer, "peer99");
});
