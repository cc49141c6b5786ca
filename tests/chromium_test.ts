/**
 * A Chromium is found where people keep it, and the one found here opens a page under a mapped host name, as a register does.
 */
import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { launchChromium, NO_CHROMIUM } from "./support/chromium.ts";
import { findChromium } from "./support/find_chromium.ts";
import { unless } from "./support/skip.ts";

const nothing = () => undefined;

Deno.test("Chromium is looked for in the usual places, in order", () => {
  const both = (path: string) => path === "/usr/bin/google-chrome" || path === "/usr/bin/chromium-browser";
  assert.deepEqual(findChromium(nothing, both), { kind: "found", path: "/usr/bin/chromium-browser" });
  assert.equal(findChromium(nothing, () => false).kind, "missing");
});

Deno.test("a Chromium that is named is taken, and no other in its place", () => {
  const named = (name: string) => name === "COUNTERPART_CHROMIUM" ? "/opt/mine" : undefined;
  assert.deepEqual(findChromium(named, (path) => path === "/opt/mine"), { kind: "found", path: "/opt/mine" });
  assert.equal(findChromium(named, (path) => path === "/usr/bin/chromium").kind, "missing");
  assert.deepEqual(findChromium(() => "none", () => true), { kind: "unwanted" });
});

Deno.test("on Windows Chromium is looked for where programs are", () => {
  const folders = (name: string) => name === "PROGRAMFILES" ? "C:\\Programs" : undefined;
  const path = "C:\\Programs\\Google\\Chrome\\Application\\chrome.exe";
  assert.deepEqual(findChromium(folders, (file) => file === path), { kind: "found", path });
});

Deno.test(unless(NO_CHROMIUM, "the browser opens a page under a mapped host name", async () => {
  const server = createServer((_, response) => response.end("<h1>Counterpart</h1>")).listen(0, "127.0.0.1");
  await new Promise((ready) => server.once("listening", ready));
  const { port } = server.address() as AddressInfo;
  const browser = await launchChromium(["--host-resolver-rules=MAP register.test 127.0.0.1"]);
  try {
    const page = await browser.newPage();
    await page.goto(`http://register.test:${port}/`);
    assert.equal(await page.locator("h1").textContent(), "Counterpart");
    assert.equal(await page.evaluate("isSecureContext"), false); // as on a plain-http LAN name
  } finally {
    await browser.close();
    server.close();
  }
}));
