/** Installing over HTTP: answers, a walk test, reports that are compared, what is refused, and a restart in the middle. */
import assert from "node:assert/strict";
import { InstallView, ReportResponse } from "../shared/install_api.ts";
import { WalkResult, WalkStart } from "../shared/install/walk.ts";
import { type LabHub, openLabHub, START } from "./support/lab_hub.ts";

async function atHub(work: (lab: LabHub) => Promise<void>, path = ":memory:"): Promise<void> {
  const lab = await openLabHub(path);
  try {
    await work(lab);
  } finally {
    await lab.stop();
  }
}

const list = async (lab: LabHub) => InstallView.parse((await lab.call("/api/install")).body);
const rowOf = (view: InstallView, code: string) => view.rows.find((row) => row.code === code)!;
const put = (lab: LabHub, body: Record<string, unknown>) =>
  lab.call("/api/install/survey", { method: "PUT", body: { by: "Ana", ...body } });
const sign = async (lab: LabHub, by = "Ana") =>
  ReportResponse.parse((await lab.call("/api/install/reports", { body: { by } })).body);

async function beat(lab: LabHub, token: string, parts: Record<string, unknown> = {}): Promise<void> {
  const sentAt = new Date(lab.clock.now).toISOString();
  await lab.call("/api/heartbeats", { body: { sentAt, app: { version: "3.2.0" }, ...parts }, token });
}

/** A walk test as any app may do it, with made-up round trips. */
async function walk(lab: LabHub, token: string, spot: string, rtt = 3): Promise<WalkResult> {
  const { id } = WalkStart.parse((await lab.call("/api/walks", { body: { spot }, token })).body);
  const rttMs = Array.from({ length: 50 }, () => rtt);
  const reading = { rttMs, lost: 0, down: { bytes: 0, ms: 0 }, up: { bytes: 0, ms: 0 } };
  return WalkResult.parse((await lab.call(`/api/walks/${id}/result`, { body: reading, token })).body);
}

Deno.test("[INS20] answers, walk tests and reports survive a restart, and the list goes on where it was", async () => {
  const folder = Deno.makeTempDirSync();
  let report = "";
  let register = "";
  await atHub(async (lab) => {
    const { registerId, token } = await lab.enrol("Bar");
    register = registerId;
    await lab.pass(2, () => beat(lab, token));
    await put(lab, { question: "router", choice: "combo" });
    await put(lab, { question: "distance", register, distance: { amount: 20, unit: "ft" } });
    await walk(lab, token, "Door");
    report = (await sign(lab)).report.id;
  }, `${folder}/hub.db`);
  await atHub(async (lab) => {
    const view = await list(lab);
    assert.deepEqual(view.answers.map(({ question }) => question).sort(), ["distance", "router"]);
    assert.deepEqual(view.walks.map(({ spot }) => spot), ["Door"]);
    assert.deepEqual(view.reports.map(({ id }) => id), [report]);
    assert.equal(rowOf(view, "router-combo").state, "warned");
    await lab.pass(70); // a hub that has just begun opens nothing for a minute
    assert.ok((await lab.found()).includes("router-combo venue"), "what was answered is a fact for rules");
  }, `${folder}/hub.db`);
  Deno.removeSync(folder, { recursive: true });
});

Deno.test("[INS6] an answer is replaced, keeps its photo unless told otherwise, and is taken back", () =>
  atHub(async (lab) => {
    const photo = `data:image/png;base64,${btoa("\x89PNG and more")}`;
    const first = InstallView.parse((await put(lab, { question: "router", choice: "alone", photo })).body);
    const id = first.answers[0]!.photo!;
    const got = await lab.call(`/api/install/photos/${id}`);
    assert.deepEqual([got.status, got.headers.get("content-type")], [200, "image/png"]);
    await put(lab, { question: "router", choice: "bridged", by: "Ben", note: "Blue cable" });
    const [answer] = (await list(lab)).answers;
    assert.deepEqual([answer!.by, answer!.note, answer!.photo, answer!.choice], ["Ben", "Blue cable", id, "bridged"]);
    await put(lab, { question: "router", choice: "bridged", photo: null });
    assert.equal((await list(lab)).answers[0]!.photo, null);
    await put(lab, { question: "router" });
    assert.deepEqual((await list(lab)).answers, []);
    assert.equal((await put(lab, { question: "router", choice: "perhaps" })).status, 400);
    assert.equal((await lab.call(`/api/install/photos/${id}`)).status, 200, "a report may show it still");
  }));

