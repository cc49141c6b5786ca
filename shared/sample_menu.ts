/** A small menu, so that a new venue can sell within a minute of setup. */
import { forSale, type Menu, type MenuEntry, type MenuItem, type ModifierGroup, type VenueTax } from "./menu.ts";

const SALES_TAX: VenueTax = { id: "sales", name: "Sales tax", rate: 887.5, mode: "exclusive" };

const DRESSING: ModifierGroup = {
  name: "Dressing",
  min: 1,
  max: 1,
  options: [{ name: "House", price: 0 }, { name: "Caesar", price: 0 }, { name: "None", price: 0 }],
};
const EXTRAS: ModifierGroup = {
  name: "Extras",
  min: 0,
  max: 3,
  options: [{ name: "Chicken", price: 300 }, { name: "Feta", price: 200 }, { name: "Egg", price: 150 }],
};
const SIZE: ModifierGroup = {
  name: "Size",
  min: 1,
  max: 1,
  options: [{ name: "Cup", price: 0 }, { name: "Pot", price: 250 }],
};
const MILK: ModifierGroup = {
  name: "Milk",
  min: 0,
  max: 1,
  options: [{ name: "Oat", price: 60 }, { name: "Soy", price: 60 }],
};

const ROWS: readonly (readonly [string, string, string, number, ...ModifierGroup[]])[] = [
  ["burger", "Burger", "Kitchen", 1450],
  ["fries", "Fries", "Kitchen", 550],
  ["salad", "House salad", "Kitchen", 1100, DRESSING, EXTRAS],
  ["soup", "Soup of the day", "Kitchen", 750],
  ["steak", "Steak", "Kitchen", 2850],
  ["pasta", "Pasta", "Kitchen", 1600],
  ["lager", "Lager", "Bar", 650],
  ["ale", "Pale ale", "Bar", 700],
  ["red", "Glass of red", "Bar", 900],
  ["white", "Glass of white", "Bar", 900],
  ["cola", "Cola", "Bar", 350],
  ["water", "Still water", "Bar", 300],
  ["espresso", "Espresso", "Coffee", 300],
  ["latte", "Latte", "Coffee", 450],
  ["tea", "Tea", "Coffee", 350, SIZE, MILK],
  ["cake", "Cake", "Dessert", 650],
];

const ITEMS: MenuEntry[] = ROWS.map(([sku, name, category, price, ...modifiers]) => {
  return { sku, name, category, price, modifiers, taxes: [SALES_TAX.id] };
});

export const SAMPLE: Menu = { items: ITEMS, taxes: [SALES_TAX] };
export const SAMPLE_MENU: readonly MenuItem[] = forSale(SAMPLE);
