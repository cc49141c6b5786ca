import assert from "node:assert/strict";
import { test } from "node:test";
import { BEAT_MS, DOUBT_MAX_MS, type RelayWhy, RETRY_FIRST_MS, STEADY_MS, TRUST_MS, TRY_WITHIN_MS } from "./link.ts";
import { whyText } from "./link_words.ts";
import { SWITCHES_MAX } from "./mesh.ts";
import { NEGOTIATE_PER_MINUTE_MAX } from "./negotiate.ts";
import { CHANNEL_PUSH_MAX_BYTES, SUSPECTED_MAX } from "./peering.ts";
import { HAVE_EVERY_MS } from "./replica.ts";
import { SUSPECT_TOLD_MS } from "./suspects.ts";
import { Air, type AirRegister } from "./testing_air.ts";

const [A, B, C] = ["aaaaaaaa", "bbbbbbbb", "cccccccc"] as const;
const LONG_MS = 120_000; // longer than any wait between two tries

function paths(register: AirRegister): Record<string, string> {
  return Object.fromEntries(register.mesh.reports().map(({ peer, path }) => [peer, path]));
}

async function sell(register: AirRegister, number: string): Promise<string> {
  const outcome = await register.replica.write({ kind: "check.open", number });
  assert.ok(outcome.ok);
  return outcome.id;
}

function numbers({ replica }: AirRegister): string[] {
  return replica.book.all().map((check) => check.number).sort();
}

test("[LNK1] changes go through the hub before any direct link is there", async () => {
  const air = await Air.open([A, B]);
  const [a, b] = air.registers as [AirRegister, AirRegister];
  air.block(A, B);
  await sell(a, "A1");
  await air.settle();
  assert.deepEqual(numbers(b), ["A1"]);
  assert.deepEqual([a.mesh.pathOf(B), air.frames.length], ["relay", 0]);
});

test("[LNK1] while a link is direct, changes go over it and over the hub, and are there once", async () => {
  const air = await Air.open([A, B]);
  const [a, b] = air.registers as [AirRegister, AirRegister];
  await air.pass(1_000);
  air.frames.length = 0;
  await sell(a, "A1");
  await air.settle();
  assert.ok(air.frames.some(({ from, text }) => from === A && text.includes('"delta"')));
  assert.deepEqual([numbers(b), air.hub.book.all().length], [["A1"], 1]);
});

test("[LNK2] only the smaller id offers; both sides end up direct, with a round trip and no loss", async () => {
  const air = await Air.open([A, B]);
  await air.pass(1_000);
  for (const register of air.registers) {
    const [report] = register.mesh.reports();
    assert.deepEqual([report?.path, report?.lossPercent, report?.why], ["direct", 0, undefined]);
    assert.equal(typeof report?.rttMs, "number");
  }
  const kinds = ({ sent }: AirRegister) => new Set(sent.map(({ body }) => body.kind));
  assert.deepEqual([kinds(air.register(A)).has("offer"), kinds(air.register(B)).has("offer")], [true, false]);
});

test("[LNK2] the larger id that has lost its channel asks, and the smaller one drops its own and offers anew", async () => {
  const air = await Air.open([A, B]);
  await air.pass(1_000);
  const offersBefore = air.register(A).sent.filter(({ body }) => body.kind === "offer").length;
  air.register(A).mesh.hear({ type: "negotiate", from: B, body: { kind: "ask" } });
  await air.pass(STEADY_MS + 2_000);
  assert.equal(air.register(A).sent.filter(({ body }) => body.kind === "offer").length, offersBefore + 1);
  assert.equal(air.register(A).mesh.pathOf(B), "direct");
});

test("[LNK2] what belongs to an earlier attempt is not heard", async () => {
  const air = await Air.open([A, B]);
  await air.pass(1_000);
  const body = { kind: "answer", call: "00000000", sdp: "wire 0" } as const;
  air.register(A).mesh.hear({ type: "negotiate", from: B, body });
  await air.pass(1_000);
  assert.equal(air.register(A).mesh.pathOf(B), "direct");
  assert.equal(air.register(A).mesh.switches.length, 1);
});

