/** A plausible evening at Bar Lola, in several states, for looking at pages and for testing them. Parsed by the contract, so it keeps to it. */
import { DAY_BARS, type Finding, type Incident, type Liveness, Series, View } from "../../shared/api.ts";
import { UptimeResponse } from "../../shared/incident_api.ts";

export type Scene = "healthy" | "evening" | "empty" | "failing" | "new" | "signed-out";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const IDS = { bar: "b4r00001", till: "t1ll0001", terrace: "terr4ce1", window: "w1nd0w01" };
const ROUTER_MAC = "a4:2b:b0:01:02:03";

/** The view of a scene at a moment. `arrived` adds a register that was just enrolled. */
export function viewOf(scene: Scene, now: number, arrived: string[] = []): View {
  const iso = (ago: number) => new Date(now - ago).toISOString();
  const evening = scene === "evening";
  const empty = scene === "empty";
  const registers = empty ? [] : [
    register(IDS.bar, "Bar", "B", now, { rssiDbm: -52, rttMs: 3.1, shiftOpen: true }),
    register(IDS.till, "Till 1", "T", now, { rssiDbm: -49, rttMs: 4.2, shiftOpen: true }),
    evening
      ? {
        ...register(IDS.terrace, "Terrace", "R", now, { rssiDbm: -71, rttMs: 38, shiftOpen: false }),
        day: day((bar) => bar > 88 ? "late" : bar === 60 ? "silent" : "ok"),
      }
      : register(IDS.terrace, "Terrace", "R", now, { rssiDbm: -61, rttMs: 6, shiftOpen: false }),
    ...(evening
      ? [{
        ...register(IDS.window, "Window", "W", now, { rssiDbm: -58, rttMs: 5, shiftOpen: false }),
        state: "silent",
        cause: "Probably off Wi-Fi or switched off: its address no longer answers, the others are fine.",
        lastHeard: iso(7 * MINUTE_MS),
        connected: false,
        foreground: null,
        rttMs: null,
        lossPercent: null,
        signalDbm: null,
        unsynced: 2,
        day: day((bar) => bar > 94 ? "silent" : bar < 20 ? "unknown" : "ok"),
      }]
      : []),
  ];
  registers.push(...arrived.map((name, index) => ({
    ...register(`newr0${String(index).padStart(3, "0")}`, name, "N", now, { rssiDbm: -55, rttMs: 4, shiftOpen: false }),
    day: day((bar) => bar === DAY_BARS - 1 ? "ok" : "unknown"),
  })));
  return View.parse({
    venue: { name: "Bar Lola", configVersion: 7, settings: { sync: true, latestVersion: "3.2.0" } },
    now: iso(0),
    verdict: verdictOf(scene, registers.length),
    router: {
      state: "ok",
      text: "TCP 443 refused in 4 ms: it is there.",
      address: "192.168.1.1",
      rttMs: 4,
      checkedAt: iso(2_000),
    },
    internet: { state: "unknown", text: "Not measured yet.", address: null, rttMs: null, checkedAt: null },
    registers,
    links: empty ? [] : linksOf(evening, iso),
    findings: evening ? findingsOf(iso) : [],
    incidents: empty ? [] : incidentsOf(evening, iso),
    hub: { version: "0.1.0", startedAt: iso(30 * HOUR_MS), urls: ["https://192.168.1.10:8787"] },
    checks: { open: empty ? 0 : 11, attention: 0 },
  });
}

function verdictOf(scene: Scene, registers: number): View["verdict"] {
  if (registers === 0) return { level: "unknown", text: "The hub is ready and waits for its first register." };
  if (scene !== "evening") return { level: "ok", text: "Everything works. All checks are in sync." };
  return { level: "fail", text: "Window has been silent for 7 min. Its 2 new changes are on it alone." };
}

function register(
  id: string,
  name: string,
  letter: string,
  now: number,
  { rssiDbm, rttMs, shiftOpen }: { rssiDbm: number; rttMs: number; shiftOpen: boolean },
): Record<string, unknown> {
  return {
    id,
    name,
    letter,
    shiftOpen,
    state: "ok",
    cause: null,
    app: { version: "3.2.0", build: "812" },
    lastHeard: new Date(now - 2_000).toISOString(),
    enrolledAt: new Date(now - 40 * 24 * HOUR_MS).toISOString(),
    connected: true,
    foreground: true,
    address: `192.168.1.2${letter.charCodeAt(0) % 10}`,
    device: { model: "iPad Air (5th generation)", os: "iPadOS 18.1", batteryPercent: 81 },
    network: {
      ssid: "Lola-POS",
      bssid: ROUTER_MAC,
      band: "5GHz",
      channel: 44,
      rssiDbm,
      noiseDbm: -92,
      address: "192.168.1.21",
      prefixLength: 24,
      gateway: "192.168.1.1",
    },
    rttMs,
    lossPercent: 0,
    signalDbm: rssiDbm,
    clockOffsetMs: 40,
    configVersion: 7,
    unsynced: 0,
    behind: 0,
    day: day((bar) => bar === 41 ? "late" : "ok"),
  };
}

function day(state: (bar: number) => Liveness): Liveness[] {
  return Array.from({ length: DAY_BARS }, (_, bar) => state(bar));
}

