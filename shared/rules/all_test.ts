/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import fc from "fast-check";
import { whyText } from "../link_words.ts";
import { RULES } from "./all.ts";
import { type Facts, newRegisterFacts, type RegisterFacts } from "./facts.ts";
import { emptyFacts, healthyFacts, NOON } from "./fixture.ts";
import { NO_INCIDENTS } from "./incident.ts";
import { step } from "./step.ts";
import { LADDER } from "./ladder.ts";
import { SELF_REPORT_MS } from "./liveness.ts";
import { networkAt } from "./network_fixture.ts";
import { evaluate, type Reading } from "./rule.ts";

const SEED = 20_261_123;
const RUNS = 300;

/** A shop in which everything that can be wrong is wrong, at least somewhere. */
function brokenFacts(): Facts {
  const facts = healthyFacts();
  const [bar, till, terrace] = facts.registers as [RegisterFacts, RegisterFacts, RegisterFacts];
  const signal = [10_000, 5_000, 0].map((ago) => ({ at: NOON - ago, rssiDbm: -80, noiseDbm: -85 }));
  const bad: RegisterFacts = {
    ...till,
    name: "iPad",
    sourceMac: bar.sourceMac,
    app: { version: "3.1.0", build: undefined },
    device: { model: "iPad 4", os: undefined, batteryPercent: undefined },
    network: { ...till.network!, ssid: "Guest", gateway: "10.0.0.1", address: "10.0.0.5", prefixLength: 16 },
    state: { ...till.state!, autoLock: 2, foreground: false },
    hiddenSince: NOON - 60_000,
    configVersion: 1,
    configBehindSince: NOON - 60 * 60_000,
    unsynced: 3,
    unsyncedSince: NOON - 60 * 60_000,
    clockOffsetMs: 600_000,
    signal,
  };
  const elsewhere = {
    ...terrace,
    id: "reg90000",
    name: "bar",
    enrolledAt: NOON,
    device: { ...terrace.device!, model: "iPad Pro" },
  };
  const silent = { ...terrace, heardAt: NOON - 60_000 };
  const late = { ...bar, id: "reg80000", name: "Window", app: { version: "3.0.0", build: undefined } };
  const since = new Date(NOON - 10 * 60_000).toISOString();
  const apart = (...peers: readonly { id: string }[]) =>
    peers.map(({ id }) => ({ peer: id, path: "relay" as const, since, why: whyText("no-route") }));
  const lost = ["Patio", "Garden"].map((name, n): RegisterFacts => ({
    ...silent,
    ...{ id: `reg6000${n}`, name, sourceMac: undefined, links: [] },
    network: { ...silent.network!, bssid: "a4:2b:b0:07:07:07" },
  }));
  const conflicting = {
    ...bar,
    macs: ["02:00:00:00:00:aa", "02:00:00:00:00:bb"].map((mac) => ({ mac, since: NOON, at: NOON })),
  };
  const slow = { ...late, session: { openSince: 0, pings: Array(60).fill(300) }, sourceAddress: "192.168.1.29" };
  return {
    ...facts,
    venue: {
      ...facts.venue,
      latestVersion: "9.0",
      survey: { router: "combo", metres: { [till.id]: 14 }, walks: [] },
      sync: { enabled: false, changedAt: NOON - 60_000, openShifts: [bad.id] },
    },
    hub: {
      ...facts.hub,
      storageError: { at: NOON, message: "disk full" },
      damaged: { count: 2, checks: ["B12"], since: NOON },
      diskFreeBytes: 1_000_000,
    },
    network: networkAt("router-down", NOON, { medium: "wireless" }),
    router: { ...facts.router, alive: false, how: "silent" },
    dhcp: {
      kind: "known",
      askedAt: NOON,
      servers: ["192.168.1.1", "192.168.1.254"].map((address, n) => ({ address, mac: `a4:2b:b0:00:00:0${n}` })),
    },
    mdns: {
      hosts: [bar, elsewhere].map(({ sourceAddress }) => ({ address: sourceAddress!, heardAt: NOON })),
      secondHub: { address: "192.168.1.77", venue: "Bar Lola", hubId: "hub20000", heardAt: NOON },
    },
    registers: [
      { ...conflicting, links: apart(elsewhere, slow) },
      { ...bad, network: { ...bad.network!, band: "2.4GHz" as const, channel: 3, utilisationPercent: 70 } },
      silent,
      { ...elsewhere, links: apart(bar, slow) },
      { ...slow, links: apart(bar, elsewhere) },
      ...lost,
    ],
    checks: {
      flagged: [{ number: "B12", flags: [{ code: "paid-twice", amount: "24.00" }], registers: [bar.id, bad.id] }],
      flaggedCount: 1,
      old: [{ number: "B3", openedAt: NOON - 25 * 60 * 60_000, total: "12.00" }],
      oldCount: 1,
    },
    losses: [
      {
        register: "reg70000",
        name: "Door",
        how: "removed",
        count: 3,
        named: true,
        heardAt: NOON - 60_000,
        since: NOON,
      },
    ],
    suspicions: [
      { subject: bad.id, by: "hub", what: "fork", detail: `${bar.id}-0000/3`, times: 1, since: NOON, lastAt: NOON },
    ],
  };
}

