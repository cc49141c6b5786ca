/**
 * Notices on their way: each round asks what is to be told, writes it down, and sends what is due, one message a channel at a time. What
 * leads over the internet waits while the internet is known to be down; not known counts as up. The clock and chance are handed in.
 */
import { type Random, randomWord } from "../shared/ids.ts";
import type { Book, Changes, Notice, Step, Trouble } from "../shared/notice.ts";
import type { NoticeTest } from "../shared/notice_api.ts";
import { backOffMs, due, failed, OFFLINE_CODES, sent } from "../shared/notice_queue.ts";
import { heed } from "../shared/notice_rounds.ts";
import type { Ends } from "../shared/rules/ends.ts";
import { messageOf, type Speech, testMessage } from "../shared/notice_text.ts";
import type { ChannelSettings } from "./channels.ts";
import type { Channel, Outcome, Send, Target } from "./notify/channel.ts";
import type { Outbox } from "./store/outbox.ts";

const ID_LENGTH = 12; // 60 bits: a receiver goes by it
const RESUME_WITHIN_MS = 5_000; // hubs that lost the internet together do not all come back at once
const WAIT_MAX_MS = 60 * 60_000; // a next try that is further off was set by a clock that was set back since
const PRUNE_EVERY_MS = 60 * 60_000;
const UNSAVED_MAX = 2_000; // notices kept for a disk that takes nothing, ten channels with all that may wait twice over; the oldest go

export interface NoticesDeps {
  readonly outbox: Outbox;
  readonly channels: ChannelSettings;
  readonly send: Send;
  readonly isLocal: (target: Target) => boolean; // reached without the internet
  readonly now: () => number;
  readonly random: Random;
  readonly venue: () => string;
  readonly sayInstant: (at: number, now: number) => string;
  readonly closed?: () => boolean; // outside opening hours; absent: there are none
  readonly muted?: (trouble: Trouble) => boolean; // absent: by its own word
  readonly failed: (message: string) => void; // the disk could not take it
}

/** How sending by one channel goes, since the hub started. */
export interface Line {
  readonly state: "untried" | "ok" | "trouble";
  readonly said: string;
  readonly tries: number; // failures in a row
  readonly nextTryAt: number;
  readonly sentAt?: number;
}

const UNTRIED: Line = { state: "untried", said: "", tries: 0, nextTryAt: 0 };

export class Notices {
  readonly #deps: NoticesDeps;
  readonly #lines = new Map<string, Line>();
  readonly #flights = new Map<string, Promise<void>>(); // by channel
  readonly #flying = new Set<string>(); // ids of notices
  #book: Book;
  #offline = false;
  #stopped = false;
  #prunedAt = 0;
  #unsaved: Changes = { notices: [], watches: {} }; // what the disk has not taken yet

  constructor(deps: NoticesDeps) {
    this.#deps = deps;
    this.#book = deps.outbox.load();
  }

