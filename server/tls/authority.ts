/**
 * The hub's own certificate authority: `ca.pem` and `ca-key.pem` in the data folder, made on first run. A device that trusts it trusts
 * this hub, whatever its addresses become. It is made anew only when it is gone, unreadable or over.
 */
import { X509Certificate } from "node:crypto";
import { newCode, type Random } from "../../shared/ids.ts";
import { permitsAddress } from "./name_constraints.ts";
import { keepPair, type Pair, readPair, validity } from "./pair.ts";

const FILES = "ca";

export interface Authority {
  readonly pair: Pair;
  readonly name: string; // "Counterpart K7Q2XD", as a device lists it
  readonly fingerprint: string; // SHA-256, pairs of hex digits with colons
  readonly der: Uint8Array<ArrayBuffer>;
  permits(address: string): boolean; // may it vouch for this one?
}

interface AuthorityDeps {
  readonly folder: string;
  readonly addresses: readonly string[]; // of the hub, now
  readonly now: number;
  readonly random: Random;
}

export async function openAuthority({ folder, addresses, now, random }: AuthorityDeps): Promise<Authority> {
  const kept = readPair(folder, FILES);
  if (kept && validity(kept).until > now) return describe(kept);
  const { makeAuthority } = await import("./issue.ts");
  const made = await makeAuthority(`Counterpart ${newCode(random)}`, addresses, now);
  keepPair(folder, FILES, made);
  return describe(made);
}

function describe(pair: Pair): Authority {
  const { subject, fingerprint256, raw } = new X509Certificate(pair.certificate);
  const der = Uint8Array.from(raw);
  return {
    pair,
    name: /^CN=(.*)$/m.exec(subject)?.[1] ?? subject,
    fingerprint: fingerprint256,
    der,
    permits: (address) => permitsAddress(der, address),
  };
}
