/**
 * Links between registers, and between each register and the hub. A socket to the hub keeps order and loses nothing while it lives: what
 * cannot pass waits, until the socket is given up. A direct link may lose, double and reorder. Either may be cut in one direction only.
 */
import { QUIET_MAX_MS } from "../../shared/uplink.ts";
import type { Dice } from "./dice.ts";
import type { Timeline } from "./timeline.ts";
import { HUB } from "./trace.ts";

const RETRY_MS = 1_200; // until a lost connection is tried again
const SLOW_MS = 3_000;
const USUAL_MS = 60;

/** One end of a connection: what it is told, and that it is over. */
export interface End {
  receive(text: string): void;
  close(): void;
}

/** What an end can do with its connection. */
export interface Line {
  send(text: string): void;
  drop(): void;
}

export interface NetworkDeps {
  readonly timeline: Timeline;
  readonly dice: Dice;
  readonly places: readonly number[];
  readonly linked: (a: number, b: number) => boolean; // whether there is a path between the two at all
  readonly isUp: (place: number) => boolean;
  readonly attach: (place: number, other: number, line: Line) => End;
  readonly ordered: boolean; // direct links, too, keep order
  readonly lossy: number;
  readonly slow: number; // how many frames take long
}

interface Connection {
  readonly key: string;
  readonly ordered: boolean;
  readonly ends: Map<number, End>;
  readonly waiting: { readonly to: number; readonly text: string }[]; // behind a cut
  readonly lastAt: Map<number, number>; // per end, when the last frame is due
  open: boolean;
}

export class Network {
  readonly #deps: NetworkDeps;
  readonly #blocked = new Set<string>(); // "from>to"
  readonly #connections = new Map<string, Connection>();

  constructor(deps: NetworkDeps) {
    this.#deps = deps;
  }

  /** Connects whoever can be connected and is not. */
  connectAll(): void {
    const { places, linked, isUp } = this.#deps;
    for (const a of places) {
      for (const b of places) {
        if (a < b && linked(a, b) && isUp(a) && isUp(b) && !this.#isCut(a, b)) this.#connect(a, b);
      }
    }
  }

  cut(from: number, to: number, ways: 1 | 2): void {
    this.#blocked.add(`${from}>${to}`);
    if (ways === 2) this.#blocked.add(`${to}>${from}`);
    const connection = this.#connections.get(keyOf(from, to));
    this.#deps.timeline.after(QUIET_MAX_MS, () => {
      if (connection?.open && this.#isCut(from, to)) this.#end(connection);
    });
  }

  mend(from: number, to: number): void {
    this.#blocked.delete(`${from}>${to}`);
    this.#blocked.delete(`${to}>${from}`);
    const connection = this.#connections.get(keyOf(from, to));
    for (const frame of connection?.waiting.splice(0) ?? []) this.#carry(connection!, frame.to, frame.text);
    this.connectAll();
  }

  mendAll(): void {
    for (const way of [...this.#blocked]) {
      const [from, to] = way.split(">").map(Number);
      this.mend(from!, to!);
    }
  }

  /** The connection ends, and is tried again a little later. */
  drop(a: number, b: number): void {
    const connection = this.#connections.get(keyOf(a, b));
    if (connection) this.#end(connection);
  }

  dropAll(place: number): void {
    for (const connection of [...this.#connections.values()]) if (connection.ends.has(place)) this.#end(connection);
  }

  #connect(a: number, b: number): void {
    const key = keyOf(a, b);
    if (this.#connections.has(key)) return;
    const ordered = this.#deps.ordered || a === HUB || b === HUB;
    const connection: Connection = { key, ordered, ends: new Map(), waiting: [], lastAt: new Map(), open: true };
    this.#connections.set(key, connection);
    for (const [place, other] of [[a, b], [b, a]] as const) {
      const line: Line = {
        send: (text) => this.#send(connection, place, other, text),
        drop: () => this.#end(connection),
      };
      connection.ends.set(place, this.#deps.attach(place, other, line));
    }
  }

  #send(connection: Connection, from: number, to: number, text: string): void {
    const { dice, lossy } = this.#deps;
    if (!connection.open) return;
    const behindCut = this.#blocked.has(`${from}>${to}`) || connection.waiting.some((frame) => frame.to === to);
    if (connection.ordered) {
      if (behindCut) connection.waiting.push({ to, text });
      else this.#carry(connection, to, text);
      return;
    }
    if (behindCut || dice.chance(lossy)) return;
    this.#carry(connection, to, text);
    if (dice.chance(lossy)) this.#carry(connection, to, text);
  }

  #carry(connection: Connection, to: number, text: string): void {
    const { timeline, dice, slow } = this.#deps;
    const due = timeline.now + dice.below(dice.chance(slow) ? SLOW_MS : USUAL_MS);
    const at = connection.ordered ? Math.max(due, connection.lastAt.get(to) ?? 0) : due;
    connection.lastAt.set(to, at);
    timeline.after(at - timeline.now, () => connection.open && connection.ends.get(to)!.receive(text));
  }

  #end(connection: Connection): void {
    if (!connection.open) return;
    connection.open = false;
    this.#connections.delete(connection.key);
    for (const end of connection.ends.values()) end.close();
    this.#deps.timeline.after(RETRY_MS, () => this.connectAll());
  }

  #isCut(a: number, b: number): boolean {
    return this.#blocked.has(`${a}>${b}`) || this.#blocked.has(`${b}>${a}`);
  }
}

function keyOf(a: number, b: number): string {
  return `${Math.min(a, b)} ${Math.max(a, b)}`;
}
