/** Settings that a hub hands out, from outside: menu, taxes, staff, over real HTTP. */
import assert from "node:assert/strict";
import { Config } from "../shared/api.ts";
import { ITEMS_MAX } from "../shared/menu.ts";
import { pinMatches } from "../web/register/pin.ts";
import { type Answer, type LabHub, openLabHub } from "./support/lab_hub.ts";

const ITEM = { sku: "sake", name: "Sake", category: "Bar", price: 800, taxes: ["sales"], modifiers: [] };
const HEAD = "sku,name,category,price,tax,modifiers\n";
const ANA = { name: "Ana", role: "server", pin: "4711" };

function withHub(name: string, run: (lab: LabHub, token: string) => Promise<void>): void {
  Deno.test(name, async () => {
    const lab = await openLabHub();
    try {
      await run(lab, (await lab.enrol("Bar")).token);
    } finally {
      await lab.stop();
    }
  });
}

function refused(answer: Answer, status: number, code: string): void {
  assert.equal(answer.status, status, JSON.stringify(answer.body));
  assert.equal(answer.body.error.code, code);
}

const configOf = async (lab: LabHub, token: string) => Config.parse((await lab.call("/api/config", { token })).body);
const put = (lab: LabHub, path: string, body: unknown) => lab.call(path, { method: "PUT", body });
const importCsv = (lab: LabHub, raw: string, query = "") => lab.call(`/api/menu${query}`, { method: "POST", raw });

withHub(
  "[CFG1] a register gets menu, taxes, staff and registers together; each change raises the version by one",
  async (lab, token) => {
    const first = await configOf(lab, token);
    assert.deepEqual([first.menu.length, first.taxes.length, first.staff.length], [16, 1, 0]);
    assert.deepEqual(first.registers.map(({ name, letter }) => [name, letter]), [["Bar", "A"]]);
    const changes: (() => Promise<Answer>)[] = [
      () => put(lab, "/api/menu/items/sake", ITEM),
      () => put(lab, "/api/menu/items/sake", { ...ITEM, price: 900 }),
      () =>
        put(lab, "/api/taxes", {
          taxes: [{ ...first.taxes[0]!, rate: 1000 }, { name: "Tip tax", rate: 1, mode: "inclusive" }],
        }),
      () => lab.call("/api/staff", { body: ANA }),
      () => lab.call("/api/settings", { method: "PATCH", body: { discountPercent: 15 } }),
      () => lab.call("/api/menu/items/sake", { method: "DELETE" }),
      () => importCsv(lab, `${HEAD}a,A,B,1,,`),
    ];
    for (const [index, change] of changes.entries()) {
      assert.ok((await change()).status < 300);
      assert.equal((await configOf(lab, token)).version, first.version + index + 1);
    }
    const last = await configOf(lab, token);
    assert.deepEqual(last.menu.map(({ sku }) => sku), ["a"]);
    assert.deepEqual([last.staff[0]?.name, last.discountPercent], ["Ana", 15]);
    await lab.call("/api/settings", { method: "PATCH", body: { discountPercent: 15 } });
    assert.equal((await configOf(lab, token)).version, last.version, "what changes nothing raises nothing");
  },
);

withHub("[CFG1] a tax's new rate is on every item that has it, by its id", async (lab, token) => {
  const { taxes } = await configOf(lab, token);
  await put(lab, "/api/taxes", { taxes: [{ ...taxes[0], name: "VAT", rate: 700, mode: "inclusive" }] });
  const { menu } = await configOf(lab, token);
  assert.ok(menu.every((item) => item.taxes[0]?.name === "VAT" && item.taxes[0].rate === 700));
  refused(await put(lab, "/api/taxes", { taxes: [] }), 409, "tax-in-use");
  refused(await put(lab, "/api/menu/items/sake", { ...ITEM, taxes: ["gone"] }), 409, "unknown-tax");
  const twice = { name: "VAT", rate: 1, mode: "inclusive" };
  refused(await put(lab, "/api/taxes", { taxes: [...taxes, twice, { ...twice, name: "vat" }] }), 400, "bad-request");
});

withHub("[CFG1] an item stays where it is, a new one ends its category, and a SKU stands once", async (lab, token) => {
  await put(lab, "/api/menu/items/lager", { ...ITEM, sku: "beer", name: "Beer" });
  await put(lab, "/api/menu/items/sake", ITEM);
  const bar = (await configOf(lab, token)).menu.filter(({ category }) => category === "Bar").map(({ sku }) => sku);
  assert.deepEqual(bar, ["beer", "ale", "red", "white", "cola", "water", "sake"]);
  refused(await put(lab, "/api/menu/items/sake", { ...ITEM, sku: "beer" }), 409, "sku-taken");
});

withHub("[CFG2] the CSV that goes out comes in again, changing nothing, with comma or semicolon", async (lab) => {
  for (const separator of [",", ";"]) {
    const file = await lab.call(`/api/menu.csv?separator=${encodeURIComponent(separator)}`);
    assert.match(file.headers.get("content-disposition")!, /attachment; filename="menu.csv"/);
    assert.ok(file.body.includes(separator === ";" ? "4,50" : "4.50"));
    const { added, changed, removed, order } = (await importCsv(lab, file.body, "?preview=true")).body;
    assert.deepEqual({ added, changed, removed, order }, { added: [], changed: [], removed: [], order: "same" });
  }
});

