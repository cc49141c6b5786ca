import assert from "node:assert/strict";
import type { HeartbeatResponse } from "../shared/api.ts";
import type { Heartbeat } from "../shared/heartbeat.ts";
import { Beats, EXIT_UNKNOWN } from "./beats.ts";
import type { Outcome } from "./hub.ts";

const OK: Outcome<HeartbeatResponse> = { kind: "ok", value: { now: "", configVersion: 1, findings: [] } };
const AWAY: Outcome<HeartbeatResponse> = { kind: "away", why: "nothing listens there" };
const refused = (status: number): Outcome<HeartbeatResponse> => ({ kind: "refused", status, code: "x", message: "No" });

function agent(outcomes: Outcome<HeartbeatResponse>[], measureMs = 100) {
  let at = 0;
  const [said, sent] = [[] as string[], [] as Heartbeat[]];
  const beats = new Beats({
    app: "3.2.0",
    hub: "http://hub",
    measure: () => {
      at += measureMs;
      return Promise.resolve({
        network: { rssiDbm: -60 } as Heartbeat["network"] & object,
        notes: ["iw is not installed"],
      });
    },
    device: () => Promise.resolve({ model: `asked at ${at}`, os: undefined, batteryPercent: undefined }),
    post: (beat) => {
      sent.push(beat);
      return Promise.resolve(outcomes.shift() ?? OK);
    },
    say: (words) => said.push(words),
    now: () => 1_795_435_200_000 + at,
    steady: () => at,
    random: () => 0.5,
  });
  const run = async (steps: number) => {
    const waits: number[] = [];
    for (let i = 0; i < steps; i++) {
      const next = await beats.step();
      if (next.kind === "end") return [...waits, `end ${next.code}`];
      waits.push(next.ms);
      at += next.ms;
    }
    return waits;
  };
  return { run, said, sent };
}

Deno.test("[AGT6] a heartbeat every five seconds, from one to the next, whatever measuring takes", async () => {
  const { run, sent } = agent([]);
  assert.deepEqual(await run(3), [4_900, 4_900, 4_900]);
  assert.deepEqual(sent.map(({ sentAt, app, network }) => [sentAt, app.version, network?.rssiDbm])[1], [
    "2026-11-23T12:00:05.100Z",
    "3.2.0",
    -60,
  ]);
});

Deno.test("[AGT6] a slow measurement is made less often, and an old reading is not sent as a new one", async () => {
  const { run, sent } = agent([], 4_000);
  await run(4);
  assert.deepEqual(sent.map(({ network }) => network?.rssiDbm), [-60, undefined, undefined, -60]);
});

Deno.test("[AGT7] while the hub is away it waits longer each time, half a minute at most, says so once, and comes back", async () => {
  const { run, said } = agent([OK, AWAY, AWAY, AWAY, AWAY, AWAY, OK, AWAY]);
  assert.deepEqual((await run(8)).slice(1), [5_000, 10_000, 20_000, 30_000, 30_000, 4_900, 5_000]);
  assert.deepEqual(said.filter((words) => words.includes("away")).length, 2);
  assert.deepEqual(said.filter((words) => words.startsWith("Reporting")).length, 2);
});

Deno.test("[AGT8] a token that the hub does not know ends it, with a word on what to do and a code of its own", async () => {
  const { run, said } = agent([OK, refused(401)]);
  assert.deepEqual(await run(5), [4_900, `end ${EXIT_UNKNOWN}`]);
  assert.match(said.at(-1)!, /“Add a register”.*--code/);
});

Deno.test("[AGT7] any other refusal is said once and tried again", async () => {
  const { run, said } = agent([refused(400), refused(400)]);
  assert.deepEqual(await run(2), [5_000, 10_000]);
  assert.equal(said.filter((words) => words.includes("does not take this report: No")).length, 1);
});

Deno.test("[AGT5] what cannot be measured is said once", async () => {
  const { run, said } = agent([]);
  await run(4);
  assert.deepEqual(said.filter((words) => words === "iw is not installed.").length, 1);
});
