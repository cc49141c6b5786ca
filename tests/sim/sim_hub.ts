/** The hub of a run: the real data plane over the real log, which may be full, restart, or lose its database. */
import type { CheckBody, CheckOp } from "../../shared/check/op.ts";
import { Book } from "../../shared/check/book.ts";
import { type OpId, opId } from "../../shared/ids.ts";
import { newExchange } from "../../shared/sync/exchange.ts";
import { type Log, MemoryLog } from "../../shared/sync/log.ts";
import type { Vector } from "../../shared/sync/vector.ts";
import type { Close, SyncMessage } from "../../shared/wire.ts";
import { type Database, openDatabase } from "../../server/store/db.ts";
import { StoredLog } from "../../server/store/ops.ts";
import { type Peer, Sync } from "../../server/sync.ts";

const OPS_ALL = 1_000_000;

let database: Database | undefined; // one for all runs of a process; emptied for each

export interface SimHubDeps {
  readonly stored: boolean; // in SQLite
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
    const sync = new Sync({ log, peers: () => [...peers.values()], stored: () => {}, failed: () => {} });
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
  begin(register: number, send: (message: SyncMessage) => void, close: (close: Close) => void): Session {
    const { sync, peers } = this.#running!;
    const peer: Peer = { exchange: newExchange(), gaps: 0, socket: { send, close, queuedBytes: () => 0 } };
    peers.set(register, peer);
    sync.begin(peer);
    return {
      receive: (message) => peers.get(register) === peer && sync.receive(peer, message),
      end: () => peers.get(register) === peer && peers.delete(register),
    };
  }

  tick(): void {
    this.#running?.sync.tick();
  }

  vector(): Vector {
    return this.#log.vector();
  }

  ops(): CheckOp[] {
    return this.#log.since({}, OPS_ALL);
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
    if (!this.#deps.stored) return new MemoryLog<CheckBody>();
    database ??= openDatabase(":memory:");
    database.exec("DELETE FROM op; DELETE FROM check_tie");
    return new StoredLog(database, this.#deps.now);
  }
}
