/** Whether the hub and the pages of registers hold the same, op for op, and every check comes to the same. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import type { Check } from "../../shared/check/check.ts";
import type { CheckOp } from "../../shared/check/op.ts";
import { type OpId, opId } from "../../shared/ids.ts";
import { eventually } from "./eventually.ts";
import { Manager } from "./hub_client.ts";
import { bookOf, journalOf } from "./till_page.ts";

type Hub = Pick<Manager, "url">;

/** Hub and registers hold the same ops, each once, with nothing missing of `written`; every check comes to the same. */
export async function sameEverywhere(hub: Hub, pages: readonly Page[], written: readonly CheckOp[]): Promise<void> {
  const http = await Manager.signIn(hub);
  const idsOf = (ops: readonly CheckOp[]) => ops.map(({ replica, seq }) => opId(replica, seq)).sort();
  const journals = await eventually(
    () => Promise.all(pages.map(journalOf)),
    ([first, ...others]) => others.every((ops) => JSON.stringify(idsOf(ops)) === JSON.stringify(idsOf(first!))),
  );
  const onHub = [...await eventually(() => heldByHub(http), (held) => held.size === journals[0]!.length)].sort();
  for (const id of idsOf(written)) assert.ok(onHub.includes(id), `${id} was written and is not on the hub`);
  const checks = await storiesOf(http);
  for (const journal of journals) {
    assert.deepEqual(idsOf(journal), onHub);
    const book = bookOf(journal);
    assert.equal(book.all().length, checks.length);
    for (const check of checks) assert.deepEqual(plain(book.get(check.id)), check);
  }
  for (const { id, total, paid, due, state } of await http.checks()) {
    const check = checks.find((each) => each.id === id)!;
    assert.deepEqual([total, paid, due, state], [check.totals.total, check.paid, check.due, check.state]);
  }
  console.log(`${onHub.length} ops in ${checks.length} checks, the same on the hub and ${pages.length} registers`);
}

/** The ids of all ops that the hub tells of, in the stories of its checks; none is told twice. */
export async function heldByHub(http: Manager): Promise<Set<OpId>> {
  const ids = (await storiesOf(http)).flatMap(({ story }) => story.map(({ id }) => id));
  assert.equal(new Set(ids).size, ids.length, "an op is in two stories, or twice in one");
  return new Set(ids);
}

async function storiesOf(http: Manager): Promise<Check[]> {
  return await Promise.all((await http.checks()).map(({ id }) => http.check(id)));
}

/** As it looks after a journey as JSON. */
function plain(check: Check | undefined): unknown {
  return check && JSON.parse(JSON.stringify(check));
}