test("[LNK3][LNK15] a channel that goes dead in silence: doubt, then closed; changes come over the hub at once", async () => {
  const air = await Air.open([A, B]);
  const [a, b] = air.registers as [AirRegister, AirRegister];
  await air.pass(1_000);
  air.block(A, B);
  await sell(a, "A1");
  await air.settle();
  assert.deepEqual(numbers(b), ["A1"]);
  await air.pass(TRUST_MS + BEAT_MS);
  assert.equal(a.mesh.pathOf(B), "relay");
  assert.match(a.mesh.reports()[0]?.why ?? "", /did not answer twice/);
  await air.pass(DOUBT_MAX_MS + BEAT_MS);
  air.clear(A, B);
  await air.pass(LONG_MS);
  assert.equal(a.mesh.pathOf(B), "direct");
  const told = a.mesh.switches.map(({ from, to, why }) => `${from} ${to} ${why}`);
  assert.deepEqual(told.slice(0, 3), ["relay direct proven", "direct doubt missed-beats", "doubt relay quiet"]);
  assert.deepEqual(told.at(-1), "relay direct steady");
});

test("[LNK5][LNK15] a link cut in the middle of sales: relay at once, nothing lost or twice, direct again", async () => {
  const air = await Air.open([A, B]);
  const [a, b] = air.registers as [AirRegister, AirRegister];
  await air.pass(1_000);
  const check = await sell(a, "A1");
  for (let i = 1; i <= 40; i++) {
    if (i === 15) air.cut(A, B);
    await a.replica.write({ kind: "line.add", check, name: "Beer", price: i, quantity: 1 });
    await b.replica.write({ kind: "line.add", check, name: "Wine", price: i, quantity: 1 });
    if (i % 3 === 0) await air.pass(250);
  }
  assert.equal(a.mesh.pathOf(B), "relay");
  await air.settle();
  for (const { replica } of air.registers) assert.equal(replica.book.get(check)?.lines.length, 81 - 1);
  await air.pass(20_000);
  assert.deepEqual(air.registers.map(({ mesh, id }) => mesh.pathOf(id === A ? B : A)), ["direct", "direct"]);
  assert.deepEqual(air.hub.vector(), a.replica.vector());
});

test("[LNK18] what is told of a path is news when it changes, at once and once", async () => {
  const air = await Air.open([A, B]);
  const a = air.register(A);
  await air.pass(10_000);
  const untried = whyText("not-tried");
  assert.deepEqual(a.news.filter((said) => said !== untried && said !== ""), ["direct"]);
  a.news.length = 0;
  air.block(A, B);
  await air.pass(TRUST_MS + DOUBT_MAX_MS + 2 * BEAT_MS + RETRY_FIRST_MS + TRY_WITHIN_MS);
  assert.deepEqual(a.news, ["missed-beats", "quiet", "no-route"].map((why) => whyText(why as RelayWhy)));
  a.news.length = 0;
  air.clear(A, B);
  await air.pass(LONG_MS);
  assert.deepEqual(a.news, [whyText("opened"), "direct"], "open again, and direct once it was steady");
});

test("[LNK5] where no packet gets through, the reason is told, and changes go through the hub all the time", async () => {
  const air = await Air.open([A, B]);
  air.block(A, B);
  await air.pass(TRY_WITHIN_MS + 1_500);
  const [report] = air.register(A).mesh.reports();
  assert.equal(report?.path, "relay");
  assert.match(report?.why ?? "", /cannot reach each other directly/);
  await air.pass(LONG_MS);
  const offers = air.register(A).sent.filter(({ body }) => body.kind === "offer").length;
  assert.ok(offers >= 3 && offers <= 10, `${offers} offers in two minutes`);
});

test("[LNK9] who does not know the secret of the pair is not let in", async () => {
  const air = await Air.open([A, B]);
  air.register(B).mesh.hear({ type: "present", registers: [{ id: A, here: true, pairing: "q".repeat(26) }] });
  await air.pass(1_500);
  assert.deepEqual([air.register(A).mesh.pathOf(B), air.register(B).mesh.pathOf(A)], ["relay", "relay"]);
  const why = air.registers.map(({ mesh }) => mesh.reports()[0]?.why ?? "").join();
  assert.match(why, /not the register it should be/);
  assert.ok(!air.frames.some(({ text }) => text.includes('"have"')), "nothing of the venue was said");
});

