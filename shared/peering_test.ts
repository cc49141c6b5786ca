import assert from "node:assert/strict";
import { test } from "node:test";
import type { ClaimTo } from "./claim.ts";
import { MemoryJournal } from "./memory_journal.ts";
import type { NegotiateBody } from "./negotiate.ts";
import { DIRECT_VERSION } from "./direct.ts";
import { type ChannelEvents, Peering } from "./peering.ts";
import { Replica } from "./replica.ts";
import { seededBytes } from "./testing.ts";

const [A, B] = ["aaaaaaaa", "bbbbbbbb"] as const;
const PAIRING = "p".repeat(26);
const GREET = { type: "greet", version: DIRECT_VERSION, register: B, replica: `${B}-0000`, pairing: PAIRING };
const CLAIM: ClaimTo = { type: "claim", check: `${A}-0000/1`, staff: "Ana" };

/** A's side of a channel to B that has just opened; the test speaks for B. */
async function rig() {
  const sent: { type: string }[] = [];
  const told: NegotiateBody[] = [];
  const accepted: string[] = [];
  const claimed: unknown[] = [];
  const clock = { now: 1_000 };
  let events: ChannelEvents | undefined;
  let closed = 0;
  let calls = 0;
  const journal = new MemoryJournal();
  const replica = await Replica.open({ register: A, journal, random: seededBytes(1), now: () => clock.now });
  const peering = new Peering(B, { pairing: PAIRING, here: true }, {
    self: A,
    replica,
    open: (_, given) => {
      events = given;
      return {
        accept: (description) => accepted.push(description.kind),
        send: (text) => sent.push(JSON.parse(text)),
        queuedBytes: () => 0,
        close: () => closed++,
      };
    },
    steady: () => clock.now,
    dice: () => 0,
    newCall: () => `call000${++calls}`,
    negotiate: (_via, _to, body) => told.push(body),
    passed: () => {},
    reach: () => [],
    switched: () => {},
    claim: () => CLAIM,
    claimed: (_peer, claim) => claimed.push(claim?.check),
  });
  const offer = () => {
    peering.attempt("hub");
    events?.described({ kind: "offer", sdp: "v=0" });
    peering.negotiate({ kind: "answer", call: `call000${calls}`, sdp: "v=0" }, "hub");
    return events!;
  };
  return { peering, sent, told, clock, offer, replica, accepted, claimed, closed: () => closed };
}

const why = ({ state: { path } }: Peering) => path.kind === "relay" ? path.why : path.kind;
const types = (sent: readonly { type: string }[]) => sent.map(({ type }) => type);

test("[LNK9] each side greets first; only then anything of the venue is said", async () => {
  const { peering, sent, offer } = await rig();
  const channel = offer();
  channel.opened();
  const { replica } = sent[0] as unknown as typeof GREET;
  assert.deepEqual(sent, [{ ...GREET, register: A, replica, claims: true }]);
  channel.received(JSON.stringify(GREET));
  assert.deepEqual(types(sent), ["greet", "have", "beat"]);
  channel.received(JSON.stringify({ type: "echo", n: 1 }));
  assert.equal(why(peering), "direct");
});

test("[LNK9] a greet that comes before our side says open is answered with ours before all else", async () => {
  const { sent, offer } = await rig();
  const channel = offer();
  channel.received(JSON.stringify(GREET));
  channel.opened();
  assert.deepEqual(types(sent), ["greet", "have", "beat"]);
});

const WRONG: readonly (readonly [object, string])[] = [
  [{ register: "cccccccc" }, "wrong-identity"],
  [{ replica: "cccccccc-0000" }, "wrong-identity"],
  [{ pairing: "q".repeat(26) }, "wrong-identity"],
  [{ version: 9 }, "other-version"],
  [{ register: "?" }, "garbage"],
  [{ type: "have", vector: {} }, "garbage"],
];
for (const [change, reason] of WRONG) {
  test(`[LNK9] a first frame with ${JSON.stringify(change)} ends the channel as ${reason}`, async () => {
    const { peering, sent, offer, closed } = await rig();
    const channel = offer();
    channel.opened();
    channel.received(JSON.stringify({ ...GREET, ...change }));
    assert.deepEqual([why(peering), closed(), types(sent)], [reason, 1, ["greet"]]);
    channel.received(JSON.stringify(GREET)); // too late
    assert.deepEqual([why(peering), peering.isLinked], [reason, false]);
  });
}

test("[LNK2] a new attempt replaces the old one, whose channel is not heard any more", async () => {
  const { peering, offer, closed, replica } = await rig();
  const first = offer();
  first.opened();
  first.received(JSON.stringify(GREET));
  const second = offer();
  assert.equal(closed(), 1);
  first.closed();
  const body = { kind: "check.open", number: "B1" };
  const delta = { type: "delta", runs: [{ replica: `${B}-0000`, from: 1, ops: [{ at: [1, 0], body }] }] };
  first.received(JSON.stringify(delta));
  await replica.refresh(); // whatever was queued is done
  assert.deepEqual([peering.state.path.kind, replica.book.all().length], ["trying", 0]);
  second.opened();
  second.received(JSON.stringify(GREET));
  second.received(JSON.stringify(delta));
  await replica.refresh();
  assert.equal(replica.book.all().length, 1);
});

test("[LNK2] descriptions of an earlier attempt are not taken", async () => {
  const { peering, offer, accepted } = await rig();
  offer();
  peering.attempt("hub");
  peering.negotiate({ kind: "answer", call: "call0001", sdp: "v=0" }, "hub");
  peering.negotiate({ kind: "candidate", call: "call0001", candidate: "c", mid: "0" }, "hub");
  assert.deepEqual(accepted, ["answer"]);
  peering.negotiate({ kind: "candidate", call: "call0002", candidate: "c", mid: "0" }, "hub");
  assert.deepEqual(accepted, ["answer", "candidate"]);
});

test("[LNK5] an attempt that ends before the other side took part had no answer; after that, no route", async () => {
  const { peering, offer } = await rig();
  peering.attempt("hub");
  peering.undelivered("peer-away");
  assert.equal(why(peering), "peer-away");
  offer().closed();
  assert.equal(why(peering), "no-route");
});

test("[CLM6] a peer whose greet did not say that it understands claims is told none, and heard with none", async () => {
  const { peering, sent, offer, claimed } = await rig();
  const channel = offer();
  channel.opened();
  channel.received(JSON.stringify(GREET));
  peering.claim(CLAIM);
  channel.received(JSON.stringify(CLAIM));
  assert.deepEqual(types(sent), ["greet", "have", "beat"]);
  channel.closed();
  assert.deepEqual(claimed, []);
});

test("[CLM6][CLM8] one that said so is told at once what we are in; its own word is over with the channel", async () => {
  const { sent, offer, claimed } = await rig();
  const channel = offer();
  channel.opened();
  channel.received(JSON.stringify({ ...GREET, claims: true }));
  assert.deepEqual(types(sent), ["greet", "have", "beat", "claim"]);
  channel.received(JSON.stringify({ ...CLAIM, check: null }));
  channel.received(JSON.stringify(CLAIM));
  channel.closed();
  assert.deepEqual(claimed, [null, CLAIM.check, undefined]);
});
