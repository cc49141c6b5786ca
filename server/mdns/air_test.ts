import assert from "node:assert/strict";
import { createSocket, type Socket } from "node:dgram";
import multicastDns from "multicast-dns";
import { openAir } from "./air.ts";
import { Mdns, MDNS_TICK_MS } from "./mdns.ts";
import type { Packet } from "./responder.ts";

const SEED = 20_261_123;
const PORT = 45_353; // not the real one: nothing else on this machine is to hear this
const GROUP = "224.0.0.251";
const PACKETS = 1_500;

/** The same numbers for the same seed, from 0 to 1. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A packet with some of its bytes other than they were, or cut off. */
function spoilt(packet: Uint8Array, roll: () => number): Uint8Array {
  const copy = packet.slice(0, roll() < 0.2 ? Math.floor(roll() * packet.length) : packet.length);
  for (let i = 0; i < 1 + roll() * 4 && copy.length > 0; i++) copy[Math.floor(roll() * copy.length)] = roll() * 256;
  return copy;
}

function open(onMessage: (bytes: Uint8Array) => void): Promise<Socket> {
  const socket = createSocket({ type: "udp4", reuseAddr: true });
  socket.on("message", onMessage);
  return new Promise((ready) =>
    socket.bind(PORT, "0.0.0.0", () => {
      socket.addMembership(GROUP, "127.0.0.1");
      socket.setMulticastInterface("127.0.0.1");
      ready(socket);
    })
  );
}

Deno.test(`[MDN7] whatever bytes come, by multicast or to itself, the hub goes on answering (seed ${SEED})`, async () => {
  const seen: Uint8Array[] = [];
  const raw = await open((bytes) => seen.push(new Uint8Array(bytes)));
  const plain = createSocket("udp4"); // a plain DNS client, from a port of its own
  const told = { venue: "Bar Lola", hubId: "h", boot: "b", version: "1.0.0", http: 8787, https: 8788 };
  const hub = new Mdns({
    open: (own, events) => openAir(own, events, PORT),
    networks: () => [{ address: "127.0.0.1", prefixLength: 8 }],
    told: () => told,
    names: ["counterpart.local"],
    clock: { now: () => Date.now(), steady: () => performance.now() },
  });
  const ticking = setInterval(() => hub.tick(), MDNS_TICK_MS);
  const client = multicastDns({ port: PORT, interface: "127.0.0.1", bind: "0.0.0.0" });
  const answered = (venue: string) =>
    new Promise<void>((done, failed) => {
      const late = setTimeout(() => failed(new Error(`no answer for ${venue}`)), 10_000);
      const asking = setInterval(() => client.query("_counterpart._tcp.local", "PTR"), 500);
      client.on("response", ({ answers = [] }: Packet) => {
        if (!answers.some(({ type, data }) => type === "TXT" && String(data).includes(venue))) return;
        clearTimeout(late);
        clearInterval(asking);
        done();
      });
    });
  try {
    await answered("Bar Lola");
    assert.ok(seen.length > 3, "packets to spoil");
    const roll = dice(SEED);
    const whole = [...seen];
    for (let i = 0; i < PACKETS; i++) {
      const bytes = spoilt(whole[Math.floor(roll() * whole.length)]!, roll);
      const [from, to] = roll() < 0.5 ? [raw, GROUP] : [plain, "127.0.0.1"];
      await new Promise<void>((sent) => from.send(bytes, 0, bytes.length, PORT, to, () => sent()));
    }
    told.venue = "still here";
    await answered("still here");
    assert.ok(hub.fact().hosts.length <= 64);
  } finally {
    clearInterval(ticking);
    await hub.stop();
    client.destroy();
    raw.close();
    plain.close();
  }
});
