/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { type ModifierGroup, MODIFIERS_MAX } from "../../shared/menu.ts";
import { type Choice, chosenOf, countWords, missing, nothingChosen, priceOf, toggle } from "./modifier_choice.ts";

const option = (name: string, price = 0) => ({ name, price });
const SIZE: ModifierGroup = { name: "Size", min: 1, max: 1, options: [option("Small"), option("Large", 150)] };
const SAUCE: ModifierGroup = { name: "Sauce", min: 0, max: 1, options: [option("Mayo"), option("Mustard")] };
const SIDES: ModifierGroup = {
  name: "Sides",
  min: 1,
  max: 2,
  options: ["a", "b", "c"].map((name) => option(name, 100)),
};
const GROUPS = [SIZE, SAUCE, SIDES];

function tap(...taps: [group: number, option: number][]): Choice {
  return taps.reduce((choice, [group, option]) => toggle(GROUPS, choice, group, option), nothingChosen(GROUPS));
}

Deno.test("[CFG11] one of several: the last tapped stands, and what is needed is not taken away", () => {
  assert.deepEqual(tap([0, 0], [0, 1]), [[1], [], []]);
  assert.deepEqual(tap([0, 1], [0, 1]), [[1], [], []]);
  assert.deepEqual(tap([1, 0], [1, 1]), [[], [1], []]);
  assert.deepEqual(tap([1, 1], [1, 1]), [[], [], []]);
});

Deno.test("[CFG11] several: in the menu's order, no more than it allows, a second tap takes away", () => {
  assert.deepEqual(tap([2, 2], [2, 0], [2, 1]), [[], [], [0, 2]]);
  assert.deepEqual(tap([2, 2], [2, 0], [2, 2]), [[], [], [0]]);
});

Deno.test("[CFG11] what is missing is named until there is enough of it", () => {
  assert.equal(missing(GROUPS, tap())?.name, "Size");
  assert.equal(missing(GROUPS, tap([0, 0]))?.name, "Sides");
  assert.equal(missing(GROUPS, tap([0, 0], [2, 1])), undefined);
});

Deno.test("[CFG11] one line carries no more than an op does, over all groups", () => {
  const many = (name: string) => ({
    name,
    min: 0,
    max: 15,
    options: Array.from({ length: 15 }, (_, i) => option(`${i}`)),
  });
  const groups = [many("A"), many("B")];
  let choice = nothingChosen(groups);
  for (const group of [0, 1]) for (let i = 0; i < 15; i++) choice = toggle(groups, choice, group, i);
  assert.equal(chosenOf(groups, choice).length, MODIFIERS_MAX);
});

Deno.test("[CFG11] what is chosen adds to the price, with its name", () => {
  const choice = tap([0, 1], [2, 0], [2, 1]);
  const item = { sku: "x", name: "Burger", category: "K", price: 1000, taxes: [], modifiers: GROUPS };
  assert.deepEqual(chosenOf(GROUPS, choice).map(({ name }) => name), ["Large", "a", "b"]);
  assert.equal(priceOf(item, choice), 1350);
});

Deno.test("how many a group wants is said in few words", () => {
  const all = (min: number, max: number) => countWords({ ...SIDES, min, max });
  assert.deepEqual([all(1, 1), all(0, 1), all(0, 3), all(1, 3), all(1, 2)], [
    "Choose 1",
    "Up to 1",
    "As you like",
    "At least 1",
    "1 to 2",
  ]);
});
