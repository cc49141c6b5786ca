import assert from "node:assert/strict";
import dgram from "node:dgram";
import { askNameServer, askSystem, dnsQuestion, readDnsAnswer } from "./dns.ts";
import { discover, findDhcpServers, readOffer } from "./dhcp.ts";
import { searchDhcp } from "./dhcp_servers.ts";
import { LINUX } from "./linux.ts";
import { askPcp, askPmp, readPcp, readPmp } from "./port_mapping.ts";
import { clockOffset, readTime } from "./time.ts";
import { type Gather, gatherUdp } from "./udp.ts";

const HERE = "127.0.0.1";
const LONG_MS = 5_000; // an answer on loopback never takes that
const SHORT_MS = 60; // for those who never answer

/** A server on loopback that answers each packet with what `answer` makes of it. */
async function withServer<T>(
  answer: (question: Uint8Array) => readonly Uint8Array[],
  use: (port: number) => Promise<T>,
): Promise<T> {
  const socket = dgram.createSocket("udp4");
  socket.on("message", (message, sender) => {
    for (const bytes of answer(new Uint8Array(message))) socket.send(bytes, sender.port, sender.address);
  });
  await new Promise<void>((done) => socket.bind(0, HERE, () => done()));
  try {
    return await use(socket.address().port);
  } finally {
    await new Promise<void>((done) => socket.close(() => done()));
  }
}

const dnsAnswer = (id: number, rcode: number, answers: number) =>
  Uint8Array.from([id >> 8, id & 0xff, 0x81, 0x80 | rcode, 0, 1, 0, answers, 0, 0, 0, 0]);
const dns = (port: number, ms = LONG_MS) =>
  askNameServer({ address: HERE, port, called: "It" }, { name: "example.com", id: 0x1234, ms, gather: gatherUdp });

Deno.test("[PRB7] a name server on loopback that finds the name is alive, and is asked what we mean", async () => {
  let asked: Uint8Array | undefined;
  const rung = await withServer((question) => {
    asked = question;
    return [dnsAnswer(0x1234, 0, 1)];
  }, dns);
  assert.equal(rung.ok, true);
  assert.equal(rung.how, "It (127.0.0.1) finds example.com");
  assert.deepEqual(asked, dnsQuestion(0x1234, "example.com"));
  assert.equal(new TextDecoder().decode(asked?.subarray(12, 25)), "\x07example\x03com\0");
});

for (
  const [rcode, said] of [[0, "no address"], [2, "SERVFAIL"], [3, "NXDOMAIN"], [5, "REFUSED"], [9, "code 9"]] as const
) {
  Deno.test(`[PRB7] a name server that answers without the name (${said}) has not found it`, async () => {
    const rung = await withServer(() => [dnsAnswer(0x1234, rcode, 0)], dns);
    assert.equal(rung.ok, false);
    assert.ok(rung.how.endsWith(`does not find example.com: ${said}`), rung.how);
  });
}

Deno.test("[PRB7] answers to another question, cut off ones and echoes of ours count for nothing", async () => {
  const odd = (
    question: Uint8Array,
  ) => [question, dnsAnswer(0x4321, 0, 1), Uint8Array.of(0x12, 0x34), new Uint8Array(0)];
  const rung = await withServer(odd, (port) => dns(port, SHORT_MS));
  assert.equal(rung.ok, false);
  assert.match(rung.how, /did not answer within 60 ms/);
  assert.equal(readDnsAnswer(dnsAnswer(7, 0, 1).subarray(0, 11), 7), undefined);
});

Deno.test("[PRB1] an answer that is no longer needed is not waited for", async () => {
  const enough = new AbortController();
  const answer = askNameServer({ address: HERE, port: 9, called: "It" }, {
    ...{ name: "example.com", id: 7, ms: LONG_MS, gather: gatherUdp },
    signal: enough.signal,
  });
  enough.abort();
  const never = (_: string, signal: AbortSignal) =>
    new Promise<string[]>((_, fail) => signal.addEventListener("abort", () => fail(signal.reason)));
  const later = new AbortController();
  const system = askSystem(never, "example.com", LONG_MS, later.signal);
  later.abort();
  for (const rung of await Promise.all([answer, system])) assert.match(rung.how, /^Not waited for/);
});

