/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { compareVersions, newest } from "./version.ts";

const older: [string, string][] = [
  ["3.9", "3.10"],
  ["3.1.9", "3.2"],
  ["2.99.99", "3.0.0"],
  ["3.2.0-beta", "3.2.0"],
  ["3.2.0-beta.2", "3.2.0-beta.10"],
  ["3.2.0-alpha", "3.2.0-beta"],
];

for (const [a, b] of older) {
  Deno.test(`[RUL6] ${a} is older than ${b}`, () => {
    assert.ok(compareVersions(a, b) < 0);
    assert.ok(compareVersions(b, a) > 0);
  });
}

Deno.test("[RUL6] missing parts are zero, and a build or a leading v is not compared", () => {
  assert.equal(compareVersions("3.2", "3.2.0"), 0);
  assert.equal(compareVersions("v3.2.0", "3.2.0+812"), 0);
});

Deno.test("[RUL6] the newest goes by number, not by letter", () => {
  assert.equal(newest(["3.9.1", "3.10.0", "3.2.0"]), "3.10.0");
  assert.equal(newest([]), undefined);
});
