import assert from "node:assert/strict";
import type { Close, HubMessage } from "../shared/wire.ts";
import { PING_EVERY_MS, PING_LOST_AFTER_MS, Presence, type Session } from "./presence.ts";

function rig() {
  const presence = new Presence();
  const begin = (register = "aaaaaaaa") => {
    const sent: HubMessage[] = [];
    const closed: Close[] = [];
    const socket = { send: (m: HubMessage) => sent.push(m), close: (c: Close) => closed.push(c), queuedBytes: () => 0 };
    const session = presence.begin({
      register,
      replica: `${register}-0000`,
      source: "192.168.1.2",
      socket,
      now: 1_000,
    });
    return { session, sent, closed };
  };
  const answerAll = (session: Session, at: number) =>
    session.pings.forEach((ping) => presence.pong(session, ping.n, at));
  return { presence, begin, answerAll };
}

Deno.test("[SES3] a newer session ends the older, whose end then means nothing", () => {
  const { presence, begin } = rig();
  const [older, newer] = [begin(), begin()];
  assert.deepEqual(older.closed.map((close) => close.reason), ["replaced"]);
  presence.end(older.session, true, 2_000);
  assert.equal(presence.get("aaaaaaaa"), newer.session);
  assert.deepEqual([presence.isLive(older.session), presence.isLive(newer.session)], [false, true]);
});

Deno.test("round trip is the median of the last answers, loss what was not answered in time", () => {
  const { presence, begin } = rig();
  const { session } = begin();
  let steady = 0;
  for (const delay of [3, 5, 400, undefined, 4]) {
    presence.tick(steady);
    if (delay !== undefined) presence.pong(session, session.pings.at(-1)!.n, steady + delay);
    steady += PING_EVERY_MS;
  }
  const fact = presence.fact("aaaaaaaa", steady);
  assert.equal(fact?.rttMs, 5);
  assert.equal(fact?.lossPercent, 20);
});

Deno.test("pings that were lost while nobody was reached are not counted, those under way and answered are", () => {
  const { presence, begin } = rig();
  const { session } = begin();
  presence.tick(0);
  presence.pong(session, session.pings[0]!.n, 7);
  for (const n of [1, 2, 3]) presence.tick(n * PING_EVERY_MS);
  const now = 3 * PING_EVERY_MS + 1_000;
  assert.equal(presence.fact("aaaaaaaa", now)?.lossPercent?.toFixed(0), "67");
  presence.forgive(now);
  assert.deepEqual(session.pings.map(({ sentAt }) => sentAt), [0, 3 * PING_EVERY_MS]);
  assert.equal(presence.fact("aaaaaaaa", now)?.lossPercent, 0);
});

Deno.test("[LAD11] a roll call is asked of all, measures nothing, and stands until a register is heard", () => {
  const { presence, begin } = rig();
  const [bar, till] = [begin("aaaaaaaa"), begin("bbbbbbbb")];
  presence.call(2_000);
  presence.call(3_000);
  for (const { sent } of [bar, till]) assert.deepEqual(sent.map(({ type }) => type), ["ping", "ping"]);
  bar.session.calledAt = undefined; // as the hub does when it hears one
  assert.equal(presence.fact("aaaaaaaa", 3_500)?.calledAt, undefined);
  assert.equal(presence.fact("bbbbbbbb", 3_500)?.calledAt, 2_000, "since the first that it did not answer");
  assert.deepEqual(presence.fact("bbbbbbbb", 9_000)?.pings, []);
});

Deno.test("a ping under way is not lost yet, and an answer that comes too late is", () => {
  const { presence, begin, answerAll } = rig();
  const { session } = begin();
  presence.tick(0);
  assert.equal(presence.fact("aaaaaaaa", 1_000)?.lossPercent, undefined);
  answerAll(session, PING_LOST_AFTER_MS + 500);
  assert.equal(presence.fact("aaaaaaaa", PING_LOST_AFTER_MS + 500)?.lossPercent, 100);
});

Deno.test("after the end it is known when, and whether it said goodbye", () => {
  const { presence, begin } = rig();
  const { session } = begin();
  presence.end(session, true, 9_000);
  assert.deepEqual(presence.fact("aaaaaaaa", 9_000), { closedAt: 9_000, closedCleanly: true });
  presence.forget("aaaaaaaa");
  assert.equal(presence.fact("aaaaaaaa", 9_000), undefined);
});

Deno.test("a sample takes the newest answer, and none once that is old", () => {
  const { presence, begin, answerAll } = rig();
  const { session } = begin();
  presence.tick(0);
  answerAll(session, 7);
  assert.equal(presence.lastRtt("aaaaaaaa", 5_000), 7);
  assert.equal(presence.lastRtt("aaaaaaaa", 60_000), undefined);
});

Deno.test("[RUL38] five minutes of pings are kept for a verdict, the lost among them; what is shown is of the last two", () => {
  const { presence, begin, answerAll } = rig();
  const { session } = begin();
  let steady = 0;
  for (let n = 0; n < 100; n++) {
    presence.tick(steady);
    if (n < 70 || n % 2) answerAll(session, steady + 3);
    steady += PING_EVERY_MS;
  }
  const { pings = [], lossPercent } = presence.fact("aaaaaaaa", steady) ?? {};
  assert.ok(pings.length >= 60 && pings.length <= 61, `${pings.length}`);
  assert.ok(pings.includes(null) && pings.includes(3));
  assert.equal(lossPercent, 50);
});

Deno.test("[RUL56] pings that were answered or lost while the hub did not get its turns in time are counted apart", () => {
  const { presence, begin } = rig();
  const { session } = begin();
  presence.tick(0);
  presence.pong(session, session.pings.at(-1)!.n, 3);
  presence.tick(PING_EVERY_MS);
  presence.pong(session, session.pings.at(-1)!.n, PING_EVERY_MS + 180, true);
  presence.tick(2 * PING_EVERY_MS);
  presence.tick(2 * PING_EVERY_MS + 1_000, true);
  const { pings, unsure, rttMs } = presence.fact("aaaaaaaa", 3 * PING_EVERY_MS) ?? {};
  assert.deepEqual([pings, unsure, rttMs], [[3], 2, 180]); // what is shown is what was measured
});
