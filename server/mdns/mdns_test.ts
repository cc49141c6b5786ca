import assert from "node:assert/strict";
import { HUB_KEPT_MS } from "./heard.ts";
import { type AirEvents, type From, Mdns, MDNS_TICK_MS, type Own } from "./mdns.ts";
import { type Announced, readAnnounced } from "./records.ts";
import type { Outgoing, Packet } from "./responder.ts";

const NAMES = ["counterpart.local", "counterpart-2.local", "counterpart-3.local"];
const PORT = 5353;
const START = Date.parse("2026-11-23T18:00:00.000Z"); // wall time and the other have nothing in common

/** A network on which every packet reaches everybody, the sender too, as multicast does. */
class Ether {
  now = 1_000_000;
  readonly clock = { now: () => START + this.now, steady: () => this.now };
  readonly sent: { from: string; packet: Outgoing; to?: From }[] = [];
  readonly #ears = new Set<{ own: Own; events: AirEvents }>();
  readonly #hubs: Mdns[] = [];

  open = (own: Own, events: AirEvents) => {
    const ear = { own, events };
    this.#ears.add(ear);
    return {
      port: PORT,
      send: (packet: Outgoing, to?: From) => {
        this.sent.push({ from: own.address, packet, to });
        if (!to) this.say(packet, { address: own.address, port: PORT });
      },
      close: () => Promise.resolve(void this.#ears.delete(ear)),
    };
  };

  say(packet: Outgoing, from: From): void {
    for (const { events } of [...this.#ears]) {
      packet.kind === "query" ? events.query(packet, from) : events.response(packet, from);
    }
  }

  hub(networks: Own[], told: Partial<Announced> = {}): Mdns {
    const boot = `boot${this.#hubs.length}`;
    const all = { venue: "Bar Lola", hubId: `hub-${boot}`, boot, version: "1.0.0", http: 8787, https: 8788, ...told };
    const hub = new Mdns({
      open: this.open,
      networks: () => networks,
      told: () => all,
      names: NAMES,
      clock: this.clock,
    });
    this.#hubs.push(hub);
    return hub;
  }

  pass(ms: number): void {
    for (let left = ms; left > 0; left -= MDNS_TICK_MS) {
      for (const hub of this.#hubs) hub.tick();
      this.now += MDNS_TICK_MS;
    }
  }

  responses(from: string) {
    return this.sent.filter((each) => each.from === from && each.packet.kind === "response").map(({ packet }) =>
      packet
    );
  }
}

const at = (address: string): Own => ({ address, prefixLength: 24 });
const ask = (name: string, type = "PTR"): Outgoing => ({ kind: "query", questions: [{ name, type }] });
const answersOf = ({ answers = [] }: Packet) => answers.map(({ name, type }) => `${type} ${name}`);

Deno.test("[MDN1] a hub asks three times whether its name is free, then announces itself twice", () => {
  const ether = new Ether();
  const hub = ether.hub([at("10.1.1.5")]);
  ether.pass(500);
  assert.deepEqual(hub.names(), []);
  ether.pass(5_000);
  assert.deepEqual(hub.names(), ["counterpart.local"]);
  const probes = ether.sent.filter(({ packet }) => packet.authorities?.length);
  assert.equal(probes.length, 3);
  assert.equal(ether.responses("10.1.1.5").length, 2);
  assert.deepEqual(answersOf(ether.responses("10.1.1.5")[0]!), [
    "PTR _services._dns-sd._udp.local",
    "PTR _counterpart._tcp.local",
    "SRV counterpart-boot0._counterpart._tcp.local",
    "TXT counterpart-boot0._counterpart._tcp.local",
    "A counterpart.local",
    "NSEC counterpart.local",
  ]);
});

Deno.test("[MDN2] a name that somebody has is not taken: the next one is, and so on", () => {
  const ether = new Ether();
  const hubs = ["10.1.1.5", "10.1.1.9", "10.1.1.7"].map((address) => {
    const hub = ether.hub([at(address)]);
    ether.pass(3_000);
    return hub;
  });
  assert.deepEqual(hubs.map((hub) => hub.names()), NAMES.map((name) => [name]));
});

Deno.test("[MDN2] of two that begin at once the higher address has the name, and both have one in the end", () => {
  const ether = new Ether();
  const hubs = ["10.1.1.5", "10.1.1.9"].map((address) => ether.hub([at(address)]));
  ether.pass(6_000);
  assert.deepEqual(hubs.map((hub) => hub.names()[0]), ["counterpart-2.local", "counterpart.local"]);
});

Deno.test("[MDN2] with every name taken the hub has none, listens all the same, and tries again later", () => {
  const ether = new Ether();
  const hub = ether.hub([at("10.1.1.5")]);
  const taken = NAMES.map((name) => ({ name, type: "A", ttl: 120, data: "10.1.1.99" }));
  for (const record of taken) {
    ether.pass(250);
    ether.say({ kind: "response", answers: [record] }, { address: "10.1.1.99", port: PORT });
  }
  ether.pass(5_000);
  assert.deepEqual([hub.names(), hub.fact().unheard], [[], undefined]);
  ether.pass(11 * 60_000);
  assert.deepEqual(hub.names(), ["counterpart.local"]);
});

Deno.test("[MDN3] it answers what is asked of it, a second apart at most, and says nothing to who knows it already", () => {
  const ether = new Ether();
  ether.hub([at("10.1.1.5")]);
  ether.pass(5_000);
  const phone = { address: "10.1.1.40", port: PORT };
  const answered = (packet: Outgoing, from = phone) => {
    ether.pass(2_000);
    const before = ether.responses("10.1.1.5").length;
    ether.say(packet, from);
    ether.say(packet, from);
    return ether.responses("10.1.1.5").length - before;
  };
  assert.equal(answered(ask("Counterpart.LOCAL", "A")), 1);
  assert.equal(answered(ask("_counterpart._tcp.local")), 1);
  assert.equal(answered(ask("printer.local", "A")), 0);
  const known = [{
    name: "_counterpart._tcp.local",
    type: "PTR",
    ttl: 4_000,
    data: "counterpart-boot0._counterpart._tcp.local",
  }];
  assert.equal(answered({ ...ask("_counterpart._tcp.local"), answers: known }), 0);
});

Deno.test("[MDN3] a plain DNS client is answered alone, with its own id; a stranger to this network never", () => {
  const ether = new Ether();
  ether.hub([at("10.1.1.5")]);
  ether.pass(5_000);
  const before = ether.sent.length;
  ether.say({ ...ask("counterpart.local", "A"), id: 77 }, { address: "10.9.9.9", port: 40_000 });
  assert.equal(ether.sent.length, before);
  ether.say({ ...ask("counterpart.local", "A"), id: 77 }, { address: "10.1.1.40", port: 40_000 });
  const { packet, to } = ether.sent.at(-1)!;
  assert.deepEqual([packet.id, to?.port], [77, 40_000]);
  assert.ok(packet.answers?.every(({ ttl }) => ttl === 10));
});

Deno.test("[MDN5] another hub of this venue is noticed, whatever case its name has; a neighbour's hub is not", () => {
  const ether = new Ether();
  const hub = ether.hub([at("10.1.1.5")]);
  ether.hub([at("10.1.1.8")], { venue: "Next Door" });
  ether.hub([at("10.1.1.9")], { venue: "" });
  ether.pass(6_000);
  assert.equal(hub.fact().secondHub, undefined);
  const other = ether.hub([at("10.1.1.7")], { venue: "BAR lola " });
  ether.pass(6_000);
  const { heardAt, ...said } = hub.fact().secondHub!;
  assert.deepEqual(said, { address: "10.1.1.7", venue: "BAR lola", hubId: "hub-boot3" });
  assert.ok(START + ether.now - heardAt < 6_000 && heardAt <= START + ether.now, `${heardAt}`);
  assert.equal(other.fact().secondHub?.address, "10.1.1.5", "they notice each other");
});

Deno.test("[MDN5] a hub on a copy of our data is another hub; our own other network is not", () => {
  const ether = new Ether();
  const hub = ether.hub([at("10.1.1.5"), at("10.1.1.6")], { hubId: "same" });
  ether.pass(6_000);
  assert.deepEqual([hub.fact().secondHub, hub.names(), hub.fact().hosts], [undefined, ["counterpart.local"], []]);
  ether.hub([at("10.1.1.7")], { hubId: "same", venue: "" });
  ether.pass(6_000);
  assert.equal(hub.fact().secondHub?.address, "10.1.1.7");
});

Deno.test("[MDN6] a second hub is gone when it says goodbye, and when it has not been heard for two questions", async () => {
  const ether = new Ether();
  const hub = ether.hub([at("10.1.1.5")]);
  const other = ether.hub([at("10.1.1.7")]);
  ether.pass(6_000);
  assert.ok(hub.fact().secondHub);
  await other.stop();
  assert.equal(hub.fact().secondHub, undefined);

  const gone = new Ether();
  const alone = gone.hub([at("10.1.1.5")]);
  gone.pass(3_000);
  gone.say({ kind: "response", answers: [text({ id: "x", boot: "y", http: "1", venue: "Bar Lola" })] }, {
    address: "10.1.1.9",
    port: PORT,
  });
  gone.pass(HUB_KEPT_MS);
  assert.ok(alone.fact().secondHub);
  gone.pass(MDNS_TICK_MS);
  gone.pass(MDNS_TICK_MS);
  assert.equal(alone.fact().secondHub, undefined);
});

function text(entries: Record<string, string>, name = "x._counterpart._tcp.local") {
  const data = Object.entries(entries).map(([key, value]) => new TextEncoder().encode(`${key}=${value}`));
  return { name, type: "TXT", ttl: 120, data };
}

Deno.test("[MDN7] an announcement is text of bounded length without control characters, or it is not there", () => {
  const good = { id: "hub", boot: "b1", http: "8787" };
  const hostile = `<b>\u0000\u202eBar\n${"x".repeat(300)}`;
  assert.equal(readAnnounced(text({ ...good, venue: hostile }))?.venue, `<b> Bar ${"x".repeat(52)}`);
  assert.equal(readAnnounced(text({ ...good, version: "1 <script>" }))?.version, "");
  assert.equal(readAnnounced(text({ ...good, https: "99999" }))?.https, undefined);
  for (
    const bad of [{ id: "a b" }, { id: "x".repeat(41) }, { boot: "" }, { http: "0" }, { http: "-1" }, { http: "1e3" }]
  ) {
    assert.equal(readAnnounced(text({ ...good, ...bad })), undefined, JSON.stringify(bad));
  }
  assert.equal(readAnnounced(text(good, "x._http._tcp.local")), undefined);
  for (const data of [undefined, null, 7, {}, [7], "no equals sign"]) {
    assert.equal(readAnnounced({ ...text(good), data }), undefined);
  }
});

Deno.test("[MDN7] however many hosts and hubs speak, the lists stay short", () => {
  const ether = new Ether();
  const hub = ether.hub([{ address: "10.1.1.5", prefixLength: 8 }]);
  ether.pass(3_000);
  for (let i = 0; i < 500; i++) {
    const from = { address: `10.2.${i >> 8}.${i & 255}`, port: PORT };
    ether.say(
      { kind: "response", answers: [text({ id: `h${i}`, boot: `b${i}`, http: "1", venue: "Bar Lola" })] },
      from,
    );
  }
  const { hosts, secondHub } = hub.fact();
  assert.equal(hosts.length, 64);
  assert.equal(hosts.at(-1)?.address, "10.2.1.243");
  assert.equal(secondHub?.hubId, "h484", "the oldest of the 16 that are kept");
});

const HIDDEN = "8f3a9c1e-0b7d.local";
const asked = (ether: Ether) =>
  ether.sent.filter(({ packet }) => packet.questions?.some(({ name, type }) => name === HIDDEN && type === "A")).length;

Deno.test("[MDN10] a name by which a register offers itself is asked for three times, once for each offer", () => {
  const ether = new Ether();
  const hub = ether.hub([at("10.1.1.5")]);
  hub.seek(HIDDEN, START);
  ether.pass(1_000);
  assert.equal(asked(ether), 1);
  for (let i = 0; i < 10; i++) (hub.seek(HIDDEN, START), ether.pass(1_000));
  assert.equal(asked(ether), 3);
  const [name] = hub.fact().names!;
  assert.deepEqual([name!.askedAt, name!.foundAt], [START + 1_000_000, undefined]);
  hub.seek(HIDDEN, START + 5_000);
  ether.pass(5_000);
  assert.equal(asked(ether), 6, "another offer");
  assert.equal(hub.fact().names![0]!.askedAt, START + 1_000_000, "it was not found all the while");
});

Deno.test("[MDN10] whose address anybody tells is found; a goodbye, another name and another network are no answer", () => {
  const ether = new Ether();
  const hub = ether.hub([at("10.1.1.5")]);
  hub.seek(HIDDEN, START);
  ether.pass(500);
  const tell = (name: string, from: string, ttl = 120) =>
    ether.say({ kind: "response", answers: [{ name, type: "A", ttl, data: from }] }, { address: from, port: PORT });
  tell(HIDDEN, "10.1.1.21", 0);
  tell("other.local", "10.1.1.21");
  tell(HIDDEN, "10.9.1.21");
  assert.equal(hub.fact().names![0]!.foundAt, undefined);
  tell(HIDDEN.toUpperCase(), "10.1.1.21");
  assert.equal(hub.fact().names![0]!.foundAt, START + ether.now);
  ether.pass(5_000);
  assert.equal(asked(ether), 1, "nobody needs to be asked again");
  const foundAt = START + ether.now - 5_000;
  hub.seek(HIDDEN, START + 9_000);
  ether.pass(1_000);
  assert.deepEqual(hub.fact().names![0], { name: HIDDEN, askedAt: foundAt + 5_000, foundAt }, "another offer");
  assert.equal(asked(ether), 2);
});

Deno.test("[MDN7] names that are looked for are a bounded list, and are asked for one at a time", () => {
  const ether = new Ether();
  const hub = ether.hub([at("10.1.1.5")]);
  for (let i = 0; i < 500; i++) hub.seek(`name-${i}.local`, START);
  assert.equal(hub.fact().names!.length, 64);
  ether.pass(2_000);
  const questions = ether.sent.filter(({ packet }) => packet.questions?.[0]?.name.startsWith("name-"));
  assert.ok(questions.length <= 2_000 / MDNS_TICK_MS, `${questions.length} questions in two seconds`);
});

Deno.test("[MDN8] a port that cannot be had is told with its reason, stops nothing, and is tried again", () => {
  const ether = new Ether();
  let refuse = true;
  const networks = [at("10.1.1.5")];
  const told = { venue: "Bar Lola", hubId: "h", boot: "b", version: "1", http: 1, https: undefined };
  const hub = new Mdns({
    open: (own, events) => {
      if (refuse) throw new Error("another program keeps the port");
      return ether.open(own, events);
    },
    networks: () => networks,
    told: () => told,
    names: NAMES,
    clock: ether.clock,
  });
  const pass = (ms: number) => {
    for (let i = 0; i < ms; i += MDNS_TICK_MS) (hub.tick(), ether.now += MDNS_TICK_MS);
  };
  pass(5_000);
  assert.equal(hub.fact().unheard, "another program keeps the port");
  refuse = false;
  pass(66_000);
  assert.deepEqual([hub.fact().unheard, hub.names()], [undefined, ["counterpart.local"]]);
  networks.pop();
  pass(6_000);
  assert.equal(hub.fact().unheard, "this hub has no network on which it could listen");
});

Deno.test("[MDN9] a new address is announced, one that went is not any more", () => {
  const ether = new Ether();
  const networks = [at("10.1.1.5")];
  ether.hub(networks);
  ether.pass(6_000);
  networks[0] = at("10.1.2.5");
  ether.pass(8_000);
  const addresses = ether.responses("10.1.2.5").flatMap(({ answers = [] }) =>
    answers.filter(({ type }) => type === "A")
  );
  assert.deepEqual(addresses.map(({ data }) => data), ["10.1.2.5", "10.1.2.5"]);
  const last = ether.responses("10.1.1.5").at(-1)!;
  assert.ok(last.answers?.every(({ ttl }) => ttl === 0), "a goodbye was the last word there");
});

Deno.test("[MDN9] what changes in what is told is announced anew", () => {
  const ether = new Ether();
  const told = { venue: "" };
  const networks = [at("10.1.1.5")];
  const hub = new Mdns({
    open: ether.open,
    networks: () => networks,
    told: () => ({ ...told, hubId: "h", boot: "b", version: "1", http: 1, https: undefined }),
    names: NAMES,
    clock: ether.clock,
  });
  const pass = (ms: number) => {
    for (let i = 0; i < ms; i += MDNS_TICK_MS) (hub.tick(), ether.now += MDNS_TICK_MS);
  };
  pass(6_000);
  assert.equal(ether.responses("10.1.1.5").length, 2);
  told.venue = "Bar Lola";
  pass(6_000);
  assert.equal(ether.responses("10.1.1.5").length, 4);
});
