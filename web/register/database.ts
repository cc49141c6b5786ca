/**
 * This register's own storage in the browser: `ops`, keyed by writer and seq, and `meta`, a few named values. The connection is opened
 * when first needed and again after the system took it away, which iPads do to a page that was long in the background.
 */
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { CheckOp } from "../../shared/check/op.ts";
import { isConnectionLost, nameOf } from "./trouble.ts";

const VERSION = 1; // 1: first

export interface Stores extends DBSchema {
  ops: { key: [string, number]; value: CheckOp & { readonly sum?: number } }; // sum: absent in records from before there were sums
  meta: { key: string; value: unknown };
}
export type Connection = IDBPDatabase<Stores>;

/** Whether a task runs for the first time, or again because the first connection was lost halfway. */
export type Attempt = "first" | "again";

export class Database {
  readonly name: string;
  #opening: Promise<Connection> | undefined;

  constructor(name: string) {
    this.name = name;
  }

  /** Runs `task` on the connection; once more on a new one when the old was gone. */
  async use<T>(task: (connection: Connection, attempt: Attempt) => Promise<T>): Promise<T> {
    try {
      return await task(await this.#connection(), "first");
    } catch (cause) {
      if (!isConnectionLost(nameOf(cause))) throw cause;
      this.close();
      return await task(await this.#connection(), "again");
    }
  }

  get(key: string): Promise<unknown> {
    return this.use((connection) => connection.get("meta", key));
  }

  async set(key: string, value: unknown): Promise<void> {
    await this.use((connection) => connection.put("meta", value, key));
  }

  close(): void {
    this.#opening?.then((connection) => connection.close(), () => {});
    this.#opening = undefined;
  }

  #connection(): Promise<Connection> {
    this.#opening ??= this.#open().catch((cause) => {
      this.#opening = undefined;
      throw cause;
    });
    return this.#opening;
  }

  #open(): Promise<Connection> {
    const forget = () => (this.#opening = undefined);
    return openDB<Stores>(this.name, VERSION, {
      upgrade(connection) {
        connection.createObjectStore("ops", { keyPath: ["replica", "seq"] });
        connection.createObjectStore("meta");
      },
      blocking: () => this.close(), // a newer page in another tab wants to change the layout: let it
      terminated: forget,
    });
  }
}
