/** How much a register may say: catching up is never near the limit, and reports over HTTP have one of their own. */
import assert from "node:assert/strict";
import { HeadlessRegister } from "../agent/headless.ts";
import { REPORT_RATE } from "../server/http/guard.ts";
import { FRAME_RATE } from "../server/socket.ts";
import type { CheckBody, CheckOp } from "../shared/check/op.ts";
import { MemoryJournal } from "../shared/memory_journal.ts";
import { CLOSE } from "../shared/wire.ts";
import { openLabHub } from "./support/lab_hub.ts";
import { replicaOf } from "./support/raw_link.ts";

const OPS = 10_000;
const CHECK_OPS = 20; // one check and its lines
const CAUGHT_UP_WITHIN_MS = 120_000; // some 7 s on a machine that does nothing else

/** A journal of a register that wrote `OPS` ops while it was alone. */
async function longAlone(replica: string): Promise<MemoryJournal> {
  const journal = new MemoryJournal();
  await journal.saveReplica(replica);
  const ops = Array.from({ length: OPS }, (_, i): CheckOp => {
    const seq = i + 1;
    const check = `${replica}/${seq - i % CHECK_OPS}`;
    const body: CheckBody = i % CHECK_OPS === 0
      ? { kind: "check.open", number: `A${seq}` }
      : { kind: "line.add", check, name: "Lager", price: 500, quantity: 1 };
    return { replica, seq, stamp: { ms: 1_795_435_200_000 + seq, count: 0 }, body };
  });
  await journal.append(ops);
  return journal;
}

Deno.test("[SES9] a register that hands over 10,000 ops, and two that take them, say a hundredth of what ends a session", async () => {
  const lab = await openLabHub(); // its steady clock stands still, so no turn comes back
  const frames = new Map<string, number>();
  const receive = lab.hub.receive.bind(lab.hub);
  lab.hub.receive = (session, message) => {
    frames.set(session.register, (frames.get(session.register) ?? 0) + 1);
    receive(session, message);
  };
  const [bar, till, late] = [await lab.enrol("Bar"), await lab.enrol("Till 1"), await lab.enrol("Late")];
  const journal = await longAlone(replicaOf(bar));
  const registers = [await HeadlessRegister.start({ hub: lab.url, enrolment: till })];
  try {
    registers.push(await HeadlessRegister.start({ hub: lab.url, enrolment: bar, journal }));
    const holdsAll = ({ replica }: HeadlessRegister) => replica.vector()[replicaOf(bar)] === OPS;
    for (const each of registers) await each.until(() => holdsAll(each), CAUGHT_UP_WITHIN_MS);
    await registers[1]!.until(() => registers[1]!.replica.unsynced() === 0, CAUGHT_UP_WITHIN_MS);
    const joins = await HeadlessRegister.start({ hub: lab.url, enrolment: late });
    registers.push(joins);
    await joins.until(() => holdsAll(joins), CAUGHT_UP_WITHIN_MS);
    assert.ok(registers.every(({ state }) => state === "online"));
    assert.equal(frames.size, 3);
    for (const [register, count] of frames) {
      assert.ok(count < FRAME_RATE.atOnce / 100, `${register} said ${count} frames`);
    }
    await lab.pass(1);
    assert.ok(!(await lab.found()).some((key) => key.startsWith("peer-suspect")), CLOSE.flood.reason);
  } finally {
    for (const register of registers) register.pause();
    await lab.stop();
  }
});

Deno.test("[SES10] heartbeats and signal reports beyond their rate are told to wait, each by itself, and others go on", async () => {
  const lab = await openLabHub();
  try {
    const [bar, till] = [await lab.enrol("Bar"), await lab.enrol("Till 1")];
    const beat = (token: string) => {
      const body = { sentAt: new Date(lab.clock.now).toISOString(), app: { version: "1.0.0" } };
      return lab.call("/api/heartbeats", { body, token });
    };
    const signal = (token: string) => lab.call("/api/signals", { body: { rssiDbm: -55 }, token });
    for (const send of [beat, signal]) {
      for (let i = 0; i < REPORT_RATE.atOnce; i++) assert.equal((await send(bar.token)).status, 200);
      const refused = await send(bar.token);
      assert.equal(refused.status, 429);
      assert.equal(refused.headers.get("retry-after"), "1");
      assert.equal(refused.body.error.code, "too-many-reports");
      assert.match(refused.body.error.message, /one every 5 s is enough\. Go on in 1 s$/);
      assert.equal((await send(till.token)).status, 200);
    }
    await lab.pass(1);
    assert.equal((await beat(bar.token)).status, 200);
  } finally {
    await lab.stop();
  }
});