Deno.test("[INS17] [INS18] a report stays what it was, and the next one says what drifted", () =>
  atHub(async (lab) => {
    const { registerId, token } = await lab.enrol("Bar");
    const state = (autoLock: number | "never") => ({ state: { autoLock, foreground: true } });
    await lab.pass(2, () => beat(lab, token, state("never")));
    await put(lab, { question: "router", choice: "combo" });
    await walk(lab, token, "Door");
    const first = await sign(lab);
    assert.deepEqual([first.before, first.drift], [null, []]);
    assert.equal(first.report.registers[0]!.id, registerId);

    await lab.pass(2, () => beat(lab, token, state(2)));
    await put(lab, { question: "router", choice: "alone" });
    assert.equal((await walk(lab, token, "Door", 130)).verdict, "warned");
    const second = await sign(lab, "Ben");
    assert.equal(second.before!.id, first.report.id);
    const told = second.drift.map(({ way, text }) => `${way}: ${text}`);
    assert.ok(told.includes("worse: Auto-Lock set to Never: passed then, failed now."), told.join("\n"));
    assert.ok(told.includes("better: A router of its own: to look at then, passed now."), told.join("\n"));
    assert.ok(told.some((text) => text.startsWith("worse: Bar at “Door”: passed")), told.join("\n"));
    assert.equal(
      told.findIndex((text) => text.startsWith("better")) > told.findLastIndex((text) => text.startsWith("worse")),
      true,
    );
    const again = ReportResponse.parse((await lab.call(`/api/install/reports/${first.report.id}`)).body);
    assert.deepEqual(again, first);
  }));

Deno.test("[INS19] without signing in nothing of it is read or written; a register's token opens its own walk only", () =>
  atHub(async (lab) => {
    const bar = await lab.enrol("Bar");
    const till = await lab.enrol("Till 1");
    const { report } = await sign(lab);
    for (const path of ["/api/install", `/api/install/reports/${report.id}`, "/api/install/photos/x"]) {
      assert.equal((await lab.call(path, { cookie: null })).status, 401, path);
      assert.equal((await lab.call(path, { cookie: null, token: bar.token })).status, 401, path);
    }
    assert.equal((await lab.call("/api/install/reports", { body: { by: "Eve" }, cookie: null })).status, 401);
    assert.equal((await lab.call("/api/walks", { body: { spot: "Door" }, cookie: null })).status, 401);
    const { id } = (await lab.call("/api/walks", { body: { spot: "Door" }, token: bar.token })).body;
    assert.equal((await lab.call(`/api/walks/${id}/ping`, { token: bar.token })).status, 204);
    assert.equal((await lab.call(`/api/walks/${id}/ping`, { token: till.token })).status, 404);
    assert.equal((await lab.call("/api/walks", { body: { spot: "Bar" }, token: till.token })).status, 409);
    assert.equal((await lab.call(`/api/walks/${id}/bytes`, { token: bar.token })).status, 200);
    assert.equal((await list(lab)).walking?.pings, 1);
  }));

Deno.test("[INS14] bytes are taken by the chunk and not beyond, and a walk's bytes are bounded", () =>
  atHub(async (lab) => {
    const { token } = await lab.enrol("Bar");
    const { id } = (await lab.call("/api/walks", { body: { spot: "Door" }, token })).body;
    const send = (size: number) =>
      lab.call(`/api/walks/${id}/bytes`, { method: "POST", raw: new Uint8Array(size), token });
    assert.deepEqual((await send(256 * 1024)).body, { bytes: 256 * 1024 });
    assert.equal((await send(256 * 1024 + 1)).status, 413);
    assert.equal(
      (await lab.call("/api/walks/none/bytes", { method: "POST", raw: new Uint8Array(9), token })).status,
      404,
    );
    const big = await lab.call("/api/walks", { raw: "x".repeat(70_000), token });
    assert.equal(big.status, 413, "only bytes of a walk may be large");
  }));

Deno.test("[INS11] the signal that a register told during its walk is the walk's", () =>
  atHub(async (lab) => {
    const { token } = await lab.enrol("Bar");
    await beat(lab, token, { network: { rssiDbm: -50 } });
    await lab.pass(10);
    const { id } = (await lab.call("/api/walks", { body: { spot: "Door" }, token })).body;
    await lab.pass(2);
    await lab.call("/api/signals", { body: { rssiDbm: -72 }, token });
    const rttMs = Array.from({ length: 50 }, () => 3);
    const body = { rttMs, lost: 0, down: { bytes: 0, ms: 0 }, up: { bytes: 0, ms: 0 } };
    const result = WalkResult.parse((await lab.call(`/api/walks/${id}/result`, { body, token })).body);
    assert.deepEqual([result.signalDbm, result.verdict], [-72, "failed"]);
    await lab.pass(2);
    assert.ok((await lab.found()).includes("too-far Bar"));
    assert.equal(Date.parse(result.at) > START, true);
  }));
