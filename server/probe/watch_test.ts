import assert from "node:assert/strict";
import { ROUTER, world } from "./fixture.ts";
import type { TcpResult } from "./tcp.ts";
import { type ProbeNews, watch } from "./watch.ts";

Deno.test("[PRB15] the watch tells each round with the room on the disk, and never runs two at once", async () => {
  const news = Promise.withResolvers<ProbeNews>();
  let rounds = 0;
  const deps = { ...world(), interfaces: () => (rounds += 1, []) };
  const found = (told: ProbeNews) => (news.resolve(told), "agreed" as const);
  watch({ round: deps, folder: ".", now: () => 0, found }).round();
  const { diskFreeBytes, macs } = await news.promise;
  assert.ok(diskFreeBytes !== undefined && diskFreeBytes > 0);
  assert.equal(macs.get("192.168.1.21"), "5c:e9:1e:00:00:21");
  assert.equal(rounds, 1);
});

Deno.test("[LAD3] a round that says something new is followed by two at once, and by no more", async () => {
  let rounds = 0;
  let told = 0;
  const third = Promise.withResolvers<void>();
  const round = { ...world(), interfaces: () => (rounds += 1, []) };
  const found = () => {
    told += 1;
    if (told === 3) third.resolve();
    return "disputed" as const;
  };
  watch({ round, folder: ".", now: () => 0, found });
  await third.promise;
  await new Promise((done) => setTimeout(done)); // in which a fourth would begin
  assert.equal(rounds, 3);
});

Deno.test("the router is knocked at where it answered, and a round begins when it is silent", async () => {
  let router: TcpResult = { kind: "refused", rttMs: 1 };
  const asked: number[] = [];
  const { connect } = world();
  const round = {
    ...world(),
    connect: (address: string, port: number, signal: AbortSignal) => {
      if (address !== ROUTER) return connect(address, port, signal);
      asked.push(port);
      return port === 80 ? Promise.resolve(router) : Promise.resolve<TcpResult>({ kind: "silent" });
    },
  };
  let next = Promise.withResolvers<ProbeNews>();
  const probes = watch({
    ...{ round, folder: ".", now: () => 0 },
    found: (news) => (next.resolve(news), "agreed"),
  });
  assert.equal((await next.promise).router.port, 80);
  await new Promise((done) => setTimeout(done)); // the round ends after it was told
  asked.length = 0;
  next = Promise.withResolvers();
  await probes.knock();
  assert.deepEqual(asked, [80], "one port, and no round");
  router = { kind: "silent" };
  await probes.knock();
  assert.equal((await next.promise).router.lastAlive, false);
  await new Promise((done) => setTimeout(done));
  asked.length = 0;
  await probes.knock();
  assert.deepEqual(asked, [], "one that is silent is left to the rounds");
});
