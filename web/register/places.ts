/**
 * Keeps things on a screen where they were: what is new comes last, and what is gone leaves its place standing until the list is looked
 * at afresh. So nothing moves under a finger when another register adds or closes a check.
 */

/** The ids in their places: those that stood there first, in that order, then the new ones in the order given. */
export function keepPlaces(stood: readonly string[], now: readonly string[]): string[] {
  const before = new Set(stood);
  return [...stood, ...now.filter((id) => !before.has(id))];
}
