/**
 * Frames that are wrong, against a real hub on a real socket: each ends its own session with a code and a reason, nothing of it is kept,
 * and the register beside it goes on as if nothing had been.
 */
import assert from "node:assert/strict";
import { HeadlessRegister } from "../agent/headless.ts";
import { FRAME_RATE } from "../server/socket.ts";
import { GAPS_MAX } from "../server/sync.ts";
import type { EnrolResponse } from "../shared/api.ts";
import { CLOSE, type Close, MESSAGE_MAX_BYTES, WIRE_VERSION } from "../shared/wire.ts";
import { openDeafSocket } from "./support/deaf_socket.ts";
import { type LabHub, openLabHub } from "./support/lab_hub.ts";
import { type Closed, deltaOf, helloOf, RawLink, replicaOf } from "./support/raw_link.ts";

const OPEN = { kind: "check.open", number: "A1" };

interface Scene {
  readonly lab: LabHub;
  readonly bad: EnrolResponse; // whose frames are wrong
  readonly writer: string; // the replica it writes as
  readonly good: HeadlessRegister; // beside it, in the middle of an evening
  hello(): Promise<RawLink>;
}

function withScene(name: string, run: (scene: Scene) => Promise<void>): void {
  Deno.test(name, async () => {
    const lab = await openLabHub();
    const bad = await lab.enrol("Bar");
    const good = await HeadlessRegister.start({ hub: lab.url, enrolment: await lab.enrol("Till 1") });
    try {
      await good.until(() => good.state === "online");
      const lost = () => assert.equal(good.state, "online", "the session beside it was lost");
      good.changes.addEventListener("change", lost);
      await run({ lab, bad, writer: replicaOf(bad), good, hello: () => RawLink.begin(lab.url, bad) });
      await stillSyncs(lab, good);
      good.changes.removeEventListener("change", lost);
    } finally {
      good.pause();
      await lab.stop();
    }
  });
}

/** The session beside it was neither ended nor held up, and nothing came to the hub but what it wrote. */
async function stillSyncs(lab: LabHub, good: HeadlessRegister): Promise<void> {
  const before = Object.keys(lab.store.log.vector()).filter((replica) => replica !== good.replica.id);
  const written = await good.replica.write({ kind: "check.open", number: good.replica.nextNumber(good.letter) });
  assert.ok(written.ok);
  await good.until(() => good.replica.unsynced() === 0);
  const checks = (await lab.call("/api/checks")).body.checks as { id: string }[];
  assert.ok(checks.some(({ id }) => id === written.id));
  assert.deepEqual(Object.keys(lab.store.log.vector()).filter((replica) => replica !== good.replica.id), before);
}

function endedWith(closed: Closed, { code, reason }: Close): void {
  assert.equal(closed.code, code, closed.reason);
  assert.ok(closed.reason.startsWith(reason), closed.reason);
}

async function nothingStored(lab: LabHub): Promise<void> {
  assert.deepEqual(lab.store.log.vector(), {});
  assert.deepEqual((await lab.call("/api/checks")).body.checks, []);
}

const WRONG_FRAMES: Record<string, { frame: (writer: string) => string | Uint8Array<ArrayBuffer>; close: Close }> = {
  "not JSON": { frame: () => "{have", close: CLOSE.badMessage },
  "a binary frame": { frame: () => new Uint8Array([123, 125]), close: CLOSE.badMessage },
  "an unknown type": { frame: () => JSON.stringify({ type: "confetti" }), close: CLOSE.badMessage },
  "a frame over its limit": { frame: () => "x".repeat(MESSAGE_MAX_BYTES + 1), close: CLOSE.tooLarge },
  "a price below zero": { frame: (writer) => lineAt(writer, -1), close: CLOSE.badMessage },
  "a price of 2^53": { frame: (writer) => lineAt(writer, 2 ** 53), close: CLOSE.badMessage },
  "a price that is no whole number": { frame: (writer) => lineAt(writer, 1.5), close: CLOSE.badMessage },
  "a field that does not belong": {
    frame: (writer) => JSON.stringify(deltaOf(writer, 1, { ...OPEN, discount: 5 })),
    close: CLOSE.badMessage,
  },
};

