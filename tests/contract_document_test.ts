/**
 * The contract's document against the hub that serves it: every route, every code, every reference, every example, and a walk through all
 * endpoints whose real answers are held against the document's own schemas, read back from its JSON.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { z } from "zod";
import { assemble } from "../server/main.ts";
import { CLOSE, WIRE_VERSION } from "../shared/wire.ts";
import { sourceFiles } from "../tools/source_files.ts";
import { type Answer, type LabHub, openLabHub, START } from "./support/lab_hub.ts";

const AT = "#/components/schemas/";
const OUTSIDE_API = ["/healthz", "/metrics"]; // in the document although they are not under /api

interface Operation {
  readonly security: readonly Record<string, unknown>[];
  readonly requestBody?: { content: { "application/json": { schema: Ref; example?: unknown } } };
  readonly responses: Record<string, { content?: Record<string, { schema: Ref }>; "x-codes"?: string[] }>;
  readonly "x-websocket"?: { closes: unknown[] };
}
interface Document {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { schemas: Record<string, unknown>; securitySchemes: Record<string, unknown> };
}
type Ref = Record<string, unknown>;

async function withHub(run: (lab: LabHub, document: Document) => Promise<void> | void): Promise<void> {
  const lab = await openLabHub();
  try {
    await run(lab, (await lab.call("/api/openapi.json", { cookie: null })).body);
  } finally {
    await lab.stop();
  }
}

/** A reader of one of the document's schemas, made from the document alone. */
function readerOf(schema: Ref, document: Document): z.ZodType {
  const all = { ...schema, $defs: document.components.schemas };
  return z.fromJSONSchema(JSON.parse(JSON.stringify(all).replaceAll(AT, "#/$defs/")));
}

function operationsOf({ paths }: Document): [name: string, operation: Operation][] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map((
      [method, operation],
    ): [string, Operation] => [`${method.toUpperCase()} ${path}`, operation])
  );
}

Deno.test("[API10] the document has every route that the hub serves under /api, and no other", () =>
  withHub((_, document) => {
    const { app, close } = assemble({
      path: ":memory:",
      clock: { now: () => START, steady: () => 0 },
      random: (length) => crypto.getRandomValues(new Uint8Array(length)),
      urls: () => [],
      baseUrl: () => "",
    });
    close();
    const served = app.routes.filter(({ method, path }) =>
      method !== "ALL" && (path.startsWith("/api/") || OUTSIDE_API.includes(path))
    ).map(({ method, path }) => `${method} ${path.replace(/:(\w+)(\{[^/]*\})?/g, "{$1}")}`);
    assert.ok(served.length > 15);
    assert.deepEqual(operationsOf(document).map(([name]) => name).sort(), [...new Set(served)].sort());
  }));

Deno.test("[API10] every reference resolves, every caller is described, and operations have names of their own", () =>
  withHub((_, document) => {
    const text = JSON.stringify(document);
    const references = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1]!);
    assert.ok(references.length > 50);
    for (const reference of references) assert.ok(reference.slice(AT.length) in document.components.schemas, reference);
    assert.equal(text.includes('"$id"'), false); // it would move the base of every reference
    for (const [name, { security }] of operationsOf(document)) {
      for (const key of security.flatMap(Object.keys)) assert.ok(key in document.components.securitySchemes, name);
    }
    const ids = operationsOf(document).map(([, operation]) =>
      (operation as unknown as { operationId: string }).operationId
    );
    assert.equal(new Set(ids).size, ids.length);
    assert.equal(document.openapi, "3.1.0");
  }));

