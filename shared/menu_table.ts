/**
 * A menu as rows of a spreadsheet, one an item, and back. What is wrong is named by row and column as the spreadsheet counts them, and
 * all of it at once, so that a person corrects a file in one go.
 */
import { escape, type PriceStyle, readModifiers, splitAt, unescape, writeModifiers } from "./modifier_text.ts";
import { ITEMS_MAX, type Menu, MenuEntry, type VenueTax } from "./menu.ts";
import { readPrice, writePrice } from "./price_text.ts";

export const COLUMNS = ["sku", "name", "category", "price", "tax", "modifiers"] as const;
export type Column = (typeof COLUMNS)[number];
const NEEDED: readonly Column[] = ["sku", "name", "category", "price"];
export const ISSUES_MAX = 50; // told at once; who has more has the wrong file

/** What is wrong with one cell. Rows count from 1, the row of the columns' names. */
export interface TableIssue {
  readonly row: number;
  readonly column: string; // "" for the row as a whole
  readonly message: string;
}

export type TableReading =
  | { readonly ok: true; readonly items: MenuEntry[] }
  | { readonly ok: false; readonly issues: TableIssue[] };

export function tableOf(menu: Menu, style: PriceStyle): string[][] {
  const names = new Map(menu.taxes.map(({ id, name }) => [id, name]));
  const rows = menu.items.map(({ sku, name, category, price, taxes, modifiers }) => [
    sku,
    name,
    category,
    writePrice(price, style.digits, style.decimal),
    taxes.map((id) => escape(names.get(id) ?? id)).join(" | "),
    writeModifiers(modifiers, style),
  ]);
  return [[...COLUMNS], ...rows];
}

/** Reads rows into items. A file without the columns `tax` or `modifiers` leaves those of `menu` as they are. */
export function readTable(rows: readonly (readonly string[])[], menu: Menu, digits: number): TableReading {
  const [head = [], ...body] = rows;
  const columns = head.map((name) => name.trim().toLowerCase());
  const wrong = headIssues(columns);
  if (wrong.length > 0) return { ok: false, issues: wrong };
  const before = new Map(menu.items.map((item) => [item.sku, item]));
  const seen = new Map<string, number>();
  const items: MenuEntry[] = [];
  const issues: TableIssue[] = [];
  body.forEach((cells, index) => {
    const row = index + 2;
    if (cells.every((cell) => cell.trim() === "")) return;
    const say = (column: string, message: string) => issues.push({ row, column, message });
    if (cells.length > columns.length) {
      say("", "has more cells than the first row. Put quotes round a text with commas");
    }
    const cell = (column: Column) => cells[columns.indexOf(column)]?.trim() ?? "";
    const item = readRow({ columns, cell, taxes: menu.taxes, before, digits, say });
    const earlier = seen.get(item.sku);
    if (earlier !== undefined && item.sku !== "") say("sku", `“${item.sku}” stands in row ${earlier} already`);
    seen.set(item.sku, earlier ?? row);
    items.push(item);
  });
  if (items.length > ITEMS_MAX) {
    issues.push({ row: ITEMS_MAX + 2, column: "", message: `is more than ${ITEMS_MAX} items` });
  }
  if (items.length === 0) issues.push({ row: 2, column: "", message: "There is no item in this file" });
  return issues.length === 0 ? { ok: true, items } : { ok: false, issues: issues.slice(0, ISSUES_MAX) };
}

function headIssues(columns: readonly string[]): TableIssue[] {
  const known: readonly string[] = COLUMNS;
  const say = (column: string, message: string) => ({ row: 1, column, message });
  return [
    ...NEEDED.filter((column) => !columns.includes(column)).map((column) =>
      say(column, `is missing. The first row names the columns: ${COLUMNS.join(", ")}`)
    ),
    ...columns.filter((column) => column !== "" && !known.includes(column)).map((column) =>
      say(column, `is not known. Columns are ${COLUMNS.join(", ")}`)
    ),
    ...columns.filter((column, index) => column !== "" && columns.indexOf(column) !== index).map((column) =>
      say(column, "is there twice")
    ),
  ];
}

interface Row {
  readonly columns: readonly string[];
  readonly cell: (column: Column) => string;
  readonly taxes: readonly VenueTax[];
  readonly before: ReadonlyMap<string, MenuEntry>;
  readonly digits: number;
  readonly say: (column: string, message: string) => void;
}

/** The item of a row; what is wrong with it goes to `say`, and stands for nothing then. */
function readRow({ columns, cell, taxes, before, digits, say }: Row): MenuEntry {
  const sku = cell("sku");
  const price = readPrice(cell("price"), digits);
  if (!price.ok) say("price", quoted(cell("price"), price.why));
  const modifiers = columns.includes("modifiers")
    ? readModifiers(cell("modifiers"), digits)
    : { ok: true, groups: before.get(sku)?.modifiers ?? [] } as const;
  if (!modifiers.ok) say("modifiers", modifiers.why);
  const item: MenuEntry = {
    sku,
    name: cell("name"),
    category: cell("category"),
    price: price.ok ? price.price : 0,
    modifiers: modifiers.ok ? modifiers.groups : [],
    taxes: columns.includes("tax") ? readTaxes(cell("tax"), taxes, say) : before.get(sku)?.taxes ?? [],
  };
  const parsed = MenuEntry.safeParse(item);
  if (parsed.success) return parsed.data;
  for (const { path, message } of parsed.error.issues) {
    const column = path[0] === "taxes" ? "tax" : String(path[0] ?? "");
    const value = columns.includes(column) ? cell(column as Column) : "";
    say(column, quoted(value, message));
  }
  return item;
}

function readTaxes(text: string, taxes: readonly VenueTax[], say: Row["say"]): string[] {
  const names = splitAt(text, "|").map(unescape).filter((name) => name !== "");
  const ids = names.flatMap((name) => {
    const tax = taxes.find((each) => each.name.toLowerCase() === name.toLowerCase());
    if (tax) return tax.id;
    const known = taxes.map((each) => each.name).join(", ");
    say("tax", `“${name}” is not a tax of this venue${known && ` (it has ${known})`}. Add it under Taxes first`);
    return [];
  });
  return [...new Set(ids)];
}

function quoted(value: string, message: string): string {
  return value === "" ? message : `“${value.length > 40 ? `${value.slice(0, 39)}…` : value}” ${message}`;
}
