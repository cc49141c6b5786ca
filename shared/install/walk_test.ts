/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { jitter, newestWalks, percentile, WALK_BYTES_MAX, type WalkPlan, type WalkResult, weighWalk } from "./walk.ts";
import { walk } from "./walker.ts";

const LOAD = { bytes: 5_000_000, ms: 2_000 };
const reading = (rttMs: number[], lost = 0) => ({ rttMs, lost, down: LOAD, up: { bytes: 0, ms: 0 } });
const times = (n: number, rtt: number) => Array.from({ length: n }, () => rtt);

Deno.test("[INS11] a walk comes to median, 95th percentile, jitter, loss and throughput", () => {
  const walked = weighWalk(reading([...times(90, 4), ...times(10, 14)], 0), [-60, -62, -61]);
  assert.deepEqual(walked, {
    ...{ sent: 100, lossPercent: 0, rttMedianMs: 4, rttP95Ms: 14, jitterMs: 0.1, downMbps: 20, upMbps: null },
    ...{ signalDbm: -61, verdict: "passed", why: [] },
  });
  assert.equal(percentile([], 0.95), undefined);
  assert.equal(percentile([5], 0.95), 5);
  assert.equal(jitter([4]), undefined);
  assert.equal(jitter([4, 6, 4]), 2);
});

Deno.test("[INS12] each limit warns, loss over 5 % and a signal under -70 dBm fail, and the limit itself passes", () => {
  const verdict = (rttMs: number[], lost = 0, signal: number[] = []) => weighWalk(reading(rttMs, lost), signal).verdict;
  assert.equal(verdict(times(100, 100)), "passed");
  assert.equal(verdict(times(100, 100.1)), "warned");
  assert.equal(verdict(times(50, 4).flatMap((rtt) => [rtt, rtt + 20])), "passed");
  assert.equal(verdict(times(50, 4).flatMap((rtt) => [rtt, rtt + 20.2])), "warned");
  assert.equal(verdict(times(99, 4), 1), "passed");
  assert.equal(verdict(times(98, 4), 2), "warned");
  assert.equal(verdict(times(95, 4), 5), "warned");
  assert.equal(verdict(times(94, 4), 6), "failed");
  assert.equal(verdict(times(100, 4), 0, [-66]), "passed");
  assert.equal(verdict(times(100, 4), 0, [-67]), "warned");
  assert.equal(verdict(times(100, 4), 0, [-71]), "failed");
  assert.equal(verdict([], 100), "failed");
  assert.deepEqual(weighWalk(reading(times(94, 120), 6)).why, [
    "Loss 6 %, above 1 %",
    "Round trip p95 120 ms, above 100 ms",
  ]);
});

Deno.test("[INS12] fewer than ten pings are no verdict", () => {
  assert.equal(weighWalk(reading(times(9, 4))).verdict, "unmeasured");
  assert.equal(weighWalk(reading(times(9, 4), 1)).verdict, "failed");
});

Deno.test("[INS16] of each register and spot the newest counts", () => {
  const one = (id: string, register: string, spot: string, at: string) =>
    ({ ...weighWalk(reading(times(20, 4))), id, register, name: register, spot, at }) as WalkResult;
  const walks = [
    one("3", "bar", "Door", "2026-11-23T19:02:00.000Z"),
    one("1", "bar", "Door", "2026-11-23T19:00:00.000Z"),
    one("2", "bar", "Window", "2026-11-23T19:01:00.000Z"),
  ];
  assert.deepEqual(newestWalks(walks).map(({ id }) => id), ["3", "2"]);
});

const PLAN: WalkPlan = { pingMs: 1_000, everyMs: 50, lostAfterMs: 1_000, loadMs: 500, chunkBytes: 1_000 };

/** A network whose answers take a while of a clock that only waiting moves. */
function world({ rtt = 0, answers = () => true, moved = PLAN.chunkBytes }: {
  rtt?: number;
  answers?: (n: number) => boolean;
  moved?: number;
} = {}) {
  let now = 0;
  let pings = 0;
  const parts: string[] = [];
  return {
    parts,
    deps: {
      ping: () => Promise.resolve(answers(pings++)).finally(() => (now += rtt)),
      down: () => Promise.resolve(moved).finally(() => (now += 10)),
      up: () => Promise.resolve(moved).finally(() => (now += 20)),
      steady: () => now,
      async wait(ms: number) {
        now += ms;
        for (let turn = 0; turn < 10; turn++) await Promise.resolve(); // what is answered at once is answered by then
      },
      progress: (part: string) => void (parts.at(-1) === part || parts.push(part)),
    },
  };
}

Deno.test("[INS10] a walk pings at its pace, then moves bytes down, then up", async () => {
  const { deps, parts } = world();
  const walked = await walk(PLAN, deps);
  assert.equal(walked.rttMs.length, 20);
  assert.equal(walked.lost, 0);
  assert.deepEqual(walked.down, { bytes: 50_000, ms: 500 });
  assert.deepEqual(walked.up, { bytes: 25_000, ms: 500 });
  assert.deepEqual(parts, ["pings", "down", "up"]);
});

Deno.test("[INS10] what is not answered in time is lost, and a way that moves nothing is given up", async () => {
  const { deps } = world({ answers: (n) => n % 4 !== 0, moved: 0 });
  const walked = await walk(PLAN, deps);
  assert.equal(walked.lost, 5);
  assert.equal(walked.rttMs.length, 15);
  assert.equal(walked.down.bytes, 0);
  assert.ok(walked.down.ms < 500);
});

Deno.test("[INS14] a register moves no more than a walk may", async () => {
  const chunkBytes = WALK_BYTES_MAX / 4;
  const { deps } = world({ moved: chunkBytes });
  assert.equal((await walk({ ...PLAN, chunkBytes }, deps)).down.bytes, WALK_BYTES_MAX);
});
