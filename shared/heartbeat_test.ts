import assert from "node:assert/strict";
import { test } from "node:test";
import { Heartbeat, SignalReport } from "./heartbeat.ts";

const LEAST = { sentAt: "2026-11-23T19:04:05.123Z", app: { version: "3.2.0" } };
const FULL = {
  ...LEAST,
  app: { version: "3.2.0", build: "812" },
  configVersion: 7,
  device: { model: "iPad Air (5th generation)", os: "iPadOS 18.1", batteryPercent: 81 },
  network: {
    ssid: "Shop",
    bssid: "a4:2b:b0:01:02:03",
    band: "5GHz",
    channel: 44,
    rssiDbm: -58,
    noiseDbm: -92,
    address: "192.168.1.21",
    prefixLength: 24,
    gateway: "192.168.1.1",
  },
  state: { foreground: true, autoLock: "never", wakeLock: true, shiftOpen: true },
  links: [{ peer: "aaaaaaaa", path: "direct", rttMs: 3.1, lossPercent: 0, since: LEAST.sentAt, why: null }],
  unsynced: 0,
  vector: { "aaaaaaaa-0000": 118 },
};
const refused = (change: object) =>
  assert.equal(Heartbeat.safeParse({ ...LEAST, ...change }).success, false, JSON.stringify(change));

test("[SES6] sentAt and app.version are enough, and neither can be left out", () => {
  assert.deepEqual(Heartbeat.parse(LEAST).app.version, "3.2.0");
  assert.equal(Heartbeat.safeParse({ app: LEAST.app }).success, false);
  assert.equal(Heartbeat.safeParse({ sentAt: LEAST.sentAt }).success, false);
  refused({ app: { build: "812" } });
});

test("[SES6] the whole heartbeat is taken as it is", () => {
  const beat = Heartbeat.parse(FULL);
  assert.equal(beat.network?.rssiDbm, -58);
  assert.equal(beat.links?.[0]?.why, undefined);
  assert.equal(beat.state?.autoLock, "never");
});

test("[SES6] unknown fields are left out and null means not known", () => {
  const beat = Heartbeat.parse({ ...LEAST, surprise: 1, device: { model: null, colour: "red" }, unsynced: null });
  assert.deepEqual(JSON.parse(JSON.stringify(beat)), { ...LEAST, device: {} });
});

test("[SES6] known fields are bounded", () => {
  refused({ sentAt: "yesterday" });
  refused({ app: { version: "x".repeat(41) } });
  refused({ network: { rssiDbm: 12 } });
  refused({ network: { rssiDbm: -400 } });
  refused({ network: { bssid: "not a mac" } });
  refused({ network: { address: "999.1.1.1" } });
  refused({ network: { prefixLength: 129 } });
  refused({ device: { batteryPercent: 140 } });
  refused({ state: { autoLock: -2 } });
  refused({ unsynced: -1 });
  refused({ unsynced: 1.5 });
  refused({ links: Array.from({ length: 33 }, () => FULL.links[0]) });
  refused({ vector: { "not a replica": 1 } });
});

test("[SES6] a BSSID is read in any usual spelling", () => {
  const bssid = (text: string) => Heartbeat.parse({ ...LEAST, network: { bssid: text } }).network?.bssid;
  assert.equal(bssid("A4-2B-B0-01-02-03"), "a4:2b:b0:01:02:03");
  assert.equal(bssid("a4:2b:b0:1:2:3"), "a4:2b:b0:01:02:03");
});

test("[API13] a signal report takes digits as text, with any minus sign, and blanks for what is not known", () => {
  const taken = (report: object) => JSON.parse(JSON.stringify(SignalReport.parse(report)));
  assert.deepEqual(taken({ rssiDbm: "-61" }), { rssiDbm: -61 });
  assert.deepEqual(taken({ rssiDbm: " \u221261,5 ", noiseDbm: "-92", channel: "44", surprise: 1 }), {
    ...{ rssiDbm: -61.5, noiseDbm: -92, channel: 44 },
  });
  const blanks = { noiseDbm: "", ssid: "", bssid: "", channel: "", band: "", takenAt: "" };
  assert.deepEqual(taken({ rssiDbm: -61, ...blanks }), { rssiDbm: -61 });
  assert.deepEqual(taken({ rssiDbm: -61, ssid: null, bssid: "A4-2B-B0-1-2-3" }), {
    rssiDbm: -61,
    bssid: "a4:2b:b0:01:02:03",
  });
  assert.deepEqual(taken({ rssiDbm: -61, takenAt: "2026-11-23T20:04:05+01:00" }).takenAt, "2026-11-23T20:04:05+01:00");
});

test("[API13] a signal report is bounded like a heartbeat", () => {
  const outside = [{ rssiDbm: 12 }, { rssiDbm: "12" }, { rssiDbm: "-400" }, { rssiDbm: "" }, { rssiDbm: "strong" }, {}];
  const beside = [{ channel: "900" }, { channel: "1,5" }, { bssid: "no" }, { band: "7GHz" }, { takenAt: "now" }, {
    ssid: 7,
  }];
  for (const report of [...outside, ...beside.map((more) => ({ rssiDbm: -61, ...more }))]) {
    assert.equal(SignalReport.safeParse(report).success, false, JSON.stringify(report));
  }
});
