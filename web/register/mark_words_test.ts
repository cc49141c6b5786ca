/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { LAG_MS, type SyncFacts, syncMark } from "./mark_words.ts";

const CALM: SyncFacts = { state: "online", awayMs: 0, sync: true, unsynced: 0, lagMs: 0, storage: null };
const said = (facts: Partial<SyncFacts>) => {
  const { mark, text } = syncMark({ ...CALM, ...facts });
  return `${mark}: ${text}`;
};

Deno.test("the sync mark is one quiet word while all is well", () => {
  assert.deepEqual(syncMark(CALM), { mark: "fine", text: "in sync", aloud: false });
  assert.equal(said({ unsynced: 1, lagMs: LAG_MS - 1 }), "fine: in sync");
});

Deno.test("a change the hub does not confirm is named", () => {
  assert.equal(said({ unsynced: 2, lagMs: LAG_MS }), "look: handing over 2 changes");
});

Deno.test("offline says what is kept here, in the right number", () => {
  assert.equal(said({ state: "away", awayMs: LAG_MS }), "look: offline");
  assert.equal(said({ state: "away", awayMs: LAG_MS, unsynced: 1 }), "look: offline, 1 change kept here");
  assert.equal(said({ state: "connecting", awayMs: 60_000, unsynced: 3 }), "look: offline, 3 changes kept here");
});

Deno.test("a session that comes back within seconds was never called offline", () => {
  assert.equal(said({ state: "connecting" }), "unknown: connecting");
  assert.equal(said({ state: "away", awayMs: LAG_MS - 1, unsynced: 2 }), "unknown: connecting");
});

Deno.test("what a person must settle speaks up", () => {
  assert.equal(said({ state: "refused", unsynced: 2 }), "act: not enrolled, 2 changes kept here");
  assert.equal(said({ state: "outdated" }), "act: load the page again");
  assert.equal(said({ sync: false, unsynced: 4 }), "look: sync is off, 4 changes kept here");
  assert.equal(said({ storage: "full" }), "act: cannot keep changes");
  assert.equal(syncMark({ ...CALM, storage: "full" }).aloud, true);
});

Deno.test("[LOS8] what the hub does not take speaks up, until it has all of it", () => {
  assert.equal(
    said({ state: "away", complaint: "fork", unsynced: 2 }),
    "act: not taken by the hub, 2 changes kept here",
  );
  assert.equal(
    said({ state: "online", complaint: "gap", unsynced: 1 }),
    "act: not taken by the hub, 1 change kept here",
  );
  assert.equal(said({ state: "online", complaint: "fork" }), "fine: in sync");
  assert.equal(said({ state: "refused", complaint: "fork" }), "act: not enrolled");
});
