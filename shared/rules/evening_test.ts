/// <reference lib="deno.ns" />
/**
 * An evening in a shop: heartbeats in the order in which they come, through facts, rules and incidents, a round every five seconds.
 * Each trouble must be found by its own rule, with its numbers, when its time has come and not before; must leave when it is mended;
 * and nothing else may be said meanwhile.
 */
import assert from "node:assert/strict";
import { HEARTBEAT_EVERY_MS } from "../heartbeat.ts";
import { RULES } from "./all.ts";
import { type Facts, noteHeartbeat, type RegisterFacts } from "./facts.ts";
import { addressOf, beatAt, type BeatParts, emptyFacts, enrolled } from "./fixture.ts";
import {
  type Incident,
  type IncidentRow,
  type IncidentState,
  NO_INCIDENTS,
  openIncidents,
  restoreIncidents,
  step,
} from "./incident.ts";
import { evaluate } from "./rule.ts";
import { verdict } from "./verdict.ts";

const ROUND_S = HEARTBEAT_EVERY_MS / 1_000;

/** What one register does: what it says otherwise than usual, and from where; or nothing at all. */
interface Habit {
  readonly on: boolean;
  readonly parts: BeatParts;
  readonly source?: string;
  readonly clockAheadMs: number;
}
const USUAL: Habit = { on: true, parts: {}, clockAheadMs: 0 };

class Shop {
  facts: Facts = emptyFacts();
  state: IncidentState = NO_INCIDENTS;
  rows: IncidentRow[] = [];
  #habits = new Map<string, Habit>();
  #ids = 0;

  constructor(names: readonly string[] = ["Bar", "Till 1", "Terrace"]) {
    for (const name of names) this.enrol(name);
    this.seconds(6 * 60); // a full window of signal readings
    assert.deepEqual(this.rows, [], "the evening begins in order");
  }

  enrol(name: string, habit: Partial<Habit> = {}): void {
    const register = enrolled(this.facts.registers.length, name);
    this.facts = { ...this.facts, registers: [...this.facts.registers, register] };
    this.#habits.set(name, { ...USUAL, ...habit });
  }
  remove(name: string): void {
    this.facts = { ...this.facts, registers: this.facts.registers.filter((register) => register.name !== name) };
  }
  /** From now on this register behaves so; what is not said is as usual. */
  let(name: string, habit: Partial<Habit>): void {
    this.#habits.set(name, { ...USUAL, ...habit });
  }
  set(change: Partial<Facts>): void {
    this.facts = { ...this.facts, ...change };
  }
  register(name: string): RegisterFacts {
    const found = this.facts.registers.find((register) => register.name === name);
    assert.ok(found, name);
    return found;
  }

  /** Lets this many seconds pass, in rounds. */
  seconds(seconds: number): this {
    for (let s = 0; s < seconds; s += ROUND_S) this.round();
    return this;
  }
  round(): void {
    const now = this.facts.now + HEARTBEAT_EVERY_MS;
    this.facts = {
      ...this.facts,
      now,
      registers: this.facts.registers.map((register, n) => this.#heard(register, n, now)),
    };
    const { state, rows } = step(this.state, evaluate(RULES, this.facts), now, () => `incident-${++this.#ids}`);
    this.state = state;
    this.rows.push(...rows);
  }
  #heard(register: RegisterFacts, n: number, now: number): RegisterFacts {
    const { on, parts, source, clockAheadMs } = this.#habits.get(register.name) ?? USUAL;
    if (!on) return register;
    const sentAt = new Date(now + clockAheadMs).toISOString();
    const beat = beatAt(now, addressOf(n), { sentAt, ...parts });
    return noteHeartbeat(register, beat, {
      now,
      source: source ?? addressOf(n),
      configVersion: this.facts.venue.configVersion,
    });
  }

  /** The hub stops for a while and starts again with what it had on disk. */
  restart(offMs: number, state: IncidentState): void {
    const now = this.facts.now + offMs;
    const registers = this.facts.registers.map((register) => ({ ...register, heardSinceStart: false }));
    this.facts = { ...this.facts, now, hub: { ...this.facts.hub, startedAt: now }, registers };
    this.state = state;
  }