withHub("[CFG3] one bad row and nothing is taken; each is named by its number and column", async (lab, token) => {
  const before = await configOf(lab, token);
  const answer = await importCsv(lab, `${HEAD}a,A,B,1.00,,\nb,,B,x,,\nc,C,B,2.00,,Size`);
  refused(answer, 422, "bad-csv");
  assert.deepEqual(answer.body.error.issues.map(({ path }: { path: string }) => path), [
    "row 3, price",
    "row 3, name",
    "row 4, modifiers",
  ]);
  refused(await importCsv(lab, `${HEAD}a,"A,B`), 422, "bad-csv");
  assert.deepEqual(await configOf(lab, token), before);
});

withHub("[CFG4] a look ahead changes nothing, and is refused as soon as something else changed", async (lab, token) => {
  const csv = `${HEAD}salad,House salad,Kitchen,15.00,Sales tax,\nramen,Ramen,Kitchen,12.00,,`;
  const ahead = (await importCsv(lab, csv, "?preview=true")).body;
  assert.equal(ahead.taken, false);
  assert.deepEqual(ahead.added, [{ sku: "ramen", name: "Ramen" }]);
  assert.deepEqual(ahead.changed, [{ sku: "salad", name: "House salad", what: ["price", "modifiers"] }]);
  assert.equal(ahead.removed.length, 15);
  assert.equal((await configOf(lab, token)).menu.length, 16);
  await lab.call("/api/staff", { body: ANA });
  refused(await importCsv(lab, csv, `?version=${ahead.version}`), 409, "changed-meanwhile");
  const taken = await importCsv(lab, csv, `?version=${ahead.version + 1}`);
  assert.deepEqual([taken.status, taken.body.taken], [200, true]);
  assert.equal((await configOf(lab, token)).menu.length, 2);
});

withHub("[CFG5] names that look like formulas leave as text and come back as they were", async (lab) => {
  const name = '=HYPERLINK("http://x","Burger")';
  await put(lab, "/api/menu/items/sake", { ...ITEM, name });
  const { body } = await lab.call("/api/menu.csv");
  assert.ok(body.includes(`"'=HYPERLINK(""http`), body);
  assert.deepEqual((await importCsv(lab, body, "?preview=true")).body.changed, []);
});

withHub("[CFG6] a PIN is hashed for registers, told to nobody else, and can be set anew", async (lab, token) => {
  const added = await lab.call("/api/staff", { body: ANA });
  assert.deepEqual(Object.keys(added.body).sort(), ["id", "name", "role"]);
  const before = (await configOf(lab, token)).staff[0]!;
  assert.match(before.pinHash, /^scrypt\$[a-z0-9]{26}\$[0-9a-f]{64}$/);
  assert.equal(JSON.stringify((await lab.call("/api/staff")).body).includes("scrypt"), false);
  await lab.call(`/api/staff/${before.id}`, { method: "PATCH", body: { pin: "0815" } });
  const after = (await configOf(lab, token)).staff[0]!;
  assert.deepEqual([after.name, after.role, after.pinHash === before.pinHash], ["Ana", "server", false]);
  refused(await lab.call("/api/staff", { body: { ...ANA, name: "ANA" } }), 409, "name-taken");
  refused(await lab.call("/api/staff", { body: { ...ANA, name: "Ben", pin: "12" } }), 400, "bad-request");
  refused(await lab.call("/api/staff/nobody", { method: "PATCH", body: { name: "X" } }), 404, "unknown-staff");
});

withHub("[CFG6] what the hub hashes, a register recognises without it, and nothing else", async (lab, token) => {
  await lab.call("/api/staff", { body: ANA });
  const { pinHash } = (await configOf(lab, token)).staff[0]!;
  assert.equal(await pinMatches("4711", pinHash), true);
  assert.equal(await pinMatches("4712", pinHash), false);
});

withHub("[CFG9] menu, taxes and staff are for managers only", async (lab, token) => {
  const calls: [string, string][] = [
    ["GET", "/api/menu"],
    ["GET", "/api/menu.csv"],
    ["POST", "/api/menu"],
    ["PUT", "/api/menu/items/ale"],
    ["DELETE", "/api/menu/items/ale"],
    ["PUT", "/api/taxes"],
    ["GET", "/api/staff"],
    ["POST", "/api/staff"],
    ["PATCH", "/api/staff/x"],
    ["DELETE", "/api/staff/x"],
  ];
  for (const [method, path] of calls) {
    refused(await lab.call(path, { method, cookie: null, token }), 401, "not-signed-in");
  }
});

withHub("[CFG3] a menu of the largest size is taken, one item more is refused", async (lab, token) => {
  const row = (_: unknown, index: number) =>
    `item-${index},An item with a name of usual length,Kitchen,14.50,Sales tax,` +
    "Size: Small +0.00 | Large +1.50; Extras*: Cheese +1.00 | Bacon +2.00 | Egg +1.50";
  const rows = Array.from({ length: ITEMS_MAX }, row);
  assert.equal((await importCsv(lab, HEAD + rows.join("\n"))).status, 200);
  assert.equal((await configOf(lab, token)).menu.length, ITEMS_MAX);
  refused(await importCsv(lab, HEAD + [...rows, row(0, ITEMS_MAX)].join("\n")), 422, "bad-csv");
  refused(await put(lab, "/api/menu/items/sake", ITEM), 409, "menu-full");
});
