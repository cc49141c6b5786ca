/** The hub from outside: every endpoint by its name, over real HTTP, with what is right and what is wrong. */
import assert from "node:assert/strict";
import { Config, EnrollmentResponse, EnrolResponse, HeartbeatResponse, Series, View } from "../shared/api.ts";
import { type Answer, type LabHub, openLabHub, START } from "./support/lab_hub.ts";

const BEAT = { sentAt: new Date(START).toISOString(), app: { version: "3.2.0" } };

function withHub(name: string, run: (lab: LabHub) => Promise<void>): void {
  Deno.test(name, async () => {
    const lab = await openLabHub();
    try {
      await run(lab);
    } finally {
      await lab.stop();
    }
  });
}

function refused(answer: Answer, status: number, code: string): void {
  assert.equal(answer.status, status, JSON.stringify(answer.body));
  assert.equal(answer.body.error.code, code);
  assert.ok(answer.body.error.message.length > 10, "a refusal says what to do");
}

withHub("[API1] setup works once, with the right code only, and signs in", async (lab) => {
  refused(
    await lab.call("/api/setup", { body: { code: "AAAAAA", venue: "X", passphrase: "12345678" } }),
    409,
    "set-up-already",
  );
  refused(await lab.call("/api/view", { cookie: null }), 401, "not-signed-in");
  refused(await lab.call("/api/view", { cookie: "counterpart=guess" }), 401, "not-signed-in");
  refused(await lab.call("/api/sign-in", { body: { passphrase: "not this one" } }), 401, "wrong-passphrase");
  assert.equal((await lab.call("/api/view")).status, 200);
  const session = await lab.call("/api/session");
  assert.deepEqual(session.body, { setUp: true, signedIn: true, venue: "Bar Lola" });
  assert.match(lab.cookie, /^counterpart=\w{40}$/);
});

withHub("[API1] signing out ends the session of that cookie", async (lab) => {
  assert.equal((await lab.call("/api/sign-out", { body: {} })).status, 204);
  refused(await lab.call("/api/view"), 401, "not-signed-in");
});

withHub("[API2] ten wrong passphrases from one address have to wait, and the right one too", async (lab) => {
  for (let i = 0; i < 10; i++) await lab.call("/api/sign-in", { body: { passphrase: `wrong ${i}` } });
  refused(await lab.call("/api/sign-in", { body: { passphrase: "a quiet evening" } }), 429, "too-many-attempts");
  lab.clock.now += 11 * 60_000;
  assert.equal((await lab.call("/api/sign-in", { body: { passphrase: "a quiet evening" } })).status, 200);
});

withHub("[API3] a code enrols one register, once, in time", async (lab) => {
  const offer = EnrollmentResponse.parse((await lab.call("/api/enrollments", { body: {} })).body);
  assert.match(offer.url, new RegExp(`/register#code=${offer.code}$`));
  refused(await lab.call("/api/registers", { body: { code: "ZZZZZZ", name: "Bar" } }), 403, "wrong-code");
  refused(await lab.call("/api/registers", { body: { code: offer.code, name: "  " } }), 400, "bad-request");
  const enrolled = await lab.call("/api/registers", { body: { code: offer.code.toLowerCase(), name: "Bar" } });
  const { registerId, letter } = EnrolResponse.parse(enrolled.body);
  assert.equal(letter, "A");
  refused(await lab.call("/api/registers", { body: { code: offer.code, name: "Again" } }), 409, "code-used");
  const late = EnrollmentResponse.parse((await lab.call("/api/enrollments", { body: {} })).body);
  lab.clock.now = Date.parse(late.expiresAt);
  refused(await lab.call("/api/registers", { body: { code: late.code, name: "Late" } }), 410, "code-expired");
  assert.deepEqual((await lab.view()).registers.map(({ id, name }) => [id, name]), []); // not before a tick
  await lab.pass(1);
  assert.deepEqual((await lab.view()).registers.map(({ id, name }) => [id, name]), [[registerId, "Bar"]]);
});

