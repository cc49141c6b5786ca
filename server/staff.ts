/** Who works here, as managers set it. A PIN comes in, is hashed, and is never seen again. */
import { type Random, randomWord } from "../shared/ids.ts";
import { type Role, STAFF_MAX, type StaffMember } from "../shared/staff.ts";
import type { VenueStore } from "./store/venue.ts";

const STAFF_ID_LENGTH = 8; // 40 bits: of at most 200

export interface StaffSettingsDeps {
  readonly store: Pick<VenueStore, "setting" | "changeConfig">;
  readonly random: Random;
  readonly hashPin: (pin: string, random: Random) => Promise<string>;
}

export interface StaffFields {
  readonly name: string;
  readonly role: Role;
  readonly pin: string;
}

export type StaffOutcome = { readonly ok: true; readonly member: StaffMember } | {
  readonly ok: false;
  readonly reason: "name-taken" | "full" | "unknown";
};

export class StaffSettings {
  readonly #deps: StaffSettingsDeps;

  constructor(deps: StaffSettingsDeps) {
    this.#deps = deps;
  }

  get all(): readonly StaffMember[] {
    return (this.#deps.store.setting("staff") as StaffMember[] | undefined) ?? [];
  }

  async add({ name, role, pin }: StaffFields): Promise<StaffOutcome> {
    const { random, hashPin } = this.#deps;
    const member = { id: randomWord(random, STAFF_ID_LENGTH), name, role, pinHash: await hashPin(pin, random) };
    const { all } = this; // read after the wait, in which another may have come
    if (isTaken(all, name)) return { ok: false, reason: "name-taken" };
    if (all.length >= STAFF_MAX) return { ok: false, reason: "full" };
    this.#save([...all, member]);
    return { ok: true, member };
  }

  /** Changes what is given, keeps the rest. */
  async change(id: string, { name, role, pin }: Partial<StaffFields>): Promise<StaffOutcome> {
    const pinHash = pin === undefined ? undefined : await this.#deps.hashPin(pin, this.#deps.random);
    const { all } = this;
    const before = all.find((each) => each.id === id);
    if (!before) return { ok: false, reason: "unknown" };
    if (name !== undefined && isTaken(all.filter((each) => each !== before), name)) {
      return { ok: false, reason: "name-taken" };
    }
    const member: StaffMember = {
      id,
      name: name ?? before.name,
      role: role ?? before.role,
      pinHash: pinHash ?? before.pinHash,
    };
    this.#save(all.map((each) => each === before ? member : each));
    return { ok: true, member };
  }

  /** False when there is nobody with this id. */
  remove(id: string): boolean {
    const left = this.all.filter((each) => each.id !== id);
    if (left.length === this.all.length) return false;
    this.#save(left);
    return true;
  }

  #save(staff: readonly StaffMember[]): void {
    this.#deps.store.changeConfig({ staff });
  }
}

/** Staff find themselves by name, and ops carry it: two alike would be one person. */
function isTaken(all: readonly StaffMember[], name: string): boolean {
  return all.some((each) => each.name.toLowerCase() === name.toLowerCase());
}