  get open(): Incident[] {
    return openIncidents(this.state);
  }
  get codes(): string[] {
    return this.open.map(({ code }) => code).sort();
  }
  get told(): string[] {
    return this.rows.map(({ kind, incident }) => `${kind} ${incident.code} ${incident.severity}`);
  }
}

interface Trouble {
  readonly name: string;
  readonly code: string;
  readonly begin: (shop: Shop) => void;
  readonly mend: (shop: Shop) => void;
  readonly opensAfterS: number; // from the first heartbeat that tells it
  readonly closesAfterS: number; // from the first heartbeat that is in order again
  readonly severity: "warn" | "fail";
  readonly text: RegExp;
  readonly textAfterS?: number; // from opening until the text carries its last numbers; absent: at once
}

/** A trouble that one register tells in its heartbeats, and mends by being as usual. */
function said(name: string, habit: Partial<Habit>): Pick<Trouble, "begin" | "mend"> {
  return { begin: (shop) => shop.let(name, habit), mend: (shop) => shop.let(name, USUAL) };
}

const TROUBLES: readonly Trouble[] = [
  {
    name: "[RUL5] a register comes with an older version",
    code: "version-mismatch",
    begin: (shop) => shop.enrol("Window", { parts: { app: { version: "3.1.4" } } }),
    mend: (shop) => shop.let("Window", USUAL),
    opensAfterS: 5,
    closesAfterS: 10,
    severity: "fail",
    text: /2 app versions: Bar, Till 1 and Terrace on 3\.2\.0 and Window on 3\.1\.4\..*Update Window to 3\.2\.0\./,
  },
  {
    name: "[RUL4] a fifth register",
    code: "too-many-registers",
    begin: (shop) => {
      while (shop.facts.registers.length < 5) shop.enrol(`Extra ${shop.facts.registers.length}`);
    },
    mend: (shop) => shop.remove(shop.facts.registers[4]!.name),
    opensAfterS: 5,
    closesAfterS: 10,
    severity: "warn",
    text: /^5 registers are in use: Bar, /,
  },
  {
    name: "[RUL8] an old iPad",
    code: "device-too-old",
    ...said("Terrace", { parts: { device: { model: "iPad (4th generation)" } } }),
    opensAfterS: 5,
    closesAfterS: 10,
    severity: "fail",
    text: /^Terrace is too old an iPad .* iPad \(4th generation\)\./,
  },
  {
    name: "[RUL9] another model",
    code: "device-mixed",
    ...said("Terrace", { parts: { device: { model: "iPad Pro (11-inch)" } } }),
    opensAfterS: 5,
    closesAfterS: 10,
    severity: "warn",
    text: /2 different models/,
  },
  {
    name: "[RUL11] two Wi-Fi names",
    code: "other-network",
    ...said("Terrace", { parts: { network: { ssid: "Guest", bssid: "a4:2b:b0:09:09:09" } } }),
    opensAfterS: 5,
    closesAfterS: 10,
    severity: "fail",
    text: /^Terrace is on another network: its Wi-Fi is “Guest”, and Bar.* are on “Shop”\./,
  },
  {
    name: "[RUL15] −75 dBm: the median turns after half the window, 150 s, and settles for 15 s",
    code: "signal-weak",
    ...said("Terrace", { parts: { network: { rssiDbm: -75 } } }),
    opensAfterS: 150 + 15,
    closesAfterS: 150 + 30,
    severity: "fail",
    text: /^Terrace has a weak Wi-Fi signal: −75 dBm over the last 5 min \(61 readings\)\./,
    textAfterS: 150,
  },
  {
    name: "[RUL17] auto-lock after 2 min",
    code: "auto-lock-on",
    ...said("Till 1", { parts: { state: { autoLock: 2 } } }),
    opensAfterS: 5,
    closesAfterS: 10,
    severity: "fail",
    text: /^Till 1 locks itself after 2 min\./,
  },
  {
    name: "[RUL21] a register stops: late at 15 s, which is two heartbeats after the first that is missing",
    code: "register-silent",
    ...said("Terrace", { on: false }),
    opensAfterS: 10,
    closesAfterS: 15,
    severity: "warn",
    text: /^Terrace is late: last heard 15 s ago\. Probably asleep, off Wi-Fi or switched off\./,
  },
  {
    name: "[RUL11] an address behind a second router",
    code: "other-network",
    ...said("Bar", {
      parts: { network: { address: "192.168.50.10", gateway: "192.168.50.1" } },
      source: "::ffff:192.168.1.60",
    }),
    opensAfterS: 5,
    closesAfterS: 10,
    severity: "fail",
    text: /its gateway is 192\.168\.50\.1, .* the address 192\.168\.50\.10 but its messages come from 192\.168\.1\.60/,
  },
  {
    name: "[RUL18] a hidden app",
    code: "app-hidden",
    ...said("Bar", { parts: { state: { foreground: false } } }),
    opensAfterS: 35,
    closesAfterS: 10,
    severity: "fail",
    text: /in the background on Bar for 35 s\./,
  },
  {
    name: "[RUL22] changes on one register only",
    code: "unsynced-changes",
    ...said("Terrace", { parts: { unsynced: 2 } }),
    opensAfterS: 35,
    closesAfterS: 10,
    severity: "warn",
    text: /^2 changes on Terrace have been on it alone for 35 s\. Keep Terrace on,/,
  },
  {
    name: "[RUL23] a wrong clock",
    code: "clock-skew",
    ...said("Till 1", { clockAheadMs: -94_985 }),
    opensAfterS: 15,
    closesAfterS: 10,
    severity: "fail",
    text: /^The clock of Till 1 is 2 min behind\./,
  },
  {
    name: "[RUL7] settings not fetched",
    code: "config-behind",
    ...said("Till 1", { parts: { configVersion: 6 } }),
    opensAfterS: 305,
    closesAfterS: 0,
    severity: "warn",
    text: /^Till 1 has had old settings for 5 min \(6, the latest are 7\)\./,
  },
  {
    name: "[RUL14] another access point",
    code: "extender-suspected",
    ...said("Terrace", { parts: { network: { bssid: "a4:2b:b0:09:09:09" } } }),
    opensAfterS: 5,
    closesAfterS: 10,
    severity: "warn",
    text: /“Shop” comes from 2 access points: .*Is each access point wired/,
  },
  {
    name: "[RUL13] a wide network",
    code: "shared-network",
    ...said("Bar", { parts: { network: { prefixLength: 20 } } }),
    opensAfterS: 5,
    closesAfterS: 10,
    severity: "warn",
    text: /room for 4094 devices \(\/20\)/,
  },
];

