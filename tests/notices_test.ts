/** Notices through the whole hub: set over HTTP, made by its rules, sent to a server in the shop's own network, told to managers. */
import assert from "node:assert/strict";
import { openDatabase } from "../server/store/db.ts";
import { type LabHub, openLabHub } from "./support/lab_hub.ts";

const BEAT = (now: number) => ({ sentAt: new Date(now).toISOString(), app: { version: "3.2.0" } });
const SECRETS = /T0K3N|S3CRET/;

/** A server that keeps the JSON it gets. */
// deno-lint-ignore no-explicit-any -- whatever the hub sends; tests look into it
async function withReceiver(test: (url: string, got: any[]) => Promise<void>): Promise<void> {
  // deno-lint-ignore no-explicit-any
  const got: any[] = [];
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, async (request) => {
    got.push(await request.json());
    return new Response("ok");
  });
  try {
    await test(`http://127.0.0.1:${server.addr.port}/hook/T0K3N-of-the-address`, got);
  } finally {
    await server.shutdown();
  }
}

const channel = (url: string) => ({
  ...{ kind: "webhook", name: "Office", on: true, severities: ["fail"], when: "any-time", url, secret: "S3CRET" },
});

Deno.test("[NTC1, NTC3] a register that falls silent and comes back is two messages to a server in the shop", () =>
  withReceiver(async (url, got) => {
    const lab = await openLabHub();
    try {
      await lab.call("/api/notices/channels", { method: "PUT", body: { channels: [channel(url)] } });
      const { token } = await lab.enrol("Bar");
      const beat = () => lab.call("/api/heartbeats", { body: BEAT(lab.clock.now), token });
      await beat();
      await lab.pass(150, () => lab.notices.landed());
      assert.deepEqual(got.map(({ title, mood }) => [title, mood]), [["Bar Lola: Bar is silent", "fail"]]);
      assert.deepEqual(got[0].notices.map(({ code, kind }: Record<string, string>) => [code, kind]), [
        ["register-silent", "fall"],
      ]);
      await lab.pass(400, async (second) => {
        if (second % 5 === 0) await beat();
        await lab.notices.landed();
      });
      await lab.notices.landed();
      assert.deepEqual(got.slice(1).map(({ title, mood }) => [title, mood]), [[
        "Bar Lola: over: Bar is silent",
        "over",
      ]]);
      const { notices } = (await lab.call("/api/notices")).body;
      assert.deepEqual(notices.map(({ channel, fate }: Record<string, string>) => [channel, fate]), [
        ["Office", "sent"],
        ["Office", "sent"],
      ]);
    } finally {
      await lab.stop();
    }
  }));

Deno.test("[NTC15] no page, no view, no list and no metric tells what opens a channel, and only managers may ask", () =>
  withReceiver(async (url) => {
    const lab = await openLabHub();
    try {
      await lab.call("/api/notices/channels", { method: "PUT", body: { channels: [channel(url)] } });
      const [{ id }] = (await lab.call("/api/notices/channels")).body.channels;
      const paths = [
        "/api/view",
        "/api/notices",
        "/api/notices/channels",
        "/api/session",
        "/metrics",
        "/api/incidents",
      ];
      for (const path of paths) assert.doesNotMatch(JSON.stringify((await lab.call(path)).body), SECRETS, path);
      const { token } = await lab.enrol("Bar");
      assert.doesNotMatch(JSON.stringify((await lab.call("/api/config", { token })).body), SECRETS);
      for (const path of ["/api/notices", "/api/notices/channels", `/api/notices/channels/${id}/test`]) {
        const method = path.endsWith("test") ? "POST" : "GET";
        assert.equal((await lab.call(path, { cookie: null, method })).status, 401, path);
      }
    } finally {
      await lab.stop();
    }
  }));

Deno.test("[NTC17] a test arrives at once and says so; at a wrong address it says what to do", () =>
  withReceiver(async (url, got) => {
    const lab = await openLabHub();
    try {
      const wrong = { ...channel("http://127.0.0.1:9/T0K3N"), name: "Wrong" };
      const put = await lab.call("/api/notices/channels", { method: "PUT", body: { channels: [channel(url), wrong] } });
      const [office, nobody] = put.body.channels;
      const test = async (id: string) => (await lab.call(`/api/notices/channels/${id}/test`, { method: "POST" })).body;
      assert.deepEqual(await test(office.id), { ok: true, said: "127.0.0.1 took it." });
      assert.deepEqual([got[0].title, got[0].mood, got[0].notices], ["Bar Lola: test notice", "test", []]);
      assert.deepEqual(await test(nobody.id), {
        ok: false,
        said: "127.0.0.1 could not be reached. Check the address, and that the internet works.",
      });
      const states = (await lab.call("/api/notices/channels")).body.channels.map(({ state }: { state: string }) =>
        state
      );
      assert.deepEqual(states, ["ok", "trouble"]);
    } finally {
      await lab.stop();
    }
  }));

const notHeard = (lab: LabHub, seconds: number) => lab.pass(seconds, () => lab.notices.landed());

