/** Whether everybody on the network holds the same: op for op, by the stories of the checks, and what every check comes to. */
import assert from "node:assert/strict";
import type { Check } from "../../shared/check/check.ts";
import type { Told } from "./remote.ts";
import { type Shop, until } from "./shop.ts";

const ALIKE_WITHIN_MS = 60_000;

/** Waits until all registers and the hub tell the same `ops` ops, each once. Returns how long that took, in ms. */
export async function alike(shop: Shop, ops: number): Promise<number> {
  const took = await until(
    async () => {
      const told = await Promise.all(shop.tills.map((till) => till.tell({ kind: "look" })));
      const held = ({ vector }: Told) => Object.values(vector).reduce((sum, seq) => sum + seq, 0);
      return told.every((each) => held(each) === ops && each.unsynced === 0);
    },
    `all registers hold ${ops} ops`,
    ALIKE_WITHIN_MS,
  );
  const answers = await Promise.all(shop.tills.map((till) => till.ask()));
  assert.equal(new Set(answers.map(({ checks }) => checks)).size, 1, "all registers tell the same checks");
  const told: Check[] = JSON.parse(answers[0]!.checks);
  const ids = told.flatMap(({ story }) => story.map(({ id }) => id));
  assert.deepEqual([ids.length, new Set(ids).size], [ops, ops], "ops in the stories, and different ones");
  let waited = 0;
  for (const check of told) {
    const isThere = async () => (await shop.check(check.id))?.story.length === check.story.length;
    waited += await until(isThere, `the hub has all of check ${check.number}`, ALIKE_WITHIN_MS);
    assert.deepEqual(await shop.check(check.id), check, `check ${check.number} at the hub`);
  }
  return took + waited;
}