/** The network can be broken in one place at a time only. */
function brokenNetworks(): Facts[] {
  return LADDER.map((kind) => ({ ...brokenFacts(), network: networkAt(kind, NOON, { medium: "wireless" }) }));
}

const brokenIn = (facts: Facts): Reading[] => evaluate(RULES, facts).filter(({ outcome }) => outcome.kind === "broken");

Deno.test("every rule has a code of its own, two to five steps, and parents that exist", () => {
  const codes = RULES.map(({ code }) => code);
  assert.equal(new Set(codes).size, codes.length);
  for (const rule of RULES) {
    assert.match(rule.code, /^[a-z]+(-[a-z0-9]+)*$/);
    assert.ok(
      rule.runbook.length >= 2 && rule.runbook.length <= 5,
      `[RUL26] ${rule.code} has ${rule.runbook.length} steps`,
    );
    for (const parent of rule.dependsOn) assert.ok(codes.includes(parent), `${rule.code} depends on ${parent}`);
  }
});

Deno.test("in the broken shop every rule finds something, so the tests below can fail", () => {
  const found = new Set(brokenNetworks().flatMap(brokenIn).map(({ rule }) => rule.code));
  assert.deepEqual(RULES.map(({ code }) => code).filter((code) => !found.has(code)), []);
});

Deno.test("in the healthy shop no rule finds anything, and none is left unknown", () => {
  const readings = evaluate(RULES, healthyFacts());
  assert.deepEqual(readings.filter(({ outcome }) => outcome.kind !== "healthy").map(({ rule }) => rule.code), []);
});

Deno.test("[RUL26] texts are plain: a subject's name, no code, no word that scares, a full stop, a short headline", () => {
  for (const { rule, outcome } of brokenNetworks().flatMap(brokenIn)) {
    if (outcome.kind !== "broken") continue;
    assert.match(outcome.text, /[.?]$/, rule.code);
    assert.doesNotMatch(outcome.text, /\berror\b|failed to fetch|please|undefined|NaN|null|-\d+ d/i, rule.code);
    assert.ok(!outcome.text.includes(rule.code), rule.code);
    assert.ok(
      outcome.headline !== undefined && outcome.headline.length <= 60 && outcome.headline.endsWith("."),
      outcome.headline,
    );
    assert.ok(outcome.evidence.length > 0, `${rule.code} has evidence`);
  }
});

Deno.test("[RUL2] only A and B fail", () => {
  for (const { rule, outcome } of brokenIn(brokenFacts())) {
    if (outcome.kind === "broken" && (outcome.strength ?? rule.strength) === "C") {
      assert.equal(outcome.severity, "warn", rule.code);
    }
  }
});

Deno.test("[RUL1] with everything unknown there is no finding", () => {
  const names = ["Bar", "Till 1"];
  const registers = names.map((name, n) =>
    newRegisterFacts({ id: `reg${n}0000`, name, letter: "AB"[n]!, enrolledAt: NOON })
  );
  const facts = {
    ...emptyFacts(),
    network: undefined,
    router: { how: "not probed" },
    hub: { startedAt: NOON, interfaces: [] },
    registers,
  };
  assert.deepEqual(brokenIn(facts), []);
  assert.deepEqual(step(NO_INCIDENTS, evaluate(RULES, facts), NOON, () => "i").state.watches, {});
});

