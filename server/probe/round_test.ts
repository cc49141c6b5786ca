import assert from "node:assert/strict";
import { LINUX } from "./linux.ts";
import { macOf, neighbourAt } from "./neighbours.ts";
import type { CommandResult } from "./platform.ts";
import { probeRound, realRoundDeps, type RoundDeps } from "./round.ts";
import { agree, ROUTER_NOT_PROBED } from "./router.ts";

const ROUTES = `[{"dst":"default","gateway":"192.168.1.1","dev":"eth0","metric":100,"flags":[]}]`;
const NEIGHBOURS = `[{"dst":"192.168.1.1","dev":"eth0","lladdr":"a4:2b:b0:01:02:03","state":["REACHABLE"]},
  {"dst":"192.168.1.21","dev":"eth0","lladdr":"5c:e9:1e:00:00:21","state":["STALE"]}]`;

function world({ routes = ROUTES, answers = true } = {}): RoundDeps {
  const runner = (command: string, args: readonly string[]): Promise<CommandResult> => {
    if (command === "ping") return Promise.resolve({ ok: false, why: "exit", reason: "no reply", exitCode: 1 });
    return Promise.resolve({ ok: true, stdout: args.includes("route") ? routes : NEIGHBOURS });
  };
  return {
    platform: LINUX,
    runner,
    connect: () => Promise.resolve(answers ? { kind: "refused", rttMs: 1 } : { kind: "silent" }),
    interfaces: () => [{ name: "eth0", address: "192.168.1.20", prefixLength: 24 }],
  };
}

Deno.test("a round tells the router with its MAC, the neighbours and the hub's interfaces", async () => {
  const { router, neighbours, interfaces } = await probeRound(world(), ROUTER_NOT_PROBED, 0);
  assert.equal(router.address, "192.168.1.1");
  assert.equal(router.mac, "a4:2b:b0:01:02:03");
  assert.equal(router.alive, true);
  assert.equal(interfaces.length, 1);
  assert.equal(macOf(neighbours, "::ffff:192.168.1.21"), "5c:e9:1e:00:00:21");
  assert.equal(neighbourAt(neighbours, "192.168.1.99"), undefined);
});

Deno.test("a router that answered and then is silent is gone after two rounds, though the wire remembers it", async () => {
  let memory = ROUTER_NOT_PROBED;
  for (const [now, answers] of [[5_000, true], [10_000, true], [15_000, false], [20_000, false]] as const) {
    memory = agree(memory, (await probeRound(world({ answers }), memory, now)).router, now);
  }
  assert.equal(memory.alive, false);
  assert.equal(memory.since, 15_000);
});

Deno.test("a hub without a default route says so and probes nobody", async () => {
  const deps = { ...world({ routes: "[]" }), connect: () => assert.fail("there is nobody to ask") };
  const { router } = await probeRound(deps, ROUTER_NOT_PROBED, 0);
  assert.equal(router.alive, undefined);
  assert.equal(router.how, "This hub has no default route");
});

Deno.test("a real round on this machine ends with words, whatever its network is", async () => {
  const { router, neighbours } = await probeRound(realRoundDeps(), ROUTER_NOT_PROBED, 0);
  assert.notEqual(router.how, "");
  assert.ok(neighbours.kind === "known" || neighbours.how !== "");
});

Deno.test(
  "a real round without any leave does not throw",
  { permissions: { run: false, net: false, sys: false } },
  async () => {
    const { router, interfaces } = await probeRound(realRoundDeps(), ROUTER_NOT_PROBED, 0);
    assert.match(router.how, /without leave to run/);
    assert.deepEqual(interfaces, []);
  },
);
