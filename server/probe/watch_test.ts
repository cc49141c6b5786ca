import assert from "node:assert/strict";
import { ROUTER, world } from "./fixture.ts";
import type { RoundDeps } from "./round.ts";
import type { TcpResult } from "./tcp.ts";
import { type ProbeNews, watch } from "./watch.ts";

Deno.test("[PRB15] the watch tells each round with the room on the disk, and never runs two at once", async () => {
  const news = Promise.withResolvers<ProbeNews>();
  let rounds = 0;
  const deps = { ...world(), interfaces: () => (rounds += 1, []) };
  const found = (told: ProbeNews) => (news.resolve(told), "agreed" as const);
  watch({ round: deps, folder: ".", now: () => 0, steady: () => 0, found }).round();
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
  watch({ round, folder: ".", now: () => 0, steady: () => 0, found });
  await third.promise;
  await new Promise((done) => setTimeout(done)); // in which a fourth would begin
  assert.equal(rounds, 3);
});

Deno.test("the router is knocked at where it answered, and a round begins when it is silent", async () => {
  let router: TcpResult = { kind: "refused", rttMs: 1 };
  const asked: number[] = [];
  let now = 0;
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
  let missed = 0;
  const probes = watch({
    ...{ round, folder: ".", now: () => now, steady: () => now },
    missed: () => (missed += 1),
    found: (news) => (next.resolve(news), "agreed"),
  });
  assert.equal((await next.promise).router.port, 80);
  await new Promise((done) => setTimeout(done)); // the round ends after it was told
  asked.length = 0;
  next = Promise.withResolvers();
  await probes.knock();
  assert.deepEqual(asked, [80], "one port, and no round");
  assert.equal(missed, 0);
  router = { kind: "silent" };
  await probes.knock();
  assert.equal(missed, 1, "so that who else is there is asked at once");
  assert.equal((await next.promise).router.lastAlive, false);
  await new Promise((done) => setTimeout(done));
  next = Promise.withResolvers();
  now += 60_000;
  await probes.knock();
  assert.equal((await next.promise).router.lastAlive, false, "it was there a minute ago");
  await new Promise((done) => setTimeout(done));
  asked.length = 0;
  now += 1;
  await probes.knock();
  assert.deepEqual(asked, [], "one that is gone for longer is left to the rounds");
});

Deno.test("[RUL54] the hub's clock is compared once an hour, sooner while it is wrong, and at once after it was set", async () => {
  const MINUTE_MS = 60_000;
  const HOUR_MS = 60 * MINUTE_MS;
  let [wall, steady, asked, wrongMs] = [10 * HOUR_MS, 0, 0, 0];
  const online = world({ internet: { kind: "open", rttMs: 9 } });
  const gather: RoundDeps["gather"] = (ask) => {
    if (ask.port !== 123) return online.gather(ask);
    asked += 1;
    const bytes = new Uint8Array(48);
    [bytes[0], bytes[1]] = [0x24, 2];
    const at = wall - wrongMs + 2_208_988_800_000;
    for (const offset of [32, 40]) new DataView(bytes.buffer).setUint32(offset, Math.floor(at / 1_000));
    return Promise.resolve({ kind: "asked", packets: [{ from: ask.address, bytes, rttMs: 1 }] });
  };
  const deps = { ...online, gather, targets: { ...online.targets, time: { address: "192.0.2.9", port: 123 } } };
  let told = Promise.withResolvers<number | undefined>();
  const found = ({ clockOffsetMs }: { clockOffsetMs?: number }) => (told.resolve(clockOffsetMs), "agreed" as const);
  const probes = watch({ round: deps, folder: ".", now: () => wall, steady: () => steady, found });
  const next = async (ms: number, setBy = 0) => {
    [wall, steady] = [wall + ms + setBy, steady + ms];
    wrongMs += setBy;
    told = Promise.withResolvers();
    await new Promise((done) => setTimeout(done)); // the round before ends after it was told
    probes.round();
    return [await told.promise, asked];
  };
  assert.equal(await told.promise, 0);
  assert.deepEqual(await next(59 * MINUTE_MS), [0, 1]);
  assert.deepEqual(await next(MINUTE_MS), [0, 2]);
  assert.deepEqual(await next(5_000, 300_000), [300_000, 3]); // somebody set it wrong
  assert.deepEqual(await next(4 * MINUTE_MS), [300_000, 3]);
  assert.deepEqual(await next(MINUTE_MS), [300_000, 4]);
  assert.deepEqual(await next(5_000, -300_000), [0, 5]); // and right again
});
