/**
 * A stand-in for a shop's air: registers with real replicas and meshes, channels that exist in memory, a hub that is a replica too, and
 * a clock that the test turns. The air between two can be closed (nothing new opens, what is sent is lost) and a channel can be cut.
 */
import type { Claim } from "./claim.ts";
import { Claiming } from "./claiming.ts";
import type { RegisterId } from "./ids.ts";
import { MemoryJournal } from "./memory_journal.ts";
import { Mesh } from "./mesh.ts";
import type { NegotiateTo } from "./negotiate.ts";
import type { Channel, ChannelEvents, OpenChannel } from "./peering.ts";
import { type Link, Replica } from "./replica.ts";
import { seededBytes } from "./testing.ts";
import type { SyncMessage } from "./wire.ts";

const TICK_MS = 250;
const TURNS_MAX = 500; // of the event queue in one instant: more is an endless conversation
const PAIRING = "p".repeat(26);

export interface AirRegister {
  readonly id: RegisterId;
  readonly replica: Replica;
  readonly mesh: Mesh;
  readonly claiming: Claiming; // over direct links only
  readonly news: string[]; // what its reports said each time that they were news
  others: readonly Claim[]; // what the others are in, as it was told
  readonly sent: NegotiateTo[]; // what it gave to the hub
  session: { close(): void } | undefined;
}

interface Wire {
  readonly ends: { owner: RegisterId; events: ChannelEvents }[]; // the offerer first
  open: boolean;
  queued: number; // bytes said to wait in it
}

export class Air {
  now = 1_000_000;
  readonly registers: AirRegister[] = [];
  readonly frames: { from: RegisterId; to: RegisterId; text: string }[] = []; // all that went over channels
  readonly #closed = new Set<string>();
  readonly #wires: Wire[] = [];
  readonly #queue: (() => unknown)[] = [];
  hub!: Replica;
  hubOn = true;