/** Begins a trouble, checks that it is found on time and alone, mends it, and checks that it leaves on time. */
function live(shop: Shop, trouble: Trouble): void {
  const { code, severity, text, textAfterS = 0 } = trouble;
  trouble.begin(shop);
  for (let s = 0; s < trouble.opensAfterS; s += ROUND_S) {
    shop.round();
    assert.deepEqual(shop.codes, [], `${s} s: too early for ${shop.codes}`);
  }
  shop.round();
  assert.deepEqual(shop.codes, [code], `after ${trouble.opensAfterS} s`);
  assert.equal(shop.open[0]?.severity, severity);
  shop.seconds(textAfterS);
  assert.match(shop.open[0]?.text ?? "", text);
  for (let s = 0; s < 20; s += ROUND_S) {
    shop.round();
    assert.deepEqual(shop.codes, [code], "and nothing else meanwhile");
  }
  trouble.mend(shop);
  for (let s = 0; s < trouble.closesAfterS; s += ROUND_S) {
    shop.round();
    assert.deepEqual(shop.codes, [code], `${s} s after it was mended: too early to clear`);
  }
  shop.round();
  assert.deepEqual(shop.codes, [], `${trouble.closesAfterS} s after it was mended`);
}

for (const trouble of TROUBLES) {
  Deno.test(`${trouble.name}: found on time, alone, and gone when mended`, () => live(new Shop(), trouble));
}

Deno.test("a whole evening in one shop: each trouble opens once and resolves once, in order", () => {
  const shop = new Shop();
  for (const trouble of TROUBLES) live(shop, trouble);
  const expected = TROUBLES.flatMap(({ code }) => [`opened ${code}`, `resolved ${code}`]);
  assert.deepEqual(shop.rows.map(({ kind, incident }) => `${kind} ${incident.code}`), expected);
  assert.equal(new Set(shop.rows.map(({ incident }) => incident.id)).size, TROUBLES.length);
});

