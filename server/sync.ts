/**
 * The data plane: ops come in, are stored, acknowledged, and passed on to the sessions that lack them, at once. The hub is a peer with a
 * disk: it answers `have` and `delta` as a register would, and writes no ops of its own. It alone keeps everything, so it says what
 * registers may let go, and hands it out again to the one who asks.
 */
import type { CheckBody, CheckOp } from "../shared/check/op.ts";
import { checksOf } from "../shared/check/op.ts";
import { familyMessages } from "../shared/family_messages.ts";
import { type OpId, opId } from "../shared/ids.ts";
import { answerHave, type Exchange, noteReceived, opsLacking, opsToPush } from "../shared/sync/exchange.ts";
import type { Log } from "../shared/sync/log.ts";
import { covers } from "../shared/sync/vector.ts";
import { type Item, opsAmong } from "../shared/sync/op.ts";
import {
  CHECKS_NAMED_MAX,
  CLOSE,
  type Close,
  type Family,
  fromRuns,
  type Retire,
  type SyncMessage,
  toRuns,
  type Want,
} from "../shared/wire.ts";

export const GAPS_MAX = 5; // deltas in a row that leave ops out before the session is ended
export const QUEUE_PUSH_MAX_BYTES = 1024 * 1024; // above this nothing more is pushed: the reader catches up by its next `have`
export const QUEUE_MAX_BYTES = 8 * 1024 * 1024; // above this the session is ended
export const DIGEST_EVERY_MS = 30_000; // how often registers are told how much there is of each check, when that changed

/** What the data plane needs of a session. */
export interface Peer {
  readonly exchange: Exchange;
  readonly socket: {
    send(message: SyncMessage): void;
    close(close: Close, detail?: string): void;
    queuedBytes(): number;
  };
  gaps: number;
  readonly retired?: number | null; // of its `hello`: up to which word it let go; null: it holds nothing; absent: it keeps all
  view?: Log<CheckBody>; // the log as it is told to this one
  digest?: string; // what it was last told of how much there is
  asked?: string; // the places of which it was last asked what it holds
}

/** What the hub can do because it keeps everything. */
export interface History {
  whole(): Log<CheckBody>; // for one who is sent every op there is
  without(checks: ReadonlySet<OpId>): Log<CheckBody>;
  settled(): ReadonlySet<OpId>; // a register that joins gets the others first
  familyOf(check: OpId): CheckOp[];
  between(spans: NonNullable<Want["spans"]>): CheckOp[]; // what is in places, but for what was let go
  fill(ops: readonly CheckOp[]): CheckOp[]; // takes ops into empty places
  recall(numbers: readonly string[]): OpId[]; // speaks again of the checks that bear these
  readonly retired: {
    isMarked(check: OpId): boolean;
    since(upTo: number): Retire[];
    newest(): number;
    summary(): Retire;
    wordOn(checks: readonly OpId[], others?: readonly OpId[]): Retire;
    among(ids: readonly OpId[]): OpId[];
    missing(): NonNullable<Want["spans"]>;
    counts(): Record<OpId, number>;
    othersKept(): CheckOp[];
  };
}

export interface SyncDeps {
  readonly log: Log<CheckBody>;
  readonly peers: () => readonly Peer[];
  readonly stored: (checks: ReadonlySet<OpId>) => void; // after ops of these checks were stored
  readonly failed: (message: string) => void; // the disk could not take them
  readonly history?: History; // absent: nothing is ever let go
}

export class Sync {
  readonly #deps: SyncDeps;
  #digestAt = Number.NEGATIVE_INFINITY;

  constructor(deps: SyncDeps) {
    this.#deps = deps;
  }

  /** A session begins: it is told what it may let go and what is stored here, and will send what is not. */
  begin(peer: Peer): void {
    const { history, log } = this.#deps;
    peer.view = log;
    if (history && peer.retired === undefined) peer.view = history.whole();
    if (history && peer.retired !== undefined) {
      if (peer.retired === null) peer.view = history.without(history.settled());
      const words = peer.retired === null ? [history.retired.summary()] : history.retired.since(peer.retired);
      for (const word of words) if (word.upTo > 0) peer.socket.send(word);
    }
    this.#sendHave(peer);
    if (history && peer.retired !== undefined) this.#askFor(history.retired.missing(), peer);
  }

