import assert from "node:assert/strict";
import { type AddressDeps, askAddress, askDue } from "./address.ts";
import type { Neighbours } from "./neighbours.ts";
import type { PingResult } from "./ping.ts";
import type { Neighbour } from "./platform.ts";
import { connectTcp, type TcpResult } from "./tcp.ts";

const BAR = "192.168.1.21";
const LONG_MS = 90_000;

function world({ tcp = { kind: "silent" }, ping = { kind: "silent" }, state }: {
  tcp?: TcpResult;
  ping?: PingResult;
  state?: Neighbour["state"];
}): AddressDeps {
  const rows: Neighbour[] = state ? [{ address: BAR, mac: "02:00:00:00:00:21", state }] : [];
  const neighbours: Neighbours = { kind: "known", rows };
  return {
    connect: () => Promise.resolve(tcp),
    ping: () => Promise.resolve(ping),
    neighbours: () => Promise.resolve(neighbours),
  };
}

const CASES: readonly (readonly [string, Parameters<typeof world>[0], number, boolean | undefined, RegExp])[] = [
  ["a refused connection", { tcp: { kind: "refused", rttMs: 2 } }, 20_000, true, /answered a connection in 2 ms/],
  ["an open port", { tcp: { kind: "open", rttMs: 0.4 } }, 20_000, true, /in under 1 ms/],
  ["a ping", { ping: { kind: "answered", rttMs: 3 } }, 20_000, true, /answered a ping in 3 ms/],
  ["the wire, long after its last message", { state: "reachable" }, LONG_MS, true, /on the wire/],
  ["the wire's memory of its last message", { state: "reachable" }, 20_000, undefined, /proves nothing/],
  ["a neighbour that is only remembered", { state: "remembered" }, LONG_MS, undefined, /proves nothing/],
  ["a neighbour that failed", { state: "failed" }, 20_000, false, /Nobody on the network/],
  ["nobody there", { tcp: { kind: "unreachable" }, state: "asking" }, 20_000, false, /Nobody on the network/],
  ["a question still on its way", { state: "asking" }, 20_000, undefined, /proves nothing/],
  ["silence alone", {}, LONG_MS, undefined, /proves nothing/],
  [
    "no ping on this hub",
    { ping: { kind: "unknown", why: "ping is not installed" } },
    LONG_MS,
    undefined,
    /not installed/,
  ],
  ["no way to that network", { tcp: { kind: "unknown", why: "no way" } }, LONG_MS, undefined, /Not measured: no way/],
];

for (const [name, given, silentMs, answers, how] of CASES) {
  Deno.test(`[CAU22] ${name}: ${answers === undefined ? "not known" : answers ? "it answers" : "it is gone"}`, async () => {
    const reading = await askAddress(BAR, silentMs, world(given));
    assert.equal(reading.answers, answers);
    assert.match(reading.how, how);
  });
}

Deno.test("[CAU22] what failed on the wire the last time, and is asked anew in vain, is gone", async () => {
  const states: Neighbour["state"][] = ["failed", "asking"];
  const neighbours = () =>
    Promise.resolve<Neighbours>({ kind: "known", rows: [{ address: BAR, state: states.shift()! }] });
  assert.equal((await askAddress(BAR, 20_000, { ...world({}), neighbours })).answers, false);
});

Deno.test("[CAU22] real sockets: a machine with nothing to offer refuses, and so answers", async () => {
  const closed = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = closed.addr as Deno.NetAddr;
  closed.close();
  const connect: AddressDeps["connect"] = (address, _, signal) => connectTcp(address, port, signal);
  assert.equal((await askAddress("127.0.0.1", LONG_MS, { ...world({}), connect })).answers, true);
});

Deno.test("[CAU23] a slow round is never run twice at once, and one that breaks does not end the asking", async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const asked: string[] = [];
  const tick = askDue({
    due: () => [{ address: BAR, silentMs: 1 }],
    ask: async (address) => {
      asked.push(address);
      await promise;
      return { how: "" };
    },
    found: () => {
      throw new Error("broken");
    },
  });
  const first = tick();
  await tick();
  assert.equal(asked.length, 1);
  resolve();
  await assert.rejects(first, /broken/);
  await assert.rejects(tick(), /broken/);
  assert.equal(asked.length, 2);
});
