/** Whether everybody on the network holds the same: op for op, by the stories of the checks, and what every check comes to. */
import assert from "node:assert/strict";
import type { Check } from "../../shared/check/check.ts";
import { type Shop, until } from "./shop.ts";

const ALIKE_WITHIN_MS = 60_000;

/** Waits until all registers and the hub tell the same `ops` ops, each once. Returns how long that took, in ms. */
export async function alike(shop: Shop, ops: number): Promise<number> {
  const took = await until(
    async () => {
      const told = await Promise.all(shop.tills.map((till) => till.ask()));
      return new Set(told.map(({ checks }) => checks)).size === 1 && told.every(({ unsynced }) => unsynced === 0);
    },
    "all registers tell the same checks",
    ALIKE_WITHIN_MS,
  );
  const { vector, checks } = await shop.tills[0]!.ask();
  assert.equal(Object.values(vector).reduce((sum, seq) => sum + seq, 0), ops);
  const told: Check[] = JSON.parse(checks);
  const ids = told.flatMap(({ story }) => story.map(({ id }) => id));
  assert.deepEqual([ids.length, new Set(ids).size], [ops, ops], "ops in the stories, and different ones");
  const lacks = ({ story }: Check, held: Check | undefined) => (held?.story.length ?? 0) < story.length;
  const waited = await until(
    async () =>
      (await Promise.all(told.map(async (check) => lacks(check, await shop.check(check.id))))).every((no) => !no),
    "the hub has every check in full",
    ALIKE_WITHIN_MS,
  );
  for (const check of told) assert.deepEqual(await shop.check(check.id), check, `check ${check.number} at the hub`);
  return took + waited;
}