function linksOf(evening: boolean, iso: (ago: number) => string): View["links"] {
  const since = iso(2 * HOUR_MS);
  const why = "No direct link came up: the access point keeps wireless devices apart";
  const direct = (from: string, peer: string, rttMs: number) =>
    ({ from, peer, path: "direct", rttMs, lossPercent: 0, since, why: undefined }) as const;
  const relayed = (from: string, peer: string) =>
    ({ from, peer, path: "relay", rttMs: 41, lossPercent: 0.4, since, why }) as const;
  return [
    direct(IDS.bar, IDS.till, 3.1),
    direct(IDS.till, IDS.bar, 3.4),
    ...(evening ? [relayed(IDS.bar, IDS.terrace)] : [direct(IDS.bar, IDS.terrace, 5.8)]),
    ...(evening ? [relayed(IDS.terrace, IDS.till)] : [direct(IDS.terrace, IDS.till, 6.2)]),
  ];
}

function findingsOf(iso: (ago: number) => string): Finding[] {
  return [
    {
      code: "register-silent",
      subject: IDS.window,
      severity: "fail",
      strength: "A",
      title: "Window is silent",
      text: "Nothing was heard from Window for 7 min. Its 2 new changes are on it alone until it is back.",
      evidence: ["Last heard 7 min ago over its session", "192.168.1.27 does not answer", "3 other registers answer"],
      since: iso(7 * MINUTE_MS),
      runbook: [
        "Wake the iPad and open the app.",
        "In Settings, Wi-Fi, check that it is on Lola-POS.",
        "If it is, bring it closer to the router and wait a minute.",
      ],
    },
    {
      code: "signal-weak",
      subject: IDS.terrace,
      severity: "warn",
      strength: "A",
      title: "Terrace is far from the Wi-Fi",
      text: "Its signal is −71 dBm for 12 min. Below −70 dBm iPads begin to look for another access point.",
      evidence: ["Median of 60 readings in 5 min: −71 dBm", "Noise −92 dBm"],
      since: iso(12 * MINUTE_MS),
      runbook: ["Bring it within 9 m of the router.", "Take away what is metal or water between them."],
    },
    {
      code: "too-far",
      subject: "venue",
      severity: "info",
      strength: "C",
      title: "The terrace was not paced out",
      text: "Nobody has said how far the terrace is from the router.",
      evidence: ["The survey has no distance for Terrace"],
      since: iso(26 * HOUR_MS),
      runbook: [],
    },
  ];
}

function incidentsOf(evening: boolean, iso: (ago: number) => string): Incident[] {
  const plain = { endedAt: null, resolution: null, parentId: null, effects: [], unstable: null, muted: false };
  const past: Incident = {
    ...plain,
    id: "i1",
    code: "router-down",
    subject: "router",
    severity: "fail",
    strength: "A",
    title: "The router was down",
    text: "The router did not answer. Registers went on with each other.",
    evidence: ["TCP 443, 80 and 53 timed out in two rounds"],
    since: iso(5 * HOUR_MS),
    runbook: [],
    cause: "It was restarted: its address answered again with the same hardware.",
    under: null,
    openedAt: iso(5 * HOUR_MS),
    changedAt: iso(5 * HOUR_MS - 130_000),
    resolvedAt: iso(5 * HOUR_MS - 130_000),
    fixedBy: null,
  };
  if (!evening) return [past];
  const open = findingsOf(iso).slice(0, 2).map((finding, index): Incident => ({
    ...plain,
    ...finding,
    id: `o${index}`,
    cause: index === 0 ? "Probably off Wi-Fi or switched off: its address no longer answers." : null,
    under: null,
    openedAt: finding.since,
    changedAt: finding.since,
    resolvedAt: null,
    fixedBy: null,
  }));
  const unseen: Incident = {
    ...past,
    id: "i2",
    code: "signal-weak",
    subject: "w1nd0w01",
    title: "Weak Wi-Fi signal",
    text: "The signal of Window was −72 dBm.",
    cause: null,
    openedAt: iso(4 * HOUR_MS),
    resolvedAt: iso(3 * HOUR_MS),
    resolution: "unmeasured",
  };
  return [...open, past, unseen];
}

/** Two hours look alike on a chart; a slow wave and a few spikes do not. */
export function seriesOf(range: "hour" | "day", now: number): Series {
  const stepMs = range === "hour" ? MINUTE_MS : 15 * MINUTE_MS;
  const count = range === "hour" ? 60 : DAY_BARS;
  const steps = Array.from({ length: count }, (_, index) => index);
  const gone = (index: number) => index > count * 0.55 && index < count * 0.6;
  return Series.parse({
    range,
    stepMs,
    t: steps.map((index) => now - (count - index) * stepMs),
    rttMs: steps.map((index) => gone(index) ? null : 3 + Math.sin(index / 5) + (index % 17 === 0 ? 4 : 0)),
    rttP95Ms: steps.map((index) => gone(index) ? null : 8 + 2 * Math.sin(index / 3) + (index % 17 === 0 ? 18 : 0)),
    rssiDbm: steps.map((index) => gone(index) ? null : -56 - 6 * Math.sin(index / 9)),
    missed: steps.map((index) => gone(index) ? 12 : 0),
  });
}

/** A day in which the router was away for two minutes, and nothing else. */
export function uptimeAt({ now, registers }: View): UptimeResponse {
  const dayMs = 24 * HOUR_MS;
  const nothing = { falls: 0, behindMs: 0, gapMs: 0, maintenanceMs: 0, maintenanceDownMs: 0, closedMs: 0 };
  const always = { ...nothing, percent: 100, watchedMs: dayMs, downMs: 0 };
  return UptimeResponse.parse({
    range: "day",
    from: new Date(Date.parse(now) - dayMs).toISOString(),
    until: now,
    router: { ...always, percent: 99.85, downMs: 130_000, falls: 1 },
    internet: { ...nothing, percent: null, watchedMs: dayMs, downMs: 0 },
    registers: registers.map(({ id, name }) => ({ id, name, ...always })),
    gaps: [],
  });
}