test("[LNK10] with the hub gone, open links go on, and all registers keep each other's changes", async () => {
  const air = await Air.open([A, B, C]);
  await air.pass(1_000);
  air.killHub();
  for (const [i, register] of air.registers.entries()) await sell(register, `${"ABC"[i]}1`);
  await air.settle();
  for (const register of air.registers) {
    assert.deepEqual(numbers(register), ["A1", "B1", "C1"]);
    assert.deepEqual(Object.values(paths(register)), ["direct", "direct"]);
    assert.equal(register.replica.unsynced(), 0);
  }
  await air.pass(60_000);
  air.hubOn = true;
  for (const { id } of air.registers) air.connect(id);
  await air.settle();
  assert.deepEqual(air.hub.vector(), air.register(A).replica.vector());
  assert.ok(
    air.registers.every(({ mesh }) => mesh.switches.length === 2),
    "no link was touched by the hub's coming and going",
  );
});

test("[LNK10] with the hub gone, a cut pair still has each other's changes by the third, and links again through it", async () => {
  const air = await Air.open([A, B, C]);
  await air.pass(1_000);
  air.killHub();
  air.cut(A, B);
  await air.settle();
  assert.equal(air.register(A).mesh.pathOf(B), "none");
  await sell(air.register(A), "A1");
  await air.settle();
  assert.deepEqual(numbers(air.register(B)), ["A1"]);
  await air.pass(20_000);
  assert.equal(air.register(A).mesh.pathOf(B), "direct");
  assert.equal(air.register(A).mesh.switches.at(-1)?.why, "steady");
});

test("[LNK8] a register that passes offers on bounds them, and says why one went no further", async () => {
  const air = await Air.open([A, B, C]);
  await air.pass(1_000);
  air.killHub();
  air.frames.length = 0;
  const ask = (body: unknown, to: string = "dddddddd") =>
    air.inject(A, C, JSON.stringify({ type: "negotiate", to, body }));
  ask({ kind: "ask" });
  ask({ kind: "offer", call: "00000000", sdp: "x".repeat(20_000) }, B);
  for (let i = 0; i < NEGOTIATE_PER_MINUTE_MAX; i++) {
    ask({ kind: "candidate", call: "00000000", candidate: "x", mid: "0" }, B);
  }
  await air.settle();
  const whys = air.frames.filter(({ text }) => text.includes("undelivered")).map(({ text }) => JSON.parse(text).why);
  assert.deepEqual([...new Set(whys)], ["peer-away", "too-large", "too-many"]);
  assert.ok(air.frames.some(({ from, to, text }) => from === C && to === B && JSON.parse(text).from === A));
});

test("[LNK17] a writer brings its changes to those it is linked to, and nobody else brings them again", async () => {
  const air = await Air.open([A, B, C, "dddddddd"]);
  await air.pass(3_000);
  air.killHub();
  await air.pass(3_000);
  air.frames.length = 0;
  await sell(air.register(A), "A1");
  await air.settle();
  const deltas = () =>
    air.frames.filter(({ text }) => text.includes('"delta"')).map(({ from, to }) => from[0]! + to[0]);
  assert.deepEqual(deltas(), ["ab", "ac", "ad"]);
  air.cut(A, B);
  await air.settle();
  air.frames.length = 0;
  await sell(air.register(A), "A2");
  await air.settle();
  assert.deepEqual(numbers(air.register(B)), ["A1", "A2"]);
  assert.deepEqual(deltas().filter((pair) => pair[1] !== "b"), ["ac", "ad"]);
});

test("[LNK17] what a writer believes to have brought and has not is brought by the next comparison", async () => {
  const air = await Air.open([A, B, C]);
  await air.pass(3_000);
  air.killHub();
  await air.pass(3_000);
  air.block(A, B); // neither knows yet
  await sell(air.register(A), "A1");
  await air.settle();
  assert.deepEqual(numbers(air.register(B)), []);
  await air.pass(HAVE_EVERY_MS + 500);
  assert.deepEqual(numbers(air.register(B)), ["A1"]);
});

test("[LNK11] a channel that is not read gets nothing more, and the peer catches up once it is read", async () => {
  const air = await Air.open([A, B]);
  await air.pass(1_000);
  air.killHub();
  air.clog(A, B, CHANNEL_PUSH_MAX_BYTES + 1);
  air.frames.length = 0;
  for (let i = 1; i <= 20; i++) await sell(air.register(A), `A${i}`);
  await air.settle();
  assert.ok(!air.frames.some(({ text }) => text.includes('"delta"')));
  air.clog(A, B, 0);
  await air.pass(10_000);
  assert.equal(numbers(air.register(B)).length, 20);
});

