/** Incidents over real HTTP, with the hub's clock turned by hand: what is one thing is told once, and what was nobody's fault is not. */
import assert from "node:assert/strict";
import { IncidentsResponse } from "../shared/api.ts";
import { IncidentStory, UptimeResponse } from "../shared/incident_api.ts";
import { House } from "./support/house.ts";
import { openLabHub } from "./support/lab_hub.ts";

const FOUR = ["Bar", "Till 1", "Terrace", "Window"];
const MINUTE_MS = 60_000;

async function inHouse(work: (house: House) => Promise<void>, path?: string): Promise<void> {
  const house = await House.open(FOUR, path);
  try {
    await work(house);
  } finally {
    await house.lab.stop();
  }
}

async function incidentsOf({ lab }: House) {
  return IncidentsResponse.parse((await lab.call("/api/incidents")).body).incidents;
}
async function storyOf({ lab }: House, id: string) {
  return IncidentStory.parse((await lab.call(`/api/incidents/${id}`)).body);
}
async function uptimeOf({ lab }: House, range = "day") {
  return UptimeResponse.parse((await lab.call(`/api/uptime?range=${range}`)).body);
}

Deno.test("[INC13] [INC25] the router is off with four registers: one incident, four effects, and its story", () =>
  inHouse(async (house) => {
    house.router = "up";
    await house.pass(120);
    house.router = "down";
    for (const name of FOUR) house.says(name, null);
    await house.pass(300);
    const [incident, ...others] = await incidentsOf(house);
    assert.deepEqual(others, []);
    assert.equal(incident?.code, "router-down");
    assert.deepEqual(
      incident?.effects.map(({ code, name, until }) => [code, name, until]),
      FOUR.map((name) => ["register-silent", name, null]),
    );
    assert.match(incident!.text, /Because of it the hub does not hear Bar, Till 1, Terrace and Window\.$/);
    house.router = "up";
    await house.pass(30);
    for (const name of FOUR) house.heal(name);
    await house.pass(120);
    assert.deepEqual(await house.lab.found(), []);
    assert.equal((await incidentsOf(house)).length, 1);

    const story = await storyOf(house, incident!.id);
    assert.deepEqual(story.minutes.registers.map(({ name }) => name), FOUR);
    assert.ok(story.minutes.router.includes("ok") && story.minutes.router.includes("down"));
    assert.ok(story.minutes.registers[0]!.state.includes("silent") && story.minutes.registers[0]!.state.includes("ok"));
    assert.ok(story.told.some(({ text }) => text === "Not heard because of it: Bar, Till 1, Terrace and Window."));
    assert.match(story.told.at(-1)!.text, /^It was over, after 5 min|^Not back yet/);
    assert.deepEqual(story.told.map(({ at }) => at), story.told.map(({ at }) => at).toSorted());

    const uptime = await uptimeOf(house);
    assert.ok(uptime.router.downMs > 4 * MINUTE_MS && uptime.router.percent! < 100);
    for (const register of uptime.registers) {
      assert.deepEqual([register.percent, register.downMs], [100, 0], register.name);
      assert.ok(register.behindMs > 4 * MINUTE_MS);
    }
  }));

Deno.test("[INC13] the silence is noticed first and the router some seconds later: the four are told under it", () =>
  inHouse(async (house) => {
    house.router = "up";
    for (const name of FOUR) house.says(name, null);
    await house.pass(25);
    assert.deepEqual(await house.lab.found(), ["access-point-down ap-a4:2b:b0:01:02:03"]); // all that is known so far
    house.router = "down";
    await house.pass(10);
    assert.deepEqual(await house.lab.found(), ["router-down router"]);
    const incidents = await incidentsOf(house);
    const parent = incidents.find(({ code }) => code === "router-down")!;
    assert.deepEqual(parent.effects.map(({ name }) => name), FOUR);
    assert.deepEqual(incidents.filter(({ under }) => under === null), [parent]);
    assert.ok(incidents.every(({ id, parentId }) => id === parent.id || parentId === parent.id));
  }));

