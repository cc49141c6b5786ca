/**
 * Live views for consoles, over server-sent events: the whole view each time, never a difference, so that a console which missed some
 * is right again with the next. A console that does not read is dropped; it comes back by itself.
 */

export const FEED_EVERY_MS = 1_000; // no more often than this
export const FEED_AT_LEAST_MS = 5_000; // and never less: silence means that the hub is gone
const SUBSCRIBERS_MAX = 32; // consoles at once; the oldest goes

export interface Subscriber {
  /** False when it cannot keep up and should be dropped. */
  send(text: string): boolean;
  close(): void;
}

export class Feed {
  readonly #subscribers = new Set<Subscriber>();
  #last = "";
  #sentAt = 0;

  get size(): number {
    return this.#subscribers.size;
  }

  add(subscriber: Subscriber, view: string): void {
    if (this.#subscribers.size >= SUBSCRIBERS_MAX) this.remove(this.#subscribers.values().next().value!);
    this.#subscribers.add(subscriber);
    if (!subscriber.send(view)) this.remove(subscriber);
  }

  remove(subscriber: Subscriber): void {
    if (this.#subscribers.delete(subscriber)) subscriber.close();
  }

  /** Publishes `view` when it changed, or when nothing was said for FEED_AT_LEAST_MS. `mark` is what makes it different. */
  publish(mark: string, view: () => string, now: number): void {
    if (this.#subscribers.size === 0) return;
    const quiet = now - this.#sentAt;
    if (quiet >= 0 && (mark === this.#last ? quiet < FEED_AT_LEAST_MS : quiet < FEED_EVERY_MS)) return;
    this.#last = mark;
    this.#sentAt = now;
    const text = view();
    for (const subscriber of [...this.#subscribers]) {
      if (!subscriber.send(text)) this.remove(subscriber);
    }
  }

  stop(): void {
    for (const subscriber of [...this.#subscribers]) this.remove(subscriber);
  }
}
