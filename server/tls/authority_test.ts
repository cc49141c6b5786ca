import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { type Authority, openAuthority } from "./authority.ts";
import { isCurrent, openCertificate } from "./certificate.ts";
import { namesFor } from "./names.ts";
import { type Pair, validity } from "./pair.ts";
import { profileOf } from "./profile.ts";

const NOW = Date.parse("2026-11-23T18:00:00.000Z");
const SERVER_AUTH = "06082b06010505070301"; // the id 1.3.6.1.5.5.7.3.1 in DER; without it Apple refuses
const DAY_MS = 24 * 60 * 60_000;
const ADDRESSES = ["192.168.1.10", "fd12:3::4"];
const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = Deno.makeTempDirSync({ prefix: "counterpart-tls-" });
  try {
    await work(folder);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

const authorityIn = (folder: string, now = NOW, addresses: readonly string[] = ADDRESSES) =>
  openAuthority({ folder, addresses, now, random });
const certificateIn = (folder: string, authority: Authority, addresses = ADDRESSES, now = NOW) =>
  openCertificate({ folder, authority, names: namesFor(addresses, authority.permits), now });
const serialOf = ({ certificate }: Pair) => new X509Certificate(certificate).serialNumber;

Deno.test("[TLS1] the authority is made once and kept for ten years", () =>
  inFolder(async (folder) => {
    const made = await authorityIn(folder);
    const again = await authorityIn(folder, NOW + 3_000 * DAY_MS);
    assert.equal(again.fingerprint, made.fingerprint);
    assert.match(made.name, /^Counterpart [0-9A-Z]{6}$/);
    assert.match(made.fingerprint, /^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
    const certificate = new X509Certificate(made.pair.certificate);
    assert.ok(certificate.ca && certificate.verify(certificate.publicKey));
    assert.notEqual((await authorityIn(folder, NOW + 3_700 * DAY_MS)).fingerprint, made.fingerprint, "it is over");
  }));

Deno.test("[TLS1] no key can be read by anybody else on the machine", async () => {
  if (Deno.build.os === "windows") return; // files there have lists in place of a mode
  await inFolder(async (folder) => {
    Deno.writeTextFileSync(`${folder}/ca-key.pem.new`, "left by a power cut", { mode: 0o644 });
    await certificateIn(folder, await authorityIn(folder));
    for (const name of ["ca-key.pem", "hub-key.pem"]) {
      assert.equal(Deno.statSync(`${folder}/${name}`).mode! & 0o777, 0o600, name);
    }
    assert.deepEqual([...Deno.readDirSync(folder)].map(({ name }) => name).sort(), [
      "ca-key.pem",
      "ca.pem",
      "hub-key.pem",
      "hub.pem",
    ]);
  });
});

Deno.test("[TLS1] an authority that is cut short, or whose key is another's, is made anew and does not stop the hub", () =>
  inFolder(async (folder) => {
    const first = await authorityIn(folder);
    Deno.writeTextFileSync(`${folder}/ca.pem`, first.pair.certificate.slice(0, 300));
    const second = await authorityIn(folder);
    assert.notEqual(second.fingerprint, first.fingerprint);
    Deno.writeTextFileSync(`${folder}/ca-key.pem`, first.pair.key);
    assert.notEqual((await authorityIn(folder)).fingerprint, second.fingerprint);
  }));

Deno.test("[TLS2] the authority permits private addresses and its hub's own, and no others", () =>
  inFolder(async (folder) => {
    const { permits } = await authorityIn(folder, NOW, ["203.0.113.7", "2001:db8::7"]);
    const yes = ["10.0.0.1", "172.31.255.1", "192.168.9.9", "127.0.0.1", "fd00::1", "fe80::1", "::1"];
    for (const address of [...yes, "203.0.113.7", "2001:db8::7"]) assert.ok(permits(address), address);
    const no = ["8.8.8.8", "172.32.0.1", "192.169.0.1", "203.0.113.8", "2001:db8::8", "::2", "bank.example"];
    for (const address of no) assert.ok(!permits(address), address);
  }));

Deno.test("[TLS3] the certificate names the hub's addresses that are permitted, for servers, for 397 days", () =>
  inFolder(async (folder) => {
    const authority = await authorityIn(folder);
    const pair = await certificateIn(folder, authority, [...ADDRESSES, "8.8.8.8"]);
    const certificate = new X509Certificate(pair.certificate);
    assert.ok(certificate.verify(new X509Certificate(authority.pair.certificate).publicKey));
    for (const address of [...ADDRESSES, "127.0.0.1"]) assert.ok(certificate.checkIP(address), address);
    for (const name of ["counterpart.local", "localhost"]) assert.ok(certificate.checkHost(name), name);
    assert.equal(certificate.checkIP("8.8.8.8"), undefined);
    assert.ok(Uint8Array.from(certificate.raw).toHex().includes(SERVER_AUTH));
    const { from, until } = validity(pair);
    assert.equal(until - from, 397 * DAY_MS);
    assert.ok(from <= NOW - DAY_MS && NOW < until);
    assert.equal(pair.certificate.match(/BEGIN CERTIFICATE/g)?.length, 2, "the authority comes with it");
  }));

Deno.test("[TLS3] the certificate is used again, and made anew for a new address, near its end, and before its beginning", () =>
  inFolder(async (folder) => {
    const authority = await authorityIn(folder);
    const first = await certificateIn(folder, authority);
    const serial = serialOf(first);
    assert.equal(serialOf(await certificateIn(folder, authority, ["192.168.1.10"])), serial, "one address less");
    assert.equal(serialOf(await certificateIn(folder, authority, ADDRESSES, NOW + 365 * DAY_MS)), serial);
    const names = namesFor(ADDRESSES, authority.permits);
    assert.ok(!isCurrent(first, names, NOW + 367 * DAY_MS), "under 30 days are left");
    assert.ok(!isCurrent(first, names, NOW - 2 * DAY_MS), "the clock went back");
    assert.ok(!isCurrent(first, [...names, "192.168.1.11"], NOW));
    const renewed = await certificateIn(folder, authority, ADDRESSES, NOW + 367 * DAY_MS);
    assert.notEqual(serialOf(renewed), serial);
    assert.equal(serialOf(await certificateIn(folder, authority, ADDRESSES, NOW + 367 * DAY_MS)), serialOf(renewed));
  }));

Deno.test("[TLS3] a certificate of an earlier authority is not shown", () =>
  inFolder(async (folder) => {
    const earlier = serialOf(await certificateIn(folder, await authorityIn(folder)));
    Deno.removeSync(`${folder}/ca.pem`);
    assert.notEqual(serialOf(await certificateIn(folder, await authorityIn(folder))), earlier);
  }));

Deno.test("[TLS5] the profile carries the authority for trust, with the venue's name, and the same ids each time", () =>
  inFolder(async (folder) => {
    const authority = await authorityIn(folder);
    const profile = profileOf(authority, "Fish & <Chips>");
    assert.ok(profile.includes("<string>com.apple.security.root</string>"));
    assert.ok(profile.includes("Fish &amp; &lt;Chips&gt;"));
    const data = /<data>(.*)<\/data>/.exec(profile)![1]!;
    assert.deepEqual(Uint8Array.fromBase64(data), authority.der);
    const ids = [...profile.matchAll(/<key>PayloadUUID<\/key><string>(.*)<\/string>/g)].map((match) => match[1]!);
    assert.equal(new Set(ids).size, 2);
    for (const id of ids) assert.match(id, /^[0-9A-F]{8}-[0-9A-F]{4}-8[0-9A-F]{3}-8[0-9A-F]{3}-[0-9A-F]{12}$/);
    assert.equal(profileOf(authority, "Fish & <Chips>"), profile);
    assert.ok(!profile.includes("PRIVATE"));
  }));
