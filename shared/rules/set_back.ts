/**
 * The hub's clock was set back: what was noted by it moves along, so that each age stays what it was and nothing lies ahead of now. Else a
 * register that went quiet would count as heard until the clock is there again, and what it last measured as new.
 */
import type { HubFact, RegisterFacts } from "./facts.ts";
import type { Incident } from "./incident.ts";
import type { NetworkFact } from "./ladder.ts";

/** A register's facts, by so many milliseconds earlier. When it was enrolled is history, and stays. */
export function registerSetBack(register: RegisterFacts, byMs: number): RegisterFacts {
  const earlier = earlierBy(byMs);
  const { session, lastWords, address, absence, move, offer } = register;
  return {
    ...register,
    ...times(register, [
      "heardAt",
      "versionChangedAt",
      "networkAt",
      "hiddenSince",
      "configBehindSince",
      "unsyncedSince",
    ], byMs),
    clock: undefined, // it was told by the clock that was set
    session: session && { ...session, ...times(session, ["openSince", "closedAt"], byMs) },
    lastWords: lastWords && { ...lastWords, at: earlier(lastWords.at) },
    offer: offer && { ...offer, at: earlier(offer.at) },
    address: address && { ...address, at: earlier(address.at) },
    absence: absence && { from: earlier(absence.from), to: earlier(absence.to) },
    move: move && { ...move, at: earlier(move.at) },
    signal: register.signal.map((reading) => ({ ...reading, at: earlier(reading.at) })),
    falls: register.falls?.map((fall) => ({ ...fall, at: earlier(fall.at) })),
    macs: register.macs?.map((seen) => ({ ...seen, since: earlier(seen.since), at: earlier(seen.at) })),
    rtts: register.rtts?.map((reading) => ({ ...reading, at: earlier(reading.at) })),
  };
}

export function networkSetBack(network: NetworkFact, byMs: number): NetworkFact {
  const last = { ...network.last, ...times(network.last, ["since"], byMs) };
  return { ...network, ...times(network, ["since", "checkedAt"], byMs), last };
}

export function storageErrorSetBack(fault: HubFact["storageError"], byMs: number): HubFact["storageError"] {
  return fault && { ...fault, ...times(fault, ["at"], byMs) };
}

/** An open incident, with all that hangs on it. */
export function incidentSetBack(incident: Incident, byMs: number): Incident {
  const { effects, unstable } = incident;
  return {
    ...incident,
    ...times(incident, ["since", "openedAt", "changedAt"], byMs),
    ...(effects
      ? { effects: effects.map((effect) => ({ ...effect, ...times(effect, ["since", "until"], byMs) })) }
      : {}),
    ...(unstable
      ? {
        unstable: {
          falls: unstable.falls,
          ...times(unstable, ["since"], byMs),
          spells: unstable.spells.map((spell) => ({ ...spell, ...times(spell, ["since", "until"], byMs) })),
        },
      }
      : {}),
  };
}

function earlierBy(byMs: number): (at: number) => number {
  return (at) => at - byMs;
}

/** These times of a thing, earlier; one that is absent stays so. */
function times<K extends string, T extends { readonly [P in K]?: number }>(
  thing: T,
  keys: readonly K[],
  byMs: number,
): Pick<T, K> {
  const known = keys.filter((key) => thing[key] !== undefined);
  return Object.fromEntries(known.map((key) => [key, thing[key]! - byMs])) as Pick<T, K>;
}
