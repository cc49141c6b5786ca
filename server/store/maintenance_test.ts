import assert from "node:assert/strict";
import { openDatabase } from "./db.ts";
import { createMaintenance, WINDOWS_MAX } from "./maintenance.ts";

const window = (id: string, startsAt: number, endsAt: number) => ({ id, startsAt, endsAt, words: "A new router" });

Deno.test("[INC27] what is planned comes back in order, changed or taken away", () => {
  const maintenance = createMaintenance(openDatabase(":memory:"));
  maintenance.save(window("b", 20, 30));
  maintenance.save(window("a", 10, 15));
  assert.deepEqual(maintenance.since(0).map(({ id }) => id), ["a", "b"]);
  assert.deepEqual(maintenance.since(15).map(({ id }) => id), ["b"]);
  maintenance.save(window("b", 20, 25));
  assert.deepEqual(maintenance.since(24), [window("b", 20, 25)]);
  maintenance.remove("b");
  assert.deepEqual(maintenance.since(15), []);
});

Deno.test("[INC27] there are never more than the limit, and one that is there can still be changed", () => {
  const maintenance = createMaintenance(openDatabase(":memory:"));
  for (let n = 0; n < WINDOWS_MAX; n++) assert.equal(maintenance.save(window(`w${n}`, n, n + 1)), true);
  assert.equal(maintenance.save(window("more", 0, 1)), false);
  assert.equal(maintenance.save(window("w0", 0, 2)), true);
  assert.equal(maintenance.since(0).length, WINDOWS_MAX);
});
