/** What is known of a register after it was heard other than by a heartbeat: any message, or its last words. */
import type { LastWordsRequest } from "../last_words.ts";
import type { RegisterFacts } from "./facts.ts";
import { absenceAfter, fallsAfter, isFall, wordsAfter } from "./traces.ts";

/** After any message that reached us at `now`. */
export function noteHeard(register: RegisterFacts, now: number): RegisterFacts {
  const absence = absenceAfter(register.absence, register.heardAt, now);
  return { ...register, heardAt: now, heardSinceStart: true, absence };
}

/** After its last words. It was alive to say them. */
export function noteLastWords(register: RegisterFacts, said: LastWordsRequest, now: number): RegisterFacts {
  const { kind, idleSeconds } = said;
  const before = register.lastWords;
  const lastWords = wordsAfter(before, { kind, at: now, sentAt: Date.parse(said.sentAt) }, register.beatSentAt);
  const falls = fallsAfter(register.falls ?? [], isFall(before, lastWords) ? idleSeconds : undefined, now);
  return { ...noteHeard(register, now), lastWords, falls };
}
