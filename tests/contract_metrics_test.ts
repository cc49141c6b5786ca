/** What is read beside the console: the numbers for Prometheus and the signal reports of a Shortcut, over real HTTP. */
import assert from "node:assert/strict";
import { HeartbeatResponse } from "../shared/api.ts";
import { startHub } from "./support/hub_process.ts";
import { type LabHub, openLabHub, START } from "./support/lab_hub.ts";

async function withHub(run: (lab: LabHub) => Promise<void>): Promise<void> {
  const lab = await openLabHub();
  try {
    await run(lab);
  } finally {
    await lab.stop();
  }
}

const BEAT = { sentAt: new Date(START).toISOString(), app: { version: "3.2.0" }, state: { foreground: false } };

Deno.test("[API13] a Shortcut's report is answered as a heartbeat is, and shown as the register's signal", () =>
  withHub(async (lab) => {
    const bar = await lab.enrol("Bar");
    await lab.pass(1);
    const answer = await lab.call("/api/signals", {
      body: { rssiDbm: "-61", ssid: "Shop", channel: "44" },
      token: bar.token,
    });
    assert.equal(answer.status, 200);
    assert.equal(HeartbeatResponse.parse(answer.body).now, new Date(lab.clock.now).toISOString());
    await lab.pass(1);
    const [register] = (await lab.view()).registers;
    assert.deepEqual([register?.signalDbm, register?.network?.ssid, register?.network?.channel], [-61, "Shop", 44]);
    assert.deepEqual([register?.lastHeard, register?.state], [null, "unknown"], "no sign of life");
  }));

Deno.test("[API13] reports do not keep a dead app alive, and do not bring a hidden one to the front", () =>
  withHub(async (lab) => {
    const bar = await lab.enrol("Bar");
    await lab.call("/api/heartbeats", { body: BEAT, token: bar.token });
    const report = () => lab.call("/api/signals", { body: { rssiDbm: "-50" }, token: bar.token });
    await lab.pass(60, (second) => second % 5 === 0 && report());
    const [register] = (await lab.view()).registers;
    assert.deepEqual([register?.state, register?.foreground], ["silent", false]);
    assert.equal(register?.lastHeard, BEAT.sentAt);
  }));

Deno.test("[API13] weak readings from reports alone beside heartbeats are found", () =>
  withHub(async (lab) => {
    const bar = await lab.enrol("Bar");
    const beat = () => ({ ...BEAT, sentAt: new Date(lab.clock.now).toISOString(), state: null });
    await lab.pass(400, async (second) => {
      if (second % 5 === 0) await lab.call("/api/heartbeats", { body: beat(), token: bar.token });
      if (second % 100 === 0) await lab.call("/api/signals", { body: { rssiDbm: "-76" }, token: bar.token });
    });
    assert.deepEqual(await lab.found(), ["signal-weak Bar"]);
    const { findings } = (await lab.call("/api/signals", { body: { rssiDbm: "-76" }, token: bar.token })).body;
    assert.match(findings[0].text, /−76 dBm/);
  }));

Deno.test("[API13] a report out of bounds or with no token is refused, and nothing of it is kept", () =>
  withHub(async (lab) => {
    const bar = await lab.enrol("Bar");
    const refused = await lab.call("/api/signals", { body: { rssiDbm: "strong", ssid: "Shop" }, token: bar.token });
    assert.deepEqual([refused.status, refused.body.error.code], [400, "bad-request"]);
    assert.deepEqual(refused.body.error.issues.map(({ path }: { path: string }) => path), ["rssiDbm"]);
    assert.equal((await lab.call("/api/signals", { body: { rssiDbm: -61 } })).body.error.code, "unknown-token");
    await lab.pass(1);
    const [register] = (await lab.view()).registers;
    assert.deepEqual([register?.signalDbm, register?.network], [null, null]);
  }));

Deno.test("[API12] the numbers need no sign-in, tell no secret, and forget a register that is un-enrolled", () =>
  withHub(async (lab) => {
    const scrape = async (): Promise<string> => {
      const answer = await lab.call("/metrics", { cookie: null });
      assert.match(answer.headers.get("content-type") ?? "", /^text\/plain; version=0\.0\.4/);
      return answer.body;
    };
    const bar = await lab.enrol("Bar");
    await lab.call("/api/heartbeats", { body: { ...BEAT, network: { rssiDbm: -58 }, unsynced: 3 }, token: bar.token });
    await lab.pass(1);
    const text = await scrape();
    assert.ok(text.includes(`counterpart_register_signal_dbm{register="${bar.registerId}",name="Bar"} -58\n`));
    assert.ok(text.includes(`counterpart_register_unsynced_ops{register="${bar.registerId}",name="Bar"} 3\n`));
    assert.ok(text.includes('counterpart_registers{state="ok"} 1\n'));
    for (const secret of [bar.token, lab.cookie.split("=")[1]!, "127.0.0.1", "192.168"]) {
      assert.equal(text.includes(secret), false);
    }
    await lab.call(`/api/registers/${bar.registerId}?force=true`, { method: "DELETE" });
    await lab.pass(1);
    assert.equal((await scrape()).includes(bar.registerId), false);
  }));

Deno.test("[API11] the page is served with its style under the strict policy", () =>
  withHub(async (lab) => {
    const page = await lab.call("/api/docs", { cookie: null });
    assert.match(page.headers.get("content-type") ?? "", /^text\/html/);
    assert.match(page.headers.get("content-security-policy") ?? "", /^default-src 'self'/);
    assert.equal(/unsafe-inline/.test(page.headers.get("content-security-policy") ?? ""), false);
    const style = /<link rel="stylesheet" href="([^"]+)">/.exec(page.body)?.[1] ?? "";
    const sheet = await lab.call(style, { cookie: null });
    assert.equal(sheet.status, 200);
    assert.match(sheet.headers.get("content-type") ?? "", /^text\/css/);
  }));

Deno.test("[API10, API12] under the permissions that a hub is started with, it tells its numbers and its contract", async () => {
  const hub = await startHub();
  try {
    const metrics = await fetch(`${hub.url}/metrics`);
    assert.equal(metrics.status, 200, hub.output());
    assert.match(await metrics.text(), /^counterpart_hub_info\{version="[^"]+"\} 1$/m);
    const document = await fetch(`${hub.url}/api/openapi.json`);
    assert.equal((await document.json()).openapi, "3.1.0");
    const page = await fetch(`${hub.url}/api/docs`);
    assert.match(await page.text(), /^\s*<!doctype html>/i);
  } finally {
    await hub.stop();
  }
});
