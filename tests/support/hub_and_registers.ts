/** Registers and a hub in memory, with the real engines on both sides and frames that are delivered when the test says so. */
import assert from "node:assert/strict";
import type { CheckBody } from "../../shared/check/op.ts";
import { isSettled } from "../../shared/check/settled.ts";
import { HUB } from "../../shared/holders.ts";
import { opId } from "../../shared/ids.ts";
import { MemoryJournal } from "../../shared/memory_journal.ts";
import { type Link, Replica } from "../../shared/replica.ts";
import { newExchange } from "../../shared/sync/exchange.ts";
import { opsAmong } from "../../shared/sync/op.ts";
import type { Vector } from "../../shared/sync/vector.ts";
import { seededBytes } from "../../shared/testing.ts";
import type { SyncMessage } from "../../shared/wire.ts";
import { historyOf, Retirement } from "../../server/retirement.ts";
import { openDatabase } from "../../server/store/db.ts";
import { StoredLog } from "../../server/store/ops.ts";
import { RetiredOps } from "../../server/store/retired.ts";
import { type Peer, Sync } from "../../server/sync.ts";

export const DAY_MS = 24 * 60 * 60_000;
const ROUNDS_MAX = 2_000; // of delivering: more means that somebody talks in a loop

export interface Till {
  readonly name: string;
  readonly journal: MemoryJournal;
  replica: Replica;
  frames: number; // that the hub sent it
}

export class HubAndRegisters {
  readonly #db = openDatabase(":memory:");
  readonly log = new StoredLog(this.#db, () => this.now);
  readonly retired = new RetiredOps(this.#db);
  readonly tills: Till[] = [];
  readonly #sessions = new Map<string, { peer: Peer; link: Link }>();
  readonly #heard = new Map<string, Vector>();
  #queue: (() => Promise<void> | void)[] = [];
  #seed = 1;
  now = 100 * DAY_MS;
  dayStart = 0; // nothing is of an earlier day
  readonly retirement = new Retirement({
    ...{ log: this.log, retired: this.retired, isSettled, now: () => ++this.now },
    registers: () => this.tills.map(({ name }) => name),
    heardOf: (register) => this.#sessions.get(register)?.peer.exchange.heard ?? this.#heard.get(register),
    dayStart: () => this.dayStart,
    guarded: (write) => write(),
    marked: (before) => this.sync.retired(before),
  });
  readonly sync: Sync = new Sync({
    log: this.log,
    history: historyOf({ log: this.log, retired: this.retired }, this.retirement, (number) => this.#numbered(number)),
    peers: () => [...this.#sessions.values()].map(({ peer }) => peer),
    stored: () => {},
    failed: assert.fail,
  });

  /** A register of this name is opened on its journal, an empty one or what is given. It is not connected yet. */
  async open(name: string, journal = new MemoryJournal()): Promise<Till> {
    const till: Till = { name, journal, frames: 0, replica: await this.#replica(name, journal) };
    this.tills.push(till);
    return till;
  }

  /** The register is closed and opened again, which makes it write under a new name. */
  async reopen(till: Till): Promise<void> {
    this.disconnect(till);
    till.replica = await this.#replica(till.name, till.journal);
    this.connect(till);
  }

  connect(till: Till): void {
    this.disconnect(till);
    const clone = (message: SyncMessage): SyncMessage => JSON.parse(JSON.stringify(message));
    const isLive = () => this.#sessions.get(till.name)?.peer === peer;
    const peer: Peer = {
      ...{ exchange: newExchange(), gaps: 0, retired: till.replica.retired },
      socket: {
        send: (message) => {
          till.frames++;
          const sent = clone(message);
          this.#queue.push(() => isLive() ? link.receive(sent) : undefined);
        },
        close: ({ reason }) => assert.fail(`the hub ended the session of ${till.name}: ${reason}`),
        queuedBytes: () => 0,
      },
    };
    const toHub = (sent: SyncMessage) => () => {
      if (isLive()) this.sync.receive(peer, sent);
    };
    const link = till.replica.link(HUB, (message) => this.#queue.push(toHub(clone(message))));
    this.#sessions.set(till.name, { peer, link });
    this.sync.begin(peer);
  }

  disconnect(till: Till): void {
    const session = this.#sessions.get(till.name);
    if (session?.peer.exchange.heard) this.#heard.set(till.name, session.peer.exchange.heard);
    session?.link.close();
    this.#sessions.delete(till.name);
  }

  /** The register asks for a check by its number, as its page does. */
  async recall(till: Till, number: string): Promise<readonly string[]> {
    const checks = this.sync.recall(this.#sessions.get(till.name)!.peer, [number]) ?? [];
    await this.settle();
    return checks;
  }

  /** Delivers all frames, and what is sent in answer. */
  async settle(): Promise<void> {
    for (let round = 0; this.#queue.length > 0; round++) {
      assert.ok(round < ROUNDS_MAX, "they talk in a loop");
      for (const deliver of this.#queue.splice(0)) await deliver();
    }
  }

  /** Time passes: everybody compares, and the hub tells what there is. */
  async compare(): Promise<void> {
    this.now += 60_000;
    for (const { replica } of this.tills) replica.tick(this.now);
    await this.settle();
    this.sync.digest();
    await this.settle();
  }

  /** The business day is over: what is settled may be let go. */
  async nextDay(): Promise<number> {
    this.now += DAY_MS;
    this.dayStart = this.now;
    const count = this.retirement.letGo("when all have it");
    await this.settle();
    return count;
  }

  async write({ replica }: Till, body: CheckBody): Promise<string> {
    const outcome = await replica.write(body);
    assert.ok(outcome.ok, JSON.stringify(outcome));
    return outcome.id;
  }

  /** A check with one beer, paid and closed. */
  async sell(till: Till): Promise<{ check: string; payment: string; number: string }> {
    const number = till.replica.nextNumber(till.name[0]!.toUpperCase());
    const check = await this.write(till, { kind: "check.open", number });
    await this.write(till, { kind: "line.add", check, name: "Beer", price: 500, quantity: 1 });
    const payment = await this.write(till, { kind: "payment.add", check, tender: "cash", amount: 500 });
    await this.write(till, { kind: "check.close", check, total: 500 });
    return { check, payment, number };
  }

  #numbered(number: string): string[] {
    const openings = opsAmong(this.log.whole().since({}, Number.MAX_SAFE_INTEGER)).filter(({ body }) =>
      body.kind === "check.open" && body["number" as keyof CheckBody] === number
    );
    return openings.map(({ replica, seq }) => opId(replica, seq));
  }

  #replica(register: string, journal: MemoryJournal): Promise<Replica> {
    return Replica.open({ register, journal, random: seededBytes(this.#seed++), now: () => ++this.now });
  }
}

/** What a register shows. */
export function shown({ replica }: Till): string[] {
  return replica.book.all().map(({ number, state }) => `${number} ${state}`).sort();
}