Deno.test("[RUL21] [INC7] silence: late, then silent in the same incident, since its last word", () => {
  const shop = new Shop();
  const last = shop.facts.now;
  shop.let("Terrace", { on: false });
  shop.seconds(60);
  assert.deepEqual(shop.told, ["opened register-silent warn", "changed register-silent fail"]);
  assert.deepEqual(shop.rows.map(({ incident }) => (incident.changedAt - last) / 1_000), [15, 40]);
  assert.deepEqual(shop.rows.map(({ incident }) => incident.since), [last, last]);
  assert.match(shop.open[0]?.text ?? "", /^Terrace has been silent for 60 s\./);
});

Deno.test("[INC2] one heartbeat is not a return", () => {
  const shop = new Shop();
  shop.let("Terrace", { on: false });
  shop.seconds(60);
  for (let i = 0; i < 5; i++) {
    shop.let("Terrace", USUAL);
    shop.round();
    shop.let("Terrace", { on: false });
    shop.seconds(25);
  }
  assert.deepEqual(shop.codes, ["register-silent"]);
  assert.ok(!shop.told.some((row) => row.startsWith("resolved")));
});

Deno.test("[RUL22] unsynced changes turn from a warning to a failure after 5 min", () => {
  const shop = new Shop();
  shop.let("Terrace", { parts: { unsynced: 2 } });
  shop.seconds(310);
  assert.deepEqual(shop.told, ["opened unsynced-changes warn", "changed unsynced-changes fail"]);
});

Deno.test("[RUL5] an update under way warns, and fails when 10 min later one has not followed", () => {
  const shop = new Shop();
  shop.let("Bar", { parts: { app: { version: "3.3.0" } } });
  shop.seconds(30);
  shop.let("Till 1", { parts: { app: { version: "3.3.0" } } });
  shop.seconds(590);
  assert.deepEqual(shop.told, ["opened version-mismatch warn"]);
  shop.seconds(30);
  assert.deepEqual(shop.told, ["opened version-mismatch warn", "changed version-mismatch fail"]);
  shop.let("Terrace", { parts: { app: { version: "3.3.0" } } });
  shop.seconds(15);
  assert.deepEqual(shop.codes, []);
});

const DOWN = { address: "192.168.1.1", alive: false, how: "TCP 53, 80 and 443 unreachable" };
const UP = { address: "192.168.1.1", alive: true, how: "TCP 443 refused in 1 ms" };
const ALL = ["Bar", "Till 1", "Terrace"];

Deno.test("[INC4] [INC6] the router dies and takes everybody along: one incident, from beginning to end", () => {
  const shop = new Shop();
  for (const name of ALL) shop.let(name, { on: false });
  shop.seconds(10);
  shop.set({ router: { ...DOWN, since: shop.facts.now } });
  shop.seconds(300);
  assert.deepEqual(shop.codes, ["router-down"]);
  const { level, text } = verdict({ findings: shop.open, facts: shop.facts });
  assert.deepEqual([level, text], ["fail", "The router does not answer."]);
  shop.set({ router: { ...UP, since: shop.facts.now } });
  shop.seconds(40);
  for (const name of ALL) shop.let(name, USUAL);
  shop.seconds(120);
  assert.deepEqual(shop.told, ["opened router-down fail", "resolved router-down fail"]);
});

Deno.test("[INC5] a register that was late before its router was known to be down is told as its effect", () => {
  const shop = new Shop();
  for (const name of ALL) shop.let(name, { on: false });
  shop.seconds(20);
  shop.set({ router: DOWN });
  shop.seconds(60);
  assert.deepEqual(shop.codes, ["register-silent", "register-silent", "register-silent", "router-down"]);
  const effects = shop.open.filter(({ code }) => code === "register-silent");
  assert.deepEqual(
    effects.map(({ severity, under }) => [severity, under]),
    Array(3).fill(["warn", "router-down router"]),
  );
  assert.equal(verdict({ findings: shop.open, facts: shop.facts }).text, "The router does not answer.");
});

