import assert from "node:assert/strict";
import { pen } from "../../shared/check/testing.ts";
import { testLog } from "../../shared/sync/log_contract.ts";
import { openDatabase } from "./db.ts";
import { StoredLog } from "./ops.ts";

testLog("StoredLog", () => new StoredLog(openDatabase(":memory:"), () => 0));

Deno.test("[SES7] what was appended is there when the file is opened again", () => {
  const folder = Deno.makeTempDirSync();
  const a = pen("a");
  const ops = [
    a.write({ kind: "check.open", number: "A1" }),
    a.write({ kind: "check.edit", check: `${a.replica}/1`, name: "Bar" }),
  ];
  const first = openDatabase(`${folder}/x.db`);
  new StoredLog(first, () => 0).append(ops);
  first.close();
  const second = openDatabase(`${folder}/x.db`);
  const log = new StoredLog(second, () => 0);
  assert.deepEqual(log.vector(), { [a.replica]: 2 });
  assert.deepEqual(log.familyOf(`${a.replica}/1`).map((op) => op.body), ops.map((op) => op.body));
  second.close();
  Deno.removeSync(folder, { recursive: true });
});

Deno.test("a batch that the database cannot take is not taken at all, and the vector stays", () => {
  const db = openDatabase(":memory:");
  const log = new StoredLog(db, () => 0);
  const a = pen("a");
  const good = a.write({ kind: "check.open", number: "A1" });
  db.exec("CREATE TRIGGER full BEFORE INSERT ON op WHEN NEW.seq = 2 BEGIN SELECT RAISE(ABORT, 'disk is full'); END");
  assert.throws(() => log.append([good, a.write({ kind: "check.open", number: "A2" })]), /disk is full/);
  assert.deepEqual(log.vector(), {});
  assert.deepEqual(log.since({}, 10), []);
});

Deno.test("an op that names no check is kept and passed on", () => {
  const log = new StoredLog(openDatabase(":memory:"), () => 0);
  const a = pen("a");
  assert.equal(log.append([a.write({ kind: "shift.begin" })]).fresh.length, 1);
  assert.equal(log.since({}, 10).length, 1);
});
