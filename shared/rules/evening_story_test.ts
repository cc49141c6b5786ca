/// <reference lib="deno.ns" />
/** Stories of an evening in which one thing leads to another: silence, a dead router, an update, a restart of the hub. */
import assert from "node:assert/strict";
import { restoreIncidents } from "./incident.ts";
import { Shop, USUAL } from "./shop_fixture.ts";
import { verdict } from "./verdict.ts";

Deno.test("[RUL21] [INC7] silence: late, then silent in the same incident, since its last word", () => {
  const shop = new Shop();
  const last = shop.facts.now;
  shop.let("Terrace", { on: false });
  shop.seconds(60);
  assert.deepEqual(shop.told, ["opened register-silent warn", "changed register-silent fail"]);
  assert.deepEqual(shop.rows.map(({ incident }) => (incident.changedAt - last) / 1_000), [15, 40]);
  assert.deepEqual(shop.rows.map(({ incident }) => incident.since), [last, last]);
  assert.match(shop.open[0]?.text ?? "", /^Terrace has been silent for 60 s\./);
});

Deno.test("[INC2] one heartbeat is not a return", () => {
  const shop = new Shop();
  shop.let("Terrace", { on: false });
  shop.seconds(60);
  for (let i = 0; i < 5; i++) {
    shop.let("Terrace", USUAL);
    shop.round();
    shop.let("Terrace", { on: false });
    shop.seconds(25);
  }
  assert.deepEqual(shop.codes, ["register-silent"]);
  assert.ok(!shop.told.some((row) => row.startsWith("resolved")));
});

Deno.test("[RUL22] unsynced changes turn from a warning to a failure after 5 min", () => {
  const shop = new Shop();
  shop.let("Terrace", { parts: { unsynced: 2 } });
  shop.seconds(310);
  assert.deepEqual(shop.told, ["opened unsynced-changes warn", "changed unsynced-changes fail"]);
});

Deno.test("[RUL5] an update under way warns, and fails when 10 min later one has not followed", () => {
  const shop = new Shop();
  shop.let("Bar", { parts: { app: { version: "3.3.0" } } });
  shop.seconds(30);
  shop.let("Till 1", { parts: { app: { version: "3.3.0" } } });
  shop.seconds(590);
  assert.deepEqual(shop.told, ["opened version-mismatch warn"]);
  shop.seconds(30);
  assert.deepEqual(shop.told, ["opened version-mismatch warn", "changed version-mismatch fail"]);
  shop.let("Terrace", { parts: { app: { version: "3.3.0" } } });
  shop.seconds(15);
  assert.deepEqual(shop.codes, []);
});

const DOWN = { address: "192.168.1.1", alive: false, how: "TCP 53, 80 and 443 unreachable" };
const UP = { address: "192.168.1.1", alive: true, how: "TCP 443 refused in 1 ms" };
const ALL = ["Bar", "Till 1", "Terrace"];

Deno.test("[INC4] [INC6] the router dies and takes everybody along: one incident, from beginning to end", () => {
  const shop = new Shop();
  for (const name of ALL) shop.let(name, { on: false });
  shop.seconds(10);
  shop.set({ router: { ...DOWN, since: shop.facts.now } });
  shop.seconds(300);
  assert.deepEqual(shop.codes, ["router-down"]);
  const { level, text } = verdict({ findings: shop.open, facts: shop.facts });
  assert.deepEqual([level, text], ["fail", "The router does not answer."]);
  shop.set({ router: { ...UP, since: shop.facts.now } });
  shop.seconds(40);
  for (const name of ALL) shop.let(name, USUAL);
  shop.seconds(120);
  assert.deepEqual(shop.told, ["opened router-down fail", "resolved router-down fail"]);
});

Deno.test("[INC5] a register that was late before its router was known to be down is told as its effect", () => {
  const shop = new Shop();
  for (const name of ALL) shop.let(name, { on: false });
  shop.seconds(20);
  shop.set({ router: DOWN });
  shop.seconds(60);
  assert.deepEqual(shop.codes, ["register-silent", "register-silent", "register-silent", "router-down"]);
  const effects = shop.open.filter(({ code }) => code === "register-silent");
  assert.deepEqual(
    effects.map(({ severity, under }) => [severity, under]),
    Array(3).fill(["warn", "router-down router"]),
  );
  assert.equal(verdict({ findings: shop.open, facts: shop.facts }).text, "The router does not answer.");
});

Deno.test("[INC6] a register that does not come back with the router is told after a minute", () => {
  const shop = new Shop();
  shop.set({ router: DOWN });
  shop.let("Terrace", { on: false });
  shop.seconds(60);
  shop.set({ router: UP });
  shop.seconds(10 + 60);
  assert.deepEqual(shop.told, ["opened router-down fail", "resolved router-down fail"]);
  shop.seconds(10);
  assert.deepEqual(shop.codes, ["register-silent"]);
});

Deno.test("[RUL24] the router dies and the Wi-Fi lives: nobody is accused", () => {
  const shop = new Shop();
  shop.set({ router: DOWN });
  shop.seconds(120);
  assert.deepEqual(shop.told, ["opened router-down fail"]);
});

Deno.test("[RUL19] [RUL20] sync is switched off during a shift: both are said, and each ends by its own remedy", () => {
  const shop = new Shop();
  const openShifts = [shop.register("Bar").id];
  shop.set({ venue: { ...shop.facts.venue, sync: { enabled: false, changedAt: shop.facts.now, openShifts } } });
  shop.seconds(15);
  assert.deepEqual(shop.codes, ["shift-open", "sync-off"]);
  shop.let("Bar", { parts: { state: { shiftOpen: false } } });
  shop.seconds(5);
  assert.deepEqual(shop.codes, ["sync-off"]);
});

