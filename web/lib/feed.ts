/**
 * The live picture of the venue, as server-sent events: each one is the whole of it. The hub speaks at least every 5 s, so ten seconds
 * of quiet mean that what is shown is no longer known to be true, and `connection` says since when. A browser gives up on a source
 * after some answers, and a tablet that slept keeps a dead one; so this opens a new one itself.
 */
import type { z } from "zod";

export const STALE_AFTER_MS = 10_000; // two of the hub's longest pauses
export const REOPEN_EVERY_MS = 3_000; // gentle to a hub that is starting, quick to a person who waits

export type Connection =
  | { readonly kind: "connecting"; readonly since: number }
  | { readonly kind: "live"; readonly heardAt: number }
  | { readonly kind: "lost"; readonly since: number }; // since: when the hub was last heard, or when we began to try

/** The part of an `EventSource` that is used. */
export interface Source {
  readonly readyState: number;
  addEventListener(type: string, listener: (event: MessageEvent<string>) => void): void;
  close(): void;
}
const CLOSED = 2; // EventSource.CLOSED: the browser will not try again

interface FeedOptions<T> {
  readonly schema: z.ZodType<T>;
  readonly event: string; // its name on the wire
  readonly open: () => Source;
  readonly now: () => number; // milliseconds; only its differences matter
  readonly onData: (data: T, heardAt: number) => void;
  readonly onChange: (connection: Connection) => void;
}

/** Owns one source at a time. `tick` is called every second, and when the page comes back into view. */
export class Feed<T> {
  #source: Source;
  #openedAt: number;
  #connection: Connection;
  #options: FeedOptions<T>;

  constructor(options: FeedOptions<T>) {
    this.#options = options;
    this.#openedAt = options.now();
    this.#connection = { kind: "connecting", since: this.#openedAt };
    this.#source = this.#open();
    options.onChange(this.#connection);
  }

  /** Notices quiet, and opens a new source where the old one is dead. */
  tick(): void {
    const now = this.#options.now();
    const next = age(this.#connection, now);
    if (next !== this.#connection) this.#become(next);
    const dead = this.#source.readyState === CLOSED || next.kind === "lost";
    if (dead && now - this.#openedAt >= REOPEN_EVERY_MS) this.#reopen(now);
  }

  close(): void {
    this.#source.close();
  }

  #open(): Source {
    const source = this.#options.open();
    source.addEventListener(this.#options.event, (event) => {
      if (source === this.#source) this.#hear(event.data);
    });
    return source;
  }

  #reopen(now: number): void {
    this.#source.close();
    this.#openedAt = now;
    this.#source = this.#open();
  }

  /** Data that breaks the contract is not data: quiet goes on, and the page says so. */
  #hear(raw: string): void {
    const parsed = this.#options.schema.safeParse(parseJson(raw));
    if (!parsed.success) return;
    const heardAt = this.#options.now();
    this.#options.onData(parsed.data, heardAt);
    this.#become({ kind: "live", heardAt });
  }

  #become(connection: Connection): void {
    this.#connection = connection;
    this.#options.onChange(connection);
  }
}

/** What a connection is after time went by without a word. The same object where nothing changed. */
export function age(connection: Connection, now: number): Connection {
  if (connection.kind === "lost") return connection;
  const since = connection.kind === "live" ? connection.heardAt : connection.since;
  return now - since >= STALE_AFTER_MS ? { kind: "lost", since } : connection;
}

function parseJson(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    return undefined;
  }
}