Deno.test("[INC14] a register that does not come back with the router is told a minute later, as its own", () =>
  inHouse(async (house) => {
    house.router = "down";
    for (const name of FOUR) house.says(name, null);
    await house.pass(120);
    house.router = "up";
    for (const name of FOUR.slice(1)) house.heal(name);
    await house.pass(65);
    assert.deepEqual(await house.lab.found(), []);
    await house.pass(15);
    assert.deepEqual(await house.lab.found(), ["register-silent Bar"]);
  }));

Deno.test("[INC15] Wi-Fi that comes and goes is one incident that says how often, not one a minute", () =>
  inHouse(async (house) => {
    for (let fall = 0; fall < 8; fall++) {
      house.says("Terrace", null);
      await house.pass(50);
      house.heal("Terrace");
      await house.pass(30);
    }
    const incidents = await incidentsOf(house);
    assert.equal(incidents.length, 3);
    const unstable = incidents.find((incident) => incident.unstable)!;
    assert.deepEqual([unstable.unstable?.falls, unstable.resolvedAt], [8, null]);
    assert.match(unstable.text, /^Terrace: .* came and went 8 times in \d+ min\. It is fine just now/);
    await house.pass(5 * 60);
    assert.deepEqual(await house.lab.found(), []);
    const bar = (await uptimeOf(house)).registers.find(({ name }) => name === "Terrace")!;
    assert.equal(bar.falls, 8);
    assert.ok(bar.downMs > 8 * 40_000 && bar.downMs < 8 * 65_000, `${bar.downMs}`);
  }));