test("[LNK12] what is not a message closes its own channel only, and is told", async () => {
  const air = await Air.open([A, B, C]);
  for (const garbage of ["{", '{"type":"have","vector":{"x":-1}}', '{"type":"confetti"}', "x".repeat(300_000)]) {
    await air.pass(90_000);
    assert.deepEqual(paths(air.register(A)), { [B]: "direct", [C]: "direct" });
    air.inject(B, A, garbage);
    await air.settle();
    assert.equal(air.register(A).mesh.switches.at(-1)?.why, "garbage");
    assert.deepEqual(paths(air.register(A)), { [B]: "relay", [C]: "direct" });
  }
});

test("[LOS10] a peer that sends other content for what is held is named at once, and its link is closed when it goes on", async () => {
  const air = await Air.open([A, B, C]);
  await air.pass(1_000);
  const id = await sell(air.register(A), "A1");
  await air.settle();
  const [replica] = id.split("/") as [string];
  const forged = { replica, from: 1, ops: [{ at: [1, 0], body: { kind: "check.open", number: "A9" } }] };
  const frame = JSON.stringify({ type: "delta", runs: [forged] });
  for (let n = 1; n <= SUSPECTED_MAX; n++) {
    assert.equal(paths(air.register(A))[B], "direct", `before frame ${n}`);
    air.inject(B, A, frame);
    await air.settle();
    assert.deepEqual(air.register(A).mesh.suspects(), [{ peer: B, why: "fork" }]);
  }
  assert.deepEqual(paths(air.register(A)), { [B]: "relay", [C]: "direct" });
  assert.equal(air.register(A).mesh.switches.at(-1)?.why, "suspect");
  await air.pass(SUSPECT_TOLD_MS + 1_000);
  assert.deepEqual([air.register(A).mesh.suspects(), numbers(air.register(A))], [[], ["A1"]]);
});

test("[LOS9] a peer that sends what is not a message is named; one that has not shown who it is is not", async () => {
  const air = await Air.open([A, B]);
  await air.pass(1_000);
  air.inject(B, A, "{");
  await air.settle();
  assert.deepEqual(air.register(A).mesh.suspects(), [{ peer: B, why: "garbage" }]);
});

test("[LNK13] a register that is no longer enrolled is let go at once", async () => {
  const air = await Air.open([A, B, C]);
  await air.pass(1_000);
  air.announce([B]);
  await air.settle();
  assert.deepEqual(paths(air.register(A)), { [C]: "direct" });
  await sell(air.register(A), "A1");
  air.register(B).session?.close();
  await air.pass(10_000);
  assert.deepEqual([numbers(air.register(B)), numbers(air.register(C))], [[], ["A1"]]);
});

test("[LNK14] a device that stopped for a minute does not blame its links", async () => {
  const air = await Air.open([A, B]);
  await air.pass(1_000);
  air.now += 60_000;
  await air.pass(5_000);
  assert.equal(air.register(A).mesh.pathOf(B), "direct");
  assert.equal(air.register(A).mesh.switches.length, 1);
});

test("[LNK16] a device without WebRTC says so, and the other is told and waits long", async () => {
  const air = await Air.open([A, B], [B]);
  await air.pass(1_000);
  assert.match(air.register(A).mesh.reports()[0]?.why ?? "", /other device cannot/);
  assert.match(air.register(B).mesh.reports()[0]?.why ?? "", /This device cannot/);
});

test("[LNK6] of a link that never holds, the newest switches are kept and no more", async () => {
  const air = await Air.open([A, B]);
  for (let i = 0; i < SWITCHES_MAX; i++) {
    await air.pass(1_000);
    air.cut(A, B);
    await air.settle();
    air.register(A).mesh.stop();
    air.announce();
    await air.settle();
  }
  const { switches } = air.register(A).mesh;
  assert.ok(switches.length <= SWITCHES_MAX && switches.length > 10);
  assert.ok(switches.every(({ peer, at, why }) => peer === B && at > 0 && why.length > 0));
});