Deno.test("[INC4] with sync off nobody is accused of keeping its changes", () => {
  const shop = new Shop();
  shop.set({ venue: { ...shop.facts.venue, sync: { enabled: false, openShifts: [] } } });
  shop.let("Bar", { parts: { unsynced: 3 } });
  shop.seconds(120);
  assert.deepEqual(shop.codes, ["sync-off"]);
});

Deno.test("[RUL22] a register that goes silent with changes on it alone is told twice: it is silent, and money is on it", () => {
  const shop = new Shop();
  shop.let("Bar", { parts: { unsynced: 3 } });
  shop.round();
  shop.let("Bar", { on: false });
  shop.seconds(60);
  assert.deepEqual(shop.codes, ["register-silent", "unsynced-changes"]);
  assert.match(
    shop.open.find(({ code }) => code === "register-silent")?.text ?? "",
    /Its 3 new changes are on it alone\.$/,
  );
});

Deno.test("[CAU4] an app that is hidden and then goes quiet is one finding, with its reason", () => {
  const shop = new Shop();
  shop.let("Bar", { parts: { state: { foreground: false } } });
  shop.round();
  shop.let("Bar", { on: false });
  shop.seconds(120);
  assert.deepEqual(shop.codes, ["register-silent"]);
  assert.match(shop.open[0]?.cause ?? "", /^Probably the iPad was locked, or another app was opened\.$/);
});

for (const kind of ["its whole state", "its open incidents alone"] as const) {
  Deno.test(`[INC11] a restart with ${kind} in the middle of trouble tells nothing anew, and ends it when it is mended`, () => {
    const shop = new Shop();
    shop.let("Terrace", { parts: { state: { autoLock: 5 }, unsynced: 2 } });
    shop.seconds(60);
    const before = shop.open;
    assert.deepEqual(shop.codes, ["auto-lock-on", "unsynced-changes"]);
    const disk = JSON.stringify(kind === "its whole state" ? shop.state : before);
    shop.rows = [];
    shop.restart(90_000, kind === "its whole state" ? JSON.parse(disk) : restoreIncidents(JSON.parse(disk)));
    shop.seconds(60);
    assert.deepEqual(shop.told, []);
    assert.deepEqual(shop.open.map(({ id, since }) => [id, since]), before.map(({ id, since }) => [id, since]));
    shop.let("Terrace", USUAL);
    shop.seconds(10);
    assert.equal(shop.open.length, 2);
    shop.seconds(5);
    assert.deepEqual(shop.told, ["resolved auto-lock-on fail", "resolved unsynced-changes warn"]);
  });
}

Deno.test("[INC11] a restart while it is being mended measures health again in full", () => {
  const shop = new Shop();
  shop.let("Terrace", { parts: { state: { autoLock: 5 } } });
  shop.seconds(60);
  shop.let("Terrace", USUAL);
  shop.seconds(10);
  assert.deepEqual(shop.codes, ["auto-lock-on"]);
  shop.restart(90_000, JSON.parse(JSON.stringify(shop.state)));
  shop.seconds(10);
  assert.deepEqual(shop.codes, ["auto-lock-on"]);
  shop.seconds(5);
  assert.deepEqual(shop.codes, []);
});

Deno.test("[RUL21] a hub that was off for an hour accuses nobody in its first minute, then who has not come", () => {
  const shop = new Shop();
  shop.let("Terrace", { on: false });
  shop.restart(60 * 60_000, JSON.parse(JSON.stringify(shop.state)));
  shop.seconds(55);
  assert.deepEqual(shop.told, []);
  shop.seconds(5);
  assert.deepEqual(shop.told, ["opened register-silent fail"]);
});

Deno.test("[VER5] when the evening is in order, so is the sentence", () => {
  const shop = new Shop();
  assert.deepEqual(verdict({ findings: shop.open, facts: shop.facts }), {
    level: "ok",
    text: "Checks are in sync. 3 registers are in front.",
  });
});

Deno.test("[CAU18] an access point takes two registers along: one incident from beginning to end, and no other silence hides in it", () => {
  const shop = new Shop(["Bar", "Till 1", "Terrace", "Window"]);
  const far = { parts: { network: { bssid: "a4:2b:b0:09:09:09" } } };
  const names = ["Terrace", "Window"];
  for (const name of names) shop.let(name, far);
  shop.seconds(30);
  const before = shop.rows.length; // several access points are a question of their own
  for (const name of names) shop.let(name, { ...far, on: false });
  shop.seconds(60);
  const [gone] = shop.open.filter(({ code }) => code === "access-point-down");
  assert.equal(gone?.subject, "ap-a4:2b:b0:09:09:09");
  assert.match(
    gone.text,
    /^Terrace and Window went quiet within 5 s of each other\. Probably the access point or extender a4:2b/,
  );
  assert.deepEqual(shop.rows.slice(before).map(({ incident }) => incident.code), ["access-point-down"]);

  shop.let("Till 1", { on: false });
  shop.seconds(60);
  assert.deepEqual(shop.codes.filter((code) => code !== "extender-suspected"), [
    "access-point-down",
    "register-silent",
  ]);
  shop.let("Till 1", USUAL);
  shop.let("Terrace", far);
  shop.seconds(30);
  assert.ok(!shop.codes.includes("access-point-down"), "one of them is back, so it carries again");
  shop.let("Window", far);
  shop.seconds(90);
  assert.deepEqual(shop.codes.filter((code) => code !== "extender-suspected"), []);
  const accused = shop.rows.filter(({ incident }) => incident.code === "register-silent");
  assert.deepEqual([...new Set(accused.map(({ incident }) => incident.subject))], [shop.register("Till 1").id]);
});
