import assert from "node:assert/strict";
import type { Finding, RegisterView, View } from "../../shared/api.ts";
import { metricsText } from "./metrics.ts";

const NOW = "2026-11-23T18:00:00.000Z";
const UNKNOWN = {
  app: null,
  cause: null,
  foreground: null,
  shiftOpen: null,
  address: null,
  device: null,
  network: null,
};
const UNMEASURED = {
  ...{
    rttMs: null,
    lossPercent: null,
    signalDbm: null,
    clockOffsetMs: null,
    configVersion: null,
    unsynced: null,
    behind: null,
  },
};

function register(id: string, name: string, more: Partial<RegisterView> = {}): RegisterView {
  const known = {
    id,
    name,
    letter: "A",
    enrolledAt: NOW,
    lastHeard: null,
    connected: false,
    state: "unknown" as const,
    day: [],
  };
  return { ...known, ...UNKNOWN, ...UNMEASURED, ...more };
}
function finding(code: string, severity: Finding["severity"]): Finding {
  return { code, severity, subject: "hub", strength: "A", title: "", text: "", evidence: [], since: NOW, runbook: [] };
}
function view(more: Partial<View> = {}): View {
  const layer = { state: "unknown" as const, text: "", address: null, rttMs: null, checkedAt: null };
  return {
    venue: {
      name: "Bar Lola",
      configVersion: 1,
      settings: { sync: true, latestVersion: null, discountPercent: 100, dayBegins: "04:00", openingHours: null },
    },
    now: NOW,
    verdict: { level: "ok", text: "" },
    router: layer,
    internet: layer,
    ...{ registers: [], links: [], findings: [], incidents: [], losses: [], heldUp: null, runbooks: [] },
    hub: { version: "1.2.3", startedAt: NOW, urls: ["http://192.168.1.10:8787"] },
    checks: { open: 4, attention: 1 },
    open: true,
    maintenance: null,
    ...more,
  };
}
/** Samples by what stands before the number. */
async function samples(of: View, ops = 0): Promise<Map<string, number>> {
  const lines = (await metricsText(of, ops)).split("\n").filter((line) => line && !line.startsWith("#"));
  return new Map(
    lines.map((line) => [line.slice(0, line.lastIndexOf(" ")), Number(line.slice(line.lastIndexOf(" ") + 1))]),
  );
}

Deno.test("[API12] the hub, checks, ops and sessions are counted", async () => {
  const found = await samples(view({ registers: [register("aaaaaaaa", "Bar", { connected: true })] }), 118);
  assert.equal(found.get('counterpart_hub_info{version="1.2.3"}'), 1);
  assert.equal(found.get("counterpart_hub_start_timestamp_seconds"), Date.parse(NOW) / 1_000);
  assert.equal(found.get("counterpart_ops_stored"), 118);
  assert.equal(found.get("counterpart_sessions"), 1);
  assert.deepEqual([found.get("counterpart_checks_open"), found.get("counterpart_checks_attention")], [4, 1]);
});

Deno.test("[API12] a register's numbers are in base units, and every state and code is counted", async () => {
  const measured = {
    state: "ok" as const,
    lastHeard: NOW,
    rttMs: 12,
    lossPercent: 25,
    signalDbm: -61,
    unsynced: 3,
    behind: 2,
  };
  const found = await samples(view({
    registers: [register("aaaaaaaa", "Bar", measured), register("bbbbbbbb", "Terrace", { state: "silent" })],
    findings: [finding("router-down", "fail"), finding("signal-weak", "warn"), finding("signal-weak", "warn")],
  }));
  const of = (name: string) => found.get(`counterpart_register_${name}{register="aaaaaaaa",name="Bar"}`);
  assert.deepEqual(["round_trip_seconds", "loss_ratio", "signal_dbm", "unsynced_ops", "behind_ops"].map(of), [
    0.012,
    0.25,
    -61,
    3,
    2,
  ]);
  assert.equal(of("last_heard_timestamp_seconds"), Date.parse(NOW) / 1_000);
  const state = (name: string) => found.get(`counterpart_registers{state="${name}"}`);
  assert.deepEqual(["ok", "late", "silent", "unknown"].map(state), [1, 0, 1, 0]);
  assert.equal(found.get('counterpart_findings{severity="warn",code="signal-weak"}'), 2);
  assert.equal(found.get('counterpart_findings{severity="fail",code="router-down"}'), 1);
});

Deno.test("[API12] what is not known is absent, and up or down is one or zero", async () => {
  const found = await samples(view({ registers: [register("aaaaaaaa", "Bar")] }));
  assert.deepEqual([...found.keys()].filter((name) => name.includes("_register_")), [
    'counterpart_register_connected{register="aaaaaaaa",name="Bar"}',
  ]);
  assert.equal(found.has("counterpart_router_up"), false);
  const router = async (state: "ok" | "down") =>
    (await samples(view({ router: { ...view().router, state } }))).get("counterpart_router_up");
  assert.deepEqual([await router("ok"), await router("down")], [1, 0]);
});

Deno.test("[API12] a name cannot break out of its label, and an un-enrolled register leaves nothing behind", async () => {
  const text = await metricsText(view({ registers: [register("aaaaaaaa", 'Bar "1"\\\n2 {')] }), 0);
  assert.ok(text.includes('counterpart_register_connected{register="aaaaaaaa",name="Bar \\"1\\"\\\\\\n2 {"} 0\n'));
  assert.equal((await metricsText(view(), 0)).includes("aaaaaaaa"), false);
});

Deno.test("[API12] no address is told", async () => {
  const bar = register("aaaaaaaa", "Bar", {
    address: "192.168.1.21",
    network: { ssid: "Shop", bssid: "a4:2b:b0:01:02:03" },
  });
  const text = await metricsText(view({ registers: [bar] }), 0);
  assert.equal(/192\.168|Shop|a4:2b/.test(text), false);
});
