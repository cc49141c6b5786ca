/// <reference lib="dom" />
/** HTTPS of the real hub: who trusts its authority gets in, who does not is kept out, and what is needed to trust it can be had. */
import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "node:tls";
import type { Browser } from "playwright-core";
import { EnrollmentResponse, TrustResponse } from "../shared/api.ts";
import { issueCertificate } from "../server/tls/issue.ts";
import { launchChromium, NO_CHROMIUM, screenshotPath } from "./support/chromium.ts";
import { freePort, type HubProcess, startHub } from "./support/hub_process.ts";
import { IPAD, PHONE, RegisterPage } from "./support/register_page.ts";
import { accessibilityFaults, assertSound } from "./support/sound.ts";
import { unless } from "./support/skip.ts";
import { HUB_HOST, launchTrusting } from "./support/trusting.ts";

interface Secure {
  readonly hub: HubProcess;
  readonly port: number; // of https
  readonly ca: string; // PEM
  readonly trusting: Deno.HttpClient;
}

/** A hub that is reached by loopback and by every address of this machine. */
async function withHub(work: (secure: Secure) => Promise<void>, args: readonly string[] = []): Promise<void> {
  const data = mkdtempSync(join(tmpdir(), "counterpart-tls-"));
  const port = await freePort();
  const hub = await startHub({ data, args: ["--https-port", String(port), ...args] });
  const ca = readFileSync(`${data}/ca.pem`, "utf8");
  const trusting = Deno.createHttpClient({ caCerts: [ca] });
  try {
    await work({ hub, port, ca, trusting });
  } finally {
    trusting.close();
    await hub.stop();
    rmSync(data, { recursive: true, force: true });
  }
}

/** What a verifier says of a server under this name. */
function handshake(port: number, ca: string, servername: string): Promise<string> {
  return new Promise((done) => {
    const socket = connect({ host: "127.0.0.1", port, ca, servername }, () => {
      done("trusted");
      socket.end();
    }).once("error", (failure) => done(failure.message));
  });
}

async function bodyOf(hub: HubProcess, path: string) {
  const response = await fetch(hub.url + path);
  return { status: response.status, type: response.headers.get("content-type"), bytes: await response.bytes() };
}

Deno.test("[TLS4] over HTTPS a device that trusts the authority reaches what it reaches over http; another one is kept out", () =>
  withHub(async ({ hub, port, ca, trusting }) => {
    for (const host of ["127.0.0.1", "localhost"]) {
      const response = await fetch(`https://${host}:${port}/healthz`, { client: trusting });
      assert.deepEqual(await response.json(), { ok: true });
    }
    await assert.rejects(fetch(`https://127.0.0.1:${port}/healthz`)); // without the authority
    assert.equal(await handshake(port, ca, HUB_HOST), "trusted");
    assert.notEqual(await handshake(port, ca, "other.local"), "trusted");
    assert.match(hub.output(), new RegExp(`^ +Open https://.*:${port}$`, "m"));

    const headers = { "content-type": "application/json" };
    const body = JSON.stringify({ code: hub.setupCode, venue: "Bar Lola", passphrase: "a quiet evening" });
    const secure = `https://127.0.0.1:${port}`;
    const setUp = await fetch(`${secure}/api/setup`, { method: "POST", headers, body, client: trusting });
    await setUp.body?.cancel();
    const cookie = setUp.headers.get("set-cookie")!.split(";")[0]!;
    const offer = async (base: string) => {
      const init = { method: "POST", headers: { ...headers, cookie }, body: "{}", client: trusting };
      return EnrollmentResponse.parse(await (await fetch(`${base}/api/enrollments`, init)).json());
    };
    const byHttps = await offer(secure);
    assert.match(byHttps.url, new RegExp(`^https://.*:${port}/register#code=`), "who asks over https is led to https");
    assert.equal(byHttps.secureUrl, byHttps.url);
    const byHttp = await offer(hub.url);
    assert.match(byHttp.url, new RegExp(`^http://.*:${hub.port}/register#code=${byHttp.code}$`));
    assert.match(byHttp.secureUrl!, new RegExp(`^https://.*:${port}/register#code=${byHttp.code}$`));
    const view = await (await fetch(`${hub.url}/api/view`, { headers: { cookie } })).json();
    assert.deepEqual(view.hub.urls.map((url: string) => url.split(":")[0]).toSorted(), ["http", "https"]);
  }));

Deno.test("[TLS2] whoever steals the authority's key cannot stand in for a bank", () =>
  withHub(async ({ hub, ca }) => {
    const pair = { certificate: ca, key: readFileSync(`${hub.data}/ca-key.pem`, "utf8") };
    for (const [name, isTrusted] of [["bank.example", false], ["till.local", true]] as const) {
      const { certificate: cert, key } = await issueCertificate(pair, [name], Date.now());
      const rogue = Deno.serve({ hostname: "127.0.0.1", port: 0, cert, key, onListen: () => {} }, () => new Response());
      assert.equal(await handshake(rogue.addr.port, ca, name) === "trusted", isTrusted, name);
      await rogue.shutdown();
    }
  }));