Deno.test("[NTC19] a register that is un-enrolled while it is silent is not told as back", () =>
  withReceiver(async (url, got) => {
    const lab = await openLabHub();
    try {
      await lab.call("/api/notices/channels", { method: "PUT", body: { channels: [channel(url)] } });
      const { token, registerId } = await lab.enrol("Bar");
      await lab.call("/api/heartbeats", { body: BEAT(lab.clock.now), token });
      await notHeard(lab, 150);
      await lab.call(`/api/registers/${registerId}`, { method: "DELETE" });
      await notHeard(lab, 700);
      assert.deepEqual(got.map(({ title }) => title), ["Bar Lola: Bar is silent"]);
      const [{ title, fate, why, said, until }] = (await lab.call("/api/notices")).body.notices;
      assert.deepEqual([title, fate, why, until], ["Bar is silent", "dropped", "gone", null]);
      assert.equal(said, "Not sent: what it is about was taken off the list.");
    } finally {
      await lab.stop();
    }
  }));

Deno.test("[NTC19] a silence that ends with the opening hours is not told as over, also when the hub restarts meanwhile", () =>
  withReceiver(async (url, got) => {
    const folder = await Deno.makeTempDir();
    const path = `${folder}/counterpart.db`;
    let lab = await openLabHub(path);
    try {
      await lab.call("/api/notices/channels", { method: "PUT", body: { channels: [channel(url)] } });
      const week = [0, 1, 2, 3, 4, 5, 6].map((day) => ({ day, opens: "10:00", closes: "18:10" }));
      const openingHours = { timeZone: "UTC", week };
      const set = await lab.call("/api/settings", { method: "PATCH", body: { openingHours } });
      assert.equal(set.status, 200, JSON.stringify(set.body));
      const { token } = await lab.enrol("Bar");
      await lab.call("/api/heartbeats", { body: BEAT(lab.clock.now), token });
      await notHeard(lab, 15 * 60);
      await lab.stop();
      lab = await openLabHub(path, lab.clock.now + 1_000);
      await notHeard(lab, 700);
      assert.deepEqual(got.map(({ title }) => title), ["Bar Lola: Bar is silent"]);
      const whys = (await lab.call("/api/notices")).body.notices.map(({ why }: { why: string | null }) => why);
      assert.deepEqual(whys, ["venue-closed", null]);
    } finally {
      await lab.stop();
      await Deno.remove(folder, { recursive: true });
    }
  }));

Deno.test("[NTC19] a fall that is on its way when the venue closes and the hub restarts is not told with an end", async () => {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/counterpart.db`;
  const gate = Promise.withResolvers<void>();
  // deno-lint-ignore no-explicit-any -- whatever the hub sends; tests look into it
  const got: any[] = [];
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, async (request) => {
    got.push(await request.json());
    await gate.promise;
    return new Response("ok");
  });
  let lab = await openLabHub(path);
  try {
    const url = `http://127.0.0.1:${server.addr.port}/hook/T0K3N-of-the-address`;
    await lab.call("/api/notices/channels", { method: "PUT", body: { channels: [channel(url)] } });
    const week = [0, 1, 2, 3, 4, 5, 6].map((day) => ({ day, opens: "10:00", closes: "18:03" }));
    await lab.call("/api/settings", { method: "PATCH", body: { openingHours: { timeZone: "UTC", week } } });
    const { token } = await lab.enrol("Bar");
    await lab.call("/api/heartbeats", { body: BEAT(lab.clock.now), token });
    await lab.pass(4 * 60); // it fell, was sent without an answer, and the venue closed
    await lab.stop();
    lab = await openLabHub(path, lab.clock.now + 1_000);
    gate.resolve();
    await notHeard(lab, 700);
    assert.ok(got.every(({ mood }) => mood === "fail"), "nothing is told as over");
    assert.equal((await lab.call("/api/notices")).body.notices[0].why, "venue-closed");
  } finally {
    await lab.stop();
    await server.shutdown();
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("[NTC20] notices that the disk does not take are found as the hub's, and are on it once it takes them", () =>
  withReceiver(async (url) => {
    const folder = await Deno.makeTempDir();
    const path = `${folder}/counterpart.db`;
    const lab = await openLabHub(path);
    const disk = openDatabase(path);
    try {
      await lab.call("/api/notices/channels", { method: "PUT", body: { channels: [channel(url)] } });
      const { token } = await lab.enrol("Bar");
      await lab.call("/api/heartbeats", { body: BEAT(lab.clock.now), token });
      disk.exec("CREATE TRIGGER full BEFORE INSERT ON notice BEGIN SELECT RAISE(ABORT, 'the disk is full'); END");
      await notHeard(lab, 60);
      const { findings } = await lab.view();
      const storage = findings.find(({ code }) => code === "hub-storage");
      assert.match(storage?.text ?? "", /^The hub could not save .* ago: the disk is full\./);
      assert.deepEqual((await lab.call("/api/notices")).body.notices, []);
      disk.exec("DROP TRIGGER full");
      await notHeard(lab, 2);
      const titles = (await lab.call("/api/notices")).body.notices.map(({ title }: { title: string }) => title);
      assert.deepEqual(titles.toSorted(), ["Bar is silent", "The hub cannot save"]);
      await notHeard(lab, 90);
      assert.ok(!(await lab.view()).findings.some(({ code }) => code === "hub-storage"));
    } finally {
      disk.close();
      await lab.stop();
      await Deno.remove(folder, { recursive: true });
    }
  }));
