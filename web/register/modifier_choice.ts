/** What is chosen of an item's modifiers: for each group the places of its options, in the order of the menu. */
import { type MenuItem, type ModifierGroup, type ModifierOption, MODIFIERS_MAX } from "../../shared/menu.ts";

export type Choice = readonly (readonly number[])[];

export function nothingChosen(groups: readonly ModifierGroup[]): Choice {
  return groups.map(() => []);
}

/** A tap on an option. Of one that excludes the others, the last tapped stands; beyond what is allowed nothing changes. */
export function toggle(groups: readonly ModifierGroup[], choice: Choice, group: number, option: number): Choice {
  const { min, max } = groups[group]!;
  const chosen = choice[group]!;
  const put = (next: readonly number[]) => choice.map((each, index) => index === group ? next : each);
  if (chosen.includes(option)) return min === 1 && max === 1 ? choice : put(chosen.filter((each) => each !== option));
  if (max === 1) return put([option]);
  const isFull = chosen.length >= max || choice.flat().length >= MODIFIERS_MAX;
  return isFull ? choice : put([...chosen, option].sort((a, b) => a - b));
}

/** The first group of which too little is chosen. */
export function missing(groups: readonly ModifierGroup[], choice: Choice): ModifierGroup | undefined {
  return groups.find(({ min }, index) => choice[index]!.length < min);
}

export function chosenOf(groups: readonly ModifierGroup[], choice: Choice): ModifierOption[] {
  return groups.flatMap(({ options }, index) => choice[index]!.map((place) => options[place]!));
}

export function priceOf({ price, modifiers }: MenuItem, choice: Choice): number {
  return chosenOf(modifiers, choice).reduce((sum, option) => sum + option.price, price);
}

/** How many options a group wants, for people. */
export function countWords({ min, max, options }: ModifierGroup): string {
  if (min === max) return `Choose ${min}`;
  if (min === 0) return max === options.length ? "As you like" : `Up to ${max}`;
  return max === options.length ? `At least ${min}` : `${min} to ${max}`;
}
