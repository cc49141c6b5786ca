import assert from "node:assert/strict";
import { probeInternet } from "./internet.ts";
import { probePeers } from "./peers.ts";
import { probePortal } from "./portal.ts";
import { readTargets } from "./settings.ts";
import type { TcpResult } from "./tcp.ts";

const TARGETS = [{ address: "192.0.2.1", port: 443 }, { address: "192.0.2.2", port: 443 }];
const NO_NETWORK: TcpResult = { kind: "no-network", why: "this hub has no way to that network" };
const SILENT: TcpResult = { kind: "silent" };

function internet(results: readonly TcpResult[], hasRoute = true) {
  const connect = (address: string) => Promise.resolve(results[TARGETS.findIndex((each) => each.address === address)]!);
  return probeInternet(TARGETS, { connect, ms: 1_000, hasRoute: Promise.resolve(hasRoute) });
}

Deno.test("[PRB4] open or refused proves the internet, whichever of the two it is", async () => {
  assert.equal((await internet([SILENT, { kind: "refused", rttMs: 9 }])).ok, true);
  const open = await internet([{ kind: "open", rttMs: 12 }, SILENT]);
  assert.deepEqual(open, { ok: true, rttMs: 12, how: "The internet answers (192.0.2.1:443, open)" });
});

Deno.test("[PRB4] only silence from all of them speaks against it", async () => {
  assert.deepEqual(await internet([SILENT, { kind: "unreachable" }]), {
    ok: false,
    how: "None of 192.0.2.1:443 and 192.0.2.2:443 answers",
  });
  assert.equal((await internet([SILENT, { kind: "unknown", why: "no leave" }])).ok, undefined);
  assert.match(
    (await probeInternet([], { connect: () => assert.fail(), ms: 1, hasRoute: Promise.resolve(true) })).how,
    /not asked/,
  );
});

Deno.test("[PRB5] no way to that network is the router's word where there is a route, and the hub's own fault where not", async () => {
  assert.equal((await internet([NO_NETWORK, NO_NETWORK])).ok, false);
  const own = await internet([NO_NETWORK, NO_NETWORK], false);
  assert.deepEqual(own, { how: "The internet was not measured: this hub has no way to that network" });
});

Deno.test("[PRB4] the first answer ends the wait for the other", async () => {
  let given: AbortSignal | undefined;
  const connect = (address: string, _: number, signal: AbortSignal): Promise<TcpResult> => {
    given = signal;
    return address === "192.0.2.1" ? Promise.resolve({ kind: "open", rttMs: 1 }) : new Promise(() => {});
  };
  assert.equal((await probeInternet(TARGETS, { connect, ms: 5_000, hasRoute: Promise.resolve(true) })).ok, true);
  assert.ok(given?.aborted);
});

for (
  const [status, headers, ok, words] of [
    [204, {}, true, /answers 204, as it should/],
    [302, { location: "http://wifi.example/login" }, false, /somebody else: 302 to http:\/\/wifi\.example\/login/],
    [200, {}, false, /200 in place of 204/],
    [511, {}, false, /511 in place of 204/],
    [503, {}, undefined, /answers 503, which proves nothing/],
  ] as const
) {
  Deno.test(`[PRB8] a page that answers ${status} on loopback is ${ok}`, async () => {
    const body = status === 204 ? null : "<h1>Welcome</h1>";
    const server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen: () => {} },
      () => new Response(body, { status, headers }),
    );
    const url = `http://127.0.0.1:${server.addr.port}/generate_204`;
    const rung = await probePortal(url, { fetch: (at, init) => fetch(at, init), ms: 5_000 });
    await server.shutdown();
    assert.equal(rung.ok, ok);
    assert.match(rung.how, words);
  });
}