  receive(peer: Peer, message: SyncMessage): void {
    switch (message.type) {
      case "have":
        return this.#answer(peer, message.vector);
      case "delta":
        return this.#take(peer, fromRuns(message.runs));
      case "want":
        return this.#hand(peer, message);
      case "family":
        return this.#fill(peer, message);
      case "retire":
      case "digest":
        return; // the hub's own words
    }
  }

  /** A register asks for checks that were let go, by number. It is sent all of them. Undefined: the disk did not do it. */
  recall(peer: Peer, numbers: readonly string[]): OpId[] | undefined {
    const { history, log } = this.#deps;
    const checks = this.#guarded(peer, () => history?.recall(numbers) ?? []);
    if (!history || !checks) return;
    const items = opsLacking(peer.exchange, peer.view ?? log); // writers it has forgotten
    if (items.length > 0) peer.socket.send({ type: "delta", runs: toRuns(items) });
    this.#hand(peer, { type: "want", checks });
    return checks.slice(0, CHECKS_NAMED_MAX);
  }

  /** Ends sessions that do not read what they are sent, and now and then tells what there is. Call about once a second. */
  tick(steady: number): void {
    if (steady - this.#digestAt >= DIGEST_EVERY_MS) {
      this.#digestAt = steady;
      this.digest();
    }
    for (const peer of this.#deps.peers()) {
      if (peer.socket.queuedBytes() > QUEUE_MAX_BYTES) peer.socket.close(CLOSE.slow);
    }
  }

  /** Tells every register that understands what may be let go since the word `before`. */
  retired(before: number): void {
    const words = this.#deps.history?.retired.since(before) ?? [];
    for (const peer of this.#deps.peers()) {
      if (peer.retired !== undefined) { for (const word of words) peer.socket.send(word); }
    }
  }

  /** Tells registers how much there is of each check, if that changed since they were told. */
  digest(to = this.#deps.peers()): void {
    const { history } = this.#deps;
    if (!history) return;
    const missing = history.retired.missing();
    for (const peer of to) if (peer.retired !== undefined) this.#askFor(missing, peer);
    const held = this.#deps.log.vector();
    const peers = to.filter(({ retired, exchange: { heard } }) => retired !== undefined && heard && covers(heard, held) // of the others it is known that they lack something
    );
    if (peers.length === 0) return;
    const counts = Object.entries(history.retired.counts());
    const others = history.retired.othersKept().length;
    const mark = JSON.stringify([counts, others]);
    for (const peer of peers) {
      if (peer.digest === mark || peer.socket.queuedBytes() > QUEUE_PUSH_MAX_BYTES) continue;
      peer.digest = mark;
      const whole = counts.length <= CHECKS_NAMED_MAX;
      for (let at = 0; at === 0 || at < counts.length; at += CHECKS_NAMED_MAX) {
        const part = Object.fromEntries(counts.slice(at, at + CHECKS_NAMED_MAX));
        peer.socket.send({ type: "digest", counts: part, others, whole });
      }
    }
  }

  #answer(peer: Peer, theirs: Parameters<typeof answerHave>[2]): void {
    const items = answerHave(peer.exchange, peer.view ?? this.#deps.log, theirs);
    if (items.length > 0) peer.socket.send({ type: "delta", runs: toRuns(items) });
    else if (peer.view !== this.#deps.log && peer.retired !== undefined) {
      peer.view = this.#deps.log; // it has the open checks; now the others, and the digest brings what was left out among them
      this.#answer(peer, theirs);
      this.digest();
    } else if (peer.retired !== undefined && peer.digest === undefined && covers(theirs, this.#deps.log.vector())) {
      this.digest([peer]); // the first moment at which it can tell whether it holds something else
    }
  }

  /** What a register asks for of checks: all there is; or that it may let go of what it holds. */
  #hand(peer: Peer, { checks, others, spans = {} }: Want): void {
    const { history } = this.#deps;
    if (!history) return;
    for (const answer of familyMessages([], history.between(spans))) peer.socket.send(answer);
    if (others) this.#handOthers(peer, history, new Set(others));
    const told = new Set<OpId>();
    for (const check of checks) {
      if (told.has(check) || peer.socket.queuedBytes() > QUEUE_PUSH_MAX_BYTES) continue;
      const ops = history.familyOf(check);
      const family = checksNamed(ops);
      for (const member of family) told.add(member);
      const answers = history.retired.isMarked(check) ? [history.retired.wordOn(family)] : familyMessages(family, ops);
      for (const answer of answers) peer.socket.send(answer);
    }
  }