withHub(
  "[API3] a register that is un-enrolled is shut out at once, and its letter is never given again",
  async (lab) => {
    const bar = await lab.enrol("Bar");
    assert.equal((await lab.call("/api/heartbeats", { body: BEAT, token: bar.token })).status, 200);
    assert.equal((await lab.call(`/api/registers/${bar.registerId}`, { method: "DELETE" })).status, 204);
    refused(await lab.call("/api/heartbeats", { body: BEAT, token: bar.token }), 401, "unknown-token");
    refused(await lab.call("/api/config", { token: bar.token }), 401, "unknown-token");
    refused(await lab.call(`/api/registers/${bar.registerId}`, { method: "DELETE" }), 404, "unknown-register");
    assert.equal((await lab.enrol("Bar again")).letter, "B");
  },
);

withHub("[API3] un-enrolling a register with changes of its own needs to be meant", async (lab) => {
  const bar = await lab.enrol("Bar");
  await lab.call("/api/heartbeats", { body: { ...BEAT, unsynced: 3 }, token: bar.token });
  const answer = await lab.call(`/api/registers/${bar.registerId}`, { method: "DELETE" });
  refused(answer, 409, "unsynced");
  assert.match(answer.body.error.message, /Bar holds 3 changes/);
  assert.equal((await lab.call(`/api/registers/${bar.registerId}?force=true`, { method: "DELETE" })).status, 204);
});

withHub(
  "[API4] a heartbeat answers with the hub's time, the config version and this register's findings",
  async (lab) => {
    const bar = await lab.enrol("Bar");
    const weak = { ...BEAT, state: { autoLock: 2 } };
    await lab.pass(12, (second) => second % 5 === 0 && lab.call("/api/heartbeats", { body: weak, token: bar.token }));
    const answer = await lab.call("/api/heartbeats", { body: weak, token: bar.token });
    const { now, configVersion, findings } = HeartbeatResponse.parse(answer.body);
    assert.equal(now, new Date(lab.clock.now).toISOString());
    assert.equal(configVersion, 1);
    assert.deepEqual(findings.map(({ code, subject }) => [code, subject]), [["auto-lock-on", bar.registerId]]);
  },
);

withHub("[API5] bad input is refused with what is wrong, and nothing of it is kept", async (lab) => {
  const bar = await lab.enrol("Bar");
  const post = (init: Parameters<LabHub["call"]>[1]) => lab.call("/api/heartbeats", { token: bar.token, ...init });
  refused(await post({ raw: '{"sentAt": "2026' }), 400, "not-json");
  refused(await post({ raw: "" }), 400, "not-json");
  refused(await post({ body: [] }), 400, "bad-request");
  const issues = await post({ body: { ...BEAT, network: { rssiDbm: 20 } } });
  refused(issues, 400, "bad-request");
  assert.deepEqual(issues.body.error.issues.map((issue: { path: string }) => issue.path), ["network.rssiDbm"]);
  refused(await post({ body: { ...BEAT, padding: "x".repeat(10 * 1024 * 1024) } }), 413, "too-large");
  refused(await post({ raw: streamOf("x".repeat(64 * 1024), 20) }), 413, "too-large"); // no length said beforehand
  refused(await lab.call("/api/heartbeats", { body: BEAT, token: "guess" }), 401, "unknown-token");
  refused(await lab.call("/api/heartbeats", { body: BEAT }), 401, "unknown-token");
  await lab.pass(1);
  const [register] = (await lab.view()).registers;
  assert.deepEqual([register?.lastHeard, register?.app, register?.network], [null, null, null]);
});

withHub("[API5] a wrong clock is not bad input: it is taken, and found", async (lab) => {
  const bar = await lab.enrol("Bar");
  const ahead = () => ({ ...BEAT, sentAt: new Date(lab.clock.now + 2 * 24 * 60 * 60_000).toISOString() });
  await lab.pass(20, (second) => second % 5 === 0 && lab.call("/api/heartbeats", { body: ahead(), token: bar.token }));
  assert.deepEqual(await lab.found(), ["clock-skew Bar"]);
});

