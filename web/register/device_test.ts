/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { describeDevice } from "./device.ts";

const SAFARI = "AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15";
const told = (userAgent: string, platform = "", maxTouchPoints = 0) => {
  const { model, os } = describeDevice({ userAgent, platform, maxTouchPoints });
  return [model, os];
};

Deno.test("an iPad that says it is a Mac is told by its fingers, and its version is not made up", () => {
  const userAgent = `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${SAFARI}`;
  assert.deepEqual(told(userAgent, "MacIntel", 5), ["iPad", "iPadOS"]);
  assert.deepEqual(told(userAgent, "MacIntel", 0), [undefined, "macOS"]);
});

Deno.test("an iPad or iPhone that says so is believed, with its version", () => {
  assert.deepEqual(told(`Mozilla/5.0 (iPad; CPU OS 15_8 like Mac OS X) ${SAFARI}`, "iPad", 5), ["iPad", "iPadOS 15.8"]);
  assert.deepEqual(told(`Mozilla/5.0 (iPhone; CPU iPhone OS 17_4_1 like Mac OS X) ${SAFARI}`), ["iPhone", "iOS 17.4"]);
});

Deno.test("other systems are named; what is not known is absent", () => {
  assert.deepEqual(told("Mozilla/5.0 (Linux; Android 13; K) Chrome/126"), [undefined, "Android 13"]);
  assert.deepEqual(told("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/126"), [undefined, "Windows"]);
  assert.deepEqual(told("Mozilla/5.0 (X11; Linux x86_64) Chrome/126"), [undefined, "Linux"]);
  assert.deepEqual(told("curl/8"), [undefined, undefined]);
});
