/// <reference lib="deno.ns" />
/**
 * An evening in a shop, trouble by trouble: each must be found by its own rule, with its numbers, when its time has come and not before;
 * must leave when it is mended; and nothing else may be said meanwhile.
 */
import assert from "node:assert/strict";
import { type Habit, ROUND_S, Shop, USUAL } from "./shop_fixture.ts";

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
