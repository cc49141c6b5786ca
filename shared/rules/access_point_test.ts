import assert from "node:assert/strict";
import { test } from "node:test";
import { makeList } from "../install/list.ts";
import { accessPointDown } from "./access_point.ts";
import { RULES } from "./all.ts";
import { evaluate } from "./rule.ts";
import { Shop } from "./shop_fixture.ts";

const POINT = "a4:2b:b0:09:09:09";
const WORDS = `The access point ${POINT} (Terrace and Window)`;
const far = { parts: { network: { bssid: POINT } } };

/** Terrace and Window are on an access point of their own. */
class Wing extends Shop {
  constructor() {
    super(["Bar", "Till 1", "Terrace", "Window"]);
    this.power("on");
    this.seconds(30);
  }

  power(is: "on" | "off"): void {
    for (const name of ["Terrace", "Window"]) this.let(name, { ...far, on: is === "on" });
  }
}

test("[RUL50] an access point is named by its address and the registers on it, also in the installer's list", () => {
  const wing = new Wing();
  wing.power("off");
  wing.seconds(60);
  const readings = evaluate([accessPointDown], wing.facts);
  assert.deepEqual(readings.map(({ name }) => name), ["The access point a4:2b:b0:01:02:03 (Bar and Till 1)", WORDS]);
  const row = makeList(RULES, wing.facts, []).find(({ code }) => code === "access-point-down")!;
  assert.deepEqual(row.measured.broken, [WORDS]);
});

test("[RUL50] one that comes and goes is told by its words, and its subject is in none", () => {
  const wing = new Wing();
  for (let fall = 0; fall < 3; fall++) {
    wing.power("off");
    wing.seconds(60);
    wing.power("on");
    wing.seconds(60);
  }
  const [incident] = wing.open.filter(({ code }) => code === "access-point-down");
  assert.equal(incident?.headline, `${WORDS} comes and goes.`);
  const { title, text, evidence } = incident!;
  assert.ok(text.startsWith(`${WORDS}: `), text);
  assert.doesNotMatch([title, text, ...evidence].join(" "), /ap-/);
});
