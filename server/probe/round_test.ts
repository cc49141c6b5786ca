import assert from "node:assert/strict";
import { climb } from "../../shared/rules/ladder.ts";
import { ROUTER, ROUTES, world } from "./fixture.ts";
import { platformOf, thisMachine } from "./machine.ts";
import { macOf, neighbourAt } from "./neighbours.ts";
import type { CommandResult } from "./platform.ts";
import { NO_MEMORY, probeRound, remember, type RoundDeps } from "./round.ts";
import { NAT_EVERY_MS, planOf } from "./settings.ts";
import type { TcpResult } from "./tcp.ts";

const ROUND_MAX_MS = 1_500;
const EXCEEDED = "PING 1.1.1.1 (1.1.1.1) 56(84) bytes of data.\nFrom 192.168.100.1 icmp_seq=1 Time to live exceeded\n";

Deno.test("[PRB1] a round tells the router with its MAC, the neighbours, the hub's interfaces and every rung", async () => {
  const { router, neighbours, interfaces, network } = await probeRound(world(), NO_MEMORY, 0);
  assert.equal(router.address, ROUTER);
  assert.equal(router.mac, "a4:2b:b0:01:02:03");
  assert.equal(router.alive, true);
  assert.equal(interfaces.length, 1);
  assert.equal(macOf(neighbours, "::ffff:192.168.1.21"), "5c:e9:1e:00:00:21");
  assert.equal(neighbourAt(neighbours, "192.168.1.99"), undefined);
  assert.deepEqual([network.own.ok, network.gateway.ok, network.hop2.ok, network.internet.ok], [
    true,
    true,
    false,
    false,
  ]);
  assert.equal(climb(network).kind, "modem-or-uplink");
  assert.equal(climb((await probeRound(world({ hop2: EXCEEDED }), NO_MEMORY, 0)).network).kind, "provider");
});

Deno.test("a router that answered and then is silent is gone after two rounds, though the wire remembers it", async () => {
  let memory = NO_MEMORY;
  for (const [now, answers] of [[5_000, true], [10_000, true], [15_000, false], [20_000, false]] as const) {
    memory = remember(memory, await probeRound(world({ answers }), memory, now), now);
  }
  assert.equal(memory.router.alive, false);
  assert.equal(memory.router.since, 15_000);
});

Deno.test("who was behind the router before is pinged when nobody says that a packet died there", async () => {
  const healthy = await probeRound(world({ hop2: EXCEEDED, internet: { kind: "open", rttMs: 9 } }), NO_MEMORY, 0);
  const silent = world();
  const { runner } = silent;
  const asked: string[] = [];
  const deps: RoundDeps = {
    ...silent,
    runner: (command, args) => {
      if (command !== "ping" || args.includes("-t")) return runner(command, args);
      asked.push(args.at(-1)!);
      const stdout = "64 bytes from 192.168.100.1: icmp_seq=1 ttl=63 time=4.0 ms\n";
      return Promise.resolve({ ok: true, stdout });
    },
  };
  const before = remember(NO_MEMORY, healthy, 0);
  const first = await probeRound(deps, before, 1);
  assert.deepEqual([first.network.hop2.ok, asked], [false, []], "not while the internet is held to be there");
  const second = await probeRound(deps, remember(before, first, 1), 2);
  assert.deepEqual([climb(second.network).kind, asked], ["provider", ["192.168.100.1"]]);
  const elsewhere = { ...remember(before, first, 1), router: { ...before.router, address: "192.168.2.1" } };
  assert.equal((await probeRound(deps, elsewhere, 2)).network.hop2.ok, false, "nor behind another router");
});

Deno.test("[PRB9] a router that answers nobody is alive when what is behind it answers through it", async () => {
  const memory = { router: { ...NO_MEMORY.router, address: ROUTER, answeredAt: 0 } }; // the wire alone would only be a memory
  for (const beyond of [{ hop2: EXCEEDED }, { internet: { kind: "open", rttMs: 9 } as const }]) {
    const { router } = await probeRound(world({ answers: false, ...beyond }), memory, 5_000);
    assert.equal(router.alive, true);
    assert.match(router.how, /^It answers nothing itself, but passes on\./);
  }
  assert.equal((await probeRound(world({ answers: false }), memory, 5_000)).router.alive, false);
  const two = `[${ROUTES.slice(1, -1)},${ROUTES.slice(1, -1).replace("192.168.1.1", "10.0.0.1")}]`;
  const other = await probeRound(world({ answers: false, routes: two, hop2: EXCEEDED }), memory, 5_000);
  assert.equal(other.router.alive, false, "it may have gone another way");
});