  static async open(ids: readonly RegisterId[], without: readonly RegisterId[] = []): Promise<Air> {
    const air = new Air();
    air.hub = await Replica.open(air.#deps("zzzzzzzz", 99));
    for (const [seed, id] of ids.entries()) await air.#join(id, seed, !without.includes(id));
    for (const register of air.registers) air.connect(register.id);
    await air.settle();
    return air;
  }

  register(id: RegisterId): AirRegister {
    return this.registers.find((register) => register.id === id)!;
  }

  /** Begins a session with the hub. */
  connect(id: RegisterId): void {
    const register = this.register(id);
    const links: { up?: Link; down?: Link } = {};
    let live = true;
    const carry = (end: "up" | "down") => (message: SyncMessage) =>
      this.#later(() => live && links[end]?.receive(structuredCopy(message)));
    links.up = register.replica.link("hub", carry("down"));
    links.down = this.hub.link(id, carry("up"));
    register.session = {
      close: () => {
        live = false;
        links.up?.close();
        links.down?.close();
        register.session = undefined;
        register.mesh.hubAway();
      },
    };
    this.announce();
  }

  /** The hub tells who is there. `except`: these are not enrolled any more. */
  announce(except: readonly RegisterId[] = [], pairing = PAIRING): void {
    const enrolled = this.registers.filter(({ id }) => !except.includes(id));
    for (const { id, mesh, session } of enrolled) {
      if (!session) continue;
      const others = enrolled.filter((other) => other.id !== id);
      const registers = others.map((other) => ({ id: other.id, here: other.session !== undefined, pairing }));
      this.#later(() => mesh.hear({ type: "present", registers }));
    }
  }

  killHub(): void {
    this.hubOn = false;
    for (const { session } of this.registers) session?.close();
  }

  /** Nothing gets through between the two until `clear`; no channel notices by itself. */
  block(a: RegisterId, b: RegisterId): void {
    this.#closed.add(key(a, b));
  }

  clear(a: RegisterId, b: RegisterId): void {
    this.#closed.delete(key(a, b));
  }

  /** Cuts open channels between the two; both sides are told. */
  cut(a: RegisterId, b: RegisterId): void {
    for (const wire of this.#between(a, b)) this.#end(wire);
  }

  /** Puts a text on the channel between the two, as if `from` had sent it. */
  inject(from: RegisterId, to: RegisterId, text: string): void {
    for (const wire of this.#between(from, to)) {
      if (wire.open) wire.ends.find(({ owner }) => owner === to)?.events.received(text);
    }
  }

  /** Says that `bytes` wait in the channels between the two. */
  clog(a: RegisterId, b: RegisterId, bytes: number): void {
    for (const wire of this.#between(a, b)) wire.queued = bytes;
  }

  async pass(ms: number): Promise<void> {
    for (const until = this.now + ms; this.now < until;) {
      this.now += TICK_MS;
      for (const { mesh, replica, claiming } of this.registers) {
        mesh.tick();
        claiming.tick();
        replica.tick(this.now);
      }
      this.hub.tick(this.now);
      await this.settle();
    }
  }

  async settle(): Promise<void> {
    for (let turn = 0; turn < TURNS_MAX; turn++) {
      for (let i = 0; i < 20; i++) await Promise.resolve();
      const batch = this.#queue.splice(0);
      if (batch.length === 0) return;
      for (const event of batch) await event();
    }
    throw new Error("They talk without end");
  }

  #deps(register: RegisterId, seed: number) {
    return { register, journal: new MemoryJournal(), random: seededBytes(seed + 1), now: () => this.now };
  }

  async #join(id: RegisterId, seed: number, able: boolean): Promise<void> {
    const replica: Replica = await Replica.open({
      ...this.#deps(id, seed),
      suspect: (peer, why) => mesh.suspected(peer, why),
    });
    const sent: NegotiateTo[] = [];
    const news: string[] = [];
    const mesh: Mesh = new Mesh({
      self: id,
      replica,
      open: able ? this.#openFor(id) : undefined,
      claim: () => claiming.own,
      claimed: (peer, claim) => claiming.heard(peer, claim),
      now: () => this.now,
      steady: () => this.now,
      news: () => void news.push(mesh.reports().map(({ path, why }) => why ?? path).join()),
      random: seededBytes(seed + 100),
      hub: (message) => {
        if (!this.hubOn || !this.register(id).session) return false;
        sent.push(message);
        this.#relay(id, message);
        return true;
      },
    });
    const claiming = new Claiming({
      self: id,
      steady: () => this.now,
      hub: () => {},
      peers: (claim) => mesh.claim(claim),
      changed: (others) => (register.others = others),
    });
    const register: AirRegister = { id, replica, mesh, claiming, news, others: [], sent, session: undefined };
    this.registers.push(register);
  }

  #relay(from: RegisterId, { to, body }: NegotiateTo): void {
    this.#later(() => {
      const target = this.register(to);
      if (target?.session) target.mesh.hear({ type: "negotiate", from, body });
      else this.register(from).mesh.hear({ type: "undelivered", to, why: "peer-away" });
    });
  }

  /** An offer names its wire; whoever takes it is the other end. */
  #openFor(owner: RegisterId): OpenChannel {
    return (role, events): Channel => {
      let wire: Wire | undefined;
      if (role === "offer") {
        wire = { ends: [{ owner, events }], open: false, queued: 0 };
        const name = this.#wires.push(wire) - 1;
        this.#later(() => events.described({ kind: "offer", sdp: `wire ${name}` }));
      }
      return {
        accept: (description) => {
          if (description.kind === "offer") {
            wire = this.#wires[Number(description.sdp.split(" ")[1])]!;
            wire.ends.push({ owner, events });
            this.#later(() => events.described({ kind: "answer", sdp: description.sdp }));
          } else if (description.kind === "answer" && wire) this.#up(wire);
        },
        send: (text) => wire && this.#carry(wire, owner, text),
        queuedBytes: () => wire?.queued ?? 0,
        close: () => wire && this.#end(wire),
      };
    };
  }

  #up(wire: Wire): void {
    if (this.#isBlocked(wire)) return;
    wire.open = true;
    for (const { events } of wire.ends) this.#later(() => events.opened());
  }

  #carry(wire: Wire, from: RegisterId, text: string): void {
    const to = wire.ends.find(({ owner }) => owner !== from);
    if (!wire.open || !to || this.#isBlocked(wire)) return;
    this.frames.push({ from, to: to.owner, text });
    this.#later(() => wire.open && to.events.received(text));
  }

  /** The other end hears of it, unless nothing gets through. */
  #end(wire: Wire): void {
    const wasOpen = wire.open;
    wire.open = false;
    if (!wasOpen || this.#isBlocked(wire)) return;
    for (const { events } of wire.ends) this.#later(() => events.closed());
  }

  #isBlocked({ ends: [a, b] }: Wire): boolean {
    return a !== undefined && b !== undefined && this.#closed.has(key(a.owner, b.owner));
  }

  #between(a: RegisterId, b: RegisterId): Wire[] {
    return this.#wires.filter(({ ends: [one, two] }) => one && two && key(one.owner, two.owner) === key(a, b));
  }

  #later(event: () => unknown): void {
    this.#queue.push(event);
  }
}

function key(a: RegisterId, b: RegisterId): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}

function structuredCopy(message: SyncMessage): SyncMessage {
  return JSON.parse(JSON.stringify(message));
}
