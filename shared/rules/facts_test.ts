/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { SignalReport } from "../heartbeat.ts";
import { noteSignal, type RegisterFacts, SIGNAL_WINDOW_MS } from "./facts.ts";
import { enrolled, healthyFacts, NOON } from "./fixture.ts";

const heard: RegisterFacts = healthyFacts().registers[0]!;
const at = (ms: number) => new Date(ms).toISOString();
const note = (register: RegisterFacts, report: object, now = NOON) =>
  noteSignal(register, SignalReport.parse(report), now);

Deno.test("[API13] a report is a reading of the radio and no sign of life", () => {
  const register = note(enrolled(0, "Bar"), { rssiDbm: -61, noiseDbm: -92 });
  assert.deepEqual(register.signal, [{ at: NOON, rssiDbm: -61, noiseDbm: -92 }]);
  assert.deepEqual([register.heardAt, register.heardSinceStart], [undefined, false]);
});

Deno.test("[API13] nothing but the radio changes, and what was not said of the network stays", () => {
  const before = { ...heard, hiddenSince: NOON - 40_000, unsynced: 3, unsyncedSince: NOON - 9_000 };
  const { signal, network, ...rest } = note(before, { rssiDbm: -61, ssid: "Guest", band: null }, NOON + 1);
  const { signal: _signal, network: _network, ...same } = before;
  assert.deepEqual(rest, same);
  assert.equal(signal.at(-1)?.rssiDbm, -61);
  assert.deepEqual(network, { ...before.network, ssid: "Guest", rssiDbm: -61, noiseDbm: undefined });
});

Deno.test("[API13] a reading counts from when it was taken, by a clock whose fault is known", () => {
  const taken = (register: RegisterFacts, takenAt: number) =>
    note({ ...register, signal: [] }, { rssiDbm: -61, takenAt: at(takenAt) }).signal.map((reading) =>
      reading.at - NOON
    );
  assert.deepEqual(taken(enrolled(0, "Bar"), NOON - 60_000), [-60_000]);
  assert.deepEqual(taken({ ...heard, clockOffsetMs: 3_600_000 }, NOON + 3_600_000 - 60_000), [-60_000]);
  assert.deepEqual(taken(enrolled(0, "Bar"), NOON + 3_600_000), [0], "nothing is measured in the future");
  assert.deepEqual(taken(enrolled(0, "Bar"), NOON - SIGNAL_WINDOW_MS), [-SIGNAL_WINDOW_MS]);
  assert.deepEqual(taken(enrolled(0, "Bar"), NOON - SIGNAL_WINDOW_MS - 1), []);
});

Deno.test("[API13] a late report takes its place among the readings, and does not undo what a later one said", () => {
  const now = note(enrolled(0, "Bar"), { rssiDbm: -50, ssid: "Shop" });
  const late = note(now, { rssiDbm: -70, ssid: "Guest", takenAt: at(NOON - 60_000) });
  assert.deepEqual(late.signal.map((reading) => reading.rssiDbm), [-70, -50]);
  assert.equal(late.network?.ssid, "Shop");
  assert.equal(note(now, { rssiDbm: -70, takenAt: at(NOON - 2 * SIGNAL_WINDOW_MS) }), now);
});
