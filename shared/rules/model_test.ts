/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { ageOf, plainModel } from "./model.ts";

const TOO_OLD = [
  "iPad 2",
  "iPad 4",
  "iPad (3rd generation)",
  "iPad (4th generation)",
  "ipad 4th gen",
  "iPad (fourth generation)",
  "Apple iPad (4th generation) Wi-Fi 16 GB",
  "iPad 3 (Wi-Fi + Cellular)",
  "iPad with Retina display",
  "iPad mini",
  "iPad mini (1st generation)",
  "iPad mini Wi-Fi 32GB",
  "iPad1,1",
  "iPad2,5",
  "iPad2,7",
  "iPad3,1",
  "iPad3,6",
];
const RECENT = [
  "iPad (5th generation)",
  "iPad (10th generation)",
  "iPad (A16)",
  "iPad 9.7",
  "iPad 10.2-inch",
  "iPad Air",
  "iPad Air 2",
  "iPad Air (3rd generation)",
  "iPad mini 2",
  "iPad mini with Retina display",
  "iPad mini (2nd generation)",
  "iPad mini (6th generation)",
  "iPad mini (A17 Pro)",
  "iPad Pro",
  "iPad Pro (11-inch) (4th generation)",
  "iPad Pro 12.9-inch (1st generation)",
  "iPad4,1",
  "iPad 4,1",
  "iPad4,4",
  "iPad13,16",
  "iPad20,1",
  "iPhone 4",
  "Linux PC",
];

for (const model of TOO_OLD) Deno.test(`[RUL8] ${model} is too old`, () => assert.equal(ageOf(model), "too-old"));
for (const model of RECENT) Deno.test(`[RUL8] ${model} is not too old`, () => assert.equal(ageOf(model), "recent"));

Deno.test("[RUL8] iPad alone does not say which", () => assert.equal(ageOf("iPad"), "unknown"));

Deno.test("[RUL9] one model written in two ways is one model", () => {
  assert.equal(plainModel("Apple iPad Air (5th generation) Wi-Fi 64 GB"), plainModel("iPad Air (5th gen)"));
  assert.notEqual(plainModel("iPad Air (5th generation)"), plainModel("iPad Air (4th generation)"));
});
