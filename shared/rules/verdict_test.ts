/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import type { Facts } from "./facts.ts";
import { emptyFacts, enrolled, healthyFacts, NOON, withBeat, withRegister } from "./fixture.ts";
import { type Verdict, verdict, type VerdictFinding } from "./verdict.ts";

function finding(code: string, more: Partial<VerdictFinding> = {}): VerdictFinding {
  return { code, subject: "venue", severity: "warn", headline: `About ${code}.`, text: "", since: NOON, ...more };
}
function say(findings: VerdictFinding[], facts: Facts = healthyFacts()): Verdict {
  return verdict({ findings, facts });
}
const signal = finding("signal-weak", { headline: "Terrace has a weak Wi-Fi signal." });

Deno.test("[VER4] no register enrolled: unknown, and what to do first", () => {
  assert.deepEqual(say([], emptyFacts()), {
    level: "unknown",
    text: "No register has reported yet. Add the first one.",
  });
});

Deno.test("[VER4] enrolled but never heard: unknown, and which to open", () => {
  const facts = { ...emptyFacts(), registers: [enrolled(0, "Bar"), enrolled(1, "Till 1")] };
  assert.deepEqual(say([], facts), {
    level: "unknown",
    text: "No register has reported yet. Open the app on Bar and Till 1.",
  });
});

Deno.test("[VER4] what the hub finds without registers is said beside it", () => {
  const findings = [
    finding("register-unnamed"),
    finding("hub-storage", { subject: "hub", headline: "The hub cannot save." }),
  ];
  assert.deepEqual(say(findings, emptyFacts()), {
    level: "unknown",
    text: "No register has reported yet. Add the first one. The hub cannot save.",
  });
});

Deno.test("[VER4] just after a start of the hub it waits", () => {
  const facts = withRegister(healthyFacts(), 0, { heardSinceStart: false, heardAt: NOON - 60_000 });
  const started = { ...facts, registers: facts.registers.slice(0, 1), hub: { ...facts.hub, startedAt: NOON - 5_000 } };
  assert.deepEqual(say([], started), { level: "unknown", text: "Waiting for the registers to report." });
});

Deno.test("[VER5] all is well: how many are in front", () => {
  assert.deepEqual(say([]), { level: "ok", text: "Checks are in sync. 3 registers are in front." });
  const one = { ...healthyFacts(), registers: healthyFacts().registers.slice(0, 1) };
  assert.equal(say([], one).text, "Checks are in sync. 1 register is in front.");
});

Deno.test("[VER5] where it is not known who is in front, who reports", () => {
  const facts = withRegister(healthyFacts(), 0, { state: undefined });
  assert.equal(say([], facts).text, "Checks are in sync. 3 registers are reporting.");
});

Deno.test("[VER6] a register that does not tell what it has not synced leaves it open", () => {
  const facts = withRegister(healthyFacts(), 0, { unsynced: undefined });
  assert.equal(say([], facts).text, "3 registers are reporting. Nothing to do.");
  assert.equal(say([signal], facts).text, "Terrace has a weak Wi-Fi signal.");
});

Deno.test("[VER6] comfort is said after that checks are in sync; doubt about checks is not", () => {
  assert.deepEqual(say([signal]), { level: "warn", text: "Checks are in sync. Terrace has a weak Wi-Fi signal." });
  for (
    const code of ["unsynced-changes", "register-silent", "router-down", "sync-off", "version-mismatch", "app-hidden"]
  ) {
    assert.equal(say([finding(code)]).text, `About ${code}.`);
  }
  assert.equal(say([signal, finding("register-silent")]).text, "About register-silent, and 1 more thing to look at.");
});

Deno.test("[VER1] failures before warnings, then router, money, silence, comfort", () => {
  const all = ["auto-lock-on", "register-silent", "unsynced-changes", "router-down"].map((code) =>
    finding(code, { severity: "fail" })
  );
  const order = [];
  while (all.length > 0) {
    const said = say([...all, finding("hub-storage")]).text;
    const first = all.findIndex(({ code }) => said.includes(`About ${code}`));
    order.push(all[first]?.code);
    all.splice(first, 1);
  }
  assert.deepEqual(order, ["router-down", "unsynced-changes", "register-silent", "auto-lock-on"]);
});

Deno.test("[VER1] of two alike, the older one comes first, in whatever order they are given", () => {
  const older = finding("signal-weak", { subject: "b", since: NOON - 1, headline: "Older." });
  const newer = finding("signal-weak", { subject: "a", headline: "Newer." });
  assert.equal(say([newer, older]).text, say([older, newer]).text);
  assert.match(say([newer, older]).text, /Older, and 1 more thing to look at\.$/);
});

Deno.test("[VER2] the first, and how many more", () => {
  const findings = [finding("device-mixed"), signal, finding("too-many-registers")];
  assert.equal(
    say(findings).text,
    "Checks are in sync. Terrace has a weak Wi-Fi signal, and 2 more things to look at.",
  );
});

Deno.test("[VER2] effects of something else are not counted, nor is what is only information", () => {
  const router = finding("router-down", {
    subject: "router",
    severity: "fail",
    headline: "The router does not answer.",
  });
  const effects = ["a", "b"].map((subject) =>
    finding("register-silent", { subject, severity: "fail", under: "router-down router" })
  );
  const info = finding("note", { severity: "info" });
  assert.deepEqual(say([...effects, router, info]), { level: "fail", text: "The router does not answer." });
  assert.equal(say([info]).level, "ok");
});

Deno.test("[VER3] without a headline, the text's first sentence, numbers and all", () => {
  const bare = finding("x", { headline: undefined, text: "Bar runs version 3.2.0 of the app. Update it." });
  assert.equal(say([bare]).text, "Checks are in sync. Bar runs version 3.2.0 of the app.");
});

Deno.test("[VER6] a change on its way for a moment is still in sync", () => {
  assert.equal(say([], withBeat(healthyFacts(), 0, { unsynced: 1 })).level, "ok");
});

Deno.test("[VER1] [RUL43] what registers share comes before one of them, the network before its radio", () => {
  const order = [
    "register-silent",
    "access-point-down",
    "band-2ghz",
    "lan-slow",
    "address-conflict",
    "registers-isolated",
  ];
  const told: string[] = [];
  for (let left = order; left.length > 0; left = left.filter((code) => !told.includes(code))) {
    const { text } = say(left.map((code) => finding(code)));
    told.push(left.find((code) => text.includes(`About ${code}`))!);
  }
  assert.deepEqual(told, [
    "access-point-down",
    "register-silent",
    "address-conflict",
    "registers-isolated",
    "lan-slow",
    "band-2ghz",
  ]);
  assert.doesNotMatch(say([finding("access-point-down")]).text, /in sync/);
  assert.match(say([finding("relay-only")]).text, /^Checks are in sync\./);
});

Deno.test("[INC18] a closed venue whose registers are off is told as closed, and never hides what is found", () => {
  const facts = healthyFacts();
  const off = { ...facts, registers: facts.registers.map((each) => ({ ...each, heardAt: facts.now - 3_600_000 })) };
  assert.deepEqual(verdict({ findings: [], facts: off, open: false }), {
    level: "ok",
    text: "The venue is closed, and nothing has to be done.",
  });
  const router = finding("router-down", { severity: "fail", headline: "The router does not answer." });
  assert.equal(verdict({ findings: [router], facts: off, open: false }).text, "The router does not answer.");
  assert.equal(verdict({ findings: [], facts, open: false }).text, "Checks are in sync. 3 registers are in front.");
});
