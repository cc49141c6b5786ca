/**
 * The hub's one database file. It is durable before it is fast: a register takes our `have` as a promise that its ops survive a
 * power cut, so every commit reaches the disk. Only one process opens the file, on one connection; a failure here is a fault of the
 * hub and never says anything about a register.
 */
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { type Migration, MIGRATIONS } from "./migrations/all.ts";

const BUSY_TIMEOUT_MS = 5_000; // a backup copy may read for a moment
const JOURNAL_MAX_BYTES = 4 * 1024 * 1024; // what stays of the write-ahead log once it has been taken over
const STATEMENTS_MAX = 256; // different texts kept prepared; the hub has some dozens

/** What a transaction's callback may return: anything but a promise, which would settle after the commit. */
type Settled<T> = T extends PromiseLike<unknown> ? never : T;

export class Database {
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  /** The prepared statement for `sql`, made once. Finish with its rows before you ask for the same text again. */
  prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known) return known;
    if (this.#statements.size >= STATEMENTS_MAX) this.#statements.clear();
    const statement = this.#db.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  exec(sql: string): void {
    this.#db.exec(sql);
  }

  get inTransaction(): boolean {
    return this.#db.isTransaction;
  }

  close(): void {
    this.#statements.clear();
    this.#db.close();
  }
}

/** Opens the file, makes it if there is none, and brings it up to date. ":memory:" lives as long as the connection. */
export function openDatabase(path: string, migrations: readonly Migration[] = MIGRATIONS): Database {
  const db = new Database(new DatabaseSync(path));
  try {
    db.exec("PRAGMA auto_vacuum = INCREMENTAL"); // only heeded before the first table, so it comes first
    db.exec("PRAGMA journal_mode = WAL");
    db.exec("PRAGMA synchronous = FULL"); // in WAL mode, NORMAL may forget the last commits in a power cut
    db.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
    db.exec(`PRAGMA journal_size_limit = ${JOURNAL_MAX_BYTES}`);
    db.exec("PRAGMA foreign_keys = ON");
    migrate(db, migrations);
    return db;
  } catch (thrown) {
    db.close();
    throw thrown;
  }
}

/**
 * Runs `fn` so that all of it is stored or none of it, and returns what it returns. Inside another transaction it is a part of that
 * one, which can still go on when this part has thrown.
 */
export function transaction<T>(db: Database, fn: () => Settled<T>): T {
  const nested = db.inTransaction;
  db.exec(nested ? "SAVEPOINT part" : "BEGIN IMMEDIATE");
  try {
    const result = fn();
    if (isPromise(result)) {
      throw new Error("Cannot hold a transaction open over an await: hand in a synchronous function");
    }
    db.exec(nested ? "RELEASE part" : "COMMIT");
    return result;
  } catch (thrown) {
    if (db.inTransaction) db.exec(nested ? "ROLLBACK TO part; RELEASE part" : "ROLLBACK"); // a full disk has rolled back already
    throw thrown;
  }
}

function migrate(db: Database, migrations: readonly Migration[]): void {
  const stored = versionOf(db);
  const newest = migrations.reduce((highest, { version }) => Math.max(highest, version), 0);
  if (stored > newest) {
    throw new Error(
      `This data was written by a newer Counterpart (its layout is number ${stored}, this hub knows up to ${newest}). ` +
        "Update this hub, or start it with another folder: --data FOLDER",
    );
  }
  for (const { version, sql } of migrations) {
    if (version <= versionOf(db)) continue;
    transaction(db, () => {
      db.exec(sql);
      db.exec(`PRAGMA user_version = ${version}`);
    });
  }
}

function versionOf(db: Database): number {
  return Number(db.prepare("PRAGMA user_version").get()?.user_version);
}

function isPromise(value: unknown): boolean {
  return typeof value === "object" && value !== null && "then" in value;
}
