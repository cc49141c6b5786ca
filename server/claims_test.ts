import assert from "node:assert/strict";
import { CLAIM_LEASE_MS, CLAIM_RENEW_MS, type ClaimList, CLAIMS_AT_ONCE_PER_MINUTE_MAX } from "../shared/claim.ts";
import { CLAIMS_QUEUE_MAX_BYTES, type ClaimSession, ClaimTable } from "./claims.ts";

const [A, B] = ["aaaaaaaa", "bbbbbbbb"] as const;
const check = (n: number) => `${A}-0000/${n}`;
const claim = (n: number | null, staff?: string) =>
  ({ type: "claim", check: n === null ? null : check(n), staff }) as const;

interface Rigged extends ClaimSession {
  readonly heard: ClaimList[];
  queued: number;
}

function rig() {
  const clock = { now: 5_000_000 };
  const sessions: Rigged[] = [];
  const table = new ClaimTable({ sessions: () => sessions, steady: () => clock.now });
  const session = (register: string, understands?: boolean) => {
    const heard: ClaimList[] = [];
    const made: Rigged = {
      register,
      heard,
      queued: 0,
      socket: { send: (message) => heard.push(message), queuedBytes: () => made.queued },
    };
    sessions.push(made);
    table.begin(made, understands);
    return made;
  };
  const pass = (ms: number) => {
    for (const until = clock.now + ms; clock.now < until;) {
      clock.now += 1_000;
      table.tell();
    }
  };
  return { table, session, pass };
}

const checksIn = (list: ClaimList | undefined) => list?.claims.map(({ register, check }) => `${register} ${check}`);

Deno.test("[CLM5] a change is told to all at once and whole; while it stands, again every 20 s; else nothing", () => {
  const { table, session, pass } = rig();
  const [a, b] = [session(A, true), session(B, true)];
  pass(60_000);
  assert.deepEqual([a.heard.length, b.heard], [1, [{ type: "claims", claims: [] }]]);
  table.take(a, claim(1, "Ana"));
  table.take(b, claim(2));
  assert.deepEqual(checksIn(b.heard.at(-1)), [`${A} ${check(1)}`, `${B} ${check(2)}`]);
  assert.deepEqual(a.heard.at(-1), b.heard.at(-1));
  const before = b.heard.length;
  pass(2 * CLAIM_RENEW_MS);
  assert.equal(b.heard.length, before + 2);
  assert.equal(b.heard.at(-1)?.claims[0]?.leftMs, CLAIM_LEASE_MS - 2 * CLAIM_RENEW_MS);
});

Deno.test("[CLM2] a claim that is not said again runs out after 60 s, and that is told", () => {
  const { table, session, pass } = rig();
  const [a, b] = [session(A, true), session(B, true)];
  table.take(a, claim(1));
  pass(CLAIM_RENEW_MS);
  table.take(a, claim(1));
  pass(CLAIM_LEASE_MS - 1_000);
  assert.equal(b.heard.at(-1)?.claims.length, 1);
  pass(1_000);
  assert.deepEqual(b.heard.at(-1)?.claims, []);
});

Deno.test("[CLM3] a register whose session ends, or begins anew, is in nothing", () => {
  const { table, session } = rig();
  const [a, b] = [session(A, true), session(B, true)];
  table.take(a, claim(1));
  table.release(A);
  assert.deepEqual(b.heard.at(-1)?.claims, []);
  table.take(a, claim(1));
  session(A);
  assert.deepEqual(b.heard.at(-1)?.claims, []);
});

Deno.test("[CLM6] a session that did not say that it understands is told nothing", () => {
  const { table, session, pass } = rig();
  const [a, old] = [session(A, true), session(B)];
  table.take(a, claim(1));
  pass(60_000);
  assert.deepEqual(old.heard, []);
});

Deno.test("[CLM12] who changes more than 60 times in a minute is told of with the next tick; nothing is left out", () => {
  const { table, session, pass } = rig();
  const [a, b] = [session(A, true), session(B, true)];
  const before = b.heard.length;
  for (let n = 1; n <= 3 * CLAIMS_AT_ONCE_PER_MINUTE_MAX; n++) table.take(a, claim(n));
  assert.equal(b.heard.length - before, CLAIMS_AT_ONCE_PER_MINUTE_MAX);
  pass(1_000);
  assert.deepEqual(checksIn(b.heard.at(-1)), [`${A} ${check(3 * CLAIMS_AT_ONCE_PER_MINUTE_MAX)}`]);
});

Deno.test("[CLM12] a session that does not read is told once it does again, how things are then", () => {
  const { table, session, pass } = rig();
  const [a, b] = [session(A, true), session(B, true)];
  b.queued = CLAIMS_QUEUE_MAX_BYTES + 1;
  table.take(a, claim(1));
  table.take(a, claim(2));
  assert.equal(b.heard.length, 1);
  b.queued = 0;
  pass(1_000);
  assert.deepEqual(b.heard.slice(1).map(checksIn), [[`${A} ${check(2)}`]]);
});
