import assert from "node:assert/strict";
import { agree, knownGateway, ROUTER_NOT_PROBED, type RouterMemory, type RouterRound } from "./router.ts";

const UP: RouterRound = {
  address: "192.168.1.1",
  mac: "a4:2b:b0:01:02:03",
  alive: true,
  by: "port",
  rttMs: 1,
  how: "up",
};
const DOWN: RouterRound = { address: "192.168.1.1", alive: false, how: "down" };
const UNSURE: RouterRound = { address: "192.168.1.1", how: "not measured" };

/** Rounds five seconds apart, the first at 5000. */
function after(...rounds: RouterRound[]): RouterMemory {
  return rounds.reduce((memory, round, i) => agree(memory, round, (i + 1) * 5_000), ROUTER_NOT_PROBED);
}

Deno.test("one round decides nothing, two that agree do", () => {
  assert.equal(after(UP).alive, undefined);
  assert.match(after(UP).how, /a second round has to agree/);
  assert.equal(after(UP, UP).alive, true);
  assert.equal(after(UP, UP).how, "up");
  assert.equal(after(UP, UP, DOWN).alive, undefined);
  assert.equal(after(UP, UP, DOWN, DOWN).alive, false);
  assert.equal(after(UP, UP, DOWN, UP).alive, undefined);
});

Deno.test("a round that measured nothing is no vote for either side", () => {
  assert.equal(after(UP, UP, UNSURE).alive, undefined);
  assert.equal(after(DOWN, UNSURE, DOWN).alive, undefined);
  assert.equal(after(UNSURE, UNSURE).how, "not measured");
});

Deno.test("since is the first of the two rounds, and stays while nothing changes", () => {
  assert.equal(after(UP, UP).since, 5_000);
  assert.equal(after(UP, UP, UP).since, 5_000);
  assert.equal(after(UP, UP, DOWN).since, 15_000);
  assert.equal(after(UP, UP, DOWN, DOWN).since, 15_000);
  assert.equal(after(UP, UP, DOWN, DOWN, DOWN).since, 15_000);
  assert.equal(after(UP, UP, DOWN, DOWN, DOWN).checkedAt, 25_000);
});

Deno.test("another gateway begins anew", () => {
  const other = { ...UP, address: "192.168.1.254", mac: "8e:1c:00:00:00:09" };
  const memory = after(UP, UP, other);
  assert.equal(memory.alive, undefined);
  assert.equal(memory.mac, other.mac);
  assert.equal(knownGateway(memory, "192.168.1.1", { now: 15_000, beganAt: 0 }).mac, undefined);
});

Deno.test("the MAC is the one it had when it last answered", () => {
  const imposter = { ...DOWN, mac: "8e:1c:00:00:00:09" };
  assert.equal(after(UP, imposter, imposter).mac, UP.mac);
  assert.equal(after(UP, { ...UP, mac: "8e:1c:00:00:00:09" }).mac, "8e:1c:00:00:00:09"); // a new router in the old one's place
  assert.equal(after(UP, { ...UP, mac: undefined }).mac, UP.mac);
});

Deno.test("an answer counts as lately for a minute, and one on the wire does not", () => {
  const lately = (memory: RouterMemory, now: number, beganAt = -100_000) =>
    knownGateway(memory, "192.168.1.1", { now, beganAt }).answeredLately;
  assert.equal(lately(after(UP, DOWN), 65_000), true);
  assert.equal(lately(after(UP, DOWN), 65_001), false);
  assert.equal(lately(after({ ...UP, by: "wire" }), 5_000), false);
});

Deno.test("[LAD13] in the first minute nobody knows whether it answered lately, unless it was seen to", () => {
  const lately = (memory: RouterMemory, now: number) =>
    knownGateway(memory, "192.168.1.1", { now, beganAt: 0 }).answeredLately;
  assert.equal(lately(ROUTER_NOT_PROBED, 0), undefined);
  assert.equal(lately(after(DOWN), 60_000), undefined);
  assert.equal(lately(after(DOWN), 60_001), false);
  assert.equal(lately(after(UP, DOWN), 15_000), true);
});

Deno.test("a hub without a default route says so and accuses nobody", () => {
  const none: RouterRound = { how: "This hub has no default route" };
  const memory = after(UP, UP, none, none);
  assert.equal(memory.alive, undefined);
  assert.equal(memory.address, undefined);
  assert.equal(memory.how, "This hub has no default route");
});
