/**
 * The Register List: how each register stands, as every register's Diagnostics shows it, and what a register is told of itself. The
 * same look at presence and log says how far each one is behind.
 */
import type { RegisterId } from "../shared/ids.ts";
import type { Facts, RegisterFacts } from "../shared/rules/facts.ts";
import { countAhead, type Vector } from "../shared/sync/vector.ts";
import type { HubMessage, Peer } from "../shared/wire.ts";

export interface RegisterListDeps {
  readonly registers: () => readonly RegisterFacts[];
  readonly facts: () => Facts; // as of now
  readonly session: (
    register: RegisterId,
  ) => { readonly replica: string; readonly heard: Vector | undefined } | undefined;
  readonly held: () => Vector; // what the hub holds
  readonly row: (register: RegisterFacts, now: { facts: Facts; connected: boolean; behind: number | null }) => Peer;
  readonly venue: () => { readonly venue: string; readonly configVersion: number; readonly sync: boolean };
}

export class RegisterList {
  readonly #deps: RegisterListDeps;

  constructor(deps: RegisterListDeps) {
    this.#deps = deps;
  }

  rows(): Peer[] {
    const { registers, facts, session, row } = this.#deps;
    const now = facts();
    return registers().map((register) =>
      row(register, {
        facts: now,
        connected: session(register.id) !== undefined,
        behind: this.behind(register.id),
      })
    );
  }

  /** Ops that are here and not on the register; what it wrote itself it has. Null: it has not said what it holds. */
  behind(register: RegisterId): number | null {
    const { replica, heard } = this.#deps.session(register) ?? {};
    return heard ? countAhead({ ...this.#deps.held(), [replica!]: 0 }, heard) : null;
  }

  /** What a register is told of itself and the venue. */
  standing(register: RegisterId): Omit<Extract<HubMessage, { type: "settings" }>, "type"> {
    const { name = "", letter = "" } = this.#deps.registers().find(({ id }) => id === register) ?? {};
    return { name, letter, ...this.#deps.venue() };
  }
}