withHub("[API6] the view has every name of the contract, before and after registers speak", async (lab) => {
  const names = ["venue", "now", "verdict", "router", "internet", "registers", "links", "findings", "incidents"];
  assert.ok(names.every((name) => name in View.parse(structuredClone({ ...(lab.hub.view()) }))));
  assert.equal((await lab.view()).verdict.level, "unknown");
  const bar = await lab.enrol("Bar");
  await lab.call("/api/heartbeats", { body: { ...BEAT, surprise: 1, network: { rssiDbm: -50 } }, token: bar.token });
  await lab.pass(1);
  const view = await lab.view();
  assert.equal(view.verdict.level, "ok");
  assert.equal(view.registers[0]?.state, "ok");
  assert.equal(view.registers[0]?.signalDbm, -50);
  assert.ok(!JSON.stringify(view).includes("surprise"));
});

withHub("[API6] the live feed sends the whole view, at once and again", async (lab) => {
  const response = await fetch(`${lab.url}/api/feed`, { headers: { cookie: lab.cookie } });
  assert.match(response.headers.get("content-type") ?? "", /^text\/event-stream/);
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  const views: View[] = [];
  let text = "";
  while (views.length < 2) {
    text += (await reader.read()).value;
    for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
      const data = /^event: view\ndata: (.*)$/.exec(text.slice(0, end))?.[1];
      text = text.slice(end + 2);
      if (data) views.push(View.parse(JSON.parse(data)));
    }
    if (views.length === 1) {
      await lab.enrol("Bar");
      await lab.pass(2);
    }
  }
  assert.deepEqual(views.map((view) => view.registers.length), [0, 1]);
  await reader.cancel();
});

withHub("[API7] a register gets the menu and settings, and is told when they changed", async (lab) => {
  const bar = await lab.enrol("Bar");
  const before = Config.parse((await lab.call("/api/config", { token: bar.token })).body);
  assert.ok(before.menu.length > 10 && before.sync);
  assert.deepEqual((await lab.call("/api/settings", { method: "PATCH", body: { sync: false } })).body, {
    sync: false,
    latestVersion: null,
    discountPercent: 100,
    openingHours: null,
    dayBegins: "04:00",
  });
  const after = Config.parse((await lab.call("/api/config", { token: bar.token })).body);
  assert.deepEqual([after.version, after.sync], [before.version + 1, false]);
  refused(await lab.call("/api/settings", { method: "PATCH", body: { sync: "maybe" } }), 400, "bad-request");
  refused(await lab.call("/api/config"), 401, "unknown-token");
});

withHub("[API8] history: a register's series, incidents, checks", async (lab) => {
  const bar = await lab.enrol("Bar");
  const beat = () => ({ ...BEAT, sentAt: new Date(lab.clock.now).toISOString(), network: { rssiDbm: -61 } });
  await lab.pass(30, (second) => second % 5 === 0 && lab.call("/api/heartbeats", { body: beat(), token: bar.token }));
  const series = Series.parse((await lab.call(`/api/registers/${bar.registerId}/series?range=hour`)).body);
  assert.deepEqual([...new Set(series.rssiDbm.filter((value) => value !== null))], [-61]);
  refused(await lab.call(`/api/registers/${bar.registerId}/series?range=aeon`), 400, "bad-request");
  refused(await lab.call("/api/registers/nobody/series"), 404, "unknown-register");
  assert.deepEqual((await lab.call("/api/incidents")).body.incidents, []);
  assert.deepEqual((await lab.call("/api/checks")).body, { checks: [] });
  refused(await lab.call("/api/checks/aaaaaaaa-0000/1"), 404, "unknown-check");
  refused(await lab.call("/api/checks?limit=0"), 400, "bad-request");
  refused(await lab.call("/api/checks", { cookie: null }), 401, "not-signed-in");
});

withHub("[API9] what is not there says so; the hub's own health is open to all", async (lab) => {
  refused(await lab.call("/api/confetti"), 404, "not-found");
  assert.deepEqual((await lab.call("/healthz", { cookie: null })).body, { ok: true });
});

function streamOf(chunk: string, times: number): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(chunk);
  return new ReadableStream({
    pull(controller) {
      if (times-- > 0) controller.enqueue(bytes);
      else controller.close();
    },
  });
}
