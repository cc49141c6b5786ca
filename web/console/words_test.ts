/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import type { Finding, LayerView, RegisterView, View } from "../../shared/api.ts";
import {
  factsLine,
  registerMark,
  registerWord,
  sayCount,
  sayDay,
  sayList,
  sayMs,
  sayPercent,
  saySignal,
} from "./words.ts";

const UNMEASURED: LayerView = { state: "unknown", text: "", address: null, rttMs: null, checkedAt: null };

function register(fields: Partial<RegisterView> = {}): RegisterView {
  return {
    id: "b4r00001",
    name: "Bar",
    letter: "B",
    state: "ok",
    cause: null,
    app: null,
    lastHeard: "2026-11-23T19:04:05Z",
    enrolledAt: "2026-11-01T10:00:00Z",
    connected: true,
    foreground: true,
    shiftOpen: null,
    address: null,
    device: null,
    network: null,
    rttMs: null,
    lossPercent: null,
    signalDbm: null,
    clockOffsetMs: null,
    configVersion: null,
    unsynced: 0,
    behind: 0,
    day: [],
    ...fields,
  };
}

function facts(registers: RegisterView[], router = UNMEASURED): string[] {
  const checks = { open: registers.length, attention: Math.min(1, registers.length - 1) };
  return factsLine({ registers, router, internet: UNMEASURED, checks } as unknown as View);
}

Deno.test("the facts line counts who is in front and what is unsynced", () => {
  const router: LayerView = { ...UNMEASURED, state: "ok", rttMs: 4.2 };
  assert.deepEqual(facts([register(), register()], router), [
    "2 registers in front",
    "router 4 ms",
    "internet not measured yet",
    "nothing unsynced",
    "2 open checks, 1 needs attention",
  ]);
  assert.equal(facts([register()])[4], "1 open check");
});

Deno.test("a hidden register is not in front, and one unsynced change is one change", () => {
  const line = facts([register(), register({ foreground: false, unsynced: 1 })]);
  assert.equal(line[0], "1 of 2 registers in front");
  assert.equal(line[3], "1 change unsynced");
});

Deno.test("what is not known is never said to be nothing", () => {
  assert.equal(facts([register({ unsynced: null })])[3], "unsynced not known");
  assert.equal(facts([register(), register({ unsynced: null })])[3], "nothing unsynced on 1 of 2");
  assert.equal(facts([register({ state: "unknown" })])[0], "registers not known");
  assert.deepEqual(facts([]).length, 3);
});

Deno.test("a register's mark is its own silence first, then the worst finding on it", () => {
  const finding = (severity: Finding["severity"], subject = "b4r00001") => ({ severity, subject }) as Finding;
  assert.equal(registerMark(register(), []), "fine");
  assert.equal(registerMark(register(), [finding("info")]), "fine");
  assert.equal(registerMark(register(), [finding("warn"), finding("fail", "0ther000")]), "look");
  assert.equal(registerMark(register(), [finding("warn"), finding("fail")]), "act");
  assert.equal(registerMark(register({ state: "silent" }), []), "act");
  assert.equal(registerMark(register({ state: "unknown" }), [finding("fail")]), "unknown");
});

Deno.test("a register's word tells hidden, silent, unknown and never heard apart", () => {
  assert.equal(registerWord(register()), "in front");
  assert.equal(registerWord(register({ foreground: false })), "hidden");
  assert.equal(registerWord(register({ foreground: null })), "heard");
  assert.equal(registerWord(register({ state: "unknown" })), "unknown");
  assert.equal(registerWord(register({ state: "unknown", lastHeard: null })), "not heard yet");
});

Deno.test("numbers read as people write them", () => {
  assert.equal(sayMs(0.4), "<1 ms");
  assert.equal(sayMs(null), "–");
  assert.equal(saySignal(-71.4), "−71 dBm");
  assert.equal(sayPercent(0.4), "0.4 %");
  assert.equal(sayPercent(0), "0 %");
  assert.equal(sayCount(1, "step"), "1 step");
  assert.equal(sayList(["Bar", "Till 1", "Terrace"]), "Bar, Till 1 and Terrace");
});

Deno.test("a day is summed over what is known of it", () => {
  assert.equal(sayDay(["unknown", "ok", "ok", "ok", "silent"]), "Last 24 hours: heard 75 %, late 0 %, silent 25 %");
  assert.equal(sayDay(["unknown"]), "Last 24 hours: nothing known yet");
});
