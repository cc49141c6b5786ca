import assert from "node:assert/strict";
import { menuChanges } from "./menu_changes.ts";
import { ITEMS_MAX } from "./menu.ts";
import { ISSUES_MAX, readTable } from "./menu_table.ts";
import { SAMPLE } from "./sample_menu.ts";

const HEAD = ["sku", "name", "category", "price", "tax", "modifiers"];
const read = (...rows: string[][]) => readTable(rows, SAMPLE, 2);

function issues(...rows: string[][]): string[] {
  const found = read(...rows);
  assert.ok(!found.ok, "nothing was found wrong");
  return found.issues.map(({ row, column, message }) => `${row} ${column}: ${message}`);
}

Deno.test("[CFG3] every bad cell is named by its row and column, in one go", () => {
  const said = issues(
    HEAD,
    ["ale", "Pale ale", "Bar", "7.00", "Sales tax", ""],
    ["", "", "", "", "", ""],
    ["", "No sku", "Bar", "7.00", "", ""],
    ["ale", "Again", "Bar", "seven", "VAT", "Size"],
    ["red", "x".repeat(61), "", "9", "", "", "more"],
  );
  assert.deepEqual(said.map((each) => each.slice(0, 60)), [
    "4 sku: is empty",
    "5 price: “seven” is not a price",
    "5 modifiers: “Size” is not a name, a colon and options, as in “Size: ".slice(0, 60),
    "5 tax: “VAT” is not a tax of this venue (it has Sales tax). Add it under ".slice(0, 60),
    "5 sku: “ale” stands in row 2 already",
    "6 : has more cells than the first row. Put quotes round a tex".slice(0, 60),
    `6 name: “${"x".repeat(39)}…” is longer tha`.slice(0, 60),
    "6 category: is empty",
  ]);
});

Deno.test("[CFG3] columns that miss, are not known or stand twice are named", () => {
  assert.deepEqual(issues(["sku", "title", "price", "sku"]).map((each) => each.split(":")[0]), [
    "1 name",
    "1 category",
    "1 title",
    "1 sku",
  ]);
});

Deno.test("[CFG3] a file without items, or with too many, is refused, and so is a list of wrongs that has no end", () => {
  assert.deepEqual(issues(HEAD), ["2 : There is no item in this file"]);
  const many = Array.from({ length: ITEMS_MAX + 1 }, (_, index) => [`s${index}`, "A", "B", "1"]);
  assert.deepEqual(issues(HEAD, ...many), [`${ITEMS_MAX + 2} : is more than ${ITEMS_MAX} items`]);
  assert.equal(issues(HEAD, ...many.map(([sku]) => [sku!, "A", "B", "x"])).length, ISSUES_MAX);
});

Deno.test("[CFG2] columns come in any order; without tax and modifiers an item keeps its own", () => {
  const found = read(["Price", " NAME ", "category", "sku"], ["15,00", "House salad", "Kitchen", "salad"], [
    "3",
    "Chips",
    "Kitchen",
    "chips",
  ]);
  assert.ok(found.ok);
  const [salad, chips] = found.items;
  assert.deepEqual({ ...SAMPLE.items[2], price: 1500 }, salad);
  assert.deepEqual([chips?.taxes, chips?.modifiers], [[], []]);
});

Deno.test("[CFG4] changes say what is added, changed in which part, removed and moved", () => {
  const [first, second, ...rest] = SAMPLE.items;
  const after = [second!, { ...first!, price: 1, taxes: [] }, ...rest.slice(1), { ...first!, sku: "new", name: "New" }];
  assert.deepEqual(menuChanges(SAMPLE.items, after), {
    added: [{ sku: "new", name: "New" }],
    changed: [{ sku: "burger", name: "Burger", what: ["price", "taxes"] }],
    removed: [{ sku: "salad", name: "House salad" }],
    order: "other",
  });
  assert.deepEqual(menuChanges(SAMPLE.items, [...SAMPLE.items]), {
    added: [],
    changed: [],
    removed: [],
    order: "same",
  });
});
