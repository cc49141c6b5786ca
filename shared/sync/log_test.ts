import assert from "node:assert/strict";
import { test } from "node:test";
import { MemoryLog } from "./log.ts";
import { testLog } from "./log_contract.ts";

testLog("MemoryLog", () => new MemoryLog());

test("MemoryLog find() returns what was appended", () => {
  const log = new MemoryLog<string>();
  const op = { replica: "aaaaaaaa-0000", seq: 1, stamp: { ms: 1, count: 0 }, body: "x" };
  log.append([op]);
  assert.deepEqual(log.find("aaaaaaaa-0000", 1), op);
  assert.equal(log.find("aaaaaaaa-0000", 2), undefined);
});
