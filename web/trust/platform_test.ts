/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { platformOf, PLATFORMS } from "./platform.ts";
import { stepsFor } from "./steps.ts";

const MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/17.4 Safari/605.1.15";

Deno.test("a device is known by what its browser says, and an iPad that says it is a Mac by its fingers", () => {
  const of = (userAgent: string, maxTouchPoints = 0) => platformOf({ userAgent, maxTouchPoints });
  assert.equal(of("Mozilla/5.0 (iPad; CPU OS 15_8 like Mac OS X)"), "ipad");
  assert.equal(of(MAC, 5), "ipad");
  assert.equal(of(MAC), "mac");
  assert.equal(of("Mozilla/5.0 (Windows NT 10.0; Win64; x64)"), "windows");
  assert.equal(of("Mozilla/5.0 (Linux; Android 14; SM-X200)"), "android");
  assert.equal(of("Mozilla/5.0 (X11; CrOS x86_64 14541.0.0)"), "linux");
});

Deno.test("[TLS5] every kind of device has its steps, which name the hub; an iPad's say the one that people miss", () => {
  for (const platform of PLATFORMS) {
    const steps = stepsFor(platform, "Counterpart K7Q2XD");
    assert.ok(steps.length >= 3 && steps.length <= 6, platform);
    assert.ok(steps.some(({ text }) => text.includes("Counterpart K7Q2XD") || text.includes("counterpart")), platform);
    assert.equal(steps.filter(({ file }) => file !== undefined).length, 1, platform);
  }
  assert.ok(stepsFor("ipad", "X").some(({ text, missed }) => missed && text.includes("Certificate Trust Settings")));
});
