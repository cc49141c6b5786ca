/**
 * What comes and goes is one trouble, not many: when a finding has opened too often in a while, the next opening is told as unstable and
 * stays open through its good moments, until it has been steady for long. So nobody gets a message every two minutes all evening.
 */
import type { Incident, Spell, Unstable } from "./incident.ts";
import type { Severity } from "./rule.ts";
import { count, span } from "./words.ts";

export const UNSTABLE_WINDOW_MS = 15 * 60_000; // how far back openings count
export const UNSTABLE_OPENINGS = 3; // once is an event, twice a coincidence
export const STEADY_MS = 5 * 60_000; // without a spell for so long, it is over
export const SPELLS_MAX = 200; // kept one by one; an evening of one a minute and a half

/** The openings that still count at `now`. */
export function lately(openings: readonly number[] = [], now: number): readonly number[] {
  return openings.filter((at) => now - at < UNSTABLE_WINDOW_MS && at <= now);
}

/** What an incident that opens now is, after those that opened lately: unstable, or not. */
export function unstableAfter(earlier: readonly number[], since: number, now: number): Unstable | undefined {
  const falls = earlier.length + 1;
  return falls < UNSTABLE_OPENINGS ? undefined : { falls, since: earlier[0] ?? now, spells: [{ since }] };
}

/** True while the trouble of an unstable incident is really there. Any other is there for as long as it is open. */
export function isThere({ unstable }: Pick<Incident, "unstable">): boolean {
  return unstable === undefined || unstable.spells.at(-1)?.until === undefined;
}

/** It fell again. Beyond the limit the last spell takes the new one in, so that trouble is never counted as less. */
export function fallenAgain({ falls, since, spells }: Unstable, at: number): Unstable {
  const { until, ...last } = spells.at(-1) ?? { since: at };
  const full = spells.length >= SPELLS_MAX;
  const from = Math.max(at, until ?? at); // two spells share no moment
  const next: Spell[] = full ? [...spells.slice(0, -1), last] : [...spells, { since: from }];
  return { falls: falls + 1, since, spells: next };
}

/** The spell that is there is so grave now: of one that has been graver nothing is taken back. */
export function spellAt({ falls, since, spells }: Unstable, severity: Severity): Unstable {
  const last = spells.at(-1);
  const worst = last?.worst === "fail" ? last.worst : severity;
  return last === undefined || last.worst === worst
    ? { falls, since, spells }
    : { falls, since, spells: [...spells.slice(0, -1), { ...last, worst }] };
}

/** The spell that was there is over. */
export function calmed({ falls, since, spells }: Unstable, at: number): Unstable {
  const last = spells.at(-1);
  return last === undefined
    ? { falls, since, spells }
    : { falls, since, spells: [...spells.slice(0, -1), { ...last, until: at }] };
}

/** How an unstable incident is told. `said` is what its rule says of it now; absent while all is well. */
export function toldUnstable(
  { title, name, said }: { readonly title: string; readonly name: string; readonly said?: string },
  { falls, since, spells }: Unstable,
): { title: string; headline: string; text: string } {
  const times = `${count(falls, "time")} in ${span((spells.at(-1)?.since ?? since) - since)}`;
  const steady = `once it has been steady for ${span(STEADY_MS)}`;
  return {
    title: `${title}, again and again`,
    headline: `${name} comes and goes.`,
    text: said === undefined
      ? `${name}: “${title}” came and went ${times}. It is fine just now; this ends ${steady}.`
      : `${said} It has come and gone ${times}, so it is told once and ends ${steady}.`,
  };
}
