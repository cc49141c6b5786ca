/**
 * Registers that go quiet: what they said last, and whether their address still answers. Asking is done by someone else, who takes what is to
 * be asked from here and brings what was found.
 */
import type { RegisterId } from "../shared/ids.ts";
import type { LastWordsRequest } from "../shared/last_words.ts";
import { addressToAsk } from "../shared/rules/askable.ts";
import type { Facts } from "../shared/rules/facts.ts";
import type { AddressFact } from "../shared/rules/traces.ts";
import type { Health } from "./health.ts";

export const ASK_EVERY_MS = 10_000; // one register's address: a ping and a connection, no burden for a device that may sleep
export const ASKED_FOR_MS = 10 * 60_000; // of silence: later the answer is of no use, and its address may be another's

export interface Question {
  readonly register: RegisterId;
  readonly address: string;
  readonly silentMs: number;
}

export interface SilencesDeps {
  readonly health: Pick<Health, "lastWords" | "asked">;
  readonly facts: () => Facts; // as of the last round
  readonly now: () => number;
}

export class Silences {
  readonly #deps: SilencesDeps;
  readonly #askedAt = new Map<RegisterId, number>();

  constructor(deps: SilencesDeps) {
    this.#deps = deps;
  }

  lastWords(register: RegisterId, words: LastWordsRequest): void {
    this.#deps.health.lastWords(register, words, this.#deps.now());
  }

  /** The addresses to ask now; each is given out once every ASK_EVERY_MS. */
  due(): Question[] {
    const now = this.#deps.now();
    const facts = { ...this.#deps.facts(), now };
    const questions = facts.registers.flatMap((register): Question[] => {
      const address = addressToAsk(register, facts);
      const silentMs = now - (register.heardAt ?? now);
      const sinceAskedMs = now - (this.#askedAt.get(register.id) ?? 0); // under 0: the clock was set back
      const isDue = (sinceAskedMs >= ASK_EVERY_MS || sinceAskedMs < 0) && silentMs <= ASKED_FOR_MS;
      return address !== undefined && isDue ? [{ register: register.id, address, silentMs }] : [];
    });
    const enrolled = new Set(facts.registers.map(({ id }) => id));
    for (const id of this.#askedAt.keys()) if (!enrolled.has(id)) this.#askedAt.delete(id);
    for (const { register } of questions) this.#askedAt.set(register, now);
    return questions;
  }

  found({ register, address }: Question, { answers, how }: Pick<AddressFact, "answers" | "how">): void {
    this.#deps.health.asked(register, { address, answers, how, at: this.#deps.now() });
  }
}