function lineAt(writer: string, price: number): string {
  const line = { kind: "line.add", check: `${writer}/1`, name: "Lager", price, quantity: 1 };
  return JSON.stringify(deltaOf(writer, 1, OPEN, line));
}

for (const [what, { frame, close }] of Object.entries(WRONG_FRAMES)) {
  withScene(`[SES5] ${what} ends its own session, and nothing of it is stored`, async ({ lab, writer, hello }) => {
    const link = await hello();
    link.sayRaw(frame(writer));
    endedWith(await link.closed, close);
    await nothingStored(lab);
  });
}

withScene(
  "[SES8] a session that floods the hub is ended and found; what it had taken stays, and no more of it",
  async (scene) => {
    const { lab, bad, writer, hello } = scene;
    const link = await hello();
    link.say(deltaOf(writer, 1, OPEN));
    for (let i = 0; i < FRAME_RATE.atOnce; i++) link.say({ type: "have", vector: {} });
    link.say(deltaOf(writer, 2, OPEN));
    endedWith(await link.closed, CLOSE.flood);
    assert.equal(lab.store.log.vector()[writer], 1);
    await lab.pass(1);
    const found = (await lab.view()).findings.find(({ subject }) => subject === bad.registerId);
    assert.deepEqual([found?.code, found?.severity], ["peer-suspect", "warn"]);
    assert.match(
      found!.text,
      /^Bar sent far more messages in a short time than any register has to say, and the hub hung up\./,
    );
    const again = await hello(); // it may come back, and is heard as before
    again.say(deltaOf(writer, 2, { kind: "check.open", number: "A2" }));
    await again.until(() => lab.store.log.vector()[writer] === 2);
    await again.close();
  },
);

withScene("[SES5] what comes in behind a wrong frame is not taken", async ({ lab, writer, hello }) => {
  const link = await hello();
  link.sayRaw("{have");
  link.say(deltaOf(writer, 1, OPEN));
  endedWith(await link.closed, CLOSE.badMessage);
  await nothingStored(lab);
});

withScene("[SES5] a session does not begin without a hello", async ({ lab, writer }) => {
  const link = await RawLink.open(lab.url);
  link.say(deltaOf(writer, 1, OPEN));
  endedWith(await link.closed, CLOSE.badMessage);
  await nothingStored(lab);
});

withScene("[SES5] another wire version is told so", async ({ lab, bad }) => {
  const link = await RawLink.open(lab.url);
  link.say(helloOf(bad, { version: WIRE_VERSION + 1 }));
  endedWith(await link.closed, CLOSE.wireVersion);
});

withScene("[SES5] a socket that never says hello is closed", async ({ lab }) => {
  const link = await RawLink.open(lab.url);
  endedWith(await link.closed, CLOSE.helloTimeout);
});

withScene("[SES5] a session is over once it was ended, whether the other side says goodbye or not", async (scene) => {
  const { lab, bad } = scene;
  const socket = await openDeafSocket(lab.url);
  await socket.say(JSON.stringify(helloOf(bad)));
  await socket.until(`"have"`);
  await lab.pass(1);
  assert.equal((await connectedOf(lab)).get(bad.registerId), true);
  await socket.say("{have");
  await socket.until(CLOSE.badMessage.reason);
  await lab.pass(1);
  assert.equal((await connectedOf(lab)).get(bad.registerId), false);
  socket.close();
});

withScene("[CAU3] a page that is left says goodbye with 1001, as one that closes with 1000", async (scene) => {
  const { lab, bad, hello } = scene;
  const socket = await openDeafSocket(lab.url);
  await socket.say(JSON.stringify(helloOf(bad)));
  await socket.until(`"have"`);
  await socket.sayGoodbye(1001);
  await socket.ended;
  await lab.pass(60);
  const { cause } = (await lab.view()).registers.find(({ id }) => id === bad.registerId)!;
  assert.match(cause ?? "", /closed/);
  await (await hello()).close();
});

async function connectedOf(lab: LabHub): Promise<Map<string, boolean>> {
  return new Map((await lab.view()).registers.map(({ id, connected }) => [id, connected]));
}

withScene("[SES4] a token that is not known ends the session", async ({ lab, bad }) => {
  const link = await RawLink.open(lab.url);
  link.say(helloOf(bad, { token: "guess" }));
  endedWith(await link.closed, CLOSE.unknownToken);
});

