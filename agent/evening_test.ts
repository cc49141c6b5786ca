import assert from "node:assert/strict";
import { CheckBody } from "../shared/check/op.ts";
import { seeded } from "../shared/check/testing.ts";
import { Heartbeat } from "../shared/heartbeat.ts";
import { MemoryJournal } from "../shared/memory_journal.ts";
import { Replica } from "../shared/replica.ts";
import { seededBytes } from "../shared/testing.ts";
import { nextMove } from "./evening.ts";
import { type Fault, FAULT_NAMES, FAULTS, reportOf } from "./faults.ts";

const NAMES = ["Bar", "Till 1", "Terrace", "Window"];
const seed = Date.now() % 2 ** 31;

Deno.test(`an evening of the demo is sound business: parties come, pay what is due and go (seed ${seed})`, async () => {
  const dice = seeded(seed);
  let now = 1_795_460_645_123;
  const replica = await Replica.open({
    register: "aaaaaaaa",
    journal: new MemoryJournal(),
    random: seededBytes(seed),
    now: () => now += 1_500,
  });
  for (let i = 0; i < 400; i++) {
    for (const body of nextMove(replica.book.all(), replica.nextNumber("A"), dice) ?? []) {
      assert.ok(CheckBody.safeParse(body).success, JSON.stringify(body));
      assert.ok((await replica.write(body)).ok);
    }
  }
  const checks = replica.book.all();
  const closed = checks.filter(({ state }) => state === "closed");
  assert.ok(closed.length > 0 && checks.some(({ state }) => state === "open"));
  assert.deepEqual(checks.flatMap(({ flags }) => flags), []);
  assert.ok(closed.every(({ due }) => due === 0));
});

for (const fault of FAULT_NAMES) {
  Deno.test(`the demo's fault ${fault} touches its own register only, in a heartbeat that the hub takes`, () => {
    const told = (faults: readonly Fault[]) => NAMES.map((name, i) => reportOf(name, i, new Set(faults)));
    const [well, ill] = [told([]), told([fault])];
    const touched = NAMES.filter((_, i) => JSON.stringify(well[i]) !== JSON.stringify(ill[i]));
    const isSilence = fault === "silent-register"; // that one says nothing at all
    assert.deepEqual(touched, isSilence ? [] : [FAULTS[fault].register]);
    for (const { app, report } of ill) Heartbeat.parse({ sentAt: new Date(0).toISOString(), app, ...report });
  });
}
