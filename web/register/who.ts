/** Who stands at this register, what is theirs, and what they may do alone. */
import { type ReadonlySignal, signal } from "@preact/signals";
import type { Config } from "../../shared/api.ts";
import { type Action, can, type Role } from "../../shared/staff.ts";
import type { Viewer } from "./board_view.ts";
import type { Enrolment } from "./kept.ts";

const NO_LIMIT_PERCENT = 100; // until the hub has told

/** Who is signed in on this register. */
export interface SignedIn {
  readonly name: string;
  readonly role: Role;
}

export class Who {
  readonly staff = signal<SignedIn | undefined>(undefined); // nobody: the venue asks for no PIN
  readonly #enrolment: ReadonlySignal<Enrolment>;
  readonly #config: ReadonlySignal<Config | undefined>;

  constructor(enrolment: ReadonlySignal<Enrolment>, config: ReadonlySignal<Config | undefined>) {
    this.#enrolment = enrolment;
    this.#config = config;
  }

  get name(): string | undefined {
    return this.staff.value?.name;
  }

  get viewer(): Viewer {
    return { register: this.#enrolment.value.registerId, staff: this.name };
  }

  may(action: Action): boolean {
    const discountPercent = this.#config.value?.discountPercent ?? NO_LIMIT_PERCENT;
    return can(this.staff.value?.role, action, { discountPercent });
  }
}
