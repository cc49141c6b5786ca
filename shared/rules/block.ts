/**
 * Why a finding is not judged in a round: something it depends on is wrong. When the router is down, a register that is not heard is
 * neither well nor ill, and to name it would send people to the wrong place.
 */
import { findingKey, PLACES, type Reading, type Rule } from "./rule.ts";

export type Block =
  | { readonly kind: "none" }
  | { readonly kind: "parent"; readonly key: string; readonly open: boolean } // a parent is broken or open
  | { readonly kind: "returning"; readonly key: string }; // a parent has just ended

/**
 * Tells for each finding of a round what blocks it: a parent, or a parent's parent, about the same subject or about a place that all share, or that it hangs on.
 * `isOpen` says which findings are open, `returning` which have ended so lately that what depends on them may still come back.
 */
export function blocksIn(
  readings: readonly Reading[],
  isOpen: (key: string) => boolean,
  returning: Readonly<Record<string, number>>,
): (rule: Rule, subject: string) => Block {
  const dependsOn = new Map(readings.map(({ rule }) => [rule.code, rule.dependsOn]));
  const broken = new Set(
    readings.flatMap(({ rule, subject, outcome }) => outcome.kind === "broken" ? [findingKey(rule.code, subject)] : []),
  );
  const within = new Map(readings.flatMap((reading) => reading.within ? [[reading.subject, reading.within]] : []));
  const returns = new Set(Object.keys(returning)); // as it is when the round begins
  const codesOf = new Map<string, readonly string[]>(); // by the code of what depends on them: many subjects ask the same
  const causesOf = ({ code, dependsOn: own }: Rule) => {
    const known = codesOf.get(code) ?? [...ancestors(own, dependsOn)];
    codesOf.set(code, known);
    return known;
  };
  return (rule, subject) => {
    if (rule.dependsOn.length === 0) return { kind: "none" };
    const subjects = new Set([subject, ...within.get(subject) ?? [], ...PLACES]);
    const keys = causesOf(rule).flatMap((code) => [...subjects].map((each) => findingKey(code, each)));
    const open = keys.find(isOpen);
    if (open !== undefined) return { kind: "parent", key: open, open: true };
    const pending = keys.find((key) => broken.has(key));
    if (pending !== undefined) return { kind: "parent", key: pending, open: false };
    const back = keys.find((key) => returns.has(key));
    return back === undefined ? { kind: "none" } : { kind: "returning", key: back };
  };
}

/** The codes a rule depends on, and those that these depend on, and so on. */
function ancestors(
  codes: readonly string[],
  dependsOn: ReadonlyMap<string, readonly string[]>,
  found: Set<string> = new Set(),
): Set<string> {
  for (const code of codes) {
    if (found.has(code)) continue;
    found.add(code);
    ancestors(dependsOn.get(code) ?? [], dependsOn, found);
  }
  return found;
}