Deno.test("[PRB7] the system's resolver: found, nothing found, thrown", async () => {
  assert.equal((await askSystem(() => Promise.resolve(["192.0.2.7"]), "example.com", 900)).ok, true);
  assert.equal((await askSystem(() => Promise.resolve([]), "example.com", 900)).ok, false);
  assert.equal((await askSystem(() => Promise.reject(new Error("no")), "example.com", 900)).ok, false);
  const forbidden = () => Promise.reject(new Deno.errors.NotCapable("no"));
  assert.equal((await askSystem(forbidden, "example.com", 900)).ok, undefined);
});

Deno.test(
  "[PRB2] without leave to use the network nobody is asked, and nothing throws",
  { permissions: { net: false } },
  async () => {
    const why = "this hub was started without leave to use the network";
    assert.deepEqual(await dns(9), { how: `It was not asked: ${why}` });
    assert.deepEqual(await findDhcpServers(gatherUdp, 7), { kind: "unknown", why });
  },
);

Deno.test("[PRB12] a fake router's NAT-PMP: its address outside, or its result code as it is", async () => {
  const ask = (answer: number[]) =>
    withServer(() => [Uint8Array.from(answer)], (port) => askPmp(HERE, { gather: gatherUdp, ms: LONG_MS, port }));
  const fine = await ask([0, 128, 0, 0, 0, 0, 0, 9, 203, 0, 113, 7]);
  assert.deepEqual([fine.resultCode, fine.externalAddress], [0, "203.0.113.7"]);
  const failure = await ask([0, 128, 0, 3, 0, 0, 0, 9]);
  assert.deepEqual(failure, { resultCode: 3, how: "The router says by NAT-PMP code 3" });
});

Deno.test("[PRB12] a fake router's PCP, and one that only knows NAT-PMP", async () => {
  let asked: Uint8Array | undefined;
  const ask = (answer: number[]) =>
    withServer((question) => {
      asked = question;
      return [Uint8Array.from(answer)];
    }, (port) => askPcp(HERE, "192.168.1.20", { gather: gatherUdp, ms: LONG_MS, port }));
  assert.equal((await ask([2, 128, 0, 0, 0, 0, 0, 0])).resultCode, 0);
  assert.deepEqual([...asked!.subarray(18)], [255, 255, 192, 168, 1, 20]);
  assert.equal((await ask([0, 128, 0, 1, 0, 0, 0, 0])).resultCode, 1);
});

Deno.test("[PRB3] NAT-PMP and PCP: what is cut off or no answer is nothing", () => {
  for (const odd of [[], [0], [0, 128, 0], [0, 0, 0, 0], [0, 128, 0, 0, 1, 2, 3], [1, 128, 0, 0]]) {
    assert.equal(readPmp(Uint8Array.from(odd)), undefined, odd.join());
  }
  for (const odd of [[], [2, 128], [2, 0, 0, 0], [7, 128, 0, 0]]) {
    assert.equal(readPcp(Uint8Array.from(odd)), undefined);
  }
});

Deno.test("[PRB15] a time server on loopback tells how far the hub's clock is ahead", async () => {
  const now = 1_795_435_200_000;
  const ntp = (ms: number) => {
    const bytes = new Uint8Array(48);
    const view = new DataView(bytes.buffer);
    bytes[0] = 0x24;
    bytes[1] = 2;
    for (const at of [32, 40]) view.setUint32(at, Math.floor((ms + 2_208_988_800_000) / 1_000));
    return bytes;
  };
  const offset = await withServer(
    () => [ntp(now - 90_000)],
    (port) => clockOffset({ address: HERE, port }, { gather: gatherUdp, ms: LONG_MS, now: () => now }),
  );
  assert.equal(offset, 90_000);
  const refuses = ntp(now);
  refuses[1] = 0;
  assert.equal(readTime(refuses), undefined);
  assert.equal(readTime(ntp(now).subarray(0, 47)), undefined);
});

/** An OFFER as dnsmasq sends it, with some of its options. */
function offer(id: number, server: readonly number[], more: readonly number[] = []): Uint8Array {
  const bytes = new Uint8Array(300);
  const view = new DataView(bytes.buffer);
  bytes.set([2, 1, 6, 0]);
  view.setUint32(4, id);
  view.setUint32(236, 0x6382_5363);
  bytes.set([53, 1, 2, 0, 54, 4, ...server, ...more, 255], 240);
  return bytes;
}

