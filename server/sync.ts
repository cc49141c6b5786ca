/**
 * The data plane: ops come in, are stored, acknowledged, and passed on to the sessions that lack them, at once. The hub is a peer with a
 * disk: it answers `have` and `delta` as a register would, and writes no ops of its own.
 */
import type { CheckBody, CheckOp } from "../shared/check/op.ts";
import { checksOf } from "../shared/check/op.ts";
import { type OpId, opId } from "../shared/ids.ts";
import { answerHave, type Exchange, noteReceived, opsToPush } from "../shared/sync/exchange.ts";
import type { Log } from "../shared/sync/log.ts";
import { CLOSE, type Close, fromRuns, type SyncMessage, toRuns } from "../shared/wire.ts";

export const GAPS_MAX = 5; // deltas in a row that leave ops out before the session is ended
export const QUEUE_PUSH_MAX_BYTES = 1024 * 1024; // above this nothing more is pushed: the reader catches up by its next `have`
export const QUEUE_MAX_BYTES = 8 * 1024 * 1024; // above this the session is ended

/** What the data plane needs of a session. */
export interface Peer {
  readonly exchange: Exchange;
  readonly socket: {
    send(message: SyncMessage): void;
    close(close: Close, detail?: string): void;
    queuedBytes(): number;
  };
  gaps: number;
}

export interface SyncDeps {
  readonly log: Log<CheckBody>;
  readonly peers: () => readonly Peer[];
  readonly stored: (checks: ReadonlySet<OpId>) => void; // after ops of these checks were stored
  readonly failed: (message: string) => void; // the disk could not take them
}

export class Sync {
  readonly #deps: SyncDeps;

  constructor(deps: SyncDeps) {
    this.#deps = deps;
  }

  /** A session begins: it is told what is stored here, and will send what is not. */
  begin(peer: Peer): void {
    this.#sendHave(peer);
  }

  receive(peer: Peer, message: SyncMessage): void {
    if (message.type === "have") this.#answer(peer, message.vector);
    else this.#take(peer, fromRuns(message.runs));
  }

  /** Ends sessions that do not read what they are sent. Call about once a second. */
  tick(): void {
    for (const peer of this.#deps.peers()) {
      if (peer.socket.queuedBytes() > QUEUE_MAX_BYTES) peer.socket.close(CLOSE.slow);
    }
  }

  #answer(peer: Peer, theirs: Parameters<typeof answerHave>[2]): void {
    const ops = answerHave(peer.exchange, this.#deps.log, theirs);
    if (ops.length > 0) peer.socket.send({ type: "delta", runs: toRuns(ops) });
  }

  #take(peer: Peer, ops: readonly CheckOp[]): void {
    let report;
    try {
      report = this.#deps.log.append(ops);
    } catch (failure) {
      this.#deps.failed(failure instanceof Error ? failure.message : String(failure));
      return peer.socket.close(CLOSE.storage); // it keeps its ops and comes back with them
    }
    noteReceived(peer.exchange, report.fresh);
    if (report.fresh.length > 0) { // also of a delta that ends the session: what is stored is everyone's
      this.#push(peer, report.fresh);
      this.#deps.stored(new Set(report.fresh.flatMap((op) => checksOf(op, opId(op.replica, op.seq)))));
    }
    if (report.forks.length > 0) return peer.socket.close(CLOSE.fork, report.forks[0]);
    peer.gaps = report.gaps.length > 0 ? peer.gaps + 1 : 0;
    if (peer.gaps > GAPS_MAX) return peer.socket.close(CLOSE.gap, report.gaps[0]);
    this.#sendHave(peer); // stored: the durable acknowledgement, and the question where a gap was
  }

  #push(from: Peer, fresh: readonly CheckOp[]): void {
    for (const peer of this.#deps.peers()) {
      if (peer === from || peer.socket.queuedBytes() > QUEUE_PUSH_MAX_BYTES) continue;
      const ops = opsToPush(peer.exchange, fresh);
      if (ops.length > 0) peer.socket.send({ type: "delta", runs: toRuns(ops) });
    }
  }

  #sendHave(peer: Peer): void {
    peer.socket.send({ type: "have", vector: this.#deps.log.vector() });
  }
}
