import assert from "node:assert/strict";
import { NEGOTIATE_PER_MINUTE_MAX, type NegotiateBody, SDP_MAX } from "../shared/negotiate.ts";
import { seededBytes } from "../shared/testing.ts";
import { Relay, RELAY_QUEUE_MAX_BYTES, type RelaySession } from "./relay.ts";

const [A, B, C] = ["aaaaaaaa", "bbbbbbbb", "cccccccc"] as const;
const ASK: NegotiateBody = { kind: "ask" };

function rig(enrolled: string[] = [A, B, C]) {
  const sessions = new Map<string, RelaySession & { sent: unknown[]; queued: number }>();
  const join = (register: string) => {
    const session = {
      register,
      sent: [] as unknown[],
      queued: 0,
      socket: { send: (message: unknown) => void session.sent.push(message), queuedBytes: () => session.queued },
    };
    sessions.set(register, session);
    return session;
  };
  const relay = new Relay({
    random: seededBytes(1),
    enrolled: () => enrolled.map((id) => ({ id })),
    session: (id) => sessions.get(id),
  });
  return { relay, join, sessions, enrolled };
}

type Row = { id: string; here: boolean; pairing: string };
const rows = (session: { sent: unknown[] }) => (session.sent.at(-1) as { registers: Row[] }).registers;

Deno.test("[LNK8] an offer reaches one session, under the name of the session it came from", () => {
  const { relay, join } = rig();
  const [a, b, c] = [join(A), join(B), join(C)];
  relay.pass(a, { type: "negotiate", to: B, body: ASK }, 0);
  assert.deepEqual([a.sent, b.sent, c.sent], [[], [{ type: "negotiate", from: A, body: ASK }], []]);
});

Deno.test("[LNK8] what is not passed on is told to its sender with the reason", () => {
  const { relay, join } = rig();
  const [a, b] = [join(A), join(B)];
  const why = (to: string, body: NegotiateBody = ASK, now = 0) => {
    relay.pass(a, { type: "negotiate", to, body }, now);
    return (a.sent.pop() as { why: string } | undefined)?.why;
  };
  assert.equal(why(C), "peer-away");
  assert.equal(why(A), "peer-away");
  assert.equal(why("dddddddd"), "peer-away");
  assert.equal(why(B, { kind: "offer", call: "00000000", sdp: "x".repeat(SDP_MAX + 1) }), "too-large");
  b.queued = RELAY_QUEUE_MAX_BYTES + 1;
  assert.equal(why(B), "peer-busy");
  b.queued = 0;
  for (let i = 5; i < NEGOTIATE_PER_MINUTE_MAX; i++) assert.equal(why(B), undefined);
  assert.equal(why(B), "too-many");
  relay.pass(b, { type: "negotiate", to: A, body: ASK }, 0);
  assert.deepEqual(a.sent.pop(), { type: "negotiate", from: B, body: ASK }, "another's allowance is its own");
  assert.equal(why(B, ASK, 60_000), undefined, "after a minute there is a new one");
});

Deno.test("[LNK9] the two of a pair are given one secret, and no two pairs the same", () => {
  const { relay, join } = rig();
  const all = [join(A), join(B), join(C)];
  relay.announce();
  const secret = (of: number, id: string) => rows(all[of]!).find((row) => row.id === id)?.pairing;
  assert.equal(secret(0, B), secret(1, A));
  assert.equal(new Set([secret(0, B), secret(0, C), secret(1, C)]).size, 3);
  relay.announce();
  assert.ok(all.every(({ sent }) => sent.length === 1), "no news is not told");
});

Deno.test("[LNK13] who comes, goes and is let go is told to all, and a new enrolment gets new secrets", () => {
  const { relay, join, sessions, enrolled } = rig([A, B]);
  const a = join(A);
  relay.announce();
  assert.deepEqual(rows(a).map(({ id, here }) => [id, here]), [[B, false]]);
  const { pairing } = rows(a)[0]!;
  join(B);
  relay.announce();
  assert.deepEqual(rows(a), [{ id: B, here: true, pairing }]);
  sessions.delete(B);
  enrolled.pop();
  relay.announce();
  assert.deepEqual(rows(a), []);
  enrolled.push(B);
  relay.announce();
  assert.notEqual(rows(a)[0]?.pairing, pairing);
});
