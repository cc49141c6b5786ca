import assert from "node:assert/strict";
import fc from "fast-check";
import type { Menu, MenuEntry, ModifierGroup } from "../../shared/menu.ts";
import { readTable, tableOf } from "../../shared/menu_table.ts";
import { SAMPLE } from "../../shared/sample_menu.ts";
import { readCsv, SEPARATORS, writeCsv } from "./csv.ts";

const RUNS = 150;
const bytes = (text: string) => new TextEncoder().encode(text);

function rowsOf(input: Uint8Array): string[][] {
  const read = readCsv(input);
  assert.ok(read.ok, JSON.stringify(read));
  return read.rows;
}

/** Names as people and other systems give them: quotes, separators, formulas, signs of the modifiers' own notation. */
const name = (max: number) =>
  fc.string({ unit: fc.constantFrom(..."aB9é✓ ,;|:+*?{}\\\"'=-@#.\u{1F355}"), minLength: 1, maxLength: max })
    .map((text) => text.trim()).filter((text) => text !== "" && text.length <= max);
const distinct = <T extends { name: string }>(one: fc.Arbitrary<T>, maxLength: number) =>
  fc.uniqueArray(one, { minLength: 1, maxLength, selector: (each) => each.name.toLowerCase() });
const price = fc.oneof(fc.integer({ min: 0, max: 5000 }), fc.constant(1_000_000_000));
const group: fc.Arbitrary<ModifierGroup> = distinct(fc.record({ name: name(12), price }), 4).chain((options) =>
  fc.record({ name: name(10), max: fc.integer({ min: 1, max: options.length }), options: fc.constant(options) })
    .chain((each) => fc.integer({ min: 0, max: each.max }).map((min) => ({ ...each, min })))
).map(({ name, min, max, options }) => ({ name, min, max, options }));
const taxes = distinct(fc.record({ name: name(12) }), 4).map((all) =>
  all.map((each, index) => ({ id: `t${index}`, ...each, rate: 700, mode: "inclusive" as const }))
);
const menu: fc.Arbitrary<Menu> = taxes.chain((all) => {
  const item: fc.Arbitrary<MenuEntry> = fc.record({
    sku: name(12),
    name: name(20),
    category: name(12),
    price,
    modifiers: fc.oneof(fc.constant<ModifierGroup[]>([]), distinct(group, 3)),
    taxes: fc.subarray(all.map(({ id }) => id)),
  });
  const items = fc.uniqueArray(item, { minLength: 1, maxLength: 6, selector: ({ sku }) => sku });
  return items.map((some) => ({ items: some, taxes: all }));
});

Deno.test("[CFG2] a menu that is written to CSV and read back is the same menu", () => {
  const seed = crypto.getRandomValues(new Int32Array(1))[0]!;
  console.log(`seed ${seed}`);
  const lineEnding = fc.constantFrom("\r\n", "\n");
  fc.assert(
    fc.property(menu, fc.constantFrom(...SEPARATORS), lineEnding, fc.boolean(), (before, separator, ending, bom) => {
      const style = { digits: 2, decimal: separator === ";" ? "," : "." } as const;
      let text = writeCsv(tableOf(before, style), separator).replaceAll("\r\n", ending);
      if (!bom) text = text.replace("\uFEFF", "");
      const read = readTable(rowsOf(bytes(text)), before, 2);
      assert.deepEqual(read, { ok: true, items: structuredClone(before.items) }); // without fast-check's own prototypes
    }),
    { seed, numRuns: RUNS },
  );
});

Deno.test("[CFG2] the sample menu reads well in a spreadsheet", () => {
  const text = writeCsv(tableOf(SAMPLE, { digits: 2, decimal: "." }), ",");
  const lines = text.split("\r\n");
  assert.equal(lines[0], "\uFEFFsku,name,category,price,tax,modifiers");
  assert.equal(
    lines[15],
    "tea,Tea,Coffee,3.50,Sales tax,Size: Cup +0.00 | Pot +2.50; Milk?: Oat +0.60 | Soy +0.60",
  );
  assert.equal(lines.at(-1), "");
});

Deno.test("[CFG5] no cell that leaves begins a formula, also behind quotes and apostrophes, and none is changed", () => {
  const nasty = ["=1+1", "+1", "-2", "@SUM(A1)", "\tx", '=cmd|"/c"!A1', "'=1", "''-", "'fine", "fine", "a=1"];
  const head = nasty.map((_, index) => `column${index}`);
  const text = writeCsv([head, nasty], ",");
  for (const cell of text.split("\r\n")[1]!.match(/("([^"]|"")*"|[^,]*)(,|$)/g)!.filter((each) => each !== "")) {
    assert.doesNotMatch(cell.replace(/^"/, ""), /^[=+\-@\t\r]/);
  }
  assert.deepEqual(rowsOf(bytes(text)), [head, nasty]);
});

Deno.test("[CFG2] what spreadsheets write is read: any ending, separator and encoding", () => {
  const wanted = [["sku", "name"], ["a", "Crème, brûlée"], ["b", 'The "big"; one\n2']];
  const quoted = '\uFEFFsku,name\r\na,"Crème, brûlée"\r\nb,"The ""big""; one\n2"\r\n';
  const euro = 'sku;name\na;Crème, brûlée\nb;"The ""big""; one\n2"';
  assert.deepEqual(rowsOf(bytes(quoted)), wanted);
  assert.deepEqual(rowsOf(bytes(euro)), wanted);
  assert.deepEqual(rowsOf(bytes(euro.replaceAll(";", "\t").replace("\t one", "; one"))), wanted);
  assert.deepEqual(rowsOf(Uint8Array.from(euro, (sign) => sign.charCodeAt(0))), wanted); // windows-1252
  const wide = new Uint8Array([
    0xff,
    0xfe,
    ...new Uint8Array(Uint16Array.from(euro, (sign) => sign.charCodeAt(0)).buffer),
  ]);
  assert.deepEqual(rowsOf(wide), wanted);
  assert.deepEqual(rowsOf(bytes('sku\r5" pipe\r')), [["sku"], ['5" pipe']]);
});

Deno.test("[CFG3] a quote without an end is named by its row, and an empty file has no rows", () => {
  const read = readCsv(bytes('sku,name\na,"open\nb,c\n'));
  assert.ok(!read.ok && read.issue.row >= 2, JSON.stringify(read));
  assert.deepEqual(rowsOf(bytes("")), []);
});
