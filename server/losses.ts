/**
 * What is lost for good, as far as can be known: changes that a register alone said it holds, when it is un-enrolled or when it says that
 * it holds them no more. A loss stands until a manager has seen it, and goes by itself when the changes turn up anywhere.
 *
 * Never a loss: what the hub holds, what another enrolled register says it holds, or what the register said that others have.
 */
import type { Loss } from "../shared/api.ts";
import type { Heartbeat } from "../shared/heartbeat.ts";
import { type Random, randomWord } from "../shared/ids.ts";
import type { LossFact, RegisterFacts } from "../shared/rules/facts.ts";
import { beyond, countAhead, mergeVectors, type Vector } from "../shared/sync/vector.ts";
import { nameOf } from "../shared/rules/words.ts";
import type { LossRow, LossStore } from "./store/losses.ts";

const ID_LENGTH = 10;

export interface LossesDeps {
  readonly store: LossStore;
  readonly held: () => Vector; // by the hub
  readonly registers: () => readonly RegisterFacts[]; // enrolled now
  readonly now: () => number;
  readonly random: Random;
  readonly guarded: (write: () => void) => void; // runs a write and says so when it fails
}

export class Losses {
  readonly #deps: LossesDeps;
  #open: readonly LossRow[];

  constructor(deps: LossesDeps) {
    this.#deps = deps;
    this.#open = deps.store.open();
  }

  /** A register was un-enrolled, and is not among the others any more. */
  removed(register: RegisterFacts): void {
    const { unsaved, unsynced } = register;
    if (unsaved === undefined) return this.#note(register, "removed", undefined, unsynced ?? 0);
    const needed = beyond(unsaved, this.#elsewhere());
    this.#note(register, "removed", needed, atMost(countAhead(needed, this.#elsewhere()), unsynced));
  }

  /** A heartbeat, before it is noted: what the register said it alone holds and now does not was cleared or put back. */
  heard(before: RegisterFacts | undefined, { vector }: Heartbeat): void {
    if (vector === undefined || before?.unsaved === undefined) return;
    const gone = beyond(before.unsaved, vector);
    if (Object.keys(gone).length === 0) return;
    const elsewhere = mergeVectors(this.#elsewhere(before), vector);
    const needed = beyond(gone, elsewhere);
    this.#note(before, "cleared", needed, atMost(countAhead(needed, elsewhere), before.unsynced));
  }

  /** Withdraws what turned up. Call about once a second. */
  tick(): void {
    if (this.#open.length === 0) return;
    const elsewhere = this.#elsewhere();
    for (const loss of this.#open) {
      if (loss.needed === undefined) continue;
      const missing = Math.min(loss.count, countAhead(loss.needed, elsewhere));
      if (missing === 0) this.#drop(loss.id, (id) => this.#deps.store.withdraw(id));
      else if (missing < loss.count) this.#keep({ ...loss, count: missing });
    }
  }

  /** A manager has seen it; false when there is none of this id. */
  seen(id: string): boolean {
    return this.#drop(id, () => this.#deps.store.seen(id, this.#deps.now()));
  }

  facts(): LossFact[] {
    return this.#open.map(({ needed, id: _id, ...loss }) => ({ ...loss, named: needed !== undefined }));
  }

  view(): Loss[] {
    return this.#open.map(({ needed, heardAt, since, ...loss }) => ({
      ...loss,
      named: needed !== undefined,
      heardAt: heardAt === undefined ? null : new Date(heardAt).toISOString(),
      since: new Date(since).toISOString(),
    }));
  }

  /** All that is known to be held by the hub or by an enrolled register, but for what `except` said. */
  #elsewhere(except?: RegisterFacts): Vector {
    const others = this.#deps.registers().filter(({ id }) => id !== except?.id);
    return others.reduce((all, { unsaved = {} }) => mergeVectors(all, unsaved), this.#deps.held());
  }

  /** Takes a loss up; a register whose storage is cleared again and again has one that grows. */
  #note(register: RegisterFacts, how: LossRow["how"], needed: Vector | undefined, count: number): void {
    if (count === 0) return;
    const before = this.#open.find((loss) => loss.register === register.id && loss.how === how);
    const all = needed && mergeVectors(before?.needed ?? {}, needed);
    this.#keep({
      id: before?.id ?? randomWord(this.#deps.random, ID_LENGTH),
      register: register.id,
      name: nameOf(register),
      how,
      count: all ? Math.min((before?.count ?? 0) + count, countAhead(all, this.#elsewhere(register))) : count,
      needed: all,
      heardAt: register.heardAt,
      since: before?.since ?? this.#deps.now(),
    });
  }

  #keep(loss: LossRow): void {
    this.#open = [...this.#open.filter(({ id }) => id !== loss.id), loss];
    this.#deps.guarded(() => this.#deps.store.save(loss));
  }

  #drop(id: string, onDisk: (id: string) => void): boolean {
    if (!this.#open.some((loss) => loss.id === id)) return false;
    this.#open = this.#open.filter((loss) => loss.id !== id);
    this.#deps.guarded(() => onDisk(id));
    return true;
  }
}

/** What a register says that others lack bounds what can be lost with it: its own links tell it more than the hub sees. */
function atMost(count: number, unsynced: number | undefined): number {
  return Math.min(count, unsynced ?? count);
}
