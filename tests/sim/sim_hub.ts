/** The hub of a run: the real data plane over the real log, which may be full, restart, or lose its database. */
import type { CheckBody, CheckOp } from "../../shared/check/op.ts";
import type { Check } from "../../shared/check/check.ts";
import { Book } from "../../shared/check/book.ts";
import { type OpId, opId } from "../../shared/ids.ts";
import { newExchange } from "../../shared/sync/exchange.ts";
import { type Log, MemoryLog } from "../../shared/sync/log.ts";
import { opsAmong } from "../../shared/sync/op.ts";
import type { Vector } from "../../shared/sync/vector.ts";
import type { Close, SyncMessage } from "../../shared/wire.ts";
import { type Database, openDatabase } from "../../server/store/db.ts";
import { historyOf, Retirement } from "../../server/retirement.ts";
import { StoredLog } from "../../server/store/ops.ts";
import { RetiredOps } from "../../server/store/retired.ts";
import { type Peer, Sync } from "../../server/sync.ts";

const OPS_ALL = 1_000_000;

/** A log on a database, and what is known there of ops that were let go. */
interface Store {
  readonly log: StoredLog;
  readonly retired: RetiredOps;
  readonly retirement: Retirement;
}

let database: Database | undefined; // one for all runs of a process; emptied for each

export interface SimHubDeps {
  readonly stored: boolean; // in SQLite
  readonly registers: number;
  readonly now: () => number;
  readonly kept: (op: CheckOp) => void; // it is on the hub's disk from now on
}

export interface Session {
  receive(message: SyncMessage): void;
  end(): void;
}

interface Running {
  readonly sync: Sync;
  readonly peers: Map<number, Peer>;
}

export class SimHub {
  readonly #deps: SimHubDeps;
  #log: Log<CheckBody>;
  #store: Store | undefined;
  readonly #heard = new Map<number, Vector>(); // what each register last said it holds
  #running: Running | undefined;
  full = false;

  constructor(deps: SimHubDeps) {
    this.#deps = deps;
    this.#log = this.#newLog();
    this.start();
  }

  get isUp(): boolean {
    return this.#running !== undefined;
  }

  start(): void {
    if (this.#running) return;
    const peers = new Map<number, Peer>();
    const log: Log<CheckBody> = {
      vector: () => this.#log.vector(),
      since: (theirs, limit) => this.#log.since(theirs, limit),
      append: (ops) => {
        if (this.full) throw new Error("disk is full");
        const report = this.#log.append(ops);
        for (const op of report.fresh) this.#deps.kept(op);
        return report;
      },
    };
    const store = this.#store;
    const history = store && {
      ...historyOf(store, store.retirement),
      fill: (ops: readonly CheckOp[]) => {
        if (this.full) throw new Error("disk is full");
        return store.log.fill(ops);
      },
    };
    const sync = new Sync({ log, history, peers: () => [...peers.values()], stored: () => {}, failed: () => {} });
    this.#running = { sync, peers };
  }

  stop(): void {
    this.#running = undefined;
  }

  /** Its database is gone; it must be stopped. */
  deleteDatabase(): void {
    this.#log = this.#newLog();
  }

  /** A register's session begins; a newer one takes the place of an older. */
  begin(
    register: number,
    retired: number | null,
    send: (message: SyncMessage) => void,
    close: (close: Close) => void,
  ): Session {
    const { sync, peers } = this.#running!;
    const peer: Peer = { exchange: newExchange(), gaps: 0, retired, socket: { send, close, queuedBytes: () => 0 } };
    peers.set(register, peer);
    sync.begin(peer);
    return {
      receive: (message) => {
        if (message.type === "have") this.#heard.set(register, message.vector);
        if (peers.get(register) === peer) sync.receive(peer, message);
      },
      end: () => peers.get(register) === peer && peers.delete(register),
    };
  }

  tick(steady: number): void {
    this.#running?.sync.tick(steady);
  }

  digest(): void {
    this.#running?.sync.digest();
  }

  /** A business day ends now. Says whether anything was let go. */
  letGo(asked: boolean): boolean {
    if (!this.#store || !this.#running || this.full) return false;
    const count = this.#store.retirement.letGo(asked ? "a manager says so" : "when all have it");
    return count > 0;
  }

  /** What registers are still to keep. */
  kept(): { vector: Vector; ops: CheckOp[]; book: Book } {
    const ops = opsAmong(this.#log.since({}, OPS_ALL));
    const book = new Book();
    book.add(ops);
    return { vector: this.#log.vector(), ops, book };
  }

  vector(): Vector {
    return this.#log.vector();
  }

  ops(): CheckOp[] {
    return opsAmong((this.#store?.log.whole() ?? this.#log).since({}, OPS_ALL));
  }

  ids(): Set<OpId> {
    return new Set(this.ops().map((op) => opId(op.replica, op.seq)));
  }

  book(): Book {
    const book = new Book();
    book.add(this.ops());
    return book;
  }

  /** What its database finds for one check; undefined when it keeps no database. */
  familyOf(id: OpId): CheckOp[] | undefined {
    return this.#log instanceof StoredLog ? this.#log.familyOf(id) : undefined;
  }

  #newLog(): Log<CheckBody> {
    this.#heard.clear();
    if (!this.#deps.stored) return new MemoryLog<CheckBody>();
    database ??= openDatabase(":memory:");
    database.exec(
      "DELETE FROM op; DELETE FROM check_tie; DELETE FROM writer_head; DELETE FROM number_floor; DELETE FROM damaged",
    );
    const log = new StoredLog(database, this.#deps.now);
    const retired = new RetiredOps(database);
    const registers = () => Array.from({ length: this.#deps.registers }, (_, i) => String(i));
    const heardOf = (register: string) => this.#heard.get(Number(register));
    const retirement = new Retirement({
      ...{ log, retired, registers, heardOf, now: this.#deps.now, isSettled: isHalf },
      dayStart: () => Number.MAX_SAFE_INTEGER, // whatever its stamp
      guarded: (write) => write(),
      marked: (before) => this.#running?.sync.retired(before),
    });
    this.#store = { log, retired, retirement };
    return log;
  }
}

/** Harder than any shop: every other family is let go, settled or not, and goes on being written to. */
function isHalf(family: ReadonlyMap<OpId, Check>): boolean {
  const [first = ""] = [...family.keys()].sort();
  return first.charCodeAt(first.length - 1) % 2 === 0;
}