Deno.test("[API10] every code with which the hub refuses is in the document, and no other", () =>
  withHub((_, document) => {
    const inSource = sourceFiles(".", "server").filter((path) => /server\/(http\/|app\.ts)/.test(path)).flatMap((
      path,
    ) =>
      [...readFileSync(path, "utf8").matchAll(/new Refusal\(\s*(\d+),\s*"([\w-]+)"/g)].map(([, status, code]) =>
        `${status} ${code}`
      )
    );
    const said = operationsOf(document).flatMap(([, { responses }]) =>
      Object.entries(responses).flatMap(([status, { "x-codes": codes = [] }]) =>
        codes.map((code) => `${status} ${code}`)
      )
    );
    assert.ok(inSource.length > 10);
    assert.deepEqual([...new Set(said)].sort(), [...new Set([...inSource, "default internal"])].sort());
  }));

Deno.test("[API10] every example is taken by the schema that it stands beside", () =>
  withHub((_, document) => {
    const bodies = operationsOf(document).flatMap(([name, { requestBody }]) =>
      requestBody ? [[name, Object.values(requestBody.content)[0]!] as const] : []
    );
    for (const [name, { schema, example }] of bodies) {
      assert.ok(readerOf(schema, document).safeParse(example).success, name);
      assert.equal(readerOf(schema, document).safeParse("not this").success, false, name);
    }
    const beat = readerOf({ $ref: `${AT}Heartbeat` }, document);
    assert.ok(beat.safeParse(FULL_HEARTBEAT).success, "the heartbeat as it is written down");
    assert.equal(beat.safeParse({ ...FULL_HEARTBEAT, network: { rssiDbm: 20 } }).success, false);
  }));

Deno.test("[API10] the session's messages and every way it ends are described", () =>
  withHub((_, document) => {
    const session = document.paths["/api/link"]!["get"]!["x-websocket"]!;
    assert.deepEqual(session.closes, Object.values(CLOSE));
    const message = readerOf({ $ref: `${AT}RegisterMessage` }, document);
    assert.ok(message.safeParse({ type: "have", vector: { "aaaaaaaa-0000": 3 } }).success);
    assert.ok(message.safeParse({ type: "heartbeat", heartbeat: FULL_HEARTBEAT }).success);
    assert.equal(message.safeParse({ type: "confetti" }).success, false);
  }));

Deno.test("[API10] what the hub really answers is what the document says, endpoint by endpoint", () =>
  withHub(async (lab, document) => {
    const visited = new Set<string>();
    const visit = async (name: string, path: string, init: Parameters<LabHub["call"]>[1] = {}): Promise<Answer> => {
      const method = name.split(" ")[0]!;
      const answer = await lab.call(path, { method, ...init });
      const operation = operationsOf(document).find(([known]) => known === name)?.[1];
      assert.ok(operation, `${name} is not in the document`);
      const said = operation.responses[answer.status];
      assert.ok(said, `${name} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
      const [media, content] = Object.entries(said.content ?? {})[0] ?? [];
      assert.ok(media === undefined || answer.headers.get("content-type")?.startsWith(media), `${name} is ${media}`);
      if (content) readerOf(content.schema, document).parse(answer.body);
      if (answer.status >= 400) assert.ok(said["x-codes"]!.includes(answer.body.error.code), name);
      visited.add(name);
      return answer;
    };
    const register = async (): Promise<string> => {
      const { code } = (await visit("POST /api/enrollments", "/api/enrollments")).body;
      const enrolled = await visit("POST /api/registers", "/api/registers", { body: { code, name: "Bar" } });
      await visit("POST /api/registers", "/api/registers", { body: { code, name: "Again" } });
      return enrolled.body.token;
    };
    const token = await register();
    const beat = { ...FULL_HEARTBEAT, sentAt: new Date(START).toISOString(), state: { autoLock: 2 } };
    const send = () => lab.call("/api/heartbeats", { body: beat, token });
    await lab.pass(40, (second) => second % 5 === 0 && send());
    const id = lab.hub.view().registers[0]!.id;
    const { check, heard } = await bringCheck(lab, id, token);
    const hubMessage = readerOf({ $ref: `${AT}HubMessage` }, document);
    for (const message of heard) hubMessage.parse(message);
    assert.ok(heard.length >= 3);

    assert.equal(
      (await visit("POST /api/heartbeats", "/api/heartbeats", { body: beat, token })).body.findings.length,
      2,
    );
    await visit("POST /api/heartbeats", "/api/heartbeats", { body: {}, token });
    await visit("POST /api/signals", "/api/signals", { body: { rssiDbm: "-61" }, token });
    await visit("POST /api/signals", "/api/signals", { body: { rssiDbm: "-61" } });
    for (const known of [token, "unknown"]) {
      const words = { token: known, kind: "hidden", sentAt: new Date(START).toISOString() };
      await visit("POST /api/last-words", "/api/last-words", { body: words });
    }
    await visit("GET /api/config", "/api/config", { token });
    await visit("GET /api/link", "/api/link");
    await visit("PATCH /api/registers/{id}", `/api/registers/${id}`, { body: { name: "Terrace" } });
    await visit("GET /api/session", "/api/session", { cookie: null });
    await visit("POST /api/setup", "/api/setup", { body: { code: "AAAAAA", venue: "X", passphrase: "12345678" } });
    await visit("POST /api/sign-in", "/api/sign-in", { body: { passphrase: "a quiet evening" } });
    await visit("PATCH /api/settings", "/api/settings", { body: { latestVersion: "3.2.0" } });
    await visitSettings(visit);
    await visitInstall(lab, visit, id, token);
    const probing = (await visit("GET /api/probes/settings", "/api/probes/settings")).body;
    for (const [set, status] of [[{ ...probing.usual, waitMs: 2_500 }, 200], [{ internet: ["x"] }, 400], [null, 200]]) {
      const answer = await visit("PUT /api/probes/settings", "/api/probes/settings", { body: { set } });
      assert.equal(answer.status, status);
    }
    const view = await visit("GET /api/view", "/api/view");
    assert.deepEqual([view.body.registers.length, view.body.links.length > 0], [1, true]);
    await visit("GET /api/view", "/api/view", { cookie: null });
    await visit("GET /api/registers/{id}/series", `/api/registers/${id}/series`);
    await visit("GET /api/registers/{id}/series", `/api/registers/${id}/series?range=aeon`);
    assert.ok((await visit("GET /api/incidents", "/api/incidents")).body.incidents.length > 0);
    await visitPast(visit, view.body.incidents[0].id);
    assert.equal((await visit("GET /api/checks", "/api/checks?state=open&limit=5")).body.checks.length, 1);
    const story = await visit("GET /api/checks/{id}", `/api/checks/${check}`);
    assert.deepEqual([story.body.lines.length, story.body.payments.length, story.body.flags.length], [1, 2, 1]);
    await visit("GET /api/checks/{id}", "/api/checks/nothing");
    assert.deepEqual((await visit("POST /api/checks/let-go", "/api/checks/let-go", { body: {} })).body, { count: 0 });
    await visitRunbooks(visit);
    await visit("GET /api/trust", "/api/trust", { cookie: null });
    for (const file of ["ca.pem", "ca.crt", "counterpart.mobileconfig"]) { // HTTPS is off here; tls_test.ts has it on
      assert.equal((await visit(`GET /api/trust/${file}`, `/api/trust/${file}`)).status, 404);
    }
    await visit("GET /api/openapi.json", "/api/openapi.json");
    await visit("GET /api/docs", "/api/docs");
    await visit("GET /healthz", "/healthz");
    await visit("GET /metrics", "/metrics");
    await visit("POST /api/heartbeats", "/api/heartbeats", { body: { ...beat, unsynced: 2 }, token });
    await visit("DELETE /api/registers/{id}", `/api/registers/${id}`);
    await visit("DELETE /api/registers/{id}", `/api/registers/${id}?force=true`);
    const [loss] = (await visit("GET /api/view", "/api/view")).body.losses;
    assert.equal(loss.count, 2);
    for (const status of [204, 404]) {
      const seen = await visit("POST /api/losses/{id}/seen", `/api/losses/${loss.id}/seen`, { body: {} });
      assert.equal(seen.status, status);
    }
    await visit("POST /api/sign-out", "/api/sign-out");
    const feed = "GET /api/feed"; // never ends; its events are held against the view's schema in contract_test.ts
    assert.deepEqual(operationsOf(document).map(([name]) => name).filter((name) => !visited.has(name)), [feed]);
  }));

/** A guide begun, begun again, answered and stopped, and what is refused of each. */
async function visitRunbooks(
  visit: (name: string, path: string, init?: Parameters<LabHub["call"]>[1]) => Promise<Answer>,
): Promise<void> {
  const begin = (kind: string) => visit("POST /api/runbooks", "/api/runbooks", { body: { kind } });
  const { body: { id, steps }, status } = await begin("check-not-found");
  assert.deepEqual([status, (await begin("check-not-found")).status, (await begin("x")).status], [201, 200, 400]);
  const now = steps.find(({ state }: { state: string }) => state === "now").id;
  for (const expected of [200, 409]) {
    const at = `/api/runbooks/${id}/steps/${encodeURIComponent(now)}/done`;
    const answered = await visit("POST /api/runbooks/{id}/steps/{step}/done", at, { body: { how: "skipped" } });
    assert.equal(answered.status, expected);
  }
  for (const expected of [200, 409]) {
    const stopped = await visit("POST /api/runbooks/{id}/stop", `/api/runbooks/${id}/stop`);
    assert.equal(stopped.status, expected);
  }
}

/** The story of an incident, uptime, and a maintenance that is planned and taken away again. */
async function visitPast(
  visit: (name: string, path: string, init?: Parameters<LabHub["call"]>[1]) => Promise<Answer>,
  incident: string,
): Promise<void> {
  const at = (minutes: number) => new Date(START + minutes * 60_000).toISOString();
  assert.ok((await visit("GET /api/incidents/{id}", `/api/incidents/${incident}`)).body.told.length > 0);
  await visit("GET /api/incidents/{id}", "/api/incidents/nothing");
  assert.equal((await visit("GET /api/uptime", "/api/uptime?range=week")).body.registers.length, 1);
  await visit("GET /api/uptime", "/api/uptime?range=aeon");
  const plan = { startsAt: at(60), endsAt: at(120), words: "A new router" };
  const { id } = (await visit("POST /api/maintenance", "/api/maintenance", { body: plan })).body;
  await visit("POST /api/maintenance", "/api/maintenance", { body: { ...plan, endsAt: at(-60), startsAt: at(-90) } });
  assert.equal((await visit("GET /api/maintenance", "/api/maintenance")).body.windows.length, 1);
  await visit("DELETE /api/maintenance/{id}", `/api/maintenance/${id}`);
  await visit("DELETE /api/maintenance/{id}", `/api/maintenance/${id}`);
}

/** Menu, taxes and staff, each put, refused and taken away again. */
async function visitSettings(
  visit: (name: string, path: string, init?: Parameters<LabHub["call"]>[1]) => Promise<Answer>,
): Promise<void> {
  const item = { sku: "sake", name: "Sake", category: "Bar", price: 800, taxes: [], modifiers: [] };
  await visit("PUT /api/menu/items/{sku}", "/api/menu/items/sake", { body: item });
  await visit("PUT /api/menu/items/{sku}", "/api/menu/items/sake", { body: { ...item, price: 900 } });
  await visit("PUT /api/menu/items/{sku}", "/api/menu/items/ale", { body: item });
  const { taxes } = (await visit("GET /api/menu", "/api/menu")).body;
  await visit("PUT /api/taxes", "/api/taxes", { body: { taxes } });
  await visit("PUT /api/taxes", "/api/taxes", { body: { taxes: [] } });
  const raw = (await visit("GET /api/menu.csv", "/api/menu.csv")).body;
  await visit("GET /api/menu.csv", "/api/menu.csv?separator=x");
  await visit("POST /api/menu", "/api/menu?preview=true", { raw });
  await visit("POST /api/menu", "/api/menu", { raw: "sku" });
  await visit("DELETE /api/menu/items/{sku}", "/api/menu/items/sake");
  await visit("DELETE /api/menu/items/{sku}", "/api/menu/items/sake");
  await visitNotices(visit);
  const ana = { name: "Ana", role: "server", pin: "4711" };
  const { id } = (await visit("POST /api/staff", "/api/staff", { body: ana })).body;
  await visit("POST /api/staff", "/api/staff", { body: ana });
  await visit("PATCH /api/staff/{id}", `/api/staff/${id}`, { body: { pin: "0815" } });
  await visit("GET /api/staff", "/api/staff");
  await visit("DELETE /api/staff/{id}", `/api/staff/${id}`);
  await visit("DELETE /api/staff/{id}", `/api/staff/${id}`);
}

/** The survey, a walk test, a report: each done and each refused. */
async function visitInstall(
  lab: LabHub,
  visit: (name: string, path: string, init?: Parameters<LabHub["call"]>[1]) => Promise<Answer>,
  register: string,
  token: string,
): Promise<void> {
  const photo = `data:image/jpeg;base64,${btoa("not much of a picture")}`;
  const put = (body: Record<string, unknown>) =>
    visit("PUT /api/install/survey", "/api/install/survey", { method: "PUT", body });
  const answered = await put({ question: "router", choice: "alone", by: "Ana", photo });
  const id = answered.body.answers[0].photo;
  await put({ question: "distance", register, distance: { amount: 4, unit: "m" }, by: "Ana" });
  await put({ question: "distance", register: "nobody", distance: { amount: 4, unit: "m" }, by: "Ana" });
  await put({ question: "nothing", by: "Ana" });
  await visit("GET /api/install/photos/{id}", `/api/install/photos/${id}`);
  await visit("GET /api/install/photos/{id}", "/api/install/photos/nothing");
  const ask = { register, spot: "Door" };
  assert.equal((await visit("POST /api/install/walks", "/api/install/walks", { body: ask })).status, 409);
  const start = await visit("POST /api/walks", "/api/walks", { body: { spot: "Door" }, token });
  const at = `/api/walks/${start.body.id}`;
  await visit("POST /api/install/walks", "/api/install/walks", { body: ask });
  await visit("GET /api/walks/{id}/ping", `${at}/ping`, { token });
  await visit("GET /api/walks/{id}/bytes", `${at}/bytes`, { token });
  await visit("POST /api/walks/{id}/bytes", `${at}/bytes`, { token, method: "POST", raw: "x".repeat(100_000) });
  const many = "x".repeat(300_000);
  assert.equal(
    (await visit("POST /api/walks/{id}/bytes", `${at}/bytes`, { token, method: "POST", raw: many })).status,
    413,
  );
  const reading = { rttMs: [3, 4], lost: 0, down: { bytes: 0, ms: 0 }, up: { bytes: 100_000, ms: 20 } };
  await visit("POST /api/walks/{id}/result", `${at}/result`, { body: reading, token });
  await visit("POST /api/walks/{id}/result", `${at}/result`, { body: reading, token });
  await visit("GET /api/walks/{id}/ping", `${at}/ping`, { token });
  lab.air.dhcp = { kind: "known", servers: [{ address: "192.168.1.1", mac: "a4:2b:b0:00:00:01" }] };
  for (const expected of [200, 429]) {
    assert.equal((await visit("POST /api/probes/dhcp", "/api/probes/dhcp", { method: "POST" })).status, expected);
  }
  const signed = await visit("POST /api/install/reports", "/api/install/reports", { body: { by: "Ana" } });
  await visit("GET /api/install/reports/{id}", `/api/install/reports/${signed.body.report.id}`);
  await visit("GET /api/install/reports/{id}", "/api/install/reports/nothing");
  await visit("GET /api/install", "/api/install");
}

/** Channels, put, refused, tried against an address where nobody is, and taken away again. */
async function visitNotices(
  visit: (name: string, path: string, init?: Parameters<LabHub["call"]>[1]) => Promise<Answer>,
): Promise<void> {
  const put = (...channels: unknown[]) =>
    visit("PUT /api/notices/channels", "/api/notices/channels", { body: { channels } });
  const channel = { kind: "ntfy", name: "Ana", on: true, severities: ["fail"], when: "any-time" };
  await put({ ...channel, url: "ftp://ntfy.sh/x" });
  await put(channel);
  const [{ id }] = (await put({ ...channel, url: "http://127.0.0.1:9/topic", secret: "tk_1" })).body.channels;
  await put({ ...channel, id, url: "http://127.0.0.2:9/topic" });
  await put({ ...channel, id: "gone" });
  await visit("GET /api/notices/channels", "/api/notices/channels");
  const test = "POST /api/notices/channels/{id}/test";
  assert.equal((await visit(test, `/api/notices/channels/${id}/test`, {})).body.ok, false);
  await visit(test, "/api/notices/channels/nobody/test");
  await put();
  await visit("GET /api/notices", "/api/notices");
}

/** Brings a check with a line, paid twice, in a session as a register does; returns its id and all that the hub said. */
async function bringCheck(lab: LabHub, register: string, token: string): Promise<{ check: string; heard: unknown[] }> {
  const replica = `${register}-0000`;
  const check = `${replica}/1`;
  const tax = { name: "Sales tax", rate: 887.5, mode: "exclusive" };
  const bodies = [
    { kind: "check.open", number: "A1", table: "7", guests: 2 },
    { kind: "line.add", check, name: "Lager", price: 650, quantity: 2, taxes: [tax] },
    { kind: "payment.add", check, tender: "cash", amount: 1415, tendered: 2000 },
    { kind: "payment.add", check, tender: "card", amount: 1415, tip: 100 },
  ];
  const ops = bodies.map((body, i) => ({ at: [lab.clock.now, i], body }));
  const heard: { type: string; vector?: Record<string, number> }[] = [];
  const socket = new WebSocket(`${lab.url.replace("http", "ws")}/api/link`);
  const say = (message: unknown) => socket.send(JSON.stringify(message));
  const closed = new Promise((resolve) => socket.onclose = resolve);
  socket.onopen = () => say({ type: "hello", version: WIRE_VERSION, token, replica, app: { version: "3.2.0" } });
  socket.onmessage = ({ data }) => {
    const message = JSON.parse(data);
    heard.push(message);
    if (message.type === "welcome") say({ type: "delta", runs: [{ replica, from: 1, ops }] });
    if (message.type === "have" && message.vector[replica] === ops.length) say({ type: "heartbeat", heartbeat: LEAST });
    if (message.type === "answer") socket.close(1000);
  };
  await closed;
  return { check, heard };
}

const LEAST = { sentAt: new Date(START).toISOString(), app: { version: "3.2.0" } };
const FULL_HEARTBEAT = {
  sentAt: "2026-11-23T19:04:05.123Z",
  app: { version: "3.2.0", build: "812" },
  configVersion: 7,
  device: { model: "iPad Air (5th generation)", os: "iPadOS 18.1", batteryPercent: 81 },
  network: {
    ...{ ssid: "Shop", bssid: "a4:2b:b0:01:02:03", band: "5GHz", channel: 44, rssiDbm: -58, noiseDbm: -92 },
    ...{ address: "192.168.1.21", prefixLength: 24, gateway: "192.168.1.1" },
  },
  state: { foreground: true, autoLock: "never", wakeLock: true, shiftOpen: true },
  links: [{ peer: "hub", path: "direct", rttMs: 3.1, lossPercent: 0, since: "2026-11-23T19:00:00.000Z", why: null }],
  unsynced: 0,
  vector: { "aaaaaaaa-0000": 118 },
  suspects: [{ peer: "hub", why: "gap" }],
};
