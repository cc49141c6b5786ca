/**
 * Who is connected now, in memory only: one session per register, the newest, with its round trip and loss as pings show them.
 */
import type { RegisterId, ReplicaId } from "../shared/ids.ts";
import type { SessionFact } from "../shared/rules/facts.ts";
import { type Exchange, newExchange } from "../shared/sync/exchange.ts";
import type { Vector } from "../shared/sync/vector.ts";
import { CLOSE, type Close, type HubMessage } from "../shared/wire.ts";

export const PING_EVERY_MS = 5_000;
const PINGS_KEPT = 61; // five minutes: what a verdict on the network takes, and the one that is on its way
const LOSS_OVER = 24; // pings: two minutes of loss are shown, and a round trip that is the median of the last five
const RTT_MEDIAN_OF = 5;
export const PING_LOST_AFTER_MS = 4_000; // an answer that comes later counts as lost

/** What a transport gives for one WebSocket. */
export interface Socket {
  send(message: HubMessage): void;
  close(close: Close, detail?: string): void; // `detail`: what exactly was wrong
  queuedBytes(): number; // sent, not yet taken by the network
}

interface Ping {
  readonly n: number;
  readonly sentAt: number; // on the steady clock
  rttMs?: number;
  isUnsure?: boolean; // the hub did not get its own turns in time meanwhile
}

export interface Session {
  readonly register: RegisterId;
  readonly replica: ReplicaId;
  readonly source: string | undefined;
  readonly openSince: number;
  readonly socket: Socket;
  readonly exchange: Exchange;
  gaps: number; // deltas in a row that left ops out
  pings: Ping[];
  calledAt?: number; // when the hub asked whether it is there; absent: it has been heard since
  readonly retired?: number | null; // as its `hello` said
  readonly walks?: boolean; // as its `hello` said
}

export class Presence {
  readonly #sessions = new Map<RegisterId, Session>();
  readonly #last = new Map<RegisterId, SessionFact>();
  readonly #heard = new Map<RegisterId, Vector>(); // what registers held when their last session ended
  #pingN = 0;
  #pingedAt = Number.NEGATIVE_INFINITY;

  /** Begins a session; an older one of the same register is told to go, so that there is never a ghost. */
  begin(
    { register, replica, source, socket, now, retired, walks }:
      & Omit<Session, "openSince" | "exchange" | "gaps" | "pings">
      & {
        now: number;
      },
  ): Session {
    const older = this.#sessions.get(register);
    const session = {
      register,
      replica,
      source,
      socket,
      openSince: now,
      exchange: newExchange(),
      gaps: 0,
      pings: [],
      retired,
      walks,
    };
    this.#sessions.set(register, session);
    older?.socket.close(CLOSE.replaced);
    return session;
  }

  /** Ends a session, unless a newer one has replaced it. */
  end(session: Session, cleanly: boolean, now: number): void {
    if (this.#sessions.get(session.register) !== session) return;
    this.#sessions.delete(session.register);
    if (session.exchange.heard) this.#heard.set(session.register, session.exchange.heard);
    this.#last.set(session.register, { closedAt: now, closedCleanly: cleanly });
  }

  get(register: RegisterId): Session | undefined {
    return this.#sessions.get(register);
  }

  /** What a connected register is and holds, by its last `have`. */
  holds(register: RegisterId): { readonly replica: ReplicaId; readonly heard: Vector | undefined } | undefined {
    const session = this.#sessions.get(register);
    return session && { replica: session.replica, heard: session.exchange.heard };
  }

  /** What a register held when it last said so; undefined: not since this hub began. */
  lastHeld(register: RegisterId): Vector | undefined {
    return this.#sessions.get(register)?.exchange.heard ?? this.#heard.get(register);
  }

  isLive(session: Session): boolean {
    return this.#sessions.get(session.register) === session;
  }

  all(): Session[] {
    return [...this.#sessions.values()];
  }

  forget(register: RegisterId): void {
    this.#heard.delete(register);
    this.#last.delete(register);
  }

  /** Pings every session, every PING_EVERY_MS. `steady` is a clock that never jumps; `late`: the hub does not get its turns in time. */
  tick(steady: number, late = false): void {
    for (const { pings } of late ? this.#sessions.values() : []) {
      for (const ping of pings) if (ping.rttMs === undefined) ping.isUnsure = true;
    }
    if (steady - this.#pingedAt < PING_EVERY_MS) return;
    this.#pingedAt = steady;
    const n = ++this.#pingN;
    for (const session of this.#sessions.values()) {
      session.pings = [...session.pings, { n, sentAt: steady }].slice(-PINGS_KEPT);
      session.socket.send({ type: "ping", n });
    }
  }

  /** Asks every session whether it is there. What is answered is a sign of life and no measure: it counts with no round trip. */
  call(now: number): void {
    const n = ++this.#pingN;
    for (const session of this.#sessions.values()) {
      session.calledAt ??= now;
      session.socket.send({ type: "ping", n });
    }
  }

  /** Pings that were lost while nobody at all was reached say nothing of a register's own path: they are not counted. */
  forgive(steady: number): void {
    for (const session of this.#sessions.values()) {
      session.pings = session.pings.filter(({ sentAt, rttMs = steady - sentAt }) => rttMs <= PING_LOST_AFTER_MS);
    }
  }

  pong(session: Session, n: number, steady: number, late = false): void {
    const ping = session.pings.find((sent) => sent.n === n);
    if (!ping || ping.rttMs !== undefined) return;
    ping.rttMs = Math.max(0, steady - ping.sentAt);
    if (late) ping.isUnsure = true;
  }

  fact(register: RegisterId, steady: number): SessionFact | undefined {
    const session = this.#sessions.get(register);
    if (!session) return this.#last.get(register);
    const due = session.pings.filter((ping) => ping.rttMs !== undefined || steady - ping.sentAt > PING_LOST_AFTER_MS);
    const told = ({ rttMs }: Ping) => rttMs === undefined || rttMs > PING_LOST_AFTER_MS ? null : rttMs;
    const sure = due.filter(({ isUnsure }) => !isUnsure);
    const shown = due.map(told).slice(-LOSS_OVER);
    const lost = shown.filter((rttMs) => rttMs === null).length;
    const recent = session.pings.flatMap((ping) => ping.rttMs ?? []).slice(-RTT_MEDIAN_OF).sort((a, b) => a - b);
    return {
      openSince: session.openSince,
      calledAt: session.calledAt,
      rttMs: recent[Math.floor(recent.length / 2)],
      lossPercent: shown.length === 0 ? undefined : (lost / shown.length) * 100,
      pings: sure.map(told),
      unsure: due.length - sure.length,
    };
  }

  /** The round trip of the newest answered ping that is not older than one round; what a sample records. */
  lastRtt(register: RegisterId, steady: number): number | undefined {
    const ping = this.#sessions.get(register)?.pings.findLast((sent) => sent.rttMs !== undefined);
    return ping && steady - ping.sentAt <= 2 * PING_EVERY_MS ? ping.rttMs : undefined;
  }
}
