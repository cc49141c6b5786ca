/**
 * Makes certificates. The one file that knows the library, which takes 13 MB and a fifth of a second to load: import it when there is
 * something to make, which is at the first run and about once a year.
 */
import "reflect-metadata"; // the library wants it before itself
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from "@peculiar/x509";
import { isIP } from "node:net";
import { NAME_CONSTRAINTS_OID, nameConstraints } from "./name_constraints.ts";
import { PERMITTED_NAMES, rangesFor } from "./names.ts";
import type { Pair } from "./pair.ts";

const DAY_MS = 24 * 60 * 60_000;
const AUTHORITY_DAYS = 3_650; // ten years: installing it on each device is the work
const CERTIFICATE_DAYS = 397; // Apple allows 825 for an authority of one's own; 397 is what it allows anyone
const BACKDATED_DAYS = 1; // of these: a tablet's clock may be behind the hub's
const KEY = { name: "ECDSA", namedCurve: "P-256" }; // what every device since 2015 takes
const SIGNING = { name: "ECDSA", hash: "SHA-256" };

/** An authority for a hub that has these addresses now. */
export async function makeAuthority(name: string, addresses: readonly string[], now: number): Promise<Pair> {
  const keys = await crypto.subtle.generateKey(KEY, true, ["sign", "verify"]);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: [{ CN: [name] }],
    keys,
    signingAlgorithm: SIGNING,
    ...between(now, AUTHORITY_DAYS),
    extensions: [
      new BasicConstraintsExtension(true, 0, true), // it signs hubs, and no further authority
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign, true),
      new Extension(NAME_CONSTRAINTS_OID, true, nameConstraints(PERMITTED_NAMES, rangesFor(addresses))),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate: certificate.toString("pem"), key: await pemOf(keys.privateKey) };
}

/** A certificate for the hub under `names`, the authority's own after it. */
export async function issueCertificate(authority: Pair, names: readonly string[], now: number): Promise<Pair> {
  const issuer = new X509Certificate(authority.certificate);
  const keys = await crypto.subtle.generateKey(KEY, true, ["sign", "verify"]);
  const certificate = await X509CertificateGenerator.create({
    subject: [{ CN: [names[0]!] }],
    issuer: issuer.subject,
    publicKey: keys.publicKey,
    signingKey: await importKey(authority.key),
    signingAlgorithm: SIGNING,
    ...between(now, CERTIFICATE_DAYS, issuer.notAfter),
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension(
        names.map((value) => ({ type: isIP(value) === 0 ? "dns" as const : "ip" as const, value })),
      ),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
      await AuthorityKeyIdentifierExtension.create(issuer.publicKey),
    ],
  });
  return {
    certificate: `${certificate.toString("pem").trim()}\n${authority.certificate}`,
    key: await pemOf(keys.privateKey),
  };
}

function between(now: number, days: number, end?: Date): { notBefore: Date; notAfter: Date } {
  const notAfter = now + (days - BACKDATED_DAYS) * DAY_MS;
  return {
    notBefore: new Date(now - BACKDATED_DAYS * DAY_MS),
    notAfter: new Date(Math.min(notAfter, end?.getTime() ?? notAfter)),
  };
}

async function pemOf(key: CryptoKey): Promise<string> {
  return `${PemConverter.encode(await crypto.subtle.exportKey("pkcs8", key), "PRIVATE KEY")}\n`;
}

function importKey(pem: string): Promise<CryptoKey> {
  return crypto.subtle.importKey("pkcs8", PemConverter.decodeFirst(pem), KEY, false, ["sign"]);
}