Deno.test("[TLS4] a restarted hub shows the same authority and certificate", () =>
  withHub(async ({ hub, port, trusting }) => {
    const before = readFileSync(`${hub.data}/hub.pem`, "utf8");
    await hub.kill9();
    const again = await startHub({ data: hub.data, args: ["--https-port", String(port)] });
    try {
      assert.equal(readFileSync(`${hub.data}/hub.pem`, "utf8"), before);
      assert.equal((await fetch(`https://127.0.0.1:${port}/healthz`, { client: trusting })).status, 200);
    } finally {
      await again.stop();
    }
  }));

Deno.test("[TLS4] a port that is taken leaves plain http at work and is told; off is off", async () => {
  const taken = createServer().listen(0, "0.0.0.0");
  await new Promise((ready) => taken.once("listening", ready));
  const { port } = taken.address() as { port: number };
  try {
    await using hub = await startHub({ args: ["--https-port", String(port)] });
    assert.match(hub.output(), new RegExp(`HTTPS is off: port ${port} is taken`));
    await nothingToTrust(hub);
  } finally {
    taken.close();
  }
  await using hub = await startHub({ args: ["--https-port", "off"] });
  assert.doesNotMatch(hub.output(), /https:|HTTPS/);
  await nothingToTrust(hub);
});

async function nothingToTrust(hub: HubProcess): Promise<void> {
  const trust = await (await fetch(`${hub.url}/api/trust`)).json();
  assert.deepEqual(trust, { url: null, urls: [], name: null, fingerprint: null });
  const { status, bytes } = await bodyOf(hub, "/api/trust/ca.pem");
  assert.equal(status, 404);
  assert.equal(JSON.parse(new TextDecoder().decode(bytes)).error.code, "https-off");
}

Deno.test("[TLS5] authority, profile and fingerprint are there for anybody, the terminal shows the same one, and no key is", () =>
  withHub(async ({ hub, port, ca }) => {
    const { fingerprint256 } = new X509Certificate(ca);
    const trust = TrustResponse.parse(await (await fetch(`${hub.url}/api/trust`)).json());
    assert.equal(trust.url, `https://127.0.0.1:${port}`);
    assert.equal(trust.fingerprint, fingerprint256);
    assert.ok(hub.output().replace(/\s+/g, " ").includes(fingerprint256.replaceAll(":", " ")));

    const pem = await bodyOf(hub, "/api/trust/ca.pem");
    assert.deepEqual([pem.status, pem.type], [200, "application/x-x509-ca-cert"]);
    assert.equal(new TextDecoder().decode(pem.bytes), ca);
    const crt = await bodyOf(hub, "/api/trust/ca.crt");
    assert.equal(new X509Certificate(crt.bytes).fingerprint256, fingerprint256);
    const profile = await bodyOf(hub, "/api/trust/counterpart.mobileconfig");
    assert.deepEqual([profile.status, profile.type], [200, "application/x-apple-aspen-config"]);
    assert.ok(new TextDecoder().decode(profile.bytes).includes(trust.name!));
    for (
      const path of ["/api/trust/ca-key.pem", "/ca-key.pem", "/data/ca-key.pem", "/..%2fca-key.pem", "/hub-key.pem"]
    ) {
      assert.equal((await bodyOf(hub, path)).status, 404, path);
    }
  }));

Deno.test(
  unless(
    NO_CHROMIUM,
    "[TLS5] the page on trust says whether this device trusts the hub, and can be used by all",
    () =>
      withHub(async ({ hub, port }) => {
        const url = `http://${HUB_HOST}:${hub.port}/trust`;
        const visit = async (browser: Browser, shape: object, look: (page: RegisterPage) => Promise<void>) => {
          const context = await browser.newContext({ viewport: IPAD, ...shape });
          const visitor = new RegisterPage(await context.newPage());
          await visitor.page.goto(url);
          await look(visitor);
          assert.deepEqual(visitor.complaints, []);
          await context.close();
        };
        const stranger = await launchChromium([`--host-resolver-rules=MAP ${HUB_HOST} 127.0.0.1`]);
        const userAgent =
          "Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Safari/604.1";
        try {
          await visit(stranger, { userAgent }, async (visitor) => {
            await visitor.says("This device does not trust the hub yet");
            await visitor.says("Certificate Trust Settings");
            assert.deepEqual(await accessibilityFaults(visitor.page), []);
            await visitor.page.screenshot({ path: screenshotPath("trust-ipad"), fullPage: true });
          });
          await visit(stranger, { userAgent, viewport: PHONE, colorScheme: "dark" }, async (visitor) => {
            await visitor.says("This device does not trust the hub yet");
            for (const summary of await visitor.page.locator("summary").all()) await summary.click();
            await assertSound(visitor.page, "trust on a phone");
            await visitor.page.screenshot({ path: screenshotPath("trust-phone-dark"), fullPage: true });
          });
        } finally {
          await stranger.close();
        }
        const trusting = await launchTrusting(hub.data);
        try {
          await visit(trusting, {}, async (visitor) => {
            await visitor.says("This device trusts the hub");
            const open = visitor.page.getByRole("link", { name: "Open the register" });
            assert.equal(await open.getAttribute("href"), `https://${HUB_HOST}:${port}/register`);
            assert.deepEqual(await accessibilityFaults(visitor.page), []);
            await visitor.page.screenshot({ path: screenshotPath("trust-trusted"), fullPage: true });
          });
        } finally {
          await trusting.close();
        }
      }),
  ),
);