Deno.test("[PRB8] a page that nobody answers proves nothing, and a long address is shown short", async () => {
  const dead = await probePortal("http://204.example/", {
    fetch: () => Promise.reject(new TypeError("no")),
    ms: 1_000,
  });
  assert.deepEqual(dead, { how: "204.example did not answer, which alone proves nothing" });
  const headers = { location: `http://x/${"y".repeat(5_000)}` };
  const long = await probePortal("http://204.example/", {
    fetch: () => Promise.resolve(new Response(null, { status: 302, headers })),
    ms: 1_000,
  });
  assert.equal(long.location?.length, 200);
});

const OWN = [{ name: "eth0", address: "192.168.1.20", prefixLength: 24 }];
const row = (address: string, state: "remembered" | "failed") => ({ address, mac: "5c:e9:1e:00:00:21", state });

function peers(result: TcpResult, after: "remembered" | "failed", rows = ["192.168.1.1", "192.168.1.21", "10.0.0.9"]) {
  const states = ["remembered" as const, after];
  const neighbours = () => {
    const state = states.shift() ?? after;
    return Promise.resolve({ kind: "known" as const, rows: rows.map((address) => row(address, state)) });
  };
  const asked: string[] = [];
  const connect = (address: string) => (asked.push(address), Promise.resolve(result));
  return probePeers("192.168.1.1", { connect, neighbours, interfaces: OWN, ms: 300 }).then((rung) => ({
    ...rung,
    asked,
  }));
}

Deno.test("[PRB10] a neighbour that refuses is alive; only machines of this network are asked, and never the router", async () => {
  const rung = await peers({ kind: "refused", rttMs: 1 }, "remembered");
  assert.deepEqual([rung.ok, rung.asked], [true, ["192.168.1.21"]]);
  assert.equal(rung.how, "192.168.1.21 on the same network answers");
});

Deno.test("[PRB10] neighbours are gone when the system finds them no more; silence alone proves nothing", async () => {
  assert.equal((await peers(SILENT, "failed")).ok, false);
  assert.equal((await peers(SILENT, "remembered")).ok, undefined);
  const unfound = { kind: "known" as const, rows: [{ address: "192.168.1.21", state: "failed" as const }] };
  const deps = { connect: () => assert.fail("nobody to ask"), interfaces: OWN, ms: 300 };
  const rung = await probePeers("192.168.1.1", { ...deps, neighbours: () => Promise.resolve(unfound) });
  assert.equal(rung.ok, false);
  assert.equal((await peers(SILENT, "failed", ["192.168.1.1"])).how, "No other machine on the network is known");
});

Deno.test("[PRB16] what is asked on the internet can be named, or nobody; the rest stays as it is", () => {
  const read = readTargets('{"internet":["10.9.0.1:443"],"portal":"http://10.9.0.1/204"}');
  assert.ok(read && !("wrong" in read));
  assert.deepEqual(read.internet, [{ address: "10.9.0.1", port: 443 }]);
  assert.equal(read.portal, "http://10.9.0.1/204");
  assert.equal(read.dnsName, "example.com");
  assert.deepEqual(readTargets("off"), { internet: [] });
  assert.equal(readTargets(undefined), undefined, "as it is set, or as usual");
});

for (
  const [json, wrong] of [
    ["x", /wants “off” or JSON/],
    ["[]", /--probe-targets: /],
    ['{"internet":["nowhere:443"]}', /--probe-targets: internet\.0 wants an address and a port/],
    ['{"dns":"1.1.1.1:70000"}', /--probe-targets: dns has no such port/],
    ['{"portal":"https://x/204"}', /--probe-targets: portal /],
    ['{"dnsName":"a b"}', /--probe-targets: dnsName wants a host name/],
    ['{"other":1}', /--probe-targets: .*other/],
  ] as const
) {
  Deno.test(`[PRB16] --probe-targets ${json} is refused with what is wrong`, () => {
    const read = readTargets(json);
    assert.ok(read && "wrong" in read);
    assert.match(read.wrong, wrong);
  });
}