  /** One round: `open` is everything that is wrong now, `ends` says how what was wrong before ended. */
  tick(open: readonly Trouble[], ends?: Ends): void {
    const { channels, random, closed = () => false, muted = (trouble: Trouble) => trouble.muted === true } = this.#deps;
    const now = this.#deps.now();
    const on = channels.all.filter((channel) => channel.on);
    const newId = () => randomWord(random, ID_LENGTH);
    const round = { now, channels: on, open, ends, closed: closed(), muted, flying: this.#flying, newId };
    this.#take(heed(this.#book, round));
    this.#noteInternet(open.some(({ code }) => OFFLINE_CODES.includes(code)), on, now);
    for (const channel of on) this.#sendDue(channel, round);
    if (now - this.#prunedAt >= PRUNE_EVERY_MS || now < this.#prunedAt) {
      this.#prunedAt = now;
      this.#guarded(() => this.#deps.outbox.prune(now));
    }
  }

  /** Sends a test at once, whatever waits. Undefined: there is no such channel. */
  async test(id: string): Promise<NoticeTest | undefined> {
    const channel = this.#deps.channels.all.find((each) => each.id === id);
    if (!channel) return undefined;
    const outcome = await this.#deliver(channel, testMessage(this.#speech(this.#deps.now())));
    this.#note(channel.id, outcome, 0);
    return { ok: outcome.kind === "arrived", said: outcome.said };
  }

  /** A channel was changed: it is tried at once, as it is now. */
  changed(): void {
    this.#lines.clear();
  }

  line(channel: string): Line {
    return this.#lines.get(channel) ?? UNTRIED;
  }

  /** True while this channel waits for the internet. */
  holds({ target }: Channel): boolean {
    return this.#offline && !this.#deps.isLocal(target);
  }

  waiting(channel: string): number {
    return Object.values(this.#book.waiting).filter((notice) => notice.channel === channel).length;
  }

  /** The newest first, in their words of now. */
  recent(limit: number): Notice[] {
    return this.#deps.outbox.recent(limit).map((notice) => this.#book.waiting[notice.id] ?? notice);
  }

  /** Resolves once nothing is on its way. */
  async landed(): Promise<void> {
    await Promise.all(this.#flights.values());
  }

  /** What is on its way may still arrive; it will be sent again after the restart, since nobody is here to note it. */
  stop(): void {
    this.#stopped = true;
  }

  #sendDue(channel: Channel, { now, closed }: { readonly now: number; readonly closed: boolean }): void {
    if (this.#stopped || this.#flights.has(channel.id)) return;
    const wait = this.line(channel.id).nextTryAt - now;
    if (this.holds(channel) || (wait > 0 && wait <= WAIT_MAX_MS)) return;
    const batch = due(this.#book, channel, { now, closed });
    if (batch.length === 0) return;
    for (const { id } of batch) this.#flying.add(id);
    this.#flights.set(channel.id, this.#fly(channel, batch, now));
  }

  async #fly(channel: Channel, batch: readonly Notice[], at: number): Promise<void> {
    const outcome = await this.#deliver(channel, messageOf(batch, this.#speech(at)));
    for (const { id } of batch) this.#flying.delete(id);
    this.#flights.delete(channel.id);
    if (this.#stopped) return;
    const now = this.#deps.now();
    const arrived = outcome.kind === "arrived";
    this.#take(arrived ? sent(this.#book, batch, now) : failed(this.#book, batch, outcome.said, now));
    this.#note(channel.id, outcome, this.line(channel.id).tries);
  }

  async #deliver({ target }: Channel, message: Parameters<Send>[1]): Promise<Outcome> {
    try {
      return await this.#deps.send(target, message);
    } catch { // a bug, or a library's; its words may hold what opens the channel
      return { kind: "failed", said: "The hub could not make this message." };
    }
  }

  #note(channel: string, outcome: Outcome, triesBefore: number): void {
    const now = this.#deps.now();
    const { said } = outcome;
    if (outcome.kind === "arrived") {
      this.#lines.set(channel, { state: "ok", said, tries: 0, nextTryAt: 0, sentAt: now });
      return;
    }
    const tries = triesBefore + 1;
    const wait = Math.max(backOffMs(tries, this.#chance()), outcome.retryAfterMs ?? 0);
    const { sentAt } = this.line(channel);
    this.#lines.set(channel, { state: "trouble", said, tries, nextTryAt: now + wait, sentAt });
  }

  /** Once the internet is back nobody waits for the rest of a back-off. */
  #noteInternet(offline: boolean, on: readonly Channel[], now: number): void {
    const back = this.#offline && !offline;
    this.#offline = offline;
    if (!back) return;
    for (const { id } of on) {
      const nextTryAt = now + this.#chance() * RESUME_WITHIN_MS;
      this.#lines.set(id, { ...this.line(id), tries: 0, nextTryAt });
    }
  }

  #speech(now: number): Speech {
    const { venue, sayInstant } = this.#deps;
    return { venue: venue() || "Counterpart", now, sayInstant: (at) => sayInstant(at, now) };
  }

  /** What the disk does not take waits for the next round. */
  #take({ book, changes }: Step): void {
    this.#book = book;
    const notices = [
      ...new Map([...this.#unsaved.notices, ...changes.notices].map((each) => [each.id, each])).values(),
    ];
    this.#unsaved = { notices: notices.slice(-UNSAVED_MAX), watches: { ...this.#unsaved.watches, ...changes.watches } };
    if (notices.length === 0 && Object.keys(this.#unsaved.watches).length === 0) return;
    this.#guarded(() => {
      this.#deps.outbox.save(this.#unsaved);
      this.#unsaved = { notices: [], watches: {} };
    });
  }

  #guarded(write: () => void): void {
    try {
      write();
    } catch (failure) {
      this.#deps.failed(failure instanceof Error ? failure.message : String(failure));
    }
  }

  #chance(): number {
    const [high = 0, low = 0] = this.#deps.random(2);
    return (high * 256 + low) / 65_536;
  }
}