Deno.test("[PRB14] two machines that hand out addresses are told apart, and each once", async () => {
  const packets = [offer(7, [192, 168, 1, 1], [3, 4, 192, 168, 1, 1, 6, 4, 9, 9, 9, 9]), offer(7, [192, 168, 1, 254])];
  const gather: Gather = (question) => {
    assert.deepEqual([question.address, question.port, question.from?.port], ["255.255.255.255", 67, 68]);
    assert.equal(question.bytes[10], 0x80, "answers go to everybody");
    return Promise.resolve({
      kind: "asked",
      packets: [...packets, packets[0]!].map((bytes) => ({ bytes, from: "", rttMs: 1 })),
    });
  };
  assert.deepEqual(await findDhcpServers(gather, 7), {
    kind: "known",
    offers: [
      { server: "192.168.1.1", router: "192.168.1.1", nameServer: "9.9.9.9" },
      { server: "192.168.1.254", router: undefined, nameServer: undefined },
    ],
  });
});

Deno.test("[PRB19] it asks as one made-up device, always the same, in a packet that is long enough for every server", () => {
  const [first, second] = [discover(7), discover(0xffff_ffff)];
  assert.deepEqual(first.subarray(28, 44), second.subarray(28, 44));
  assert.equal(first[28], 0x02, "an address that no maker gives");
  assert.notDeepEqual(first.subarray(4, 8), second.subarray(4, 8));
  assert.equal(first.length, 300);
});

Deno.test("[PRB19] each that answers has its hardware address, and only those near are looked for", async () => {
  const packets = [[192, 168, 1, 1], [192, 168, 1, 254], [10, 0, 0, 1]].map((server) => (
    { bytes: offer(7, server), from: "", rttMs: 1 }
  ));
  const touched: string[] = [];
  const table = [{ dst: "192.168.1.1", lladdr: "A4:2B:B0:00:00:01", state: ["REACHABLE"] }, {
    dst: "192.168.1.254",
    state: ["FAILED"],
  }];
  const found = await searchDhcp({
    gather: () => Promise.resolve({ kind: "asked", packets }),
    connect: (address) => (touched.push(address), Promise.resolve({ kind: "silent" })),
    interfaces: () => [{ name: "eth0", address: "192.168.1.10", prefixLength: 24 }],
    runner: () => Promise.resolve({ ok: true, stdout: JSON.stringify(table) }),
    platform: LINUX,
  }, 7);
  assert.deepEqual(touched, ["192.168.1.1", "192.168.1.254"]);
  assert.ok(found.kind === "known");
  assert.deepEqual(found.servers.map(({ address, mac }) => [address, mac]), [
    ["192.168.1.1", "a4:2b:b0:00:00:01"],
    ["192.168.1.254", undefined],
    ["10.0.0.1", undefined],
  ]);
});

Deno.test("[PRB3] offers to others, without a server, cut off or endless are nothing", () => {
  assert.equal(readOffer(offer(8, [1, 2, 3, 4]), 7), undefined);
  assert.equal(readOffer(discover(7), 7), undefined);
  assert.equal(readOffer(offer(7, [1, 2, 3, 4]).subarray(0, 241), 7), undefined);
  assert.equal(readOffer(offer(7, [1, 2]).subarray(0, 249), 7), undefined);
  assert.equal(readOffer(new Uint8Array(4_000).fill(53), 7), undefined);
});

/** A question from a port of our own to where a system sends nothing without being told to shout. */
const toEverybody = (port?: number) =>
  gatherUdp({
    ...{ address: "255.255.255.255", port: 9, bytes: new Uint8Array(1), ms: SHORT_MS, enough: () => false },
    from: { port },
  });

Deno.test("[PRB14] a port that another program has is a reason, by its number, and no failure", async () => {
  const socket = dgram.createSocket("udp4");
  await new Promise<void>((done) => socket.bind(0, () => done()));
  const { port } = socket.address();
  const taken = await toEverybody(port);
  await new Promise<void>((done) => socket.close(() => done()));
  const why = `another program on this hub uses UDP port ${port}`;
  if (Deno.build.os === "linux") assert.deepEqual(taken, { kind: "unknown", why });
  else assert.ok(taken.kind === "unknown" || taken.packets.length === 0); // where a system lets two share it, nobody answers
});

Deno.test("[PRB14] what the system does not send is a reason in words, whatever it calls it", async () => {
  const unsent = await toEverybody();
  assert.ok(unsent.kind === "unknown");
  assert.match(unsent.why, /^this hub/);
});
