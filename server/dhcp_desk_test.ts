import assert from "node:assert/strict";
import { ASK_EVERY_MS, DhcpDesk } from "./dhcp_desk.ts";
import type { DhcpFound } from "./probe/dhcp_servers.ts";

/** A desk on made-up settings, whose clock and answers are set by hand. */
function desk(found: DhcpFound, settings: Record<string, unknown> = {}) {
  const at = { now: 1_000, asked: 0 };
  const store = {
    setting: (key: string) => settings[key],
    saveSettings: (values: Readonly<Record<string, unknown>>) => void Object.assign(settings, values),
  };
  const search = () => (at.asked += 1, Promise.resolve(found));
  return { at, settings, desk: new DhcpDesk({ store, search, now: () => at.now }) };
}
const ONE: DhcpFound = { kind: "known", servers: [{ address: "192.168.1.1" }] };

Deno.test("[PRB20] nothing is known until somebody asks, and then what came of it and when", async () => {
  const { desk: asking } = desk(ONE);
  assert.equal(asking.fact(), undefined);
  const fact = { ...ONE, askedAt: 1_000 };
  assert.deepEqual(await asking.ask(), { ok: true, fact });
  assert.deepEqual(asking.fact(), fact);
});

Deno.test("[PRB20] the answer survives a restart", async () => {
  const { desk: asking, settings } = desk(ONE);
  await asking.ask();
  const kept = JSON.parse(JSON.stringify(settings)); // as a disk keeps it
  assert.deepEqual(desk(ONE, kept).desk.fact(), { ...ONE, askedAt: 1_000 });
});

Deno.test("[PRB20] one asks at a time, and again after ten seconds; a clock set back does not lock it", async () => {
  const { desk: asking, at } = desk(ONE);
  const [first, second] = await Promise.all([asking.ask(), asking.ask()]);
  assert.deepEqual([first.ok, second], [true, { ok: false, waitMs: ASK_EVERY_MS }]);
  at.now += ASK_EVERY_MS - 1;
  assert.deepEqual(await asking.ask(), { ok: false, waitMs: 1 });
  at.now += 1;
  assert.equal((await asking.ask()).ok, true);
  at.now = 0;
  assert.equal((await asking.ask()).ok, true);
  assert.equal(at.asked, 3);
});
