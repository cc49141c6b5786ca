import assert from "node:assert/strict";
import { test } from "node:test";
import { type Claim, CLAIM_LEASE_MS, CLAIM_RENEW_MS, type ClaimList, type ClaimTo } from "./claim.ts";
import { Claiming } from "./claiming.ts";
import { Air, type AirRegister } from "./testing_air.ts";

const [A, B, C] = ["aaaaaaaa", "bbbbbbbb", "cccccccc"] as const;
const CHECK = `${A}-0000/1`;
const OTHER = `${A}-0000/2`;
const EMPTY: ClaimList = { type: "claims", claims: [] };

/** B's part, beside A. */
function rig() {
  const clock = { now: 1_000_000 };
  const toHub: ClaimTo[] = [];
  const toPeers: ClaimTo[] = [];
  let others: readonly Claim[] = [];
  let told = 0;
  const claiming = new Claiming({
    self: B,
    steady: () => clock.now,
    hub: (claim) => toHub.push(claim),
    peers: (claim) => toPeers.push(claim),
    changed: (now) => {
      others = now;
      told++;
    },
  });
  const pass = (ms: number) => {
    for (const until = clock.now + ms; clock.now < until;) {
      clock.now += 1_000;
      claiming.tick();
    }
  };
  const seen = () => others.map(({ register, check, staff }) => `${staff ?? register} in ${check}`);
  return { claiming, clock, pass, toHub, toPeers, seen, told: () => told };
}

function list(register: string, staff?: string, leftMs = CLAIM_LEASE_MS): ClaimList {
  return { type: "claims", claims: [{ register, check: CHECK, staff, agoMs: 0, leftMs }] };
}

const claim = (check: string | null, staff?: string): ClaimTo => ({ type: "claim", check, staff });

test("[CLM6] a hub that has not said `claims` in this session is told nothing; one that has is told at once", () => {
  const { claiming, toHub } = rig();
  claiming.enter(CHECK, "Ben");
  assert.deepEqual(toHub, []);
  claiming.hear(EMPTY);
  assert.deepEqual(toHub, [claim(CHECK, "Ben")]);
  claiming.hear(EMPTY);
  assert.equal(toHub.length, 1, "a list is not answered again");
  claiming.hubAway();
  claiming.leave();
  assert.equal(toHub.length, 1);
});

test("[CLM2] what is open in front is said again every 20 s, and nothing else is", () => {
  const { claiming, pass, toHub, toPeers } = rig();
  claiming.hear(EMPTY);
  pass(3 * CLAIM_RENEW_MS);
  assert.deepEqual(toPeers, [], "in nothing, there is nothing to say");
  claiming.enter(CHECK, "Ben");
  pass(2 * CLAIM_RENEW_MS);
  assert.deepEqual(toHub, Array(3).fill(claim(CHECK, "Ben")));
  claiming.leave();
  pass(2 * CLAIM_RENEW_MS);
  assert.deepEqual(toHub.slice(3), [claim(null)]);
  assert.deepEqual(toPeers, toHub);
});

test("[CLM3] hiding lets go at once, coming back claims again; leaving while hidden stays left", () => {
  const { claiming, pass, toPeers } = rig();
  claiming.enter(CHECK, "Ben");
  claiming.show(false);
  pass(2 * CLAIM_RENEW_MS);
  claiming.show(true);
  claiming.show(false);
  claiming.leave();
  claiming.show(true);
  const checks = toPeers.map(({ check }) => check);
  assert.deepEqual(checks, [CHECK, null, CHECK, null, null]);
  assert.equal(claiming.own.check, null);
});

test("[CLM5] the hub's list is all there is: who is not in it any more is gone, oneself is not told", () => {
  const { claiming, seen, told } = rig();
  claiming.hear(list(A, "Ana"));
  claiming.hear(list(A, "Ana"));
  assert.deepEqual([seen(), told()], [[`Ana in ${CHECK}`], 1]);
  claiming.hear(list(B, "Ben"));
  assert.deepEqual(seen(), []);
});

test("[CLM9] with the hub away, what it said last stands until the lease runs out", () => {
  const { claiming, pass, seen } = rig();
  claiming.hear(list(A, "Ana", 50_000));
  claiming.hubAway();
  pass(49_000);
  assert.deepEqual(seen(), [`Ana in ${CHECK}`]);
  pass(1_000);
  assert.deepEqual(seen(), []);
});

test("[CLM8] a peer's own word counts before the hub's, also that it is in nothing; once unheard, the hub is believed", () => {
  const { claiming, seen } = rig();
  claiming.hear(list(A, "Ana"));
  claiming.heard(A, claim(OTHER, "Ana"));
  assert.deepEqual(seen(), [`Ana in ${OTHER}`]);
  claiming.heard(A, claim(null));
  assert.deepEqual(seen(), []);
  claiming.hear(list(A, "Ana")); // on its way before she left
  assert.deepEqual(seen(), []);
  claiming.heard(A, undefined);
  assert.deepEqual(seen(), [`Ana in ${CHECK}`]);
});

test("[CLM2] a peer's own word has a lease, too", () => {
  const { claiming, pass, seen } = rig();
  claiming.heard(A, claim(CHECK));
  pass(CLAIM_LEASE_MS - 1_000);
  assert.deepEqual(seen(), [`${A} in ${CHECK}`]);
  pass(1_000);
  assert.deepEqual(seen(), []);
});

const inWhat = ({ others }: AirRegister) => others.map(({ register, check }) => `${register} ${check}`);

test("[CLM8] with the hub killed, linked registers tell each other, also one that links later", async () => {
  const air = await Air.open([A, B, C]);
  const [a, b, c] = air.registers as [AirRegister, AirRegister, AirRegister];
  await air.pass(1_000);
  air.killHub();
  a.claiming.enter(CHECK, "Ana");
  await air.settle();
  assert.deepEqual([b, c].map(inWhat), [[`${A} ${CHECK}`], [`${A} ${CHECK}`]]);
  assert.deepEqual(inWhat(a), []);
  await air.pass(2 * CLAIM_LEASE_MS);
  assert.deepEqual(inWhat(b), [`${A} ${CHECK}`], "it is said again");
  air.cut(A, B);
  await air.settle();
  assert.deepEqual([b, c].map(inWhat), [[], [`${A} ${CHECK}`]], "a register whose link is gone is in nothing");
  await air.pass(CLAIM_LEASE_MS);
  assert.deepEqual(inWhat(b), [`${A} ${CHECK}`], "linked again by way of C, it is told at once");
  a.claiming.leave();
  await air.settle();
  assert.deepEqual([b, c].map(inWhat), [[], []]);
});

test("[CLM8] a link that goes dead in silence holds nobody in a check", async () => {
  const air = await Air.open([A, B]);
  const [a, b] = air.registers as [AirRegister, AirRegister];
  await air.pass(1_000);
  air.killHub();
  a.claiming.enter(CHECK, "Ana");
  await air.settle();
  assert.equal(b.others.length, 1);
  air.block(A, B);
  await air.pass(CLAIM_LEASE_MS);
  assert.deepEqual(b.others, []);
});
