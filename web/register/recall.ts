/**
 * Asking the hub for a tab of an earlier day, by its number. Registers let go of those; the hub has all of them. What it finds comes by sync
 * and is here like any other.
 */
import { signal } from "@preact/signals";
import { CheckNumber } from "../../shared/check/op.ts";
import { NUMBERS_MAX, type Recall, type Recalled } from "../../shared/wire.ts";

export const ANSWER_MAX_MS = 8_000; // on a local network it takes milliseconds; a loss of the session is noticed within 12 s

/** How it stands with what was asked for last. */
export type RecallState =
  | { readonly kind: "asking"; readonly numbers: readonly string[]; readonly since: number }
  | { readonly kind: "found" | "none" | "unanswered"; readonly numbers: readonly string[] };

export interface RecallDeps {
  readonly say: (message: Recall) => boolean; // false: there is no session
  readonly now: () => number;
}

export class Recalls {
  readonly #deps: RecallDeps;
  readonly understood = signal(false); // the hub of this session can be asked
  readonly state = signal<RecallState | null>(null);

  constructor(deps: RecallDeps) {
    this.#deps = deps;
  }

  ask(numbers: readonly string[]): void {
    const sent = this.#deps.say({ type: "recall", numbers: [...numbers] });
    this.state.value = sent ? { kind: "asking", numbers, since: this.#deps.now() } : { kind: "unanswered", numbers };
  }

  hear({ numbers, checks }: Recalled): void {
    if (this.#of(numbers)) this.state.value = { kind: checks.length > 0 ? "found" : "none", numbers };
  }

  /** The session has ended. */
  hubAway(): void {
    this.understood.value = false;
    const { value } = this.state;
    if (value?.kind === "asking") this.state.value = { kind: "unanswered", numbers: value.numbers };
  }

  /** Call about once a second. */
  tick(): void {
    const { value } = this.state;
    if (value?.kind === "asking" && this.#deps.now() - value.since > ANSWER_MAX_MS) {
      this.state.value = { kind: "unanswered", numbers: value.numbers };
    }
  }

  #of(numbers: readonly string[]): boolean {
    return this.state.value?.numbers.join() === numbers.join();
  }
}

/** The numbers that `typed` may mean: `b12` is B12, `12` is that of each register. Empty: it is no number. */
export function numbersMeant(typed: string, letters: readonly string[]): string[] {
  const [sought = ""] = typed.trim().toUpperCase().split("·");
  const meant = /^[0-9]+$/.test(sought) ? [...new Set(letters)].map((letter) => letter + sought) : [sought];
  return meant.filter((number) => CheckNumber.safeParse(number).success).slice(0, NUMBERS_MAX);
}