Deno.test("[PRB10] others are asked only while the router is not known to answer", async () => {
  const first = await probeRound(world(), NO_MEMORY, 0);
  const memory = remember(NO_MEMORY, first, 0);
  assert.match((await probeRound(world(), memory, 5_000)).network.peers.how, /were not asked/);
  assert.doesNotMatch(first.network.peers.how, /were not asked/);
});

Deno.test("[PRB13] the router is asked about its own side at first and then every five minutes, and only if it is there", async () => {
  const first = await probeRound(world(), NO_MEMORY, 1_000);
  assert.equal(first.network.nat?.checkedAt, 1_000);
  const memory = remember(NO_MEMORY, first, 1_000);
  assert.equal((await probeRound(world(), memory, 6_000)).network.nat, undefined);
  assert.ok((await probeRound(world(), memory, 1_000 + NAT_EVERY_MS)).network.nat);
  const gone = { router: { ...NO_MEMORY.router, address: ROUTER, answeredAt: 0 } };
  assert.equal((await probeRound(world({ answers: false }), gone, 6_000)).network.nat, undefined);
});

Deno.test("[PRB22] what the router tells of its far side carries whether the internet answered then", async () => {
  const online = async (internet: TcpResult) =>
    (await probeRound(world({ internet }), NO_MEMORY, 0)).network.nat?.online;
  assert.equal(await online({ kind: "open", rttMs: 9 }), true);
  assert.equal(await online({ kind: "silent" }), false);
});

Deno.test("a hub without a default route says so and probes nobody there", async () => {
  const deps = { ...world({ routes: "[]" }) };
  const { router, network } = await probeRound({ ...deps, targets: { internet: [] } }, NO_MEMORY, 0);
  assert.equal(router.alive, undefined);
  assert.equal(router.how, "This hub has no default route");
  assert.equal(network.hop2.ok, undefined);
  assert.equal(climb(network).kind, "unknown");
});

Deno.test("[PRB16] a hub that was told to ask nobody asks nobody, and accuses nobody", async () => {
  const deps: RoundDeps = {
    ...world(),
    targets: { internet: [] },
    connect: (address) =>
      address.startsWith("192.168.1.") ? Promise.resolve({ kind: "open", rttMs: 1 }) : assert.fail(address),
    fetch: () => assert.fail("a page was asked"),
    resolve: () => assert.fail("a name was asked"),
  };
  const { network } = await probeRound(deps, remember(NO_MEMORY, await probeRound(deps, NO_MEMORY, 0), 0), 5_000);
  assert.equal(network.gateway.ok, true);
  assert.equal(climb(network).kind, "unknown");
});

Deno.test("[PRB1] a real round on this machine ends in time and with words, whatever its network is", async () => {
  let memory = NO_MEMORY;
  const took: number[] = [];
  for (let n = 0; n < 3; n++) {
    const start = performance.now();
    const round = await probeRound(thisMachine(() => planOf()), memory, n);
    took.push(performance.now() - start);
    memory = remember(memory, round, n);
    const { kind, evidence } = climb(round.network);
    assert.ok(kind !== "own-link" || round.network.own.ok === false);
    assert.ok(evidence.every((each) => each.length > 2));
    if (kind === "fine") assert.ok(round.network.internet.ok && round.network.portal.ok);
    assert.ok(round.neighbours.kind === "known" || round.neighbours.how !== "");
  }
  // Tests beside this one may hold a round up; none of three in time is the round's own doing.
  assert.ok(Math.min(...took) <= ROUND_MAX_MS, took.join(", "));
});

Deno.test(
  "[PRB2] a real round without any leave does not throw, and says what it lacks",
  { permissions: { run: false, net: false, sys: false } },
  async () => {
    const { router, interfaces, network } = await probeRound(thisMachine(() => planOf()), NO_MEMORY, 0);
    assert.match(router.how, /without leave to run/);
    assert.match(network.own.how, /without leave to run/);
    assert.match(network.internet.how, /without leave to use the network/);
    assert.deepEqual(interfaces, []);
    assert.equal(climb(network).kind, "unknown");
  },
);

Deno.test("[PRB2] on every system a machine without the commands knows nothing, by their names", async () => {
  for (const os of ["linux", "darwin", "windows", "freebsd"] as const) {
    const runner = (command: string): Promise<CommandResult> =>
      Promise.resolve({ ok: false, why: "missing", reason: `${command} is not installed on this hub` });
    const deps = { ...world(), platform: platformOf(os), runner, interfaces: () => [] };
    const { network } = await probeRound(deps, NO_MEMORY, 0);
    assert.match(network.own.how, /is not installed on this hub/);
    assert.match(network.gateway.how, /is not installed on this hub/);
    assert.equal(network.own.ok, undefined);
  }
});
