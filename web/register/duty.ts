/** Who is at work on this register: nobody is asked where the venue names no staff; otherwise one person, signed in by PIN. */
import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { Config } from "../../shared/api.ts";
import { pinWaitMs, type StaffMember } from "../../shared/staff.ts";
import { type Attempts, keepAttempts, NO_ATTEMPTS, readAttempts, type Shelf } from "./kept.ts";

export type DutyState =
  | { readonly kind: "open" } // the venue names no staff
  | { readonly kind: "locked"; readonly staff: readonly StaffMember[] }
  | { readonly kind: "signed-in"; readonly person: StaffMember };

type Refusal = "wrong" | "wait" | "gone"; // gone: removed, or no manager any more, while the PIN was typed
export type SignIn = "welcome" | Refusal;
/** `by`: the manager, as the op is to name them. */
export type Leave = { readonly ok: true; readonly by: string } | { readonly ok: false; readonly why: Refusal };

export interface DutyDeps {
  readonly config: ReadonlySignal<Config | undefined>;
  readonly shelf: Shelf;
  readonly now: () => number;
  readonly pinMatches: (pin: string, hash: string) => Promise<boolean>;
}

const FORGET_MS = 60 * 60_000; // wrong PINs of that long ago: five an hour find no PIN in a year

export class Duty {
  readonly #deps: DutyDeps;
  readonly #attempts = signal<Attempts>(NO_ATTEMPTS);
  readonly #signedIn = signal<StaffMember | null>(null); // in memory only: a page that was closed asks again

  /** A person who was removed, or got another PIN, is not signed in any more. */
  readonly state = computed((): DutyState => {
    const staff = this.#deps.config.value?.staff ?? [];
    if (staff.length === 0) return { kind: "open" };
    const before = this.#signedIn.value;
    const person = staff.find(({ id, pinHash }) => id === before?.id && pinHash === before.pinHash);
    return person ? { kind: "signed-in", person } : { kind: "locked", staff };
  });

  constructor(deps: DutyDeps) {
    this.#deps = deps;
  }

  /** Wrong PINs count on through a reload. */
  async load(): Promise<void> {
    this.#attempts.value = await readAttempts(this.#deps.shelf);
  }

  /** How long until a PIN may be tried, in ms. */
  waitMs(now: number): number {
    return pinWaitMs(this.#attempts.value, now);
  }

  /** Who may allow what the person at work may not do alone. */
  get managers(): readonly StaffMember[] {
    return (this.#deps.config.value?.staff ?? []).filter(({ role }) => role === "manager");
  }

  async signIn(id: string, pin: string): Promise<SignIn> {
    const person = await this.#prove(this.#deps.config.value?.staff ?? [], id, pin);
    if (typeof person === "string") return person;
    this.#signedIn.value = person;
    return "welcome";
  }

  /** A manager's PIN for one act: nothing of it is kept, and whoever is signed in stays so. */
  async allow(id: string, pin: string): Promise<Leave> {
    const manager = await this.#prove(this.managers, id, pin);
    return typeof manager === "string" ? { ok: false, why: manager } : { ok: true, by: manager.name };
  }

  lock(): void {
    this.#signedIn.value = null;
  }

  /**
   * A try counts as wrong from its beginning, so that ending the page in the middle wins nothing. A right PIN takes back the wrong ones of its
   * own person only: who guesses at a manager's cannot wipe that out by signing in themselves.
   */
  async #prove(among: readonly StaffMember[], id: string, pin: string): Promise<StaffMember | Refusal> {
    const { now, pinMatches } = this.#deps;
    if (this.waitMs(now()) > 0) return "wait";
    const person = among.find((each) => each.id === id);
    if (!person) return "gone";
    const { wrong, of } = now() - this.#attempts.value.at > FORGET_MS ? NO_ATTEMPTS : this.#attempts.value;
    await this.#count({ wrong: wrong + 1, at: now(), of: { ...of, [id]: (of[id] ?? 0) + 1 } });
    if (!await pinMatches(pin, person.pinHash)) return "wrong";
    const tried = this.#attempts.value;
    await this.#count({ ...tried, wrong: tried.wrong - (tried.of[id] ?? 0), of: { ...tried.of, [id]: 0 } });
    return person;
  }

  async #count(attempts: Attempts): Promise<void> {
    this.#attempts.value = attempts;
    await keepAttempts(this.#deps.shelf, attempts).catch(() => {}); // storage is told of elsewhere; memory counts on
  }
}
