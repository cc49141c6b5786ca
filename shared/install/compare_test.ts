/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { compare, sayDrift } from "./compare.ts";
import type { Row, RowState } from "./list.ts";
import { Report } from "./report.ts";
import type { WalkResult } from "./walk.ts";

function row(code: string, state: RowState): Row {
  const measured = { state, text: "", how: "", at: null, broken: [], todo: null };
  return { code, from: "seed", wants: `Want ${code}`, state, by: "measured", measured, answered: null };
}

function report(parts: Partial<Report> = {}): Report {
  const registers = ["Bar", "Till 1"].map((name, n) => ({
    ...{ id: `reg${n}0000`, name, letter: "A", device: null, app: "3.2.0", address: null, signalDbm: -55 },
  }));
  return Report.parse({
    ...{ version: 1, id: "one", at: "2026-11-23T19:00:00.000Z", by: "Ana", venue: "Bar Lola", hub: "1", note: "" },
    totals: { passed: 0, warned: 0, failed: 0, unmeasured: 0 },
    ...{ registers, rows: [row("a", "passed"), row("b", "failed")], answers: [], walks: [], pairs: [] },
    ...parts,
  });
}

function walk(id: string, verdict: WalkResult["verdict"], rttP95Ms: number): WalkResult {
  return {
    ...{ id, register: "reg00000", name: "Bar", spot: "Door", at: "2026-11-23T19:00:00.000Z", sent: 100, verdict },
    ...{ lossPercent: 0, rttMedianMs: 3, rttP95Ms, jitterMs: 1, downMbps: 1, upMbps: 1, signalDbm: null, why: [] },
  };
}
const ways = (before: Report, after: Report) => compare(before, after).map(({ kind, way }) => `${kind} ${way}`);

Deno.test("[INS18] the same again is no drift", () => {
  assert.deepEqual(compare(report(), report()), []);
  assert.equal(sayDrift([]), "Nothing drifted.");
});

Deno.test("[INS18] rules that changed are better, worse, or known where they were not; the worst first", () => {
  const rows = [row("a", "warned"), row("b", "passed")];
  assert.deepEqual(compare(report(), report({ rows })).map(({ text }) => text), [
    "Want a: passed then, to look at now.",
    "Want b: failed then, passed now.",
  ]);
  assert.deepEqual(ways(report({ rows: [row("a", "unmeasured")] }), report({ rows: [row("a", "passed")] })), [
    "rule other",
  ]);
  assert.deepEqual(ways(report({ rows: [row("a", "unmeasured")] }), report({ rows: [row("a", "failed")] })), [
    "rule worse",
  ]);
  assert.deepEqual(ways(report(), report({ rows: [row("a", "unmeasured"), row("new", "failed")] })), ["rule other"]);
  assert.equal(sayDrift(compare(report(), report({ rows }))), "1 thing got worse, 1 thing got better.");
});

Deno.test("[INS18] registers that came, went or were renamed, and a signal that moved by 6 dB", () => {
  const [bar, till] = report().registers as [Report["registers"][number], Report["registers"][number]];
  const registers = [{ ...bar, name: "Counter", signalDbm: -61 }, { ...till, id: "reg90000", name: "Terrace" }];
  assert.deepEqual(compare(report(), report({ registers })).map(({ text }) => text), [
    "Signal of Counter: −55 dBm then, −61 dBm now.",
    "Till 1 is no longer enrolled.",
    "Terrace is new.",
    "Bar is called Counter now.",
  ]);
  assert.deepEqual(compare(report(), report({ registers: [{ ...bar, signalDbm: -60 }, till] })), []);
});

Deno.test("[INS18] a spot with another verdict or twice the round trip has drifted, one with a little more has not", () => {
  const drift = (a: WalkResult, b: WalkResult) => ways(report({ walks: [a] }), report({ walks: [b] }));
  assert.deepEqual(drift(walk("1", "passed", 10), walk("2", "failed", 10)), ["walk worse"]);
  assert.deepEqual(drift(walk("1", "passed", 10), walk("2", "passed", 29)), []);
  assert.deepEqual(drift(walk("1", "passed", 10), walk("2", "passed", 31)), ["walk worse"]);
  assert.deepEqual(drift(walk("1", "passed", 80), walk("2", "passed", 30)), ["walk better"]);
  assert.deepEqual(drift(walk("1", "passed", 80), walk("2", "passed", 70)), []);
});

Deno.test("[INS18] a pair that lost its direct link has drifted", () => {
  const pair = (path: "direct" | "relay" | null) =>
    report({ pairs: [{ a: "Bar", b: "Till 1", path, rttMs: 3, lossPercent: 0, why: "It stopped answering." }] });
  const [drift] = compare(pair("direct"), pair("relay"));
  assert.deepEqual(drift, {
    ...{ kind: "pair", subject: "Bar – Till 1", way: "worse" },
    text: "Bar and Till 1 go by the hub now. It stopped answering.",
  });
  assert.deepEqual(ways(pair("relay"), pair("direct")), ["pair better"]);
  assert.deepEqual(ways(pair(null), pair("direct")), []);
});
