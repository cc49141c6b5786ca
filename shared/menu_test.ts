import assert from "node:assert/strict";
import { LineAdd } from "./check/op.ts";
import { categoriesOf, forSale, MenuEntry, ModifierGroup, MODIFIERS_MAX } from "./menu.ts";
import { SAMPLE, SAMPLE_MENU } from "./sample_menu.ts";

const options = (count: number) => Array.from({ length: count }, (_, index) => ({ name: `o${index}`, price: 0 }));

Deno.test("[CFG11] as many modifiers as a menu allows go on one line, and no more", () => {
  const line = { kind: "line.add", check: "aaaaaaaa-0000/1", name: "Burger", price: 1, quantity: 1 };
  assert.ok(LineAdd.safeParse({ ...line, modifiers: options(MODIFIERS_MAX) }).success);
  assert.equal(LineAdd.safeParse({ ...line, modifiers: options(MODIFIERS_MAX + 1) }).success, false);
});

Deno.test("[CFG11] a group that cannot be answered is refused", () => {
  const group = { name: "Size", min: 1, max: 1, options: options(2) };
  assert.ok(ModifierGroup.safeParse(group).success);
  for (
    const wrong of [{ min: 2 }, { max: 3 }, { options: [] }, { options: [...options(1), { name: "O0", price: 1 }] }]
  ) {
    assert.equal(ModifierGroup.safeParse({ ...group, ...wrong }).success, false, JSON.stringify(wrong));
  }
  const groups = Array.from({ length: 8 }, (_, i) => ({ name: `g${i}`, min: 3, max: 3, options: options(3) }));
  assert.equal(MenuEntry.safeParse({ ...SAMPLE.items[0], modifiers: groups }).success, false);
});

Deno.test("[CFG1] the sample menu keeps its own rules, and items are sold with their taxes written out", () => {
  for (const item of SAMPLE.items) assert.deepEqual(MenuEntry.parse(item), item);
  assert.deepEqual(SAMPLE_MENU[0]?.taxes, [{ name: "Sales tax", rate: 887.5, mode: "exclusive" }]);
  assert.deepEqual(forSale({ items: SAMPLE.items, taxes: [] })[0]?.taxes, []);
});

Deno.test("the menu's categories stand in the order in which they first appear", () => {
  const item = (sku: string, category: string) => ({ sku, category });
  const categories = categoriesOf([item("a", "Kitchen"), item("b", "Bar"), item("c", "Kitchen")]);
  assert.deepEqual(categories.map(({ name, items }) => [name, items.length]), [["Kitchen", 2], ["Bar", 1]]);
});
