import assert from "node:assert/strict";
import { readModifiers, writeModifiers } from "./modifier_text.ts";

const STYLE = { digits: 2, decimal: "." } as const;
const size = (max: number, min = 1) => ({
  name: "Size",
  min,
  max,
  options: [{ name: "Small", price: 0 }, { name: "Large", price: 150 }, { name: "Huge", price: 300 }],
});

function why(text: string): string {
  const read = readModifiers(text, 2);
  assert.ok(!read.ok, `${text} was read`);
  return read.why;
}

Deno.test("[CFG2] modifiers are read as people write them", () => {
  const extras = { name: "Extras", min: 0, max: 1, options: [{ name: "Cheese", price: 100 }] };
  const text = " Size : Small | Large+1,50|Huge +3 ;; Extras*: Cheese +1.00; ";
  assert.deepEqual(readModifiers(text, 2), { ok: true, groups: [size(1), extras] });
  assert.deepEqual(readModifiers("  ", 2), { ok: true, groups: [] });
});

Deno.test("[CFG2] each count of options has its sign, and is read back", () => {
  const signs = [[1, 1, ""], [0, 1, "?"], [0, 3, "*"], [1, 3, "+"], [1, 2, "{1-2}"], [2, 3, "{2-3}"], [0, 2, "{0-2}"]];
  for (const [min, max, sign] of signs as [number, number, string][]) {
    const text = writeModifiers([size(max, min)], STYLE);
    assert.equal(text, `Size${sign}: Small +0.00 | Large +1.50 | Huge +3.00`);
    assert.deepEqual(readModifiers(text, 2), { ok: true, groups: [size(max, min)] });
  }
});

Deno.test("[CFG2] signs inside names are kept by a backslash", () => {
  const groups = [{ name: "1|2: a+b; {c}*", min: 1, max: 1, options: [{ name: "A+ \\ B?", price: 5 }] }];
  assert.deepEqual(readModifiers(writeModifiers(groups, STYLE), 2), { ok: true, groups });
});

Deno.test("[CFG3] what is wrong with modifiers is said in words", () => {
  assert.match(why("Small, Large"), /“Small, Large” is not a name, a colon and options/);
  assert.match(why("Size: Small +x"), /the price of “Small” is not a price/);
  assert.match(why("Size: Small | small"), /“Size” has an option twice/);
  assert.match(why("Size{2-3}: Small | Large"), /“Size” allows more options than it has/);
  assert.match(why("Size{2-1}: Small | Large"), /“Size” needs more options than it allows/);
  assert.match(why("Size: Small | "), /“Size” is empty/);
});
