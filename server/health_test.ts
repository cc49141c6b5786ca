import assert from "node:assert/strict";
import { beatAt, enrolled, HUB_ADDRESS, NOON } from "../shared/rules/fixture.ts";
import { roundAt } from "../shared/rules/network_fixture.ts";
import { liveness } from "../shared/rules/liveness.ts";
import { Health } from "./health.ts";

const HOUR_MS = 60 * 60_000;
const VENUE = { name: "Bar Lola", configVersion: 7, sync: { enabled: true, openShifts: [] } };
const register = enrolled(0, "Bar");
const other = enrolled(1, "Till 1");

function heardAt(health: Health, id: typeof register.id, now: number): void {
  health.heartbeat(id, beatAt(now, HUB_ADDRESS), { now, configVersion: 7, held: {} });
}

Deno.test("[INC34] with a clock that is set back a register is as silent as before, by whatever it is noticed first", () => {
  const health = new Health(NOON);
  for (const each of [register, other]) health.add(each);
  for (const each of [register, other]) heardAt(health, each.id, NOON + 60_000);
  heardAt(health, other.id, NOON + 160_000);
  const now = NOON + 165_000 - HOUR_MS;
  heardAt(health, other.id, now);
  const facts = health.facts(now + 1_000, VENUE, {});
  assert.deepEqual(facts.registers.map((each) => liveness(each, facts)), ["silent", "ok"]);
});

Deno.test("[PRB23] a register from an address without known hardware is a newcomer until the next round of probes", () => {
  const health = new Health(NOON);
  health.add(register);
  const round = (now: number, macs: [string, string][] = []) =>
    health.probed({ router: { how: "" }, network: roundAt("fine"), macs: new Map(macs), interfaces: [] }, now);
  round(NOON);
  assert.equal(health.isNewcomerUnseen, false, "nobody is there");
  health.heartbeat(register.id, beatAt(NOON + 500, "192.168.1.21"), {
    ...{ now: NOON + 500, source: "192.168.1.21", configVersion: 7, held: {} },
  });
  health.session(register.id, { openSince: NOON + 500 });
  assert.equal(health.isNewcomerUnseen, true);
  round(NOON + 1_000);
  assert.equal(health.isNewcomerUnseen, false, "it is behind a router, and no round tells more");
  health.session(register.id, { openSince: NOON + 2_000 });
  round(NOON + 1_500, [["192.168.1.21", "5c:e9:1e:00:00:21"]]);
  assert.equal(health.isNewcomerUnseen, false, "it is known");
});

Deno.test("[INC34] a hub that comes back with its clock behind does not take a register for heard", () => {
  const health = new Health(NOON - HOUR_MS);
  health.add({ ...register, heardAt: NOON });
  const late = NOON - HOUR_MS + 61_000;
  const facts = health.facts(late, VENUE, {});
  assert.equal(liveness(facts.registers[0]!, facts), "silent");
});
