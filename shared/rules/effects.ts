/**
 * What an open finding holds back: a router that is down and the registers that are not heard because of it are one incident, and this
 * is the list that it carries. Only what began with it is its effect; a register that was silent an hour before is not, nor is a modem that a router
 * waits for while it starts.
 */
import type { Block } from "./block.ts";
import type { Effect, IncidentRow, Watch } from "./incident.ts";
import { findingKey, type Reading } from "./rule.ts";
import { list } from "./words.ts";

export const EFFECT_SLACK_MS = 2 * 60_000; // silence is noticed before two rounds of probes agree on the router
export const EFFECTS_MAX = 200; // of one incident: more than a venue has registers and rules that depend on one thing

type Watches = Readonly<Record<string, Watch>>;

/** The watches with what each open finding holds back in this round, and a row for each whose list changed. */
export function withEffects(
  watches: Watches,
  readings: readonly Reading[],
  { blocks, now }: { readonly blocks: (reading: Reading) => Block; readonly now: number },
): { watches: Watches; rows: IncidentRow[] } {
  const held = Map.groupBy(readings, (reading) => {
    const block = blocks(reading);
    return block.kind === "parent" && block.open ? rootOf(block.key, watches) : undefined;
  });
  const next: Record<string, Watch> = { ...watches };
  const rows: IncidentRow[] = [];
  for (const [key, { incident, ...waits }] of Object.entries(watches)) {
    if (incident === undefined) continue;
    const before = incident.effects ?? [];
    const span = { from: incident.since - EFFECT_SLACK_MS, to: waits.brokenAt ?? -Infinity };
    const effects = (held.get(key) ?? []).reduce((known, reading) => noted(known, reading, span, now), before);
    const changed = { ...incident, effects, text: textWith(incident.text, before, effects) };
    if (effects !== before) rows.push({ kind: "changed", incident: { ...changed, changedAt: now }, quiet: true });
    if (effects.length > 0) {
      next[key] = { ...waits, incident: rows.at(-1)?.incident.id === incident.id ? rows.at(-1)!.incident : changed };
    }
  }
  return { watches: next, rows };
}

/** The finding at the top: an effect of an effect is told where everybody looks. */
function rootOf(key: string, watches: Watches): string {
  const seen = new Set([key]);
  let at = key;
  for (
    let up = watches[at]?.incident?.under;
    up && !seen.has(up) && watches[up]?.incident;
    up = watches[at]?.incident?.under
  ) {
    seen.add(up);
    at = up;
  }
  return at;
}

/** `span`: in which a new effect of it must have begun. */
function noted(
  effects: readonly Effect[],
  reading: Reading,
  span: { readonly from: number; readonly to: number },
  now: number,
): readonly Effect[] {
  const { rule: { code }, subject, outcome } = reading;
  const at = effects.findIndex((effect) => effect.code === code && effect.subject === subject);
  const known = effects[at];
  switch (outcome.kind) {
    case "unknown":
      return effects;
    case "healthy":
      return known && known.until === undefined ? effects.with(at, { ...known, until: now }) : effects;
    case "broken": {
      if (known) return known.until === undefined ? effects : effects.with(at, { ...known, until: undefined });
      const since = outcome.since ?? now;
      if (since < span.from || since > span.to || effects.length >= EFFECTS_MAX) return effects;
      return [...effects, { code, subject, name: reading.name ?? subject, since }];
    }
  }
}

/** The parent says so itself, after its own words. */
function textWith(text: string, before: readonly Effect[], after: readonly Effect[]): string {
  const old = sentence(before);
  const own = old !== "" && text.endsWith(old) ? text.slice(0, -old.length).trimEnd() : text;
  return [own, sentence(after)].filter(Boolean).join(" ");
}

function sentence(effects: readonly Effect[]): string {
  const names = effects.filter(({ code, until }) => code === "register-silent" && until === undefined)
    .map(({ name }) => name);
  if (names.length === 0) return "";
  return `Because of it the hub does not hear ${list(names)}.`;
}

/** The key of an effect's finding. */
export function effectKey({ code, subject }: Effect): string {
  return findingKey(code, subject);
}
