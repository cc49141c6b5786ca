/** Chance from a seed: the same seed throws the same dice. */
import { seeded } from "../../shared/check/testing.ts";

export interface Dice {
  readonly next: () => number; // from 0 up to 1
  readonly below: (n: number) => number; // an integer from 0 up to n
  readonly between: (low: number, high: number) => number; // an integer, both included
  readonly chance: (probability: number) => boolean;
  readonly pick: <T>(items: readonly T[]) => T;
  readonly weighted: <T extends string>(weights: Readonly<Record<T, number>>) => T;
}

export function dice(seed: number): Dice {
  const next = seeded(seed);
  const below = (n: number) => Math.floor(next() * n);
  return {
    next,
    below,
    between: (low, high) => low + below(high - low + 1),
    chance: (probability) => next() < probability,
    pick: (items) => items[below(items.length)]!,
    weighted: <T extends string>(weights: Readonly<Record<T, number>>): T => {
      const entries = Object.entries(weights) as [T, number][];
      let left = next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [name, weight] of entries) if ((left -= weight) < 0) return name;
      return entries.at(-1)![0];
    },
  };
}

/** A seed for one purpose among many, so that what one part throws does not move the others. */
export function seedFor(seed: number, purpose: number): number {
  return (Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(purpose + 1, 0xc2b2ae35)) >>> 0;
}
