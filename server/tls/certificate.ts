/**
 * The certificate that the hub shows: `hub.pem` and `hub-key.pem`, signed by its authority. It is used again after a restart, and made
 * anew when the hub's addresses have changed, when it is about to end, or when the clock says that it has not begun.
 */
import { X509Certificate } from "node:crypto";
import type { Authority } from "./authority.ts";
import { keepPair, type Pair, readPair, validity } from "./pair.ts";

const FILES = "hub";
const RENEW_BEFORE_MS = 30 * 24 * 60 * 60_000; // a hub that rested over the winter has a month to be started

export interface CertificateDeps {
  readonly folder: string;
  readonly authority: Authority;
  readonly names: readonly string[];
  readonly now: number;
}

export async function openCertificate({ folder, authority, names, now }: CertificateDeps): Promise<Pair> {
  const kept = readPair(folder, FILES);
  if (kept && isFrom(authority, kept) && isCurrent(kept, names, now)) return kept;
  const { issueCertificate } = await import("./issue.ts");
  const issued = await issueCertificate(authority.pair, names, now);
  keepPair(folder, FILES, issued);
  return issued;
}

/** Is it good now and for a while, and does it name all of `names`? More than these do no harm. */
export function isCurrent(pair: Pair, names: readonly string[], now: number): boolean {
  const { from, until } = validity(pair);
  const certificate = new X509Certificate(pair.certificate);
  return from <= now && now < until - RENEW_BEFORE_MS && names.every((name) => isNamed(certificate, name));
}

function isNamed(certificate: X509Certificate, name: string): boolean {
  return certificate.checkHost(name) !== undefined || certificate.checkIP(name) !== undefined;
}

function isFrom({ pair }: Authority, { certificate }: Pair): boolean {
  const issuer = new X509Certificate(pair.certificate);
  return new X509Certificate(certificate).verify(issuer.publicKey);
}