/** The rules that need each field to accuse the register that lacks it. */
const NEEDED: Partial<Record<keyof RegisterFacts, readonly string[]>> = {
  heardAt: RULES.filter(({ code }) =>
    !["register-unnamed", "unsynced-changes", "peer-suspect", "too-far"].includes(code)
  ).map((
    { code },
  ) => code),
  app: ["version-outdated"],
  device: ["device-too-old"],
  state: ["auto-lock-on", "app-hidden"],
  hiddenSince: ["app-hidden"],
  configVersion: ["config-behind"],
  configBehindSince: ["config-behind"],
  unsynced: ["unsynced-changes"],
  unsyncedSince: ["unsynced-changes"],
  clockOffsetMs: ["clock-skew"],
  signal: ["signal-weak"],
};

for (const [field, codes] of Object.entries(NEEDED)) {
  Deno.test(`[RUL1] without ${field} a register is not accused by what needs it`, () => {
    const facts = brokenFacts();
    const registers = facts.registers.map((each) => ({ ...each, [field]: field === "signal" ? [] : undefined }));
    const accused = brokenIn({ ...facts, registers }).filter(({ subject }) =>
      registers.some(({ id }) => id === subject)
    );
    assert.deepEqual(accused.map(({ rule }) => rule.code).filter((code) => codes.includes(code)), []);
  });
}

/** Whichever facts about a register are missing, the rest of them come from a healthy shop. */
const OPTIONAL = [
  "heardAt",
  "sourceAddress",
  "sourceMac",
  "session",
  "clockOffsetMs",
  "app",
  "versionChangedAt",
  "device",
  "network",
  "state",
  "hiddenSince",
  "configVersion",
  "configBehindSince",
  "unsynced",
  "unsyncedSince",
] as const;
const INNER = {
  network: ["ssid", "bssid", "band", "rssiDbm", "address", "prefixLength", "gateway"],
  state: ["foreground", "autoLock"],
};

function without(register: RegisterFacts, fields: readonly string[]): RegisterFacts {
  const copy = structuredClone(register) as unknown as Record<string, Record<string, unknown> | undefined>;
  for (const field of fields) {
    const [outer = "", inner] = field.split(".");
    if (inner === undefined) delete copy[outer];
    else delete copy[outer]?.[inner];
  }
  return copy as unknown as RegisterFacts;
}

Deno.test(`[RUL1] no set of missing fields makes a finding in a healthy shop (seed ${SEED})`, () => {
  const fields = [
    ...OPTIONAL,
    ...Object.entries(INNER).flatMap(([outer, names]) => names.map((name) => `${outer}.${name}`)),
  ];
  const missing = fc.array(fc.subarray(fields), { minLength: 3, maxLength: 3 });
  fc.assert(
    fc.property(missing, (lacking) => {
      const facts = healthyFacts();
      const registers = facts.registers.map((register, n) => without(register, lacking[n] ?? []));
      assert.deepEqual(brokenIn({ ...facts, registers }).map(({ rule }) => rule.code), []);
    }),
    { seed: SEED, numRuns: RUNS },
  );
});

Deno.test(`[RUL1] missing fields never make a finding graver in the broken shop: register rules accuse no more (seed ${SEED})`, () => {
  const own = new Set(Object.values(NEEDED).flat());
  const before = new Set(brokenIn(brokenFacts()).map(({ rule, subject }) => `${rule.code} ${subject}`));
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4 }), fc.subarray([...OPTIONAL]), (n, lacking) => {
      const facts = brokenFacts();
      const registers = facts.registers.map((register, i) => i === n ? without(register, lacking) : register);
      const after = brokenIn({ ...facts, registers }).filter(({ rule }) =>
        own.has(rule.code) && rule.code !== "other-network"
      );
      // What a register itself is accused of never grows by it saying less. (What others are compared with may change.)
      const grown = after.filter(({ rule, subject }) =>
        subject === registers[n]?.id && !before.has(`${rule.code} ${subject}`)
      );
      assert.deepEqual(grown.map(({ rule }) => rule.code), []);
    }),
    { seed: SEED, numRuns: RUNS },
  );
});

Deno.test("[RUL3] after 10 min of silence only silence, names, places and what was not synced are held against a register", () => {
  const facts = brokenFacts();
  const now = NOON + SELF_REPORT_MS + 60_000;
  const still = brokenIn({ ...facts, now }).filter(({ subject }) => facts.registers.some(({ id }) => id === subject));
  assert.deepEqual([...new Set(still.map(({ rule }) => rule.code))].sort(), [
    "register-silent",
    "register-unnamed",
    "too-far",
    "unsynced-changes",
  ]);
});
