import assert from "node:assert/strict";
import { type GatewayDeps, judgeSilence, probeGateway } from "./gateway.ts";
import type { Neighbours } from "./neighbours.ts";
import type { PingResult } from "./ping.ts";
import type { Neighbour } from "./platform.ts";
import { connectTcp, type TcpResult } from "./tcp.ts";

const ROUTER = "192.168.1.1";
const MAC = "a4:2b:b0:01:02:03";
const SILENT: TcpResult[] = [{ kind: "silent" }, { kind: "silent" }, { kind: "silent" }];
const NO_PING: PingResult & { kind: "unknown" } = { kind: "unknown", why: "ping is not installed on this hub" };

function wire(state?: Neighbour["state"], mac: string | undefined = MAC): Neighbours {
  return { kind: "known", rows: state ? [{ address: ROUTER, mac, state }] : [] };
}

function world({ tcp = {}, ping = { kind: "silent" }, neighbours = wire() }: {
  tcp?: Record<number, TcpResult>;
  ping?: PingResult;
  neighbours?: Neighbours;
}): GatewayDeps {
  return {
    connect: (_, port) => Promise.resolve(tcp[port] ?? { kind: "silent" }),
    ping: () => Promise.resolve(ping),
    neighbours: () => Promise.resolve(neighbours),
  };
}

Deno.test("a refused port proves the router alive", async () => {
  const reading = await probeGateway(ROUTER, world({ tcp: { 443: { kind: "refused", rttMs: 1.2 } } }));
  assert.deepEqual(reading, { alive: true, by: "port", port: 443, rttMs: 1.2, how: "TCP 443 refused in 1 ms" });
});

Deno.test("an open port proves it too, and the first answer does not wait for the others", async () => {
  let given: AbortSignal | undefined;
  const deps: GatewayDeps = {
    ...world({}),
    connect: (_, port, signal) => {
      given = signal;
      return port === 80 ? Promise.resolve({ kind: "open", rttMs: 0.4 }) : new Promise(() => {});
    },
  };
  assert.equal((await probeGateway(ROUTER, deps)).how, "TCP 80 open in under 1 ms");
  assert.ok(given?.aborted, "the other attempts are called off");
});

Deno.test("a router with closed eyes is alive by its ping", async () => {
  const reading = await probeGateway(ROUTER, world({ ping: { kind: "answered", rttMs: 3.4 } }));
  assert.deepEqual(reading, { alive: true, by: "ping", rttMs: 3.4, how: "It answered a ping in 3 ms" });
});

Deno.test("a router that drops everything is alive by the wire", async () => {
  const reading = await probeGateway(ROUTER, world({ neighbours: wire("reachable") }));
  assert.equal(reading.alive, true);
  assert.match(reading.how, /on the wire; TCP 53, 80, 443 and ping are silent/);
});

Deno.test("time-outs alone prove nothing", () => {
  for (const state of [undefined, "remembered", "asking", "failed"] as const) {
    const reading = judgeSilence(ROUTER, SILENT, NO_PING, wire(state));
    assert.equal(reading.alive, undefined, state);
    assert.match(reading.how, /proves nothing; ping is not installed/);
  }
});

Deno.test("silence on every way there is speaks for a dead router", () => {
  for (const state of [undefined, "remembered", "asking", "failed"] as const) {
    assert.equal(judgeSilence(ROUTER, SILENT, { kind: "silent" }, wire(state)).alive, false, state);
  }
  assert.equal(judgeSilence(ROUTER, SILENT, { kind: "silent" }, { kind: "unknown", how: "" }).alive, false);
});

Deno.test("an address that nobody has is dead even when ping is missing", () => {
  const tcp: TcpResult[] = [{ kind: "unreachable" }, ...SILENT.slice(1)];
  assert.equal(judgeSilence(ROUTER, tcp, NO_PING, wire("failed")).alive, false);
  assert.equal(judgeSilence(ROUTER, tcp, NO_PING, wire("asking")).alive, false);
  assert.equal(judgeSilence(ROUTER, tcp, NO_PING, wire("remembered")).alive, undefined); // a firewall may say so as well
});

Deno.test("a repeater that answers the wire for a dead router is not taken for it", () => {
  const known = { mac: MAC, answeredLately: false };
  const reading = judgeSilence(ROUTER, SILENT, { kind: "silent" }, wire("reachable", "8e:1c:00:00:00:09"), known);
  assert.equal(reading.alive, false);
  assert.match(reading.how, /another machine, 8e:1c:00:00:00:09/);
});

Deno.test("the wire's memory of a router that answered a moment ago does not keep it alive", () => {
  const known = { mac: MAC, answeredLately: true };
  assert.equal(judgeSilence(ROUTER, SILENT, { kind: "silent" }, wire("reachable"), known).alive, false);
  assert.equal(judgeSilence(ROUTER, SILENT, NO_PING, wire("reachable"), known).alive, undefined);
});

Deno.test("[LAD13] what stands on the wire from before the hub began proves neither that it is alive nor that it is gone", () => {
  const reading = judgeSilence(ROUTER, SILENT, { kind: "silent" }, wire("reachable"), {});
  assert.equal(reading.alive, undefined);
  assert.match(reading.how, /may be a minute old/);
  assert.equal(judgeSilence(ROUTER, SILENT, { kind: "silent" }, wire("remembered"), {}).alive, false);
});

Deno.test("a fault of the hub's own side is no verdict on the router", () => {
  const tcp: TcpResult[] = SILENT.map(() => ({ kind: "unknown", why: "this hub has no way to that network" }));
  const reading = judgeSilence(ROUTER, tcp, { kind: "silent" }, wire());
  assert.equal(reading.alive, undefined);
  assert.equal(reading.how, "Not measured: this hub has no way to that network");
});

Deno.test("real sockets: a closed port is refused, a listening one is open, one given up on is silent", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr as Deno.NetAddr;
  const never = new AbortController().signal;
  assert.equal((await connectTcp("127.0.0.1", port, never)).kind, "open");
  listener.close();
  assert.equal((await connectTcp("127.0.0.1", port, never)).kind, "refused");
  const given = [AbortSignal.abort(), AbortSignal.abort(new DOMException("Time is up", "TimeoutError"))];
  for (const signal of given) assert.equal((await connectTcp("127.0.0.1", port, signal)).kind, "silent");
});

Deno.test("real sockets: a machine with nothing to offer is alive, because it refuses", async () => {
  const closed = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = closed.addr as Deno.NetAddr;
  closed.close();
  const connect: GatewayDeps["connect"] = (address, _, signal) => connectTcp(address, port, signal);
  const reading = await probeGateway("127.0.0.1", { ...world({}), connect });
  assert.equal(reading.alive, true);
  assert.match(reading.how, /^TCP \d+ refused in/);
});