  /** Ops of no check: those that it lacks, and which of those it `holds` it may let go. */
  #handOthers(peer: Peer, { retired }: History, holds: ReadonlySet<OpId>): void {
    const lacking = retired.othersKept().filter((op) => !holds.has(idOf(op)));
    for (const answer of familyMessages([], lacking)) peer.socket.send(answer);
    const stale = retired.among([...holds]);
    if (stale.length > 0) peer.socket.send(retired.wordOn([], stale));
  }

  /** Ops that this database lacks, because it began after registers had let others of their writers go. */
  #fill(peer: Peer, { runs }: Family): void {
    const filled = this.#guarded(peer, () => this.#deps.history?.fill(opsAmong(fromRuns(runs))));
    if (filled && filled.length > 0) this.#stored(filled);
  }

  #askFor(spans: NonNullable<Want["spans"]>, peer: Peer): void {
    const mark = JSON.stringify(spans);
    if (Object.keys(spans).length === 0 || peer.asked === mark) return;
    peer.asked = mark;
    peer.socket.send({ type: "want", checks: [], spans });
  }

  #guarded<T>(peer: Peer, write: () => T): T | undefined {
    try {
      return write();
    } catch (failure) {
      this.#deps.failed(failure instanceof Error ? failure.message : String(failure));
      peer.socket.close(CLOSE.storage); // it keeps its ops and comes back with them
    }
  }

  #take(peer: Peer, ops: readonly Item<CheckBody>[]): void {
    const report = this.#guarded(peer, () => this.#deps.log.append(ops));
    if (!report) return;
    noteReceived(peer.exchange, report.taken);
    if (report.fresh.length > 0) { // also of a delta that ends the session: what is stored is everyone's
      this.#push(peer, report.fresh);
      this.#stored(report.fresh);
    }
    if (report.forks.length > 0) return peer.socket.close(CLOSE.fork, report.forks[0]);
    peer.gaps = report.gaps.length > 0 ? peer.gaps + 1 : 0;
    if (peer.gaps > GAPS_MAX) return peer.socket.close(CLOSE.gap, report.gaps[0]);
    this.#remind(peer, ops, report.fresh);
    this.#sendHave(peer); // stored: the durable acknowledgement, and the question where a gap was
  }

  /** One who still holds what was let go, and hands it out, is told again. */
  #remind(peer: Peer, items: readonly Item<CheckBody>[], fresh: readonly CheckOp[]): void {
    const { history } = this.#deps;
    if (!history || peer.retired === undefined || fresh.length === items.length) return;
    const ops = opsAmong(items);
    const stale = new Set(history.retired.among(ops.map(idOf)));
    if (stale.size === 0) return;
    const named = checksNamed(ops.filter((op) => stale.has(idOf(op))));
    const checks = new Set(named.flatMap((check) => checksNamed(history.familyOf(check))));
    const others = ops.filter((op) => checksOf(op, idOf(op)).length === 0).map(idOf).filter((id) => stale.has(id));
    peer.socket.send(history.retired.wordOn([...checks].slice(0, CHECKS_NAMED_MAX), others));
  }

  #stored(ops: readonly CheckOp[]): void {
    this.#deps.stored(new Set(checksNamed(ops)));
  }

  #push(from: Peer, fresh: readonly CheckOp[]): void {
    for (const peer of this.#deps.peers()) {
      if (peer === from || peer.socket.queuedBytes() > QUEUE_PUSH_MAX_BYTES) continue;
      const ops = opsToPush(peer.exchange, fresh);
      if (ops.length > 0) peer.socket.send({ type: "delta", runs: toRuns(ops) });
    }
  }

  #sendHave(peer: Peer): void {
    peer.socket.send({ type: "have", vector: (peer.view ?? this.#deps.log).vector() });
  }
}

function checksNamed(ops: readonly CheckOp[]): OpId[] {
  return [...new Set(ops.flatMap((op) => checksOf(op, idOf(op))))];
}

function idOf(op: CheckOp): OpId {
  return opId(op.replica, op.seq);
}