withScene("[SES4] un-enrolling ends the session that is open", async ({ lab, bad, hello }) => {
  const link = await hello();
  await lab.call(`/api/registers/${bad.registerId}`, { method: "DELETE" });
  endedWith(await link.closed, CLOSE.unknownToken);
});

withScene("[SES4] nobody speaks as another register", async ({ lab, bad, good }) => {
  const link = await RawLink.open(lab.url);
  link.say(helloOf(bad, { replica: good.replica.id }));
  endedWith(await link.closed, CLOSE.wrongReplica);
});

withScene("[SES3] a newer session ends the older one, which is not heard any more", async ({ lab, writer, hello }) => {
  const older = await hello();
  const newer = await hello();
  older.say(deltaOf(writer, 1, OPEN));
  endedWith(await older.closed, CLOSE.replaced);
  await nothingStored(lab);
  newer.say(deltaOf(writer, 1, OPEN));
  await newer.until(() => newer.count("have") === 2);
  assert.deepEqual(lab.store.log.vector(), { [writer]: 1 });
  await newer.close();
});

withScene("[SYN4] a gap is asked again by `have`, and ends the session when it stays", async (scene) => {
  const { lab, writer, hello } = scene;
  const link = await hello();
  for (let n = 1; n <= GAPS_MAX; n++) {
    link.say(deltaOf(writer, 2, OPEN));
    await link.until(() => link.count("have") === 1 + n);
  }
  await nothingStored(lab);
  link.say(deltaOf(writer, 2, OPEN));
  endedWith(await link.closed, CLOSE.gap);
  await nothingStored(lab);
});

withScene("[SYN4] a gap that is filled is forgotten", async ({ lab, writer, hello }) => {
  const link = await hello();
  for (let n = 1; n <= GAPS_MAX; n++) link.say(deltaOf(writer, 2 * n, OPEN));
  link.say(deltaOf(writer, 1, OPEN));
  link.say(deltaOf(writer, 9, OPEN));
  await link.until(() => link.count("have") === 1 + GAPS_MAX + 2);
  assert.deepEqual(lab.store.log.vector(), { [writer]: 1 });
  await link.close();
});

withScene("[SYN5] the same seq with other content ends the session, and the op held stands", async (scene) => {
  const { lab, writer, hello } = scene;
  const link = await hello();
  link.say(deltaOf(writer, 1, OPEN));
  await link.until(() => link.count("have") === 2);
  link.say(deltaOf(writer, 1, { ...OPEN, table: "7" }));
  endedWith(await link.closed, CLOSE.fork);
  const check = (await lab.call(`/api/checks/${writer}/1`)).body;
  assert.deepEqual([check.table, check.story.length], [undefined, 1]);
});

withScene("[SYN5] what is sound beside a fork is stored, listed and passed on", async (scene) => {
  const { lab, writer, hello, good } = scene;
  const link = await hello();
  link.say(deltaOf(writer, 1, OPEN));
  await good.until(() => good.replica.book.get(`${writer}/1`) !== undefined);
  await lab.pass(1);
  link.say(deltaOf(writer, 1, { ...OPEN, table: "7" }, { kind: "check.edit", check: `${writer}/1`, guests: 4 }));
  endedWith(await link.closed, CLOSE.fork);
  await good.until(() => good.replica.book.get(`${writer}/1`)?.guests === 4);
  await lab.pass(1);
  assert.deepEqual((await lab.call("/api/checks")).body.checks.map((check: { guests: number }) => check.guests), [4]);
});

withScene("[SYN2] a loop of `have` is answered with ops only, and with none once they are there", async (scene) => {
  const { writer, hello, good } = scene;
  await good.replica.write({ kind: "check.open", number: "B1" });
  await good.until(() => good.replica.unsynced() === 0);
  const link = await hello();
  for (let n = 0; n < 200; n++) link.say({ type: "have", vector: { [good.replica.id]: 1 } });
  link.say({ type: "have", vector: {} });
  await link.until(() => link.count("delta") === 1);
  assert.equal(link.count("have"), 1); // its own at the beginning
  link.say(deltaOf(writer, 1, OPEN));
  await link.until(() => link.count("have") === 2);
  await link.close();
});
