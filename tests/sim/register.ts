/** A register of a run: a disk that outlives its process, a clock of its own, and while it runs the real engine. */
import type { CheckBody, CheckOp } from "../../shared/check/op.ts";
import { type OpId, opId } from "../../shared/ids.ts";
import { type Link, Replica } from "../../shared/replica.ts";
import { seededBytes } from "../../shared/testing.ts";
import type { SyncMessage } from "../../shared/wire.ts";
import type { Known } from "./bodies.ts";
import { Disk, SimJournal } from "./disk.ts";

/** What is here to be talked about, noted as ops arrive. */
interface Notes {
  readonly checks: OpId[];
  readonly lines: { id: OpId; check: OpId }[];
  readonly payments: { id: OpId; check: OpId }[];
  readonly discounts: { id: OpId; check: OpId }[];
}

/** A running app. */
interface Process {
  readonly replica: Replica;
  readonly journal: SimJournal;
  readonly notes: Notes;
  busy: number; // calls that have not settled
}

export interface SimRegisterDeps {
  readonly letter: string;
  readonly seed: number;
  readonly now: () => number; // true time
  readonly kept: (op: CheckOp) => void; // it is on this disk from now on
  readonly threw: (failure: unknown) => void;
}

export class SimRegister {
  readonly letter: string;
  readonly id: string;
  readonly snapshots: Disk[] = [];
  disk = new Disk();
  offset = 0; // of its clock
  lostStorage = false;
  readonly #deps: SimRegisterDeps;
  readonly #random: ReturnType<typeof seededBytes>;
  #process: Process | undefined;

  constructor(deps: SimRegisterDeps) {
    this.#deps = deps;
    this.letter = deps.letter;
    this.id = deps.letter.toLowerCase().repeat(8);
    this.#random = seededBytes(deps.seed);
  }

  get replica(): Replica | undefined {
    return this.#process?.replica;
  }

  get journal(): SimJournal | undefined {
    return this.#process?.journal;
  }

  /** Whether it has something to do that does not wait for its disk. */
  get isBusy(): boolean {
    return this.#process !== undefined && this.#process.busy > 0 && !this.#process.journal.waits;
  }

  async start(): Promise<void> {
    const { now, kept } = this.#deps;
    const notes: Notes = { checks: [], lines: [], payments: [], discounts: [] };
    for (const op of this.disk.ops.values()) note(notes, op);
    const journal = new SimJournal(this.disk, (ops) => {
      for (const op of ops) {
        note(notes, op);
        kept(op);
      }
    });
    const replica = await Replica.open({
      register: this.id,
      journal,
      random: this.#random,
      now: () => now() + this.offset,
    });
    this.#process = { replica, journal, notes, busy: 0 };
  }

  /** The app is gone at once; what waited for the disk was `written` or was not. */
  crash(written: boolean): void {
    this.#process?.journal.die(written);
    this.#process = undefined;
  }

  setDisk(how: "slow" | "full" | "well"): void {
    const journal = this.#process?.journal;
    if (!journal) return;
    journal.slow = how === "slow";
    journal.full = how === "full";
    journal.finish();
  }

  write(body: CheckBody, saved: (id: OpId) => void): void {
    const process = this.#process;
    if (process) this.#during(process, process.replica.write(body), (outcome) => outcome.ok && saved(outcome.id));
  }

  /** A link to `peer`; what it is told goes to the engine. */
  link(peer: string, send: (message: SyncMessage) => void): { receive(message: SyncMessage): void; close(): void } {
    const process = this.#process!;
    const link: Link = process.replica.link(peer, send);
    return {
      receive: (message) => this.#during(process, link.receive(message), () => {}),
      close: () => link.close(),
    };
  }

  known(placeOf: (line: OpId) => OpId | undefined, everything: readonly OpId[]): Known | undefined {
    if (!this.#process) return undefined;
    const { replica, notes } = this.#process;
    return {
      ...notes,
      lines: notes.lines.map(({ id, check }) => ({ id, check: placeOf(id) ?? check })),
      everything,
      read: (id) => replica.book.get(id),
      nextNumber: () => replica.nextNumber(this.letter),
    };
  }

  #during<T>(process: Process, call: Promise<T>, done: (result: T) => void): void {
    process.busy++;
    call.then(done).catch(this.#deps.threw).then(() => process.busy--);
  }
}

function note(notes: Notes, op: CheckOp): void {
  const id = opId(op.replica, op.seq);
  const check = String((op.body as { check?: unknown }).check);
  if (op.body.kind === "check.open") notes.checks.push(id);
  else if (op.body.kind === "line.add") notes.lines.push({ id, check });
  else if (op.body.kind === "payment.add") notes.payments.push({ id, check });
  else if (op.body.kind === "discount.add") notes.discounts.push({ id, check });
}
