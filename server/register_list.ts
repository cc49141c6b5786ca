/**
 * The Register List: how each register stands, as every register's Diagnostics shows it, and what a register is told of itself. The
 * same look at presence and log says how far each one is behind.
 */
import type { RegisterId } from "../shared/ids.ts";
import { causeOf } from "../shared/rules/cause.ts";
import type { Facts, RegisterFacts } from "../shared/rules/facts.ts";
import { liveness } from "../shared/rules/liveness.ts";
import { countAhead, type Vector } from "../shared/sync/vector.ts";
import type { HubMessage, Peer } from "../shared/wire.ts";
import type { Venue } from "./venue.ts";

export interface RegisterListDeps {
  readonly registers: () => readonly RegisterFacts[];
  readonly facts: () => Facts; // as of now
  readonly session: (
    register: RegisterId,
  ) => { readonly replica: string; readonly heard: Vector | undefined } | undefined;
  readonly held: () => Vector; // what the hub holds
  readonly venue: Pick<Venue, "name" | "configVersion" | "settings">;
}

export class RegisterList {
  readonly #deps: RegisterListDeps;

  constructor(deps: RegisterListDeps) {
    this.#deps = deps;
  }

  rows(): Peer[] {
    const { registers, facts, session } = this.#deps;
    const now = facts();
    return registers().map((register) =>
      peerView(register, {
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
    const { name: venue, configVersion, settings: { sync } } = this.#deps.venue;
    return { name, letter, venue, configVersion, sync };
  }
}

/** One row. */
function peerView(
  register: RegisterFacts,
  { facts, connected, behind }: { facts: Facts; connected: boolean; behind: number | null },
): Peer {
  const state = liveness(register, facts);
  return {
    id: register.id,
    name: register.name,
    letter: register.letter,
    version: register.app?.version ?? null,
    state,
    foreground: register.state?.foreground ?? null,
    path: connected && state !== "silent" ? "relay" : "none",
    behind,
    unsynced: register.unsynced ?? null,
    heardAt: register.heardAt ?? null,
    cause: state === "late" || state === "silent" ? causeOf(register, facts)?.text ?? null : null,
  };
}
