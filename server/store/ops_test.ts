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

Deno.test("[SYN40] rows from before there were sums get theirs at the first look, and are guarded by it", () => {
  const db = openDatabase(":memory:");
  const found: string[] = [];
  const log = new StoredLog(db, () => 0, ({ id, why }) => found.push(`${id} ${why}`));
  const a = pen("a");
  log.append([1, 2, 3].map((n) => a.write({ kind: "check.open", number: `A${n}` })));
  db.exec("UPDATE op SET sum = NULL; UPDATE op SET body = '{}' WHERE seq = 2");
  while (log.look(2));
  assert.deepEqual(found, [`${a.replica}/2 not-an-op`]);
  db.exec("UPDATE op SET body = replace(body, 'A3', 'A4') WHERE seq = 3");
  while (log.look(2));
  assert.deepEqual(found.slice(1), [`${a.replica}/3 wrong-sum`]);
  assert.deepEqual(log.vector(), { [a.replica]: 3 }, "their places are kept");
  assert.deepEqual(log.since({}, 10).slice(1), [{ replica: a.replica, seq: 2, gone: 2 }]);
  while (log.look(2));
  assert.equal(found.length, 2, "each is named once");
});
