/** What is whose on this register, and what who is signed in may do alone. */
import type { ReadonlySignal } from "@preact/signals";
import type { Config } from "../../shared/api.ts";
import { type Action, can, type Role } from "../../shared/staff.ts";
import type { Viewer } from "./board_view.ts";
import type { Duty } from "./duty.ts";
import type { Enrolment } from "./kept.ts";

const NO_LIMIT_PERCENT = 100; // until the hub has told

interface WhoDeps {
  readonly enrolment: ReadonlySignal<Enrolment>;
  readonly config: ReadonlySignal<Config | undefined>;
  readonly duty: Duty;
}

export class Who {
  readonly #deps: WhoDeps;

  constructor(deps: WhoDeps) {
    this.#deps = deps;
  }

  /** Undefined while nobody is signed in. */
  get name(): string | undefined {
    return this.#person?.name;
  }

  get role(): Role | undefined {
    return this.#person?.role;
  }

  get viewer(): Viewer {
    return { register: this.#deps.enrolment.value.registerId, staff: this.name };
  }

  may(action: Action): boolean {
    const discountPercent = this.#deps.config.value?.discountPercent ?? NO_LIMIT_PERCENT;
    return can(this.role, action, { discountPercent });
  }

  get #person(): { readonly name: string; readonly role: Role } | undefined {
    const state = this.#deps.duty.state.value;
    return state.kind === "signed-in" ? state.person : undefined;
  }
}