Deno.test("[INC11] [INC19] [INC20] the hub dies during an incident: the same incident goes on, and the gap is the hub's own", async () => {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/counterpart.db`;
  const house = await House.open(FOUR, path);
  house.says("Bar", null);
  await house.until("register-silent Bar", true, 60);
  await house.pass(60);
  const [before] = await incidentsOf(house);
  const lastHeard = (await house.lab.view()).registers.map((register) => register.lastHeard);
  const { now } = house.lab.clock;
  await house.lab.stop();
  const after = new House(await openLabHub(path, now + 2 * MINUTE_MS));
  try {
    after.registers.push(...house.registers);
    for (const name of FOUR) after.says(name, null); // nobody finds the hub at once
    await after.pass(1);
    assert.deepEqual((await after.lab.view()).registers.map((register) => register.lastHeard), lastHeard);
    await after.pass(54);
    assert.deepEqual(await after.lab.found(), ["register-silent Bar"]);
    for (const name of FOUR.slice(1)) after.heal(name);
    await after.pass(60);
    const [open, gap, ...others] = await incidentsOf(after);
    assert.deepEqual([open?.id, open?.openedAt, others.length], [before!.id, before!.openedAt, 0]);
    assert.match(gap!.text, /^The hub was off from \d\d:\d\d to \d\d:\d\d\./);
    assert.deepEqual([gap?.code, gap?.subject, gap?.severity], ["hub-off", "hub", "info"]);
    const uptime = await uptimeOf(after);
    assert.deepEqual(uptime.gaps, [{
      from: new Date(now).toISOString(),
      until: new Date(now + 2 * MINUTE_MS).toISOString(),
    }]);
    const [bar, till] = uptime.registers;
    assert.deepEqual([till?.percent, till?.downMs], [100, 0]);
    assert.ok(bar!.downMs < 4.5 * MINUTE_MS && bar!.downMs > 3 * MINUTE_MS, `${bar!.downMs}`); // of over 6 min, 2 were the hub's
    assert.ok(
      (await storyOf(after, open!.id)).told.some(({ text }) => text.startsWith("The hub itself was off for 2 min.")),
    );
  } finally {
    await after.lab.stop();
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("[INC19] [INC20] the computer slept for ten minutes: nobody is accused, and the gap is the hub's own", () =>
  inHouse(async (house) => {
    const asleepAt = house.lab.clock.now;
    house.lab.clock.now += 10 * MINUTE_MS;
    for (const name of FOUR) house.says(name, null);
    await house.pass(40);
    assert.deepEqual(await house.lab.found(), []);
    for (const name of FOUR) house.heal(name);
    await house.pass(60);
    assert.deepEqual((await incidentsOf(house)).map(({ code }) => code), ["hub-off"]);
    const { gaps, registers } = await uptimeOf(house);
    assert.deepEqual(gaps.map(({ from }) => Date.parse(from)), [asleepAt]);
    assert.deepEqual(registers.map(({ percent }) => percent), [100, 100, 100, 100]);
  }));

Deno.test("[INC17] [INC27] maintenance mutes what comes, keeps it, and tells what outlasts it", () =>
  inHouse(async (house) => {
    const { lab } = house;
    const at = (minutes: number) => new Date(lab.clock.now + minutes * MINUTE_MS).toISOString();
    const plan = { startsAt: at(1), endsAt: at(6), words: "A new router" };
    assert.equal((await lab.call("/api/maintenance", { body: plan, cookie: null })).status, 401);
    for (const wrong of [{ ...plan, endsAt: at(0) }, { ...plan, words: " " }, { ...plan, endsAt: at(60 * 24 * 8) }]) {
      assert.equal((await lab.call("/api/maintenance", { body: wrong })).status, 400);
    }
    assert.equal((await lab.call("/api/maintenance", { body: plan })).status, 201);
    assert.equal((await lab.view()).maintenance, null);
    await house.pass(65);
    assert.equal((await lab.view()).maintenance?.words, "A new router");
    house.says("Bar", null);
    house.says("Terrace", null);
    await house.pass(60);
    assert.deepEqual((await incidentsOf(house)).map(({ muted }) => muted), [true, true]);
    house.heal("Terrace");
    await house.pass(4 * 60);
    const muted = new Map((await incidentsOf(house)).map((incident) => [incident.resolvedAt === null, incident.muted]));
    assert.deepEqual([muted.get(true), muted.get(false)], [false, true]);
    const { registers } = await uptimeOf(house);
    const terrace = registers.find(({ name }) => name === "Terrace")!;
    assert.deepEqual([terrace.percent, terrace.maintenanceMs], [100, 5 * MINUTE_MS]);
    assert.ok(terrace.maintenanceDownMs > 50_000);
    assert.ok(registers.find(({ name }) => name === "Bar")!.downMs < 15_000); // only what outlasted it
    const { windows } = (await lab.call("/api/maintenance")).body;
    assert.equal(
      (await lab.call(`/api/maintenance/${windows[0].id}`, { method: "DELETE" })).body.error.code,
      "window-over",
    );
  }));

Deno.test("[INC27] maintenance that is on can be ended, and one to come taken away", () =>
  inHouse(async (house) => {
    const { lab } = house;
    const at = (minutes: number) => new Date(lab.clock.now + minutes * MINUTE_MS).toISOString();
    const plan = async (from: number, until: number) =>
      (await lab.call("/api/maintenance", { body: { startsAt: at(from), endsAt: at(until), words: "x" } })).body.id;
    const now = await plan(-1, 60);
    const later = await plan(60, 90);
    for (const id of [now, later]) {
      assert.equal((await lab.call(`/api/maintenance/${id}`, { method: "DELETE" })).status, 204);
    }
    await house.pass(1);
    assert.equal((await lab.view()).maintenance, null);
    const { windows } = (await lab.call("/api/maintenance")).body;
    assert.deepEqual(
      windows.map(({ id }: { id: string }) => id),
      [now],
    );
  }));

Deno.test("[INC18] [INC28] when the venue is closed, silence is as it should be", () =>
  inHouse(async (house) => {
    const { lab } = house; // it is Monday, 18:00 UTC
    const hours = (opens: string, closes: string) => ({
      openingHours: { timeZone: "UTC", week: [0, 1, 2, 3, 4, 5, 6].map((day) => ({ day, opens, closes })) },
    });
    const set = (body: unknown) => lab.call("/api/settings", { method: "PATCH", body });
    assert.equal((await set({ openingHours: { timeZone: "Mars/Olympus", week: [] } })).status, 400);
    assert.equal(
      (await set({ openingHours: { timeZone: "UTC", week: [{ day: 0, opens: "9", closes: "17:00" }] } })).status,
      400,
    );
    house.says("Bar", null);
    await house.pass(60);
    assert.deepEqual(await lab.found(), ["register-silent Bar"]);
    assert.equal((await set(hours("09:00", "18:00"))).body.openingHours.week.length, 7);
    for (const name of FOUR) house.says(name, null);
    await house.pass(120);
    const view = await lab.view();
    assert.deepEqual([view.open, view.findings, view.verdict.level], [false, [], "ok"]);
    assert.match(view.verdict.text, /closed/);
    assert.equal((await incidentsOf(house)).length, 1);
    const { registers } = await uptimeOf(house);
    assert.ok(registers.every(({ closedMs }) => closedMs > 0));
    assert.equal(registers.find(({ name }) => name === "Window")?.downMs, 0);
    await set(hours("18:04", "23:00")); // it opens in a moment
    await house.pass(14 * 60);
    assert.deepEqual(await lab.found(), []);
    await house.pass(5 * 60);
    assert.equal((await lab.found()).length, 4);
    assert.equal((await set({ openingHours: null })).body.openingHours, null);
  }));

Deno.test("[INC29] uptime of what was never measured is not known, and is for managers only", () =>
  inHouse(async (house) => {
    const { router, internet, registers } = await uptimeOf(house, "month");
    assert.deepEqual([router.percent, internet.percent], [null, null]);
    assert.deepEqual(registers.map(({ name, percent }) => [name, percent]), FOUR.map((name) => [name, 100]));
    assert.equal((await house.lab.call("/api/uptime", { cookie: null })).status, 401);
    assert.equal((await house.lab.call("/api/incidents/x", { cookie: null })).status, 401);
  }));

Deno.test("[INC26] the story says what was at stake while it lasted", () =>
  inHouse(async (house) => {
    house.says("Terrace", { unsynced: 3 });
    await house.pass(10);
    house.says("Terrace", null);
    await house.pass(120);
    const id = (await incidentsOf(house)).find(({ code }) => code === "register-silent")!.id;
    const { risk, told } = await storyOf(house, id);
    assert.deepEqual(risk.unsynced.map(({ name, changes }) => [name, changes]), [["Terrace", 3]]);
    assert.equal(risk.openChecks, 0);
    assert.ok(told.some(({ text }) => text === "3 changes were on Terrace alone."));
  }));

Deno.test("[INC17] [NTC6] maintenance and closed hours hold notices back, and say why", () =>
  inHouse(async (house) => {
    const { lab } = house;
    const channel = { kind: "webhook", name: "Office", on: true, severities: ["fail"], url: "http://127.0.0.1:9/x" };
    const channels = [{ ...channel, when: "any-time" }, { ...channel, name: "Owner", when: "opening-hours" }];
    assert.equal((await lab.call("/api/notices/channels", { method: "PUT", body: { channels } })).status, 200);
    const notices = async (): Promise<string[]> =>
      (await lab.call("/api/notices")).body.notices.map(
        ({ channel, why, fate }: Record<string, string>) => `${channel} ${why ?? fate}`,
      ).sort();
    const at = (minutes: number) => new Date(lab.clock.now + minutes * MINUTE_MS).toISOString();
    await lab.call("/api/maintenance", { body: { startsAt: at(-1), endsAt: at(3), words: "A new router" } });
    house.says("Bar", null);
    await house.pass(120);
    assert.deepEqual(await notices(), ["Office muted", "Owner muted"]);
    house.heal("Bar");
    await house.pass(120);
    assert.deepEqual(await notices(), ["Office muted", "Owner muted"]);

    const openingHours = { timeZone: "UTC", week: [{ day: 6, opens: "10:00", closes: "11:00" }] };
    await lab.call("/api/settings", { method: "PATCH", body: { openingHours } });
    house.router = "down"; // at night, with the registers off: only who wants to know at any time is told
    for (const name of FOUR) house.says(name, null);
    await house.pass(20);
    assert.deepEqual(await notices(), ["Office muted", "Office waiting", "Owner muted", "Owner quiet-hours"]);
  }));
