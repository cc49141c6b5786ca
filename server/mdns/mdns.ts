/**
 * Multicast DNS of the hub: a responder for each of its networks, opened and closed as its addresses come and go. It makes the hub known
 * as `counterpart.local`, and hears whether a second hub serves the same venue. Where it cannot listen, that is said and nothing else stops.
 */
import { inSubnet, parseAddress } from "../../shared/rules/address.ts";
import type { MdnsFact } from "../../shared/rules/mdns_fact.ts";
import { Heard } from "./heard.ts";
import { type Announced, readAnnounced } from "./records.ts";
import { Seeker } from "./seeker.ts";
import { type Outgoing, type Packet, Responder } from "./responder.ts";

export const MDNS_TICK_MS = 250; // as far apart as probes are
const LOOK_EVERY_MS = 5_000; // at our own addresses
const RETRY_MS = 60_000; // a port that could not be had
const NETWORKS_MAX = 4; // a hub has a cable and a Wi-Fi; each socket hears all of them

export interface Own {
  readonly address: string;
  readonly prefixLength: number;
}

export interface From {
  readonly address: string;
  readonly port: number;
}

/** One open socket. */
export interface Air {
  readonly port: number; // that all who speak multicast DNS use
  send(packet: Outgoing, to?: From): void;
  close(): Promise<void>; // once what was sent is out
}

export interface AirEvents {
  readonly query: (packet: Packet, from: From) => void;
  readonly response: (packet: Packet, from: From) => void;
  readonly failed: (why: string) => void;
}

export interface MdnsDeps {
  readonly open: (own: Own, events: AirEvents) => Air;
  readonly networks: () => readonly Own[];
  readonly told: () => Announced;
  readonly names: readonly string[]; // to claim, best first, in lower case
  readonly clock: { readonly now: () => number; readonly steady: () => number }; // wall time; time that never jumps
}

interface Station {
  readonly own: Own;
  readonly air: Air;
  readonly responder: Responder;
}

export class Mdns {
  readonly #deps: MdnsDeps;
  readonly #stations = new Map<string, Station>(); // by address
  readonly #failures = new Map<string, { readonly why: string; readonly at: number }>();
  readonly #heard = new Heard();
  readonly #seeker = new Seeker();
  #own: readonly Own[] = [];
  #lookAt = -Infinity;

  constructor(deps: MdnsDeps) {
    this.#deps = deps;
  }

  /** Call it every MDNS_TICK_MS. */
  tick(): void {
    const now = this.#deps.clock.steady();
    if (now >= this.#lookAt) this.#look(now);
    for (const { responder } of this.#stations.values()) responder.tick(now);
    const question = this.#stations.size > 0 ? this.#seeker.due(now) : undefined;
    if (question) { for (const { air } of this.#stations.values()) air.send(question); }
  }

  /** A register offered itself at `offeredAt` by a name in lower case: can it be found by that? Asked for once for each offer. */
  seek(name: string, offeredAt: number): void {
    this.#seeker.seek(name, offeredAt, this.#deps.clock.steady());
  }

  /** The names that this hub answers to, each once. */
  names(): string[] {
    return [...new Set([...this.#stations.values()].flatMap(({ responder }) => responder.name ?? []))];
  }

  fact(): MdnsFact {
    const { told, clock } = this.#deps;
    const [steady, wall] = [clock.steady(), clock.now()];
    const heard = this.#heard.fact(told(), steady, wall);
    return { name: this.names()[0], unheard: this.#unheard(), names: this.#seeker.fact(steady, wall), ...heard };
  }

  /** Says goodbye on every network; resolves once it is said. */
  async stop(): Promise<void> {
    await Promise.all([...this.#stations.keys()].map((address) => this.#end(address)));
  }

  #unheard(): string | undefined {
    if (this.#stations.size > 0) return undefined;
    const [failure] = this.#failures.values();
    return failure?.why ?? "this hub has no network on which it could listen";
  }

  #look(now: number): void {
    this.#lookAt = now + LOOK_EVERY_MS;
    this.#own = this.#deps.networks().slice(0, NETWORKS_MAX);
    const addresses = new Set(this.#own.map(({ address }) => address));
    for (const address of [...this.#stations.keys()]) if (!addresses.has(address)) void this.#end(address);
    for (const [address, { at }] of this.#failures) {
      if (!addresses.has(address) || now - at >= RETRY_MS) this.#failures.delete(address);
    }
    for (const own of this.#own) {
      if (!this.#stations.has(own.address) && !this.#failures.has(own.address)) this.#begin(own, now);
    }
  }

  #begin(own: Own, now: number): void {
    const { open, told, names } = this.#deps;
    const failed = (why: string) => {
      void this.#stations.get(own.address)?.air.close();
      this.#stations.delete(own.address);
      this.#failures.set(own.address, { why, at: this.#deps.clock.steady() });
    };
    try {
      const air = open(own, {
        query: (packet, from) => this.#query(own, packet, from),
        response: (packet, from) => this.#response(own, packet, from),
        failed,
      });
      const isOwn = (address: string) => this.#isOwn(address);
      const send = (packet: Outgoing) => air.send(packet);
      const responder = new Responder({ address: own.address, told, names, isOwn, send }, now);
      this.#stations.set(own.address, { own, air, responder });
    } catch (thrown) {
      failed(thrown instanceof Error ? thrown.message : String(thrown));
    }
  }

  async #end(address: string): Promise<void> {
    const station = this.#stations.get(address);
    this.#stations.delete(address);
    station?.responder.goodbye();
    await station?.air.close();
  }

  #query(own: Own, packet: Packet, from: From): void {
    const station = this.#stationFor(own, from);
    if (!station) return;
    this.#heardFrom(from);
    if (from.port === station.air.port) return station.responder.asked(packet, this.#deps.clock.steady());
    const answer = station.responder.answerTo(packet);
    if (answer) station.air.send(answer, from);
  }

  #response(own: Own, packet: Packet, from: From): void {
    const station = this.#stationFor(own, from);
    if (!station || from.port !== station.air.port) return; // RFC 6762, section 6: a true one comes from that port
    const now = this.#deps.clock.steady();
    this.#heardFrom(from);
    for (const record of [...packet.answers ?? [], ...packet.additionals ?? []]) {
      const told = readAnnounced(record);
      if (told) this.#heard.hub(told, from.address, now);
    }
    this.#seeker.told(packet, now);
    station.responder.told(packet, now);
  }

  /** A socket may hear every network of this machine: each station goes by what comes from its own, and from nowhere else. */
  #stationFor(own: Own, from: From): Station | undefined {
    return isOn(from.address, own) ? this.#stations.get(own.address) : undefined;
  }

  #heardFrom({ address }: From): void {
    if (!this.#isOwn(address)) this.#heard.host(address, this.#deps.clock.steady());
  }

  #isOwn(address: string): boolean {
    return this.#own.some((own) => own.address === address);
  }
}

function isOn(address: string, network: Own): boolean {
  const [from, own] = [parseAddress(address), parseAddress(network.address)];
  return from !== undefined && own !== undefined && inSubnet(from, own, network.prefixLength);
}
