/** Where the venue changes: registers come and go, are renamed, and settings are set. Registers that are connected are told at once. */
import type { Settings } from "../shared/api.ts";
import type { RegisterId } from "../shared/ids.ts";
import type { RegisterFacts } from "../shared/rules/facts.ts";
import { CLOSE, type HubMessage } from "../shared/wire.ts";
import type { Health } from "./health.ts";
import type { Presence } from "./presence.ts";
import type { RegisterRow } from "./store/venue.ts";
import type { Venue } from "./venue.ts";

export interface DeskDeps {
  readonly venue: Venue;
  readonly health: Health;
  readonly presence: Presence;
  readonly standing: (register: RegisterId) => Omit<Extract<HubMessage, { type: "settings" }>, "type">;
  readonly removed: (register: RegisterFacts) => void; // what was last known of it
}

export class Desk {
  readonly #deps: DeskDeps;

  constructor(deps: DeskDeps) {
    this.#deps = deps;
  }

  /** A register has enrolled; what it said of itself while doing so is shown before its first heartbeat. */
  enrolled(register: RegisterRow, self: Pick<RegisterFacts, "app" | "device">): void {
    this.#deps.health.add({ ...register, facts: self });
  }

  rename(register: RegisterId, name: string): void {
    this.#deps.venue.rename(register, name);
    this.#deps.health.rename(register, name);
    this.announce();
  }

  /** Un-enrols at once: its token opens nothing any more and its session ends. */
  remove(register: RegisterId): void {
    const { venue, health, presence, removed } = this.#deps;
    const known = health.register(register);
    venue.remove(register);
    health.remove(register);
    if (known) removed(known);
    presence.get(register)?.socket.close(CLOSE.unknownToken);
    presence.forget(register);
  }

  /** Whether a register can be asked for a walk test: it is here, and its app knows what that is. */
  canWalk(register: RegisterId): boolean {
    return this.#deps.presence.get(register)?.walks === true;
  }

  /** Asks a register for a walk test at a spot. */
  askToWalk(register: RegisterId, spot: string): "asked" | "away" | "cannot" {
    const session = this.#deps.presence.get(register);
    if (!session?.walks) return session ? "cannot" : "away";
    session.socket.send({ type: "walk", spot });
    return "asked";
  }

  change(settings: Partial<Settings>): Settings {
    const { venue, health } = this.#deps;
    venue.change(settings, health.all().filter((register) => register.state?.shiftOpen).map(({ id }) => id));
    this.announce();
    return venue.settings;
  }

  /** Tells every register that is connected how it stands: at once, so that it fetches settings that are newer than its own. */
  announce(): void {
    for (const session of this.#deps.presence.all()) {
      session.socket.send({ type: "settings", ...this.#deps.standing(session.register) });
    }
  }
}
