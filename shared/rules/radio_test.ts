/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { healthyFacts, levelOf, NOON, outcomeOf, withBeat, withRegister } from "./fixture.ts";
import { addressConflict } from "./address_conflict.ts";
import { band2ghz, channelBusy } from "./radio.ts";
import { RADIO_KNOWN_MS } from "./readings.ts";
import { autoLockOn } from "./setup_device.ts";
import { signalWeak } from "./signal.ts";

const on = (network: Record<string, unknown>) => withBeat(healthyFacts(), 0, { network });

Deno.test("[RUL40] 2.4 GHz warns with its channel; 5 and 6 GHz are fine; a register that does not tell is not judged", () => {
  const outcome = outcomeOf(band2ghz, on({ band: "2.4GHz", channel: 6 }));
  assert.ok(outcome.kind === "broken" && outcome.severity === "warn");
  assert.match(outcome.text, /^Bar is on 2\.4 GHz, channel 6, .* Put it on 5 GHz\.$/);
  assert.equal(levelOf(outcomeOf(band2ghz, on({ band: "6GHz" }))), "healthy");
  assert.equal(levelOf(outcomeOf(band2ghz, on({ band: null, channel: 6 }))), "unknown");
});

Deno.test("[RUL41] a channel that is used for over half of the time, or off 1, 6 and 11, warns", () => {
  const level = (network: Record<string, unknown>) => levelOf(outcomeOf(channelBusy, on(network)));
  assert.equal(level({ utilisationPercent: 50 }), "healthy");
  assert.equal(level({ utilisationPercent: 51 }), "warn");
  assert.equal(level({ utilisationPercent: null }), "unknown");
  assert.equal(level({ band: "2.4GHz", channel: 3, utilisationPercent: null }), "warn");
  assert.equal(level({ band: "2.4GHz", channel: 11, utilisationPercent: 10 }), "healthy");
  const both = outcomeOf(channelBusy, on({ band: "2.4GHz", channel: 3, utilisationPercent: 72 }));
  assert.ok(both.kind === "broken");
  assert.match(both.text, /^The Wi-Fi channel of Bar is 3 of 2\.4 GHz, .* and is in use 72 % of the time/);
});

Deno.test("[RUL51] a band and a channel that were told once, a while ago, are not known", () => {
  const bad = on({ band: "2.4GHz", channel: 3, utilisationPercent: 72 });
  for (const now of [NOON + RADIO_KNOWN_MS, NOON + RADIO_KNOWN_MS + 1]) {
    const heard = { ...withRegister(bad, 0, { heardAt: now }), now }; // it goes on reporting, without its network
    const level = now - NOON > RADIO_KNOWN_MS ? "unknown" : "warn";
    for (const rule of [band2ghz, channelBusy]) assert.equal(levelOf(outcomeOf(rule, heard)), level);
  }
});

const macs = (...seen: string[]) => seen.map((mac, n) => ({ mac, since: NOON - 60_000, at: NOON - 1_000 * n }));
const [MAC, OTHER] = ["02:00:00:00:00:aa", "02:00:00:00:00:bb"];

Deno.test("[RUL34] other hardware behind the address of a register in touch warns; two registers there fail", () => {
  const changed = withRegister(healthyFacts(), 0, { macs: macs(MAC!, OTHER!) });
  const one = outcomeOf(addressConflict, changed);
  assert.ok(one.kind === "broken" && one.severity === "warn");
  assert.match(
    one.text,
    /^The hardware behind 192\.168\.1\.21, the address of Bar, changed .* Probably another device/,
  );
  const two = outcomeOf(addressConflict, withRegister(changed, 1, { sourceAddress: "192.168.1.21" }));
  assert.ok(two.kind === "broken" && two.severity === "fail" && two.strength === "A");
  assert.match(two.text, /^Bar and Till 1 have the same address 192\.168\.1\.21 on two devices\./);
});

Deno.test("[RUL34] one device, however many registers it has, hardware long gone, or silence: no conflict", () => {
  const shared = withRegister(withRegister(healthyFacts(), 0, { macs: macs(MAC!) }), 1, {
    sourceAddress: "192.168.1.21",
  });
  assert.equal(levelOf(outcomeOf(addressConflict, shared)), "healthy");
  const old = withRegister(healthyFacts(), 0, {
    macs: [{ mac: OTHER!, since: 0, at: NOON - 3_600_000 }, ...macs(MAC!)],
  });
  assert.equal(levelOf(outcomeOf(addressConflict, old)), "healthy");
  const silent = withRegister(healthyFacts(), 0, { macs: macs(MAC!, OTHER!), heardAt: NOON - 60_000 });
  assert.equal(levelOf(outcomeOf(addressConflict, silent)), "unknown");
  assert.equal(levelOf(outcomeOf(addressConflict, withRegister(healthyFacts(), 0, { macs: [] }))), "unknown");
});

Deno.test("[RUL33] a screen that went away three times after the same minutes: Auto-Lock, probably", () => {
  const falls = (...idleS: number[]) =>
    idleS.map((seconds, n) => ({ at: NOON - n * 600_000, idleMs: seconds * 1_000 }));
  const level = (...idleS: number[]) => {
    const facts = withBeat(healthyFacts(), 0, { state: { autoLock: null } });
    return outcomeOf(autoLockOn, withRegister(facts, 0, { falls: falls(...idleS) }));
  };
  const found = level(301, 12, 298, 305);
  assert.ok(found.kind === "broken" && found.strength === "B" && found.severity === "fail");
  assert.match(found.text, /^Bar went dark 3 times about 5 min after the last touch\. Probably Auto-Lock is on/);
  assert.equal(levelOf(level(301, 298)), "unknown", "twice is chance");
  assert.equal(levelOf(level(301, 121, 601)), "unknown", "no habit");
  assert.equal(levelOf(level(20, 25, 22, 21)), "unknown", "people's own doing");
  const never = withRegister(healthyFacts(), 0, { falls: falls(300, 300, 300) });
  assert.equal(levelOf(outcomeOf(autoLockOn, never)), "healthy", "what it reports counts more");
});

Deno.test("[RUL42] a weak signal tells how far above the noise it is, where that is known", () => {
  const readings = (noiseDbm?: number) => [10_000, 5_000, 0].map((ago) => ({ at: NOON - ago, rssiDbm: -75, noiseDbm }));
  const evidence = (noiseDbm?: number) => {
    const outcome = outcomeOf(signalWeak, withRegister(healthyFacts(), 0, { signal: readings(noiseDbm) }));
    return outcome.kind === "broken" ? outcome.evidence : [];
  };
  assert.equal(evidence(-92)[1], "Median 17 dB above the noise");
  assert.equal(evidence().length, 1);
});