Deno.test("[INC6] a register that does not come back with the router is told after a minute", () => {
  const shop = new Shop();
  shop.set({ router: DOWN });
  shop.let("Terrace", { on: false });
  shop.seconds(60);
  shop.set({ router: UP });
  shop.seconds(10 + 60);
  assert.deepEqual(shop.told, ["opened router-down fail", "resolved router-down fail"]);
  shop.seconds(10);
  assert.deepEqual(shop.codes, ["register-silent"]);
});

Deno.test("[RUL24] the router dies and the Wi-Fi lives: nobody is accused", () => {
  const shop = new Shop();
  shop.set({ router: DOWN });
  shop.seconds(120);
  assert.deepEqual(shop.told, ["opened router-down fail"]);
});

Deno.test("[RUL19] [RUL20] sync is switched off during a shift: both are said, and each ends by its own remedy", () => {
  const shop = new Shop();
  const openShifts = [shop.register("Bar").id];
  shop.set({ venue: { ...shop.facts.venue, sync: { enabled: false, changedAt: shop.facts.now, openShifts } } });
  shop.seconds(15);
  assert.deepEqual(shop.codes, ["shift-open", "sync-off"]);
  shop.let("Bar", { parts: { state: { shiftOpen: false } } });
  shop.seconds(5);
  assert.deepEqual(shop.codes, ["sync-off"]);
});

Deno.test("[CAU4] an app that is hidden and then goes quiet is one finding, with its reason", () => {
  const shop = new Shop();
  shop.let("Bar", { parts: { state: { foreground: false } } });
  shop.round();
  shop.let("Bar", { on: false });
  shop.seconds(120);
  assert.deepEqual(shop.codes, ["register-silent"]);
  assert.match(shop.open[0]?.cause ?? "", /^Probably the iPad was locked, or another app was opened\.$/);
});

for (const kind of ["its whole state", "its open incidents alone"] as const) {
  Deno.test(`[INC11] a restart with ${kind} in the middle of trouble tells nothing anew, and ends it when it is mended`, () => {
    const shop = new Shop();
    shop.let("Terrace", { parts: { state: { autoLock: 5 }, unsynced: 2 } });
    shop.seconds(60);
    const before = shop.open;
    assert.deepEqual(shop.codes, ["auto-lock-on", "unsynced-changes"]);
    const disk = JSON.stringify(kind === "its whole state" ? shop.state : before);
    shop.rows = [];
    shop.restart(90_000, kind === "its whole state" ? JSON.parse(disk) : restoreIncidents(JSON.parse(disk)));
    shop.seconds(60);
    assert.deepEqual(shop.told, []);
    assert.deepEqual(shop.open.map(({ id, since }) => [id, since]), before.map(({ id, since }) => [id, since]));
    shop.let("Terrace", USUAL);
    shop.seconds(10);
    assert.equal(shop.open.length, 2);
    shop.seconds(5);
    assert.deepEqual(shop.told, ["resolved auto-lock-on fail", "resolved unsynced-changes warn"]);
  });
}

Deno.test("[INC11] a restart while it is being mended measures health again in full", () => {
  const shop = new Shop();
  shop.let("Terrace", { parts: { state: { autoLock: 5 } } });
  shop.seconds(60);
  shop.let("Terrace", USUAL);
  shop.seconds(10);
  assert.deepEqual(shop.codes, ["auto-lock-on"]);
  shop.restart(90_000, JSON.parse(JSON.stringify(shop.state)));
  shop.seconds(10);
  assert.deepEqual(shop.codes, ["auto-lock-on"]);
  shop.seconds(5);
  assert.deepEqual(shop.codes, []);
});

Deno.test("[RUL21] a hub that was off for an hour accuses nobody in its first minute, then who has not come", () => {
  const shop = new Shop();
  shop.let("Terrace", { on: false });
  shop.restart(60 * 60_000, JSON.parse(JSON.stringify(shop.state)));
  shop.seconds(55);
  assert.deepEqual(shop.told, []);
  shop.seconds(5);
  assert.deepEqual(shop.told, ["opened register-silent fail"]);
});

Deno.test("[VER5] when the evening is in order, so is the sentence", () => {
  const shop = new Shop();
  assert.deepEqual(verdict({ findings: shop.open, facts: shop.facts }), {
    level: "ok",
    text: "Checks are in sync. 3 registers are in front.",
  });
});
